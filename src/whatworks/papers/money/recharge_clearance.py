"""Even out the nights of boroughs that used a service little, so that no bill tells of a few families."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whatworks.money.recharge.term_faults import OUTSIDE
from whatworks.money.recharge.terms import Terms
from whatworks.money.recharge.usage_file import Placement
from whatworks.papers.disclosure.nested import Nested, widen
from whatworks.records.listing import listed
from whatworks.records.refusal import Fault, Refused

Cell = tuple[str, str]
"""A year and a host, or a year alone where no model bills by hosts."""


@dataclass(frozen=True, slots=True)
class Evened:
    """Terms and placements that may be billed in a paper, and what it has to say of them."""

    terms: Terms
    placements: tuple[Placement, ...]
    notice: str


def evened(terms: Terms, placements: Sequence[Placement], minimum: int) -> Evened:
    """Return what a paper may bill: boroughs with few families share theirs evenly, under a marked name.

    A bill divided by the price of a night is a number of nights, and with several hosts a sum over theirs. So where a
    borough has fewer than `minimum` nights with a host, or families in a year (by the references of its rows), its
    nights are put together with others' and divided evenly: every figure of the paper then rests on their sum alone.
    Few nights of families from outside count as empty. Refused where all boroughs together have too few.
    """
    by_host = "net_settlement" in terms.service.models
    nights: dict[str, dict[Cell, int]] = {code: {} for code in (*terms.codes, OUTSIDE)}
    for row in placements:
        cell = (row.year, row.host if by_host else "")
        nights[row.placing][cell] = nights[row.placing].get(cell, 0) + row.nights
    cells = sorted({cell for found in nights.values() for cell in found})
    sizes = {code: [float(nights[code].get(cell, 0)) for cell in cells] for code in terms.codes}
    few = {code for code, found in nights.items() if _few(found, _families(placements, code), minimum)}
    marked = widen(few - {OUTSIDE}, {code: size for code, size in sizes.items() if any(size)}, minimum)
    for at, (year, host) in enumerate(cells):
        if marked and Nested(minimum).sensitive(sum(sizes[code][at] for code in marked)):
            problem = f"of {year}{f' with {terms.names[host]}' if host else ''} are too few families to print a bill of"
            raise Refused(Fault(problem, "use --json, which stays inside the partnership", field="nights"))
    kept = [row for row in placements if row.placing not in marked and not (row.placing == OUTSIDE and OUTSIDE in few)]
    shared = _shared(placements, sorted(marked))
    named = {code: f"{terms.names[code]} (evened)" for code in marked}
    boroughs = tuple(one.model_copy(update={"name": named.get(one.code, one.name)}) for one in terms.boroughs)
    return Evened(
        terms.model_copy(update={"boroughs": boroughs}),
        (*kept, *shared),
        _notice([terms.names[code] for code in sorted(marked)], OUTSIDE in few, minimum),
    )


def _families(placements: Sequence[Placement], code: str) -> Mapping[str, set[str]]:
    """Return the families of each year in which every row tells which family it is of."""
    rows: dict[str, set[str]] = {}
    for row in placements:
        if row.placing == code and row.nights:
            rows.setdefault(row.year, set()).add(row.family)
    return {year: names for year, names in rows.items() if "" not in names}


def _few(nights: Mapping[Cell, int], families: Mapping[str, set[str]], minimum: int) -> bool:
    counts = [*nights.values(), *(len(names) for names in families.values())]
    return any(Nested(minimum).sensitive(count) for count in counts)


def _shared(placements: Sequence[Placement], codes: Sequence[str]) -> list[Placement]:
    """Return the nights of these boroughs, each year's with each host divided evenly among them."""
    sums: dict[tuple[str, str], int] = {}
    for row in placements:
        if row.placing in codes:
            sums[row.year, row.host] = sums.get((row.year, row.host), 0) + row.nights
    found = []
    for (year, host), total in sorted(sums.items()):
        each, left = divmod(total, len(codes))
        found += [Placement(code, host, year, each + (at < left)) for at, code in enumerate(codes)]
    return found


def _notice(names: Sequence[str], outside: bool, minimum: int) -> str:
    said = []
    if names:
        said.append(
            f"{listed(list(names))} stand here as (evened): one of them or more had under {minimum} families, or "
            "nights with a host. Each is given an even part of their nights together, and all figures rest on that."
        )
    if outside:
        said.append(f"Nights of families from outside, under {minimum} or of as few families, count as empty.")
    return " ".join([*said, "What each exactly pays stands in the restricted working."]) if said else ""
