"""The chance of being paid for luck: nothing has changed, and the counts fall far enough by themselves. Exact sums.

Baseline and test years are random with the same mean; a year is paid when its demand lies at or below (1 - threshold)
times the baseline's, and lower than it. The sum runs over every value that the baseline may take; nothing is simulated
or approximated.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whatworks.money.futures.demand_value import effective_count, points_needed, spread_of_value
from whatworks.statistics.arrays import Floats

TOP = 0.75


@dataclass(frozen=True, slots=True)
class Luck:
    """Chances of payment, as proportions, when no year is better than the baseline but by chance and trend.

    `periods` are those of each test year, `any_period` that of at least one of them against the same baseline, and
    `high_baseline` the first year's once the baseline is known to lie above its upper quartile.
    """

    periods: tuple[float, ...]
    any_period: float
    high_baseline: float
    effective_count: float


def luck(
    counts: Sequence[float],
    prices: Sequence[int] = (1,),
    threshold: float = 0.05,
    *,
    overdispersion: float | Sequence[float] = 1.0,
    growth: Sequence[float] = (1.0, 1.0),
) -> Luck:
    """Return the exact chances of payment without any effect.

    `counts` are the baseline's means, `prices` pence, `overdispersion` variance over mean; `growth` multiplies the
    means in each test year: (0.98, 0.96) is a trend that falls by about 2% a year.

    >>> found = luck([500], threshold=0.05)
    >>> round(found.periods[0], 3), round(found.any_period, 3)
    (0.209, 0.327)
    >>> round(luck([500], threshold=0.05, growth=(0.97,)).periods[0], 2)
    0.37
    """
    size = points_needed(counts, prices, overdispersion, max(1.0, *growth))
    baseline = spread_of_value(counts, prices, overdispersion, points=size).chances
    paid = [_paid(counts, prices, threshold, overdispersion, one, size) for one in growth]
    high = baseline * (np.cumsum(baseline) - baseline >= TOP)
    unpaid = np.prod([1.0 - one for one in paid], axis=0)
    return Luck(
        periods=tuple(float(baseline @ one) for one in paid),
        any_period=float(baseline @ (1.0 - unpaid)),
        high_baseline=float(high @ paid[0] / high.sum()),
        effective_count=effective_count(counts, prices),
    )


def _paid(
    counts: Sequence[float],
    prices: Sequence[int],
    threshold: float,
    overdispersion: float | Sequence[float],
    growth: float,
    size: int,
) -> Floats:
    """Return the chance of payment given each value of the baseline; a baseline of nothing is never paid."""
    after = spread_of_value(counts, prices, overdispersion, growth, points=size).up_to()
    highest = np.floor((1.0 - threshold) * np.arange(size) + 1e-9).astype(np.int64)
    if not threshold:  # a fall of nothing reaches it, and is paid nothing
        highest = np.maximum(highest - 1, 0)
    chance: Floats = np.minimum(after[highest], 1.0)
    chance[0] = 0.0
    return chance
