"""Who reoffends sooner? The hazard ratio of a matched sample, with death as a competing event."""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.groups.estimate import quantile, two_sided_p
from whatworks.statistics.regression.weighted_regression import cluster_sums

STEPS = 50


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """Treated over comparison, below one is later; with its 95% interval, p and standard error on the log scale."""

    value: float
    ci_low: float
    ci_high: float
    p: float
    log_se: float
    events: int


def hazard_ratio(
    days: npt.ArrayLike,
    event: npt.ArrayLike,
    treated: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> HazardRatio:
    """Return the hazard ratio by Cox's partial likelihood (Efron's ties), each person weighing `weights`.

    `days` runs from the index date to the event or to the end of being watched; `event` is true where it was the event
    itself. A death, or the end of follow-up, is not: the ratio is then that of the cause-specific hazards. Errors are
    robust (Lin and Wei), clustered on `clusters`, the matched sets, where given.

    Raises `Refused` where a group has no event: no ratio is then finite.

    >>> found = hazard_ratio([5, 8, 12, 3, 4, 9], [True, True, False, True, True, True], [True] * 3 + [False] * 3)
    >>> round(found.value, 3)
    0.423
    """
    time, happened = np.asarray(days, dtype=np.float64), np.asarray(event, dtype=np.bool_)
    flags = np.asarray(treated, dtype=np.bool_)
    worth = np.ones(len(time)) if weights is None else np.asarray(weights, dtype=np.float64)
    keep = np.flatnonzero((worth > 0) & ~np.isnan(time))
    order = keep[np.argsort(time[keep], kind="stable")]
    time, happened, flags, worth = time[order], happened[order], flags[order], worth[order]
    if not happened[flags].any() or not happened[~flags].any():
        raise Refused("nobody of one group had the event, so that no hazard ratio is finite", "compare the shares")
    groups = np.arange(len(order)) if clusters is None else np.asarray(clusters)[order]
    slope, information = _newton(time, happened, flags.astype(np.float64), worth)
    pulls = cluster_sums(_pulls(time, happened, flags.astype(np.float64), worth, slope)[:, None], groups)[:, 0]
    se = sqrt(float((pulls**2).sum())) / information
    half = quantile(0.975) * se
    return HazardRatio(
        exp(slope), exp(slope - half), exp(slope + half), two_sided_p(slope, se), se, int(happened.sum())
    )


def _newton(time: Floats, event: Flags, x: Floats, worth: Floats) -> tuple[float, float]:
    slope, information = 0.0, 1.0
    for _ in range(STEPS):
        gradient, information = 0.0, 0.0
        for share, deaths, mean in _risk_sets(time, event, x, worth, slope):
            gradient += deaths.dot_x - deaths.worth * float((share * mean).sum())
            information += deaths.worth * float((share * mean * (1 - mean)).sum())
        step = gradient / information
        slope += step
        if abs(step) < 1e-12:
            break
    return slope, information


@dataclass(frozen=True, slots=True)
class Deaths:
    """Who had the event at one time: their weights added up, and those of the treated among them."""

    worth: float
    dot_x: float
    first: int
    last: int


def _risk_sets(
    time: Floats, event: Flags, x: Floats, worth: Floats, slope: float
) -> list[tuple[Floats, Deaths, Floats]]:
    """Return for each time of events Efron's shares, the events, and the treated's part of each reduced risk set."""
    risk = worth * np.exp(slope * x)
    ahead, ahead_x = np.cumsum(risk[::-1])[::-1], np.cumsum((risk * x)[::-1])[::-1]
    found = []
    starts = np.flatnonzero(np.diff(time, prepend=-np.inf) > 0)
    for first, last in zip(starts, np.append(starts[1:], len(time)), strict=True):
        at = np.flatnonzero(event[first:last]) + first
        if not len(at):
            continue
        part = np.arange(len(at)) / len(at)
        total = ahead[first] - part * risk[at].sum()
        mean = (ahead_x[first] - part * (risk * x)[at].sum()) / total
        share = np.full(len(at), 1 / len(at))
        found.append((share, Deaths(float(worth[at].sum()), float((worth * x)[at].sum()), int(first), int(last)), mean))
    return found


def _pulls(time: Floats, event: Flags, x: Floats, worth: Floats, slope: float) -> Floats:
    """Return each person's weighted score residual: how far they pull the slope (Efron's ties)."""
    risk = np.exp(slope * x)
    pulls = np.zeros(len(time))
    ahead = np.cumsum((worth * risk)[::-1])[::-1]
    for share, deaths, mean in _risk_sets(time, event, x, worth, slope):
        at = np.flatnonzero(event[deaths.first : deaths.last]) + deaths.first
        part = np.arange(len(at)) / len(at)
        total = ahead[deaths.first] - part * (worth * risk)[at].sum()
        step = deaths.worth * share / total
        pulls[at] += x[at] - float((share * mean).sum())
        later = np.arange(deaths.first, len(time))
        pulls[later] -= risk[later] * (x[later] * step.sum() - (step * mean).sum())
        pulls[at] += risk[at] * (x[at] * float((part * step).sum()) - float((part * step * mean).sum()))
    return pulls * worth
