"""Fieller's interval for a ratio: what a cost per unit of effect may be, and where it has no upper limit."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

Z95 = NormalDist().inv_cdf(0.975)
Bounds = Literal["between two limits", "no upper limit", "none avoided", "nothing can be said"]


@dataclass(frozen=True, slots=True)
class RatioInterval:
    """Pounds for each unit of effect: the best estimate, and the 95% limits above zero.

    `value` is None where the best estimate is no effect or an effect the wrong way; `high` is None where there is no
    upper limit; both limits are None where no fall lies within the interval.
    """

    value: float | None
    low: float | None
    high: float | None
    bounds: Bounds


def fieller(cost: float, effect: float, effect_se: float, cost_se: float = 0.0) -> RatioInterval:
    """Return Fieller's interval for cost / effect, both normal and independent.

    It holds all R with |cost - R effect| <= 1.96 se, of which only those above zero are given. Source: E. C. Fieller
    (1954), Some problems in interval estimation, JRSS B 16.

    >>> found = fieller(1000.0, 0.10, 0.02)
    >>> round(found.value), round(found.low), round(found.high)
    (10000, 7184, 16447)
    >>> fieller(1000.0, 0.10, 0.08).high is None
    True
    """
    square, product, start = effect**2 - (Z95 * effect_se) ** 2, cost * effect, cost**2 - (Z95 * cost_se) ** 2
    root = product**2 - square * start
    value = cost / effect if effect > 0 else None
    if start <= 0 and square <= 0:
        return RatioInterval(value, None, None, "nothing can be said")
    if square > 0:
        ends = (product - sqrt(max(root, 0.0))) / square, (product + sqrt(max(root, 0.0))) / square
        if ends[1] <= 0:
            return RatioInterval(None, None, None, "none avoided")
        return RatioInterval(value, max(ends[0], 0.0), ends[1], "between two limits")
    if square == 0:
        low = start / (2 * product) if product > 0 else None
        return RatioInterval(value, low, None, "no upper limit" if product > 0 else "none avoided")
    return RatioInterval(value, (product - sqrt(root)) / square, None, "no upper limit")


def certain_cost(cost: float, effect: float, low: float, high: float) -> RatioInterval:
    """Return the interval for a cost that is known, from the ends of the effect's own interval, whatever made it.

    >>> certain_cost(1000.0, 0.10, 0.05, 0.20) == RatioInterval(10000.0, 5000.0, 20000.0, "between two limits")
    True
    >>> certain_cost(1000.0, -0.01, -0.08, 0.05)
    RatioInterval(value=None, low=20000.0, high=None, bounds='no upper limit')
    """
    value = cost / effect if effect > 0 else None
    if high <= 0:
        return RatioInterval(None, None, None, "none avoided")
    if low <= 0:
        return RatioInterval(value, cost / high, None, "no upper limit")
    return RatioInterval(value, cost / high, cost / low, "between two limits")
