"""How often per month, or per hundred, where the same people come again: rates over people, and their changes."""

from dataclasses import dataclass, replace
from math import exp, hypot, log
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.power import smallest_detectable

NO_EVENT = 3.688879
"""-log(0.025): the upper end of the exact Poisson interval where no event was seen."""


@dataclass(frozen=True, slots=True)
class PersonRate:
    """Events over a base (months, appointments) of so many people, with a 95% interval; None where nothing is known.

    The variance is that of a ratio of sums over people, who are independent of each other, on the log scale: somebody
    with many events widens it; by Student's t on people less one. Where there is no event the upper end is the exact
    Poisson one; of one person nothing can be said.
    """

    events: float
    base: float
    people: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class RateChange:
    """A rate in two periods: the difference, later less earlier, and the ratio, with 95% intervals.

    People who stand in both periods are held against themselves; a period without an event is as doubtful as the exact
    Poisson interval says. `smallest` is the smallest difference found four times in five.
    """

    before: PersonRate
    after: PersonRate
    difference: float | None
    low: float | None
    high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    smallest: float | None
    in_json: ClassVar = ("direction",)

    @property
    def direction(self) -> str:
        """`rose` or `fell` where the interval of the difference leaves zero out, else `no change told`."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "no change told"
        return "rose" if self.low > 0 else "fell"


def person_rate(events: npt.ArrayLike, base: npt.ArrayLike) -> PersonRate:
    """Return the rate of people's `events` over their `base`, one of each a person.

    >>> found = person_rate([0, 1, 0, 3], [2.0, 4.0, 1.0, 3.0])
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (0.4, 0.058, 2.748)
    """
    count, time = np.asarray(events, dtype=np.float64), np.asarray(base, dtype=np.float64)
    if (time < 0).any() or (count < 0).any():
        raise Refused("a rate has no events and no base below zero", "count each person's own")
    whole, total = float(count.sum()), float(time.sum())
    people = int((time > 0).sum())
    if total == 0:
        return PersonRate(whole, total, people, None, None, None)
    value = whole / total
    if whole == 0:
        return PersonRate(0.0, total, people, 0.0, 0.0, NO_EVENT / total)
    if people < 2:
        return PersonRate(whole, total, people, value, None, None)
    half = stdtrit(people - 1, 0.975) * _error(_scores(count, time)) / value
    return PersonRate(whole, total, people, value, exp(log(value) - half), exp(log(value) + half))


def rate_change(
    events_before: npt.ArrayLike, base_before: npt.ArrayLike, events_after: npt.ArrayLike, base_after: npt.ArrayLike
) -> RateChange:
    """Return how a rate changed; a row of each array is the same person, with zeros where they are not in a period.

    >>> found = rate_change([4, 3, 3, 4], [5, 5, 5, 5], [1, 1, 0, 1], [5, 5, 5, 5])
    >>> round(found.difference, 2), round(found.ratio, 3), found.direction
    (-0.55, 0.214, 'fell')
    """
    arrays = [np.asarray(one, dtype=np.float64) for one in (events_before, base_before, events_after, base_after)]
    before, after = person_rate(*arrays[:2]), person_rate(*arrays[2:])
    if before.value is None or after.value is None:
        return RateChange(before, after, None, None, None, None, None, None, None)
    scores = _scores(*arrays[:2]), _scores(*arrays[2:])
    unseen = [NO_EVENT / quantile(0.975) / one.base for one in (before, after) if not one.events]
    gap, se = after.value - before.value, hypot(_error(scores[1] - scores[0]), *unseen)
    wide = float(stdtrit(max(min(before.people, after.people) - 1, 1), 0.975))
    half = wide * se
    found = RateChange(before, after, gap, gap - half, gap + half, None, None, None, smallest_detectable(se))
    if not before.value or not after.value:
        return found
    ratio = after.value / before.value
    wide *= _error(scores[1] / after.value - scores[0] / before.value)
    return replace(found, ratio=ratio, ratio_low=exp(log(ratio) - wide), ratio_high=exp(log(ratio) + wide))


def _scores(count: Floats, time: Floats) -> Floats:
    """Return each person's part in the rate's error (linearised)."""
    total = time.sum()
    result: Floats = (count - count.sum() / total * time) / total
    return result


def _error(scores: Floats) -> float:
    people = int((scores != 0).sum())
    return float(np.sqrt((scores**2).sum() * (people / (people - 1) if people > 1 else 1.0)))
