"""What subgroups tell: levels are sums of atoms, within a family as everybody knows it; families meet in totals."""

from collections.abc import Iterable
from itertools import combinations

from whatworks.evaluation.result import Result, SubgroupAtom
from whatworks.evaluation.result.figure_names import events, level, people, with_it
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_outcomes import know_events
from whatworks.papers.disclosure.known_people import GROUPS
from whatworks.papers.disclosure.secondary import Item
from whatworks.papers.evaluation.release import PublishedResult

Sum = dict[str, int]


def know_subgroups(known: Knowledge, result: Result, release: PublishedResult) -> None:
    """Add the atoms of each family, the levels that they add up to, and every difference of two nested levels."""
    primary = release.primary()
    if primary is None or not release.subgroups:
        return
    for group in GROUPS:
        counts = [_atom(known, at, atom, group) for at, atom in enumerate(result.subgroup_atoms)]
        for family in sorted({atom.family for atom in result.subgroup_atoms}):
            members = [at for at, atom in enumerate(result.subgroup_atoms) if atom.family == family]
            _family(known, (result, release), members, counts, (group, primary.name))
    if result.matching.settings.get("ratio") == 1 and not result.matching.settings.get("replace"):
        _pairs(known, result)


def _atom(known: Knowledge, at: int, atom: SubgroupAtom, group: str) -> tuple[str, str | None]:
    n = known.count(f"{group} of atom {at}", getattr(atom, group))
    had = getattr(atom, f"{group}_events")
    return n, None if had is None else known.count(f"{group} of atom {at} with it", had)


def _family(
    known: Knowledge,
    papers: tuple[Result, PublishedResult],
    members: list[int],
    counts: list[tuple[str, str | None]],
    whose: tuple[str, str],
) -> None:
    (result, release), (group, outcome) = papers, whose
    kind = next(one.kind for one in result.outcomes if one.name == outcome)
    everybody = frozenset(members)
    sets: dict[str, frozenset[int]] = {f"atom {at}": frozenset([at]) for at in members}
    for at in dict.fromkeys(row for member in members for row in result.subgroup_atoms[member].rows):
        row, shown = result.subgroups[at], release.subgroups[at]
        within = frozenset(member for member in members if at in result.subgroup_atoms[member].rows)
        label = f"{row.asked or row.name}: {row.level}"
        name = level(group, row.asked or row.name, row.level)
        sets[label] = within
        item = Item("level", row.name, row.level)
        names = _sum(known, name, within, counts)
        described = getattr(shown, group)
        known.printed(names[0], described.n, item)
        if names[1] is not None:
            know_events(known, (names[0], names[1]), kind, described, item)
    whole = _sum(known, f"{group} of family {result.subgroup_atoms[members[0]].family}", everybody, counts)
    for total, part in zip((people(outcome, group), events(outcome, group)), whole, strict=True):
        if part is not None and total in known.truth:
            known.same({total: 1, part: -1})
    for label, within in _differences(sets, everybody):
        guard(known, f"{group}, {label}", within, counts, shares=kind == "yes_no")


def _sum(
    known: Knowledge, label: str, members: Iterable[int], counts: list[tuple[str, str | None]]
) -> tuple[str, str | None]:
    """Add a level as a count of its own, which is the sum of its atoms: people, and those with the outcome."""
    found: list[str | None] = []
    for column, words in enumerate((label, with_it(label))):
        parts = [name for at in members if (name := counts[at][column]) is not None]
        if column and not parts:
            found.append(None)
            continue
        found.append(known.count(words, sum(known.truth[name] for name in parts)))
        known.same({words: 1, **dict.fromkeys(parts, -1)})
    return str(found[0]), found[1]


def guard(
    known: Knowledge, label: str, members: frozenset[int], counts: list[tuple[str, str | None]], *, shares: bool
) -> None:
    """Guard a set of atoms: its people, and those of them with and without the outcome."""
    people_of: Sum = {counts[at][0]: 1 for at in members}
    had: Sum = {name: 1 for at in members if (name := counts[at][1]) is not None}
    some = known.sum(people_of) > 0
    known.guard(label, people_of)
    if some and had:
        known.guard(f"{label}, with it", had, none_tells=True)
        if shares:
            known.guard(f"{label}, without it", people_of | dict.fromkeys(had, -1), none_tells=True)


def _differences(sets: dict[str, frozenset[int]], everybody: frozenset[int]) -> Iterable[tuple[str, frozenset[int]]]:
    """Yield every level and atom, the rest beside it, and what is left of a level when one within it is taken away."""
    described: dict[frozenset[int], str] = {}
    for label, members in sets.items():
        described.setdefault(members, label)
        described.setdefault(everybody - members, f"all but {label}")
    for (one, these), (other, those) in combinations(sets.items(), 2):
        if these < those:
            described.setdefault(those - these, f"{other}, less {one}")
        elif those < these:
            described.setdefault(these - those, f"{one}, less {other}")
    return ((label, members) for members, label in described.items() if members)


def _pairs(known: Knowledge, result: Result) -> None:
    """State that pairs are pairs: in every level there are as many of one group as of the other."""
    if all(atom.treated == atom.comparison for atom in result.subgroup_atoms):
        for at in range(len(result.subgroup_atoms)):
            known.same({f"treated of atom {at}": 1, f"comparison of atom {at}": -1})
