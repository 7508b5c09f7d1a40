"""How many days does an entrant spend in each state on average? The areas under the curves of being there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Floats, Ints

GONE = -1
"""The state of those who have left for good."""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """`areas[k]` is the expected days in state k up to `tau`, over all entrants; they add up to `total`."""

    areas: Floats
    total: float
    tau: float


def occupancy(
    person: npt.ArrayLike, state: npt.ArrayLike, start: npt.ArrayLike, end: npt.ArrayLike,
    goes_to: npt.ArrayLike, *, states: int, tau: float,
) -> Occupancy:  # fmt: skip
    """Return the expected days in each of so many `states` up to day `tau`, by Aalen and Johansen's product.

    A row is a stay: in `state` from day `start` to day `end` since the person's entry, then to `goes_to`, which is
    `GONE` for good, a state, or the same state where the person was no longer watched. A person's stays follow each
    other without a gap, from day 0.

    >>> found = occupancy([1, 1, 2], [0, 1, 0], [0, 2, 0], [2, 5, 4], [1, GONE, GONE], states=2, tau=5)
    >>> found.areas.tolist(), found.total
    ([3.0, 1.5], 4.5)
    """
    origin, since, until, target = (
        np.asarray(state, np.int64), np.asarray(start, np.float64), np.asarray(end, np.float64),
        np.asarray(goes_to, np.int64),
    )  # fmt: skip
    long = until > since
    first = (since == 0) & long
    entrants = len(np.unique(np.asarray(person)[long | (target == GONE)]))
    here = np.bincount(origin[first], minlength=states) / max(entrants, 1)
    moves = long & (target != origin) & (until <= tau)
    areas, last = np.zeros(states), 0.0
    counts = _watched(origin[long], since[long], until[long], states)
    for moment in np.unique(until[moves]):
        areas += here * (moment - last)
        here = _moved(here, counts(moment), origin[moves & (until == moment)], target[moves & (until == moment)])
        last = moment
    areas += here * (tau - last)
    return Occupancy(areas, float(areas.sum()), float(tau))


def _watched(origin: Ints, since: Floats, until: Floats, states: int) -> Callable[[float], Floats]:
    """Return a function that counts who is watched in each state just before a moment."""
    sorted_of = [(np.sort(since[origin == k]), np.sort(until[origin == k])) for k in range(states)]

    def counts(moment: float) -> Floats:
        return np.array(
            [np.searchsorted(a, moment) - np.searchsorted(b, moment) for a, b in sorted_of], dtype=np.float64
        )

    return counts


def _moved(here: Floats, watched: Floats, origin: Ints, target: Ints) -> Floats:
    after = here.copy()
    for one, other in zip(origin, target, strict=True):
        part = here[one] / watched[one]
        after[one] -= part
        if other != GONE:
            after[other] += part
    return after
