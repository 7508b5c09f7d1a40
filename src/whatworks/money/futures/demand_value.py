"""How a year's priced demand is spread by chance alone: the exact distribution of prices times random counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats

SPREAD = 14
"""Standard deviations above the mean that are kept; what lies beyond is below 1e-15."""
MOST_POINTS = 1 << 22


@dataclass(frozen=True, slots=True)
class DemandValue:
    """The chance of each value of a year's demand: `chances[k]` belongs to `k * unit` pence."""

    chances: Floats
    unit: int

    def up_to(self) -> Floats:
        """Return the chance of at most `k * unit` pence, for every k."""
        return np.cumsum(self.chances)


def points_needed(
    counts: Sequence[float], prices: Sequence[int], overdispersion: float | Sequence[float] = 1.0, growth: float = 1.0
) -> int:
    """Return how many values the exact sum runs over, a power of two; `growth` multiplies every mean.

    >>> points_needed([500], [54_000]), points_needed([500], [54_000], growth=2)
    (1024, 2048)
    """
    unit = gcd(*prices)
    steps = np.asarray([price // unit for price in prices])
    base = np.asarray(counts, dtype=np.float64)
    means = base * growth
    over = np.broadcast_to(np.asarray(overdispersion, dtype=np.float64), base.shape)
    variance = means + means**2 * (over - 1.0) / base
    top = float(steps @ means + SPREAD * np.sqrt(steps**2 @ variance) + 40 * steps.max())
    return 1 << int(np.ceil(np.log2(top + 1)))


def spread_of_value(
    counts: Sequence[float],
    prices: Sequence[int],
    overdispersion: float | Sequence[float] = 1.0,
    growth: float | Sequence[float] = 1.0,
    points: int | None = None,
) -> DemandValue:
    """Return the exact distribution of the value of independent counts at whole-penny prices.

    `counts` are the expected counts of one year, `prices` pence for each, and `growth` multiplies their means (0.9 is a
    fall of a tenth). `overdispersion` is variance over mean of a count that has not changed: 1 is Poisson, above it
    gamma-Poisson whose gamma keeps its shape while the mean moves. Worked out from the generating function, on `points`
    values.

    >>> found = spread_of_value([2.0], [100])
    >>> found.unit, [round(float(chance), 4) for chance in found.chances[:3]]
    (100, [0.1353, 0.2707, 0.2707])
    """
    base = np.asarray(counts, dtype=np.float64)
    over = np.broadcast_to(np.asarray(overdispersion, dtype=np.float64), base.shape)
    means = base * np.asarray(growth, dtype=np.float64)
    _check(means, prices, over)
    unit = gcd(*prices)
    size = points or points_needed(counts, prices, overdispersion, float(np.max(means / base)))
    if size > MOST_POINTS:
        problem = f"these counts and prices have {size:,} possible values, too many for an exact sum"
        raise Refused(Fault(problem, "round the prices to whole pounds, or simulate"))
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    log = np.zeros(size // 2 + 1, dtype=np.complex128)
    for count, mean, swing, price in zip(base, means, over, prices, strict=True):
        away = turn ** (price // unit) - 1.0
        shape = count / (swing - 1.0) if swing > 1.0 else np.inf
        log += mean * away if swing == 1.0 else -shape * np.log1p(-mean / shape * away)
    return DemandValue(np.clip(np.fft.irfft(np.exp(log), size), 0.0, None), unit)


def effective_count(counts: Sequence[float], prices: Sequence[float]) -> float:
    """Return the count of a single price whose chance swings are those of several: (sum p b)^2 / sum p^2 b.

    >>> effective_count([500, 500], [100, 100]), effective_count([100, 900], [900, 100])
    (1000.0, 360.0)
    """
    value = sum(price * count for price, count in zip(prices, counts, strict=True))
    return float(value**2 / sum(price**2 * count for price, count in zip(prices, counts, strict=True)))


def _check(means: Floats, prices: Sequence[int], over: Floats) -> None:
    faults = []
    if not len(means) or means.min() <= 0:
        faults.append(Fault("an expected count is not above zero", "give each metric's expected count a year"))
    if len(prices) != len(means) or any(price <= 0 for price in prices):
        faults.append(Fault("a price is missing or not above zero", "give one price in pence for each count"))
    if over.size and over.min() < 1.0:
        remedy = "counts vary at least as much as by chance; 1 is Poisson"
        faults.append(Fault("is below 1", remedy, field="overdispersion", value=f"{over.min():g}"))
    if faults:
        raise Refused(faults)
