"""Choose control areas by how they moved before, and show what every other choice would have said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import chi2

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.displacement.dispersion import FEWEST_PERIODS
from whatworks.statistics.displacement.ratio_of_ratios import RatioOfRatios, ratio_of_ratios
from whatworks.statistics.displacement.weighted_difference import Pair
from whatworks.statistics.groups.estimate import quantile

MOST_SPECIFICATIONS = 500
WIDEST = 3.0
"""A trend that may be three times the treated area's a year, or a third of it, is not known to be like it.

At this limit the doubt about the trend alone makes the interval -63% to +173%: no verdict could follow. Coverage does
not hang on it, since the interval carries the doubt (`trend_doubt`; docs/benchmarks.md has both, with and without).
"""
SURE = 0.8
"""How sure it is that areas' trends vary by no more than is allowed for: of few areas little is known of that."""


@dataclass(frozen=True, slots=True)
class ControlCandidate:
    """How the treated area's trend before compares with a candidate's: its rate a year over the candidate's.

    `alike` where the 95% interval holds 1 and lies between a third and three times: a rough trend is not alike.
    `level` is the candidate's count before over the treated area's; `slope` the logarithm of `trend`, and
    `variance` its own.
    """

    name: str
    trend: float
    ci_low: float
    ci_high: float
    level: float
    alike: bool
    slope: float
    variance: float


def rank_controls(
    treated: npt.ArrayLike, names: Sequence[str], candidates: npt.ArrayLike, periods: int = 12
) -> tuple[ControlCandidate, ...]:
    """Return candidates by how little their trend before differs from the treated area's, the nearest first.

    `treated` are counts of earlier periods, `candidates` a row of them each; nothing later is asked. The trend is a
    line through the logit of the treated area's share of both, its error widened by what lies off the line; `periods`
    make a year.

    >>> [each.name for each in rank_controls([20] * 24, ["rising", "level"], [range(10, 34), [22] * 24])]
    ['level', 'rising']
    """
    own, others = np.asarray(treated, dtype=np.float64), np.asarray(candidates, dtype=np.float64)
    if own.ndim != 1 or own.size < FEWEST_PERIODS or others.shape != (len(names), own.size):
        problem = f"{own.size} earlier periods are too few to compare trends"
        raise Refused(Fault(problem, f"give at least {FEWEST_PERIODS}, the same for every area"))
    if not own.any():
        raise Refused(Fault("the treated area has no events before", "check its code, the kind and the months"))
    ranked = [
        _candidate(name, own, series, periods) for name, series in zip(names, others, strict=True) if series.any()
    ]
    return tuple(sorted(ranked, key=lambda each: (not each.alike, abs(np.log(each.trend)), each.name)))


def _candidate(
    name: str, own: npt.NDArray[np.float64], series: npt.NDArray[np.float64], periods: int
) -> ControlCandidate:
    slope, variance = _trend(own, series, periods)
    half = quantile(0.975, own.size - 2) * sqrt(variance)
    level = float(series.sum() / own.sum())
    alike = abs(slope) <= half <= log(WIDEST) - abs(slope)
    return ControlCandidate(name, exp(slope), exp(slope - half), exp(slope + half), level, alike, slope, variance)


def _trend(own: npt.NDArray[np.float64], series: npt.NDArray[np.float64], periods: int) -> tuple[float, float]:
    """Return the logarithm of one trend a year over the other's, and its variance, with what lies off the line."""
    both = own + series + 1.0
    share = (own + 0.5) / both
    weights, time = both * share * (1 - share), np.arange(own.size) / periods
    logit = np.log((own + 0.5) / (series + 0.5))
    centred = time - np.average(time, weights=weights)
    spread = float(weights @ centred**2)
    slope = float(weights @ (centred * logit)) / spread
    left = logit - np.average(logit, weights=weights) - slope * centred
    return slope, max(1.0, float(weights @ left**2) / (own.size - 2)) / spread


def trend_variance(candidates: Sequence[ControlCandidate]) -> float:
    """Return by how much the areas' true trends vary: the variance of the logarithm of their change a year.

    What chance adds to each is taken off; it is the upper end of a one-sided 80% interval (Q-profile), since few areas
    or rough trends tell little, and infinite for a single area.

    >>> calm = rank_controls([20] * 24, ["A", "B", "C"], [[22] * 24, [18] * 24, [20] * 24])
    >>> trend_variance(calm), trend_variance(calm[:1])
    (0.0, inf)
    """
    if len(candidates) < 2:
        return np.inf
    slopes = np.array([each.slope for each in candidates])
    chance = np.array([each.variance / (1 + each.level) for each in candidates])

    def beyond(variance: float) -> float:
        weights = 1 / (chance + variance)
        return float(weights @ (slopes - np.average(slopes, weights=weights)) ** 2) - least

    least = float(chi2.ppf(1 - SURE, len(slopes) - 1))
    most = float(np.ptp(slopes) ** 2 * len(slopes) / least)
    return float(brentq(beyond, 0.0, most)) if beyond(0.0) > 0 else 0.0


def trend_doubt(
    treated: npt.ArrayLike,
    control: npt.ArrayLike,
    controls: int,
    varies: float,
    spans: tuple[int, int],
    periods: int = 12,
) -> float:
    """Return what not knowing a control's trend adds to the variance of the logarithm of the ratio of ratios.

    `treated` and `control` are earlier counts, the control's of so many `controls` together, whose trends vary by
    `varies` from area to area; `spans` are the periods before and after that are compared. A control chosen since its
    trend looked like the treated area's (no difference) has in truth the difference that chance hid: of the variance
    of the trend's estimate, as much as the areas' own makes of both. It grows from the middle of all earlier periods
    to the middle of those after; what the counts before share with the estimate is taken off.

    >>> [round(trend_doubt([20] * 24, [60] * 24, 3, varies, (12, 12)), 4) for varies in (np.inf, 0.01, 0.0)]
    [0.0164, 0.0094, 0.0]
    """
    own, other = (np.asarray(counts, dtype=np.float64) for counts in (treated, control))
    _, estimate = _trend(own, other, periods)
    true = varies * (1 + 1 / controls)
    share = 1.0 if np.isinf(true) else true / (true + estimate)
    before, after = ((own.size + step) / (2 * periods) for step in (-spans[0], spans[1]))
    return max(0.0, estimate * (share * after**2 - before**2))


@dataclass(frozen=True, slots=True)
class ControlChoice:
    """One choice of control areas and what it says."""

    controls: tuple[str, ...]
    ratio: RatioOfRatios


def specification_curve(
    treated: Pair,
    controls: Sequence[tuple[str, Pair]],
    phi: float = 1.0,
    df: float = np.inf,
    drift: Callable[[tuple[str, ...]], float] = lambda names: 0.0,
) -> tuple[ControlChoice, ...]:
    """Return the ratio for every choice of one control or more, added up, from the lowest ratio to the highest.

    `drift` says what a choice's unknown trend adds (`trend_doubt`). Where there are more than 500 choices, it takes the
    largest and the smallest sets.

    >>> curve = specification_curve((100, 80), [("A", (50, 50)), ("B", (60, 54))])
    >>> [(each.controls, round(each.ratio.value, 3)) for each in curve]
    [(('A',), 0.8), (('A', 'B'), 0.846), (('B',), 0.889)]
    """
    sizes = sorted(range(1, len(controls) + 1), key=lambda size: (min(size, len(controls) - size), size))
    chosen = islice((part for size in sizes for part in combinations(controls, size)), MOST_SPECIFICATIONS)
    made = [
        ControlChoice(
            tuple(name for name, _ in part),
            ratio_of_ratios(
                treated,
                (sum(p[0] for _, p in part), sum(p[1] for _, p in part)),
                phi,
                df,
                drift(tuple(name for name, _ in part)),
            ),
        )
        for part in chosen
    ]
    return tuple(sorted(made, key=lambda each: (each.ratio.value or 0.0, each.controls)))
