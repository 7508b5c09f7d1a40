"""May an organisation see fields of people for a purpose on a day? A pure function of agreements, handling and date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from whatworks.records.listing import listed
from whatworks.records.tables.codes import TIERS, Handling
from whatworks.sharing.agreement import Agreement, Clause
from whatworks.sharing.declared import highest
from whatworks.sharing.selection import People, Sets, covers

MISSING = ("tier", "party", "purpose", "table", "field", "selection", "not_begun", "expired", "narrower")
"""What may be missing; `narrower`: another agreement on the same permits less."""
Group = tuple[str, Sets]
Placed = tuple[Agreement, Clause]


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for which fields of whom, for what, when, and the reader's tier; the system user has no organisation."""

    organisation: str | None
    table: str
    fields: tuple[str, ...]
    selection: People
    purpose: str
    on: date
    tier: Handling = "official-sensitive"

    @property
    def cells(self) -> tuple[tuple[Group, str], ...]:
        """Each group of people with each field."""
        return tuple(product(self.selection.groups, self.fields))


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether it is allowed, the clause that it rests on or that is nearest, and what is missing, in a sentence too."""

    allowed: bool
    clause: str | None
    missing: tuple[str, ...]
    says: str
    clauses: tuple[Placed, ...] = ()


def may(agreements: Sequence[Agreement], request: Request) -> Ruling:
    """Return whether a request is allowed: by default it is not.

    An agency reads its own records, and the system user all, without an agreement up to `official-sensitive`; nobody
    reads above their tier. All else needs a clause for every field of every person. Where two agreements speak of the
    same giver, receiver, purpose and table, what both permit is allowed, unless one stands `beside` the other.
    """
    above = TIERS.index(highest(request.table, request.fields)) > TIERS.index(request.tier)
    granted = {cell: tuple(granting(agreements, request, *cell)) for cell in request.cells}
    bare = [cell for cell, clauses in granted.items() if not clauses and not is_own(request, *cell)]
    if bare or not granted:
        return _refused(agreements, request, bare, above)
    resting = sorted({clause for clauses in granted.values() for clause in clauses}, key=_order)
    if above and resting:
        return Ruling(False, resting[0][0].name(resting[0][1]), ("tier",), f"Refused. {_tier(request)}.")
    if above:
        return _refused(agreements, request, request.cells, above)
    lent = {clause for cell, clauses in granted.items() if not is_own(request, *cell) for clause in clauses}
    resting = [clause for clause in resting if clause in lent]
    if not resting:
        return Ruling(True, None, (), "Allowed without an agreement: the reader's own records.")
    names = "; ".join(agreement.name(clause) for agreement, clause in resting)
    until = min(agreement.ends_on for agreement, _ in resting)
    says = f"Allowed by {names}, until {until}."
    conditions = [text for _, clause in resting for text in clause.conditions]
    for agreement in dict.fromkeys(agreement for agreement, _ in resting):
        if agreement.review_on < request.on:
            conditions.append(f"{agreement.reference} is overdue for review since {agreement.review_on}")
    return Ruling(True, names, (), " ".join([says, *(f"{text}." for text in conditions)]), tuple(resting))


def is_own(request: Request, group: Group, field: str) -> bool:
    """Return whether no agreement is needed: the reader's own records, below `secret`."""
    return request.organisation in (None, group[0]) and highest(request.table, [field]) != "secret"


def granting(agreements: Sequence[Agreement], request: Request, group: Group, field: str) -> Iterator[Placed]:
    """Yield the clauses that let the reader see a field of people of a group, where no other agreement permits less."""
    speaking = [each for each in _speaking(agreements, request, group) if in_force(each[0], request.on)]
    permitting = [
        (agreement, clause)
        for agreement, clause in speaking
        if field in clause.fields and covers(clause.whose, group[1])
    ]
    permits = {agreement.reference for agreement, _ in permitting}
    silent = {agreement.reference: agreement for agreement, _ in speaking if agreement.reference not in permits}
    for agreement, clause in permitting:
        if all(_beside(agreement, other) for other in silent.values()):
            yield agreement, clause


def in_force(agreement: Agreement, on: date) -> bool:
    """Return whether an agreement is in force on a day: from its first day up to its last."""
    return agreement.starts_on <= on <= agreement.ends_on


def _beside(agreement: Agreement, other: Agreement) -> bool:
    return agreement.reference in other.beside or other.reference in agreement.beside


def _speaking(agreements: Sequence[Agreement], request: Request, group: Group) -> Iterator[Placed]:
    for agreement in agreements:
        for clause in agreement.clause:
            if not {"party", "purpose", "table"} & {*_lacking(agreement, clause, request, [(group, "")])}:
                yield agreement, clause


def _lacking(
    agreement: Agreement, clause: Clause, request: Request, cells: Sequence[tuple[Group, str]]
) -> tuple[str, ...]:
    """Return what a clause lacks for some cells of a request, in the order of `MISSING`."""
    givers, reader = {organisation for (organisation, _), _ in cells}, request.organisation
    lacking = {
        "party": reader not in clause.receives
        if givers != {reader}
        else reader not in (*clause.gives, *clause.receives),
        "purpose": request.purpose != clause.purpose,
        "table": request.table != clause.table,
        "field": request.table == clause.table and any(field not in clause.fields for _, field in cells),
        "selection": not cells or any(not covers(clause.whose, sets) for (_, sets), _ in cells),
        "not_begun": request.on < agreement.starts_on,
        "expired": request.on > agreement.ends_on,
    }
    lacking["party"] = lacking["party"] or not givers - {reader} <= {*clause.gives}
    return tuple(name for name in MISSING if lacking.get(name))


def _refused(
    agreements: Sequence[Agreement], request: Request, cells: Sequence[tuple[Group, str]], above: bool
) -> Ruling:
    """Return the refusal that names the nearest clause: it lacks least, the earlier in `MISSING` the worse."""
    tier = ("tier",) if above else ()
    near = [
        ((*tier, *_lacking(each, clause, request, cells)) or ("narrower",), each, clause)
        for each in agreements
        for clause in each.clause
    ]
    if not near:
        return Ruling(False, None, (*tier, "party"), "Refused: there is no agreement with any clause.")
    missing, agreement, clause = min(
        near, key=lambda each: (len(each[0]), [-MISSING.index(name) for name in each[0]], _order(each[1:]))
    )
    words = "; ".join(_words(agreement, clause, request, cells)[name] for name in missing)
    name = agreement.name(clause)
    return Ruling(False, name, missing, f"Refused. The nearest is {name}: {words}.")


def _words(
    agreement: Agreement, clause: Clause, request: Request, cells: Sequence[tuple[Group, str]]
) -> dict[str, str]:
    """Return for each thing that may be missing what to say of it."""
    reader = request.organisation or "the system user"
    others = sorted({field for _, field in cells} - {*clause.fields})
    return {
        "tier": _tier(request),
        "party": f"it lets {listed(clause.receives)} see records of {listed(clause.gives)}, not {reader} those of "
        f"{listed(request.selection.organisations) or 'nobody'}",
        "purpose": f"it is for {clause.purpose}, not for {request.purpose}",
        "table": f"it is about {clause.table}, not {request.table}",
        "field": f"{listed(others)} {'is' if len(others) == 1 else 'are'} not among its fields",
        "selection": f"somebody asked for is not in {' or '.join(clause.whose)}" if cells else "nobody is asked for",
        "not_begun": f"it starts on {agreement.starts_on}",
        "expired": f"it ended on {agreement.ends_on}",
        "narrower": "another agreement speaks of the same and permits less, and the narrower rules; bring them "
        "in line, or name one in `beside` of the other",
    }


def _tier(request: Request) -> str:
    handling = highest(request.table, request.fields)
    return f"{request.table} is handled as {handling}, and the reader is cleared to {request.tier}"


def _order(placed: Placed) -> tuple[str, str]:
    return placed[0].reference, placed[1].number
