"""What sections disclose people: both groups of any row, each count, the specification curve, the honest search."""

from whatworks.evaluation.result import GroupResult, Result
from whatworks.evaluation.result.figure_names import analysed, before, level
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_outcomes import know_groups
from whatworks.papers.disclosure.known_people import GROUPS, printed
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS


def know_rows(known: Knowledge, result: Result, release: PublishedResult) -> None:
    """Add the groups and counts of every section, but those of which the audit has rules of its own."""
    for section in SECTIONS.values():
        if not section.audited:
            _know(known, section, result, release)


def _know(known: Knowledge, section: ResultSection, result: Result, release: PublishedResult) -> None:
    for at, (row, shown) in enumerate(zip(section.rows(result), section.released(release), strict=not section.single)):
        key = section.key(row, at)
        item = Item("row", section.name, key)
        if "treated" in section.published.model_fields and isinstance(row.treated, GroupResult):
            know_groups(known, row, (shown.treated, shown.comparison), item)
        for name, count in section.counts(row).items():
            label = known.count(f"{section.name}, {key}: {name}", count)
            known.printed(label, getattr(shown, name), item)
            known.guard(label, {label: 1})
            if group := section.published.derived[name].shown.within:
                known.at_most(label, analysed(group))
                known.guard(f"{analysed(group)}, less {label}", {analysed(group): 1, label: -1})


def know_ways(known: Knowledge, result: Result, release: PublishedResult) -> None:
    """Add the people of each specification, who are some of those before matching, and of the search's kind."""
    for at, (point, shown) in enumerate(zip(result.specifications, release.specifications, strict=False)):
        for group in GROUPS:
            whole = getattr(point, group)
            if whole is None:
                continue
            name = known.count(f"{group} of specification {at}", whole.n)
            known.at_most(name, before(group))
            printed(known, group, name, getattr(shown, group))
            known.guard(f"{before(group)}, less {name}", {before(group): 1, name: -1})
    _search(known, result, release)


def _search(known: Knowledge, result: Result, release: PublishedResult) -> None:
    found, shown = result.search, release.search
    if found is None or shown is None or found.people is None:
        return
    asked = known.count("treated of the search's kind in the half asked", found.people)
    known.printed(asked, shown.people, Item("search", "people"))
    known.guard(asked, {asked: 1})
    for row in result.subgroups:
        whole = level("treated", row.asked or row.name, row.level)
        if f"{row.name}: {row.level}" == found.kind and whole in known.truth:
            known.at_most(asked, whole)
            known.guard(f"{whole}, in the half searched", {whole: 1, asked: -1})
