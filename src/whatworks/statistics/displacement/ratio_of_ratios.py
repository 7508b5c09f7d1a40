"""How a treated area changed against its control in proportion: the answer where their levels differ."""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import logsumexp
from scipy.stats import hypergeom

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.displacement.weighted_difference import Pair, check_counts
from whatworks.statistics.groups.estimate import quantile, two_sided_p

STEEPEST = 50.0
"""The logarithm of a ratio beyond which no end of an interval is sought."""


@dataclass(frozen=True, slots=True)
class RatioOfRatios:
    """The treated area's after over before, divided by the control's: below one is a fall. None where undefined."""

    value: float | None
    ci_low: float
    ci_high: float | None
    p: float
    method: str


def ratio_of_ratios(
    treated: Pair, control: Pair, phi: float = 1.0, df: float = np.inf, drift: float = 0.0
) -> RatioOfRatios:
    """Return the ratio with its 95% interval and p: exact where `phi` is 1, else quasi-Poisson on the log scale.

    The exact one is conditional on how many events each area and each period had (Fisher's). Lengths of time and sizes
    of areas cancel out. `drift` is what the control's unknown trend adds to the variance of the ratio's logarithm
    (`controls.trend_doubt`): with any the interval is on the log scale, unless a count is zero.

    >>> ratio = ratio_of_ratios((100, 90), (1000, 900))
    >>> ratio.value, ratio.method
    (1.0, 'exact')
    """
    check_counts([control, treated])
    before, after = treated
    control_before, control_after = control
    if not before + after or not control_before + control_after:
        raise Refused(Fault("the ratio is undefined: an area has no events", "take areas that have events"))
    defined = before > 0 and control_after > 0 and control_before > 0
    value = (after / before) / (control_after / control_before) if defined else None
    if phi <= 1 and not (drift and value):
        low, high, p = _exact(int(after), int(before), int(control_after), int(control_before))
        return RatioOfRatios(value, low, high, p, "exact")
    if not value:
        raise Refused(Fault("the ratio is undefined: a count is zero and counts vary beyond Poisson's", "take longer"))
    se = sqrt(phi * sum(1 / count for count in (*treated, *control)) + drift)
    half = quantile(0.975, df) * se
    low, high = exp(log(value) - half), exp(log(value) + half)
    return RatioOfRatios(value, low, high, two_sided_p(log(value), se, df), "quasi-Poisson")


def _exact(after: int, before: int, control_after: int, control_before: int) -> tuple[float, float | None, float]:
    """Return the ends of the conditional interval, 2.5% beyond each, and Fisher's p."""
    events, late = after + before, after + control_after
    least, most = max(0, late - control_after - control_before), min(events, late)
    counts = np.arange(least, most + 1)
    chances = hypergeom.logpmf(counts, events + control_after + control_before, events, late)

    def beyond(log_ratio: float, tail: npt.NDArray[np.bool_]) -> float:
        tilted = chances + counts * log_ratio
        return float(logsumexp(tilted[tail]) - logsumexp(tilted)) - log(0.025)

    low = 0.0 if after == least else exp(brentq(lambda at: beyond(at, counts >= after), -STEEPEST, STEEPEST))
    high = None if after == most else exp(brentq(lambda at: beyond(at, counts <= after), -STEEPEST, STEEPEST))
    seen = chances[after - least]
    return low, high, min(1.0, float(np.exp(logsumexp(chances[chances <= seen + 1e-7]))))
