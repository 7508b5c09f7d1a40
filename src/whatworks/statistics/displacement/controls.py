"""Choose control areas by how they moved before, and show what every other choice would have said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.displacement.dispersion import FEWEST_PERIODS
from whatworks.statistics.displacement.ratio_of_ratios import RatioOfRatios, ratio_of_ratios
from whatworks.statistics.displacement.weighted_difference import Pair
from whatworks.statistics.groups.estimate import quantile

MOST_SPECIFICATIONS = 500
WIDEST = 3.0
"""A trend that may be three times the treated area's a year, or a third of it, is not known to be like it."""


@dataclass(frozen=True, slots=True)
class ControlCandidate:
    """How the treated area's trend before compares with a candidate's: its rate a year over the candidate's.

    `alike` where the 95% interval holds 1 and lies between a third and three times: a rough trend is not alike.
    `level` is the candidate's count before over the treated area's.
    """

    name: str
    trend: float
    ci_low: float
    ci_high: float
    level: float
    alike: bool


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
    both = own + series + 1.0
    share = (own + 0.5) / both
    weights, time = both * share * (1 - share), np.arange(own.size) / periods
    logit = np.log((own + 0.5) / (series + 0.5))
    centred = time - np.average(time, weights=weights)
    spread = float(weights @ centred**2)
    slope = float(weights @ (centred * logit)) / spread
    left = logit - np.average(logit, weights=weights) - slope * centred
    phi = max(1.0, float(weights @ left**2) / (own.size - 2))
    half = quantile(0.975, own.size - 2) * sqrt(phi / spread)
    level = float(series.sum() / own.sum())
    return ControlCandidate(
        name, exp(slope), exp(slope - half), exp(slope + half), level, abs(slope) <= half <= log(WIDEST) - abs(slope)
    )


@dataclass(frozen=True, slots=True)
class ControlChoice:
    """One choice of control areas and what it says."""

    controls: tuple[str, ...]
    ratio: RatioOfRatios


def specification_curve(
    treated: Pair, controls: Sequence[tuple[str, Pair]], phi: float = 1.0, df: float = np.inf
) -> tuple[ControlChoice, ...]:
    """Return the ratio for every choice of one control or more, added up, from the lowest ratio to the highest.

    Where there are more than 500 choices, it takes the largest and the smallest sets.

    >>> curve = specification_curve((100, 80), [("A", (50, 50)), ("B", (60, 54))])
    >>> [(each.controls, round(each.ratio.value, 3)) for each in curve]
    [(('A',), 0.8), (('A', 'B'), 0.846), (('B',), 0.889)]
    """
    sizes = sorted(range(1, len(controls) + 1), key=lambda size: (min(size, len(controls) - size), size))
    chosen = islice((part for size in sizes for part in combinations(controls, size)), MOST_SPECIFICATIONS)
    made = [
        ControlChoice(
            tuple(name for name, _ in part),
            ratio_of_ratios(treated, (sum(p[0] for _, p in part), sum(p[1] for _, p in part)), phi, df),
        )
        for part in chosen
    ]
    return tuple(sorted(made, key=lambda each: (each.ratio.value or 0.0, each.controls)))
