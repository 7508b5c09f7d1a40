"""What the rows of any section tell: of both groups by the rules of outcomes, of each count of people by itself."""

from whatworks.evaluation.result import GroupResult, Result
from whatworks.evaluation.result.figure_names import analysed
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_outcomes import know_groups
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS


def know_rows(known: Knowledge, result: Result, release: Release) -> None:
    """Add the groups and counts of every section, but those of which the audit has rules of its own."""
    for section in SECTIONS.values():
        if not section.audited:
            _know(known, section, result, release)


def _know(known: Knowledge, section: ResultSection, result: Result, release: Release) -> None:
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
