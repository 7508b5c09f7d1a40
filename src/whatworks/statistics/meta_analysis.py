"""Several boroughs' or waves' evaluations as one answer: fixed and random effects, and what the next one might see."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import interval, quantile, two_sided_p


@dataclass(frozen=True, slots=True)
class Combined:
    """One answer out of several. `between` is the standard deviation of the true effects between sites (tau).

    `fixed_*` speaks of these sites only; `difference` and its interval of the average over sites like these; the
    prediction interval of the effect that one more site might have (None with fewer than three).
    """

    difference: float
    se: float
    """Standard error of the average over sites like these."""
    ci_low: float
    ci_high: float
    p: float
    fixed_difference: float
    fixed_low: float
    fixed_high: float
    between: float
    heterogeneity: float
    """I squared: the share of the spread that is not chance."""
    heterogeneity_p: float
    prediction_low: float | None
    prediction_high: float | None
    sites: int


def combine(differences: Sequence[float], errors: Sequence[float]) -> Combined:
    """Return fixed and random effects from each site's difference and standard error.

    Tau comes from Paule and Mandel's equation, the interval of the random effect from Hartung, Knapp, Sidik and Jonkman
    (never shorter than that with tau and the normal distribution), with t on sites - 1 degrees of freedom.

    >>> found = combine([-0.05, -0.01, -0.09], [0.02, 0.02, 0.03])
    >>> round(found.fixed_difference, 4), found.sites
    (-0.0409, 3)
    """
    effects, spread = np.asarray(differences, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if len(effects) < 2 or effects.shape != spread.shape:
        raise Refused("one answer is not several", "bring the results of at least two sites or waves")
    if not (np.isfinite(effects).all() and (spread > 0).all() and np.isfinite(spread).all()):
        raise Refused("a site or study has no estimate with a standard error", "leave it out, and say so")
    fixed, fixed_se = _pooled(effects, spread, 0.0)
    between = _paule_mandel(effects, spread)
    pooled, plain = _pooled(effects, spread, between)
    sites, weight = len(effects), 1 / (spread**2 + between)
    scale = max(1.0, float((weight * (effects - pooled) ** 2).sum()) / (sites - 1))
    se = plain * float(np.sqrt(scale))
    low, high = interval(pooled, se, sites - 1)
    apart = _apart(effects, spread, 0.0)
    return Combined(
        pooled,
        se,
        low,
        high,
        two_sided_p(pooled, se, sites - 1),
        fixed,
        *interval(fixed, fixed_se),
        float(np.sqrt(between)),
        max(0.0, (apart - (sites - 1)) / apart) if apart > 0 else 0.0,
        _chi_square_tail(apart, sites - 1),
        *_prediction(pooled, se, between, sites),
        sites,
    )


def _pooled(effects: Floats, spread: Floats, between: float) -> tuple[float, float]:
    weight = 1 / (spread**2 + between)
    return float((weight * effects).sum() / weight.sum()), float(1 / np.sqrt(weight.sum()))


def _apart(effects: Floats, spread: Floats, between: float) -> float:
    centre = _pooled(effects, spread, between)[0]
    return float(((effects - centre) ** 2 / (spread**2 + between)).sum())


def _paule_mandel(effects: Floats, spread: Floats) -> float:
    """Return the variance between sites at which the weighted spread is what chance leads one to expect."""
    wanted = len(effects) - 1
    if _apart(effects, spread, 0.0) <= wanted:
        return 0.0
    most = float(effects.var(ddof=1)) + float((spread**2).max())
    while _apart(effects, spread, most) > wanted:
        most *= 2
    from scipy.optimize import brentq

    return float(brentq(lambda between: _apart(effects, spread, between) - wanted, 0.0, most, xtol=1e-16))


def _prediction(pooled: float, se: float, between: float, sites: int) -> tuple[float | None, float | None]:
    if sites < 3:
        return None, None
    half = quantile(0.975, sites - 2) * float(np.sqrt(between + se**2))
    return pooled - half, pooled + half


def _chi_square_tail(value: float, df: int) -> float:
    return float(chdtrc(df, value))
