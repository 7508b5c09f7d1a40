"""Count demand for a place of safety once a person: episodes, not calls, and how each ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

DAYS = 90
"""An episode without a placement closes so many days after its first referral."""
PLACED, REFUSED = "placed", "refused"
WAYS = ("safe_elsewhere", "returned", "lost")
"""How an episode ends without a placement, where it is known."""
PLACED_AT_ONCE, DELAYED, UNMET, OPEN = "placed_at_once", "delayed", "unmet", "open"
FATES = (PLACED_AT_ONCE, DELAYED, UNMET, OPEN)
"""Placed without a refusal, placed after one, not placed in time, and not known yet on the day of the extract."""
NOT_KNOWN = "not known"
Call = dict[str, Any]
REFERRALS: dict[str, pl.DataType] = {
    "person": pl.String(), "referred_on": pl.Date(), "origin": pl.String(), "host": pl.String(),
    "outcome": pl.String(), "reason": pl.String(), "decided_on": pl.Date(), "call": pl.String(),
}  # fmt: skip
"""The columns of calls: `person` is null where a call cannot be linked to anybody."""
EPISODES: dict[str, pl.DataType] = {
    "person": pl.String(), "opened_on": pl.Date(), "origin": pl.String(), "host": pl.String(), "fate": pl.String(),
    "way": pl.String(), "days": pl.Int64(), "calls": pl.Int64(), "reasons": pl.List(pl.String()),
}  # fmt: skip


def episodes(referrals: pl.DataFrame, as_at: date, days: int = DAYS) -> pl.DataFrame:
    """Return one row an episode of the linked calls (`REFERRALS`): whose, from where, its fate, and how long it took.

    An episode opens at the first call and closes at a placement, or after `days` without one; calls until then are part
    of it, however many. `host` is where the person was placed; `way` is the placement or how it ended else, null where
    nobody knows, on day `days` of it (the day to which it was watched where `way` is null). `reasons` are those of all
    its refusals, each once.

    >>> calls = [(1, "refused"), (3, "refused"), (9, "placed")]
    >>> rows = [{"person": "p", "referred_on": date(2024, 1, day), "outcome": what} for day, what in calls]
    >>> found = episodes(pl.DataFrame(rows, schema=REFERRALS), date(2024, 12, 31))
    >>> found.select("fate", "days", "calls").rows()
    [('delayed', 8, 3)]
    """
    linked = referrals.filter(pl.col("person").is_not_null()).sort(
        "person", "referred_on", "decided_on", nulls_last=True
    )
    found = [
        _episode(calls, as_at, days)
        for (_,), rows in linked.group_by("person", maintain_order=True)
        for calls in _divided(rows.rows(named=True), days)
    ]
    return pl.DataFrame(found, schema=EPISODES).sort("opened_on", "person")


def _divided(calls: Sequence[Call], days: int) -> Iterator[list[Call]]:
    """Yield the calls of each episode of one person."""
    current: list[Call] = []
    closes: date | None = None
    for call in calls:
        on = call["referred_on"]
        if current and closes is not None and on > closes:
            yield current
            current = []
        if not current:
            closes = on + timedelta(days=days)
        current.append(call)
        if closes is not None and call["outcome"] == PLACED:
            closes = min(closes, _decided(call))
    if current:
        yield current


def _episode(calls: Sequence[Call], as_at: date, days: int) -> Call:
    opened: date = calls[0]["referred_on"]
    last = opened + timedelta(days=days)
    placed = min(
        (call for call in calls if call["outcome"] == PLACED and _decided(call) <= last), key=_decided, default=None
    )
    refusals = [
        call for call in calls if call["outcome"] == REFUSED and (placed is None or _decided(call) <= _decided(placed))
    ]
    other = calls[-1] if placed is None and calls[-1]["outcome"] in WAYS and _decided(calls[-1]) <= last else None
    ending = placed or other
    until = _decided(ending) if ending else min(as_at, last)
    fate = (DELAYED if refusals else PLACED_AT_ONCE) if placed else UNMET if as_at >= last else OPEN
    return {
        "person": calls[0]["person"],
        "opened_on": opened,
        "origin": next((call["origin"] for call in calls if call["origin"]), NOT_KNOWN),
        "host": placed["host"] or NOT_KNOWN if placed else None,
        "fate": fate,
        "way": ending["outcome"] if ending else None,
        "days": (until - opened).days,
        "calls": len(calls),
        "reasons": sorted({str(call["reason"]) for call in refusals if call["reason"]}),
    }


def _decided(call: Call) -> date:
    found: date = call["decided_on"] or call["referred_on"]
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """A count that is known only from `low` to `high`; `linked` is what the linked calls alone give."""

    linked: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """Need in a period, once a person. `reasons` count unmet episodes in which each was given: they do not add.

    `calls` is what counting calls would have made of `episodes`, and `refusals` of `unmet`.
    """

    episodes: Span
    unmet: Span
    fates: dict[str, int]
    ways: dict[str, int]
    reasons: dict[str, int]
    calls: int
    refusals: int
    unlinked: int


def unmet_need(
    found: pl.DataFrame, referrals: pl.DataFrame, first: date, last: date, as_at: date, days: int = DAYS
) -> UnmetNeed:
    """Return the need of the episodes that opened from a day to another.

    Calls that cannot be linked (names kept safe) give a range: from all of them repeats of linked people, so that their
    placements met need that seems unmet, to all of them new people.
    """
    here = found.filter(pl.col("opened_on").is_between(first, last))
    made = referrals.filter(pl.col("referred_on").is_between(first, last))
    loose = made.filter(pl.col("person").is_null())
    placed = loose.filter(outcome=PLACED).height
    passed = loose.filter(
        pl.col("outcome").ne_missing(PLACED) & (pl.col("referred_on") <= as_at - timedelta(days=days))
    ).height
    missed = here.filter(fate=UNMET)
    given = missed.explode("reasons").drop_nulls("reasons").group_by("reasons").len().sort("reasons")
    ways = {way: missed.filter(pl.col("way") == way).height for way in WAYS}
    return UnmetNeed(
        Span(here.height, here.height or min(1, loose.height), here.height + loose.height),
        Span(missed.height, max(0, missed.height - placed), missed.height + passed),
        {fate: here.filter(fate=fate).height for fate in FATES},
        {**ways, NOT_KNOWN: missed["way"].null_count()},
        dict(given.iter_rows()),
        made.height,
        made.filter(outcome=REFUSED).height,
        loose.height,
    )
