"""Funnel limits: between which shares an area of its size would lie, were nothing different there (Spiegelhalter 2005).

Limits are binomial quantiles; a share on the line is inside. Where areas differ by more than chance for reasons that
nobody asked about, the limits are widened by the over-dispersion phi, which is held against its own mean under none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.stats import beta, binom

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.groups.intervals import check_counts

LEVELS = (0.95, 0.998)
"""The inner and the outer limits."""
FEWEST_UNITS = 10
"""Under so many units no over-dispersion is estimated."""
WINSORISED = 0.10
DRAWS, SEED = 1_000, 1


@dataclass(frozen=True, slots=True)
class FunnelUnit:
    """A unit of a funnel plot: its share, its limits (95% and 99.8%), and whether it lies outside of them."""

    name: str
    events: int
    n: int
    share: float
    inner: tuple[float, float]
    outer: tuple[float, float]

    @property
    def outside(self) -> str:
        """`above` or `below` the 99.8% limits, else `95% above` or `95% below`, or empty: inside, or on the line.

        >>> FunnelUnit("A", 12, 20, 0.6, (0.1, 0.45), (0.0, 0.55)).outside
        'above'
        """
        for (low, high), words in ((self.outer, ""), (self.inner, "95% ")):
            if self.share > high or self.share < low:
                return words + ("above" if self.share > high else "below")
        return ""

    @property
    def smallest(self) -> float | None:
        """The true share that puts a unit of its size above the 99.8% limit four times in five; None if none does.

        >>> round(FunnelUnit("A", 5, 20, 0.25, (0.1, 0.45), (0.0, 0.55)).smallest, 4)  # 12 or more of 20
        0.6632
        """
        least = int(self.outer[1] * self.n + 1e-9) + 1
        return float(beta.ppf(0.8, least, self.n - least + 1)) if least <= self.n else None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The units against the share of all. `phi` is the over-dispersion, None where too few units allow none.

    `expected` is how many units chance puts outside each pair of limits.
    """

    units: tuple[FunnelUnit, ...]
    overall: float
    phi: float | None
    expected: tuple[float, float]


EXTREME = ("above", "below")


def exact_limits(n: int, share: float, level: float = 0.95) -> tuple[float, float]:
    """Return the binomial quantiles over `n` between which a unit of that size lies with probability `level`.

    >>> exact_limits(20, 0.25), exact_limits(20, 0.25, 0.998)
    ((0.1, 0.45), (0.0, 0.55))
    """
    check_counts(0, n)
    low, high = binom.ppf([(1 - level) / 2, (1 + level) / 2], n, share)
    return float(low) / n, float(high) / n


def funnel(names: Sequence[str], events: Sequence[int], n: Sequence[int], seed: int = SEED) -> Funnel:
    """Return the funnel of units with so many `events` among `n`; units of nobody are refused.

    >>> found = funnel(["A", "B"], [12, 18], [20, 100])
    >>> round(found.overall, 4), found.phi, [unit.outside for unit in found.units]
    (0.25, None, ['above', ''])
    """
    for count, size in zip(events, n, strict=True):
        check_counts(count, size)
    if not n:
        raise Refused("there is no unit to compare", "give counts of at least two areas")
    sizes = np.asarray(n, dtype=np.float64)
    overall = float(np.sum(events) / sizes.sum())
    phi = dispersion(np.asarray(events, dtype=np.float64), sizes, seed) if len(n) >= FEWEST_UNITS else None
    wide = phi if phi is not None and phi > 1 else None
    units = tuple(
        FunnelUnit(name, int(count), int(size), count / size, *(_limits(int(size), overall, wide, at) for at in LEVELS))
        for name, count, size in zip(names, events, n, strict=True)
    )
    inner, outer = (round(len(units) * (1 - level), 10) for level in LEVELS)
    return Funnel(units, overall, phi, (inner, outer))


def dispersion(events: Floats, n: Floats, seed: int = SEED) -> float:
    """Return phi: the mean square of the winsorised z, over its mean where nothing but chance parts the units.

    >>> rng = np.random.default_rng(2)
    >>> sizes = np.full(200, 100.0)
    >>> 0.8 < dispersion(rng.binomial(100, 0.3, 200).astype(float), sizes) < 1.2
    True
    """
    overall = float(events.sum() / n.sum())
    if not 0 < overall < 1:
        return 1.0
    drawn = np.random.default_rng(seed).binomial(n.astype(np.int64), overall, (DRAWS, n.size)).astype(np.float64)
    usual = float(np.nanmean(_mean_squares(drawn, n)))
    return float(_mean_squares(events[None], n)[0]) / usual


def _mean_squares(events: Floats, n: Floats) -> Floats:
    """Return a row's mean square of z, a tenth of the units winsorised at each end."""
    overall = events.sum(axis=1, keepdims=True) / n.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (events / n - overall) / np.sqrt(overall * (1 - overall) / n)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED], axis=1, keepdims=True)
    squares: Floats = (np.clip(z, low, high) ** 2).mean(axis=1)
    return squares


def _limits(n: int, overall: float, phi: float | None, level: float) -> tuple[float, float]:
    if phi is None:
        return exact_limits(n, overall, level)
    half = quantile((1 + level) / 2) * sqrt(phi * overall * (1 - overall) / n)
    return max(0.0, overall - half), min(1.0, overall + half)
