"""What other ways of doing it tell of numbers of people: the specification curve, and the honest search."""

from typing import TYPE_CHECKING

from whatworks.evaluation.result import Result
from whatworks.evaluation.result.figure_names import before, level
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_people import GROUPS, printed
from whatworks.papers.disclosure.secondary import Item

if TYPE_CHECKING:
    from whatworks.papers.evaluation.release import Release


def know_ways(known: Knowledge, result: Result, release: "Release") -> None:
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


def _search(known: Knowledge, result: Result, release: "Release") -> None:
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
