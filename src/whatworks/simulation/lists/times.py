"""Make up who is on a list from when to when: every stay ends at one rate, and each place is filled the day after."""

from heapq import heapify, heappop, heappush
from math import log

import numpy as np
import polars as pl

from whatworks.simulation.days import Ints

STAYS = 0.45
"""The share of those listed on a day who are listed a year later."""
YEAR = 365
REASONS = {"exit_rule": 0.54, "died": 0.06, "moved": 0.20, "in_custody": 0.10, "not_linked": 0.10}
"""Why people leave, and how often."""
COMES_BACK, AFTER = 0.10, 400
"""The share of places filled by somebody who left so many days before: too late to count as staying."""


def list_times(rng: np.random.Generator, places: int, first: int, last: int, stays: float = STAYS) -> pl.DataFrame:
    """Return a row a time on the list, from day `first`, when all `places` are filled, to day `last`.

    Columns: person (numbered as they first come), entered, left (null while it lasts: days), reason. Who is there on
    the first day came before it; stays are exponential, so how long ago does not tell when they leave.
    """
    mean = -YEAR / log(stays)
    entered = first - np.ceil(rng.exponential(mean, places)).astype(np.int64)
    ends = first + np.ceil(rng.exponential(mean, places)).astype(np.int64)
    there = [(int(end), person, int(begun)) for person, (end, begun) in enumerate(zip(ends, entered, strict=True))]
    heapify(there)
    away: list[tuple[int, int]] = []
    rows: list[tuple[int, int, int | None, str | None]] = []
    people, names, shares = places, list(REASONS), list(REASONS.values())
    while there and there[0][0] <= last:
        end, person, begun = heappop(there)
        reason = names[int(rng.choice(len(names), p=shares))]
        rows.append((person, begun, end, reason))
        if reason != "died":
            away.append((end, person))
        if away and away[0][0] <= end - AFTER and rng.random() < COMES_BACK:
            new = away.pop(0)[1]
        else:
            new, people = people, people + 1
        heappush(there, (end + max(1, int(np.ceil(rng.exponential(mean)))), new, end))
    rows += [(person, begun, None, None) for _, person, begun in there]
    columns = {"person": pl.Int64, "entered": pl.Int64, "left": pl.Int64, "reason": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row").sort("entered", "person")


def removed_within(days: int, stays: float = STAYS) -> float:
    """Return the true share removed within so many days: death competes, and leaving into custody is not leaving.

    >>> round(removed_within(365), 4)
    0.4784
    """
    rate = -log(stays) / YEAR
    died = REASONS["died"] * rate
    out = (1 - REASONS["died"] - REASONS["in_custody"]) * rate
    return out / (out + died) * (1 - float(np.exp(-(out + died) * days)))


def years_apart(day: int, last: int) -> Ints:
    """Return the days from which a year can be looked ahead, up to `last`."""
    return np.arange(day, last - YEAR + 1, YEAR)
