"""Withhold the small counts of refuges' demand and flows, and whatever margins, net figures and ranges give back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

import polars as pl

from whatworks.papers.disclosure.knowledge import Knowledge, SmallCell
from whatworks.papers.disclosure.nested import Count, Nested, widen
from whatworks.papers.disclosure.secondary import Item, Secondary
from whatworks.papers.disclosure.withholding import next_to_withhold
from whatworks.places.refuges.episodes import DAYS, DELAYED, OPEN, PLACED, PLACED_AT_ONCE, UNMET, WAYS
from whatworks.places.refuges.report import RefugeReport
from whatworks.records.audit.telling import Telling

CELLS = "refuges"
Sum = Mapping[str, int]
"""Atoms with the factors by which a figure adds or takes them away."""


def clear_sums(
    atoms: Mapping[str, int],
    figures: Mapping[str, Sum],
    minimum: int,
    ties: Sequence[Sum] = (),
    withheld: Collection[str] = (),
    apart: Collection[str] = (),
) -> dict[str, Count]:
    """Return what may be shown of figures that are sums of atoms, "c" where one is withheld.

    A reader who takes all shown figures together, and knows the `ties` (sums that are zero), narrows no small atom and
    no small figure down. What lies nearest to a small one is withheld, and of things as near what stands last first.

    >>> sums = {"all": {"a": 1, "b": 1, "c": 1}, "a": {"a": 1}, "b": {"b": 1}, "c": {"c": 1}}
    >>> clear_sums({"a": 40, "b": 30, "c": 4}, sums, 10)
    {'all': 'c', 'a': 40, 'b': 30, 'c': 'c'}
    >>> clear_sums({"a": 40, "b": 30, "c": 4}, sums, 10, withheld=["b"])
    {'all': 74, 'a': 40, 'b': 'c', 'c': 'c'}
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
        if name in apart:
            known.cells[name] = SmallCell(name, parts, totals[name])
        if name not in known.cells and name not in withheld:
            known.state(parts, totals[name], totals[name], Item("row", name))
    order = {name: -at for at, name in enumerate(figures)}
    hidden = Secondary()
    while more := next_to_withhold(known, hidden, lambda item: (order[item.name],)):
        hidden = Secondary(hidden.items | more)
        known.statements = [one for one in known.statements if one.item not in hidden.items]
    shown = {one.item.name for one in known.statements if one.item is not None}
    return {name: total if name in shown else "c" for name, total in totals.items()}


def clear_refuges(report: RefugeReport, minimum: int, told: Telling | None = None) -> dict[str, Count]:
    """Return every count of a report that a paper may show, by name: those of all before those of boroughs.

    `told` names who is behind each; what would leave few beside an earlier paper is withheld, and what gives it back.
    """
    atoms, ties = _atoms(report)
    figures = _figures(report, atoms)
    totals = {name: sum(factor * atoms[atom] for atom, factor in parts.items()) for name, parts in figures.items()}
    small = _beforehand(boroughs_of(report), totals, minimum)
    shown = clear_sums(atoms, figures, minimum, ties, small)
    few, need = Nested(minimum).sensitive, report.need
    more: dict[str, Count] = {"calls": need.calls}
    for reason, count in need.reasons.items():
        more[f"reason {reason}"] = "c" if few(count) or few(need.unmet.linked - count) else count
    told = told or Telling()
    hidden = [name for name, count in (shown | more).items() if count == "c"]
    hidden += ["loose placed"] * few(atoms["loose placed"])
    told.divide(CELLS, _behind(report, figures), hidden, total=False)
    apart = {name for name, count in shown.items() if count != "c" and told.cell(CELLS, name, count) == "c"}
    if told.cell(CELLS, "loose placed", 0) == "c" and not few(atoms["loose placed"]):
        apart.add("unmet low")
    if apart:
        again = clear_sums(atoms, figures, minimum, ties, small, apart)
        shown = {name: "c" if shown[name] == "c" else count for name, count in again.items()}
    for name in more:
        of = "episodes" if name == "calls" else UNMET
        if shown[of] == "c" or any(told.cell(CELLS, each, 0) == "c" for each in (name, f"no {name}")):
            more[name] = "c"
    return shown | more


def _behind(report: RefugeReport, figures: Mapping[str, Sum]) -> pl.DataFrame:
    """Return the episodes and calls behind each figure (`unit`, `cell`); what takes some away is none of them."""
    here = report.episodes.with_columns(unit=pl.concat_str("person", pl.lit("/"), pl.col("opened_on").cast(pl.String)))
    placed, missed = here.filter(pl.col("host").is_not_null()), here.filter(fate=UNMET)
    ended, days = here.filter(pl.col("way").is_not_null()), list(report.ended_by)
    by = pl.lit(days[-1])
    for day in reversed(days):
        by = pl.when(pl.col("days") <= day).then(pl.lit(day)).otherwise(by)
    loose = report.calls.filter(pl.col("person").is_null())
    long_ago = pl.col("referred_on") <= report.as_at - timedelta(days=DAYS)
    kind = (
        pl.when(outcome=PLACED).then(pl.lit("placed")).when(long_ago).then(pl.lit("passed")).otherwise(pl.lit("else"))
    )
    fate, space = here.select("unit", "fate", "origin"), pl.lit(" ")
    atoms = pl.concat([
        placed.select("unit", atom=pl.concat_str(pl.lit("flow "), "origin", pl.lit(" to "), "host")),
        fate.filter(pl.col("fate").is_in([UNMET, OPEN])).select("unit", atom=pl.concat_str("fate", space, "origin")),
        fate.filter(pl.col("fate").is_in([PLACED_AT_ONCE, DELAYED])).select("unit", atom="fate"),
        ended.select("unit", atom=pl.concat_str("way", space, by.cast(pl.String))),
        loose.select(unit=pl.concat_str(pl.lit("call "), "call"), atom=pl.concat_str(pl.lit("loose "), kind)),
    ])  # fmt: skip
    adds = [(name, atom) for name, parts in figures.items() if min(parts.values(), default=0) > 0 for atom in parts]
    named = atoms.join(pl.DataFrame(adds, schema=["cell", "atom"], orient="row"), on="atom").select("unit", "cell")
    gives = [
        missed.select("unit", cell=pl.when(given).then(pl.lit(f"reason {one}")).otherwise(pl.lit(f"no reason {one}")))
        for one in report.need.reasons
        for given in (pl.col("reasons").list.contains(one),)
    ]
    calls = report.calls.select(unit=pl.concat_str(pl.lit("call "), "call"), cell=pl.lit("calls"))
    met = atoms.filter(atom="loose placed").select("unit", cell="atom")
    return pl.concat([named, *gives, calls, met]).drop_nulls().unique(maintain_order=True)


def _beforehand(boroughs: Sequence[str], totals: Mapping[str, int], minimum: int) -> set[str]:
    """Return what is withheld of boroughs so that the sums over all may stand: of each kind enough others, and of three
    figures that make one another a second where one is withheld."""
    withheld: set[str] = set()
    for kind in (UNMET, PLACED, "sent", "hosted", "own", "asked"):
        counts = {f"{kind} {code}": totals[f"{kind} {code}"] for code in boroughs}
        few = {name for name, count in counts.items() if Nested(minimum).sensitive(count)}
        withheld |= widen(few, {name: [float(count)] for name, count in counts.items() if count}, minimum)
    for whole, *parts in (("asked", UNMET, PLACED), ("net", "hosted", "sent")):
        for code in boroughs:
            if sum(f"{part} {code}" in withheld for part in parts) == 1:
                withheld.add(f"{whole} {code}")
    return withheld


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
    for code in boroughs_of(report):
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


def boroughs_of(report: RefugeReport) -> list[str]:
    """Return the boroughs, and what else households came from or went to."""
    return list(dict.fromkeys([*report.names, *report.origins, *(host for _, host in report.flows)]))


def flow_name(origin: str, host: str) -> str:
    """Return the name of the count of those from an origin who were placed with a host.

    >>> flow_name("A", "B")
    'flow A to B'
    """
    return f"flow {origin} to {host}"
