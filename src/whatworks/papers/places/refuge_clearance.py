"""Withhold the small counts of refuges' demand and flows, and whatever margins, net figures and ranges give back."""

from collections.abc import Mapping, Sequence

from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.secondary import Item, Secondary
from whatworks.papers.disclosure.withholding import next_to_withhold
from whatworks.places.refuges.episodes import DELAYED, OPEN, PLACED, PLACED_AT_ONCE, UNMET, WAYS
from whatworks.places.refuges.report import RefugeReport

Sum = Mapping[str, int]
"""Atoms with the factors by which a figure adds or takes them away."""


def clear_sums(
    atoms: Mapping[str, int], figures: Mapping[str, Sum], minimum: int, ties: Sequence[Sum] = ()
) -> dict[str, Count]:
    """Return what may be shown of figures that are sums of atoms, "c" where one is withheld.

    A reader who takes all shown figures together, and knows the `ties` (sums that are zero), narrows no small atom and
    no small figure down. What lies nearest to a small one is withheld, and of things as near what stands last first.

    >>> sums = {"all": {"a": 1, "b": 1, "c": 1}, "a": {"a": 1}, "b": {"b": 1}, "c": {"c": 1}}
    >>> clear_sums({"a": 40, "b": 30, "c": 4}, sums, 10)
    {'all': 'c', 'a': 40, 'b': 30, 'c': 'c'}
    """
    known = Knowledge(minimum)
    for name, count in atoms.items():
        known.count(name, count)
        known.guard(name, {name: 1})
    for tie in ties:
        known.same(tie)
    totals = {name: known.sum(parts) for name, parts in figures.items()}
    for name, parts in figures.items():
        if all(factor > 0 for factor in parts.values()):
            known.guard(name, parts)
        if name not in known.cells:
            known.state(parts, totals[name], totals[name], Item("row", name))
    order = {name: -at for at, name in enumerate(figures)}
    hidden = Secondary()
    while more := next_to_withhold(known, hidden, lambda item: (order[item.name],)):
        hidden = Secondary(hidden.items | more)
        known.statements = [one for one in known.statements if one.item not in hidden.items]
    shown = {one.item.name for one in known.statements if one.item is not None}
    return {name: total if name in shown else "c" for name, total in totals.items()}


def clear_refuges(report: RefugeReport, minimum: int) -> dict[str, Count]:
    """Return every count of a report that a paper may show, by name (`figures_of`)."""
    atoms, ties = _atoms(report)
    return clear_sums(atoms, _figures(report, atoms), minimum, ties)


def _atoms(report: RefugeReport) -> tuple[dict[str, int], list[Sum]]:
    """Return the finest counts, and what everybody knows of them: both divisions of the placed have one sum."""
    atoms = {flow_name(*pair): count for pair, count in report.flows.items()}
    flows = dict.fromkeys(atoms, 1)
    for origin, fates in report.origins.items():
        atoms |= {f"{fate} {origin}": fates[fate] for fate in (UNMET, OPEN)}
    atoms |= {fate: report.need.fates[fate] for fate in (PLACED_AT_ONCE, DELAYED)}
    need = report.need
    atoms |= {"loose passed": need.unmet.high - need.unmet.linked, "loose placed": need.unmet.linked - need.unmet.low}
    atoms["loose else"] = need.unlinked - atoms["loose passed"] - atoms["loose placed"]
    ties: list[Sum] = [{**flows, PLACED_AT_ONCE: -1, DELAYED: -1}]
    steps: dict[str, dict[str, int]] = {}
    for way in (PLACED, *WAYS):
        before = 0
        for day, ended in report.ended_by.items():
            steps.setdefault(way, {})[f"{way} {day}"] = 1
            atoms[f"{way} {day}"], before = ended[way] - before, ended[way]
    ties.append({**steps[PLACED], PLACED_AT_ONCE: -1, DELAYED: -1})
    return atoms, ties


def _figures(report: RefugeReport, atoms: Mapping[str, int]) -> dict[str, Sum]:
    """Return the figures by name, those that a board would miss most first."""
    flows = {flow_name(*pair): pair for pair in report.flows}
    of = {fate: {f"{fate} {origin}": 1 for origin in report.origins} for fate in (UNMET, OPEN)}
    placed = {PLACED_AT_ONCE: 1, DELAYED: 1}
    every = {**placed, **of[UNMET], **of[OPEN]}
    loose = {"loose passed": 1, "loose placed": 1, "loose else": 1}
    found: dict[str, Sum] = {
        "episodes": every,
        UNMET: of[UNMET],
        "episodes high": {**every, **loose},
        "unmet high": {**of[UNMET], "loose passed": 1},
        "unmet low": {**of[UNMET], "loose placed": -1},
        PLACED: placed,
        DELAYED: {DELAYED: 1},
        OPEN: of[OPEN],
    }
    for way in (PLACED, *WAYS):
        days = list(report.ended_by)
        found |= {f"{way} by {day}": {f"{way} {one}": 1 for one in days if one <= day} for day in reversed(days)}
    boroughs = list(dict.fromkeys([*report.names, *report.origins, *(host for _, host in report.flows)]))
    for code in boroughs:
        sent = {name: 1 for name, (origin, host) in flows.items() if origin == code != host}
        hosted = {name: 1 for name, (origin, host) in flows.items() if host == code != origin}
        own = {name: 1 for name, pair in flows.items() if pair == (code, code)}
        missed = {name: 1 for name in (f"{UNMET} {code}",) if name in atoms}
        waits = {name: 1 for name in (f"{OPEN} {code}",) if name in atoms}
        found |= {
            f"asked {code}": {**sent, **own, **missed, **waits},
            f"{UNMET} {code}": missed,
            f"{PLACED} {code}": {**sent, **own},
            f"sent {code}": sent,
            f"hosted {code}": hosted,
            f"net {code}": {**hosted, **dict.fromkeys(sent, -1)},
            f"own {code}": own,
        }
    return found | {name: {name: 1} for name, (origin, host) in flows.items() if origin != host}


def flow_name(origin: str, host: str) -> str:
    """Return the name of the count of those from an origin who were placed with a host.

    >>> flow_name("A", "B")
    'flow A to B'
    """
    return f"flow {origin} to {host}"
