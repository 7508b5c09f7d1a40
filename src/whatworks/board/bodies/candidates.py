"""Bodies to merge or to close: the reason, and what would be lost. A candidate is a question, not a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from whatworks.board.bodies.body import Body
from whatworks.board.bodies.facts import one_partner
from whatworks.board.bodies.overlap import BodyOverlap
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed
from whatworks.records.showing.beginning import beginning

MERGE_FROM = 0.34
"""Overlap, from 0 to 1, from which two bodies are a candidate for merging; a third of what either has."""
GROUNDS = {"members": 0.34, "priorities": 0.5, "remit": 0.2}
"""One of these shares has to be so large too: bodies of one town are no candidates for being in it."""
SILENT_YEARS = 2
"""Years without a naming, up to the last paper, after which a body is a candidate for closing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bodies that could become one, or one that could be closed; `lost` is what would go with it."""

    what: Literal["merge", "close"]
    bodies: tuple[str, ...]
    reason: str
    lost: tuple[str, ...]


def candidates(bodies: Sequence[Body], overlaps: Sequence[BodyOverlap], last: date) -> tuple[Candidate, ...]:
    """Return the candidates, merges first; bodies known to have ended are none."""
    live = {body.name: body for body in bodies if not body.ended}
    merges = [
        merge(live[pair.one], live[pair.other], pair)
        for pair in overlaps
        if grounds(pair) and pair.one in live and pair.other in live
        and not above(live[pair.one], live[pair.other])
    ]  # fmt: skip
    closes = [found for body in live.values() if (found := close(body, bodies, last))]
    return (*merges, *closes)


def grounds(pair: BodyOverlap) -> bool:
    """Return whether two bodies overlap enough, and in what they are for or whom they gather."""
    enough = any((pair.shares[name] or 0) >= least for name, least in GROUNDS.items())
    return enough and (pair.score or 0) >= MERGE_FROM


def above(one: Body, other: Body) -> bool:
    """Return whether one body reports to the other: a line of command is no duplicate."""
    return one.reports_to == other.name or other.reports_to == one.name


def merge(one: Body, other: Body, pair: BodyOverlap) -> Candidate:
    """Return the candidate for merging two bodies."""
    parts = [f"{name} {100 * value:.0f}%" for name, value in pair.shares.items() if value is not None]
    reason = f"They overlap by {listed(parts)}: {', '.join(pair.shared[:6])}."
    if pair.known < 4:
        reason += " What is not in the record could not be compared."
    return Candidate("merge", (one.name, other.name), reason, (*only(one, other), *only(other, one)))


def only(one: Body, other: Body) -> tuple[str, ...]:
    """Return what one body has and the other lacks: agencies, priorities, its line, its finish test."""
    agencies = [name for name in one.members if not any(one_partner(name, theirs) for theirs in other.members)]
    own = [name for name in one.priorities if name not in other.priorities]
    lost = [f"{one.name}: its seats for {listed(agencies)}"] if agencies else []
    lost += [f"{one.name}: its own sight of {listed(own)}"] if own else []
    if one.reports_to and one.reports_to != other.reports_to:
        lost.append(f"{one.name}: its line to {one.reports_to}")
    if one.finish_test and not other.finish_test:
        lost.append(f"{one.name}: its finish test, unless the merged body keeps it")
    return tuple(lost)


def close(body: Body, bodies: Sequence[Body], last: date) -> Candidate | None:
    """Return the candidate for closing a body that the record has not named for years, or never saw begin."""
    silent = (last - body.last_named).days / 365.25
    if silent < SILENT_YEARS or body.standing == "met":
        return None
    begun = "was only planned" if body.standing == "planned" else f"was last named on {long_date(body.last_named)}"
    reason = f"It {begun}, and no paper from {long_date(body.last_named)} to {long_date(last)} names it."
    return Candidate(
        "close", (body.name,), f"{reason} Its end is not recorded: ask whether it still meets.", lost(body, bodies)
    )


def lost(body: Body, bodies: Sequence[Body]) -> tuple[str, ...]:
    """Return what would be without a body: priorities that no other serves, bodies below it, its agencies' seats."""
    others = [one for one in bodies if one.name != body.name and not one.ended]
    alone = [name for name in body.priorities if not any(name in other.priorities for other in others)]
    below = [other.name for other in others if other.reports_to == body.name]
    found = [f"the only body for {listed(alone)}"] if alone else []
    found += [f"the body to which {listed(below)} report"] if below else []
    found += [f"a place where {listed(list(body.members))} meet"] if body.members else []
    found += [f"what it was for: {beginning(body.remit[0].text)}"] if body.remit else []
    return tuple(found) or ("nothing that the record shows",)
