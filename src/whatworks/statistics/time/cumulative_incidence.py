"""What share has had the event by each day, where others leave by another way out? Never one minus Kaplan-Meier.

With one way out the estimate is one minus Kaplan and Meier's, and its variance Greenwood's.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Floats


@dataclass(frozen=True, slots=True)
class Incidence:
    """`share[i]` has had the event by day `days[i]` (Aalen and Johansen), with standard error `se[i]` by the delta
    method (for unweighted people); `free` is the mean time without it, in days, up to the horizon, the time after a
    competing event not counted as free. `watched` is how many were watched on the day and not yet out; `people` how
    many there were."""

    days: Floats
    share: Floats
    free: float
    se: Floats
    watched: Floats
    people: int

    def by(self, day: float) -> float:
        """Return the share that has had the event by a day, that day included."""
        at = int(np.searchsorted(self.days, day, side="right"))
        return float(self.share[at - 1]) if at else 0.0


def cumulative_incidence(
    days: npt.ArrayLike, kind: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, horizon: float = np.inf,
    entry: npt.ArrayLike | None = None,
) -> Incidence:  # fmt: skip
    """Return the cumulative incidence of the event of interest, and the restricted mean time free of it and alive.

    `kind` is 1 for the event, 2 for a competing one (death), 0 where someone was no longer watched. `days` beyond the
    `horizon` count as watched up to it; without a horizon, `free` reaches to the last day of anybody. With `entry`
    people are watched from after that day only (delayed entry), and were out by no earlier one.

    >>> found = cumulative_incidence([2, 4, 6, 9], [1, 2, 1, 0], horizon=10)
    >>> found.share.tolist(), found.free
    ([0.25, 0.5], 5.5)
    """
    time, what = np.asarray(days, dtype=np.float64), np.asarray(kind, dtype=np.int64)
    worth = np.ones(len(time)) if weights is None else np.asarray(weights, dtype=np.float64)
    if np.isinf(horizon):
        horizon = float(time.max(initial=0.0))
    what = np.where(time > horizon, 0, what)
    time = np.minimum(time, horizon)
    moments, place = np.unique(time[what > 0], return_inverse=True)
    watched = _watched(time, worth, moments)
    if entry is not None:
        watched = watched - _watched(np.asarray(entry, dtype=np.float64), worth, moments)
    leaving = what > 0
    everyone = np.bincount(place, worth[leaving], len(moments)).astype(np.float64)
    ours = np.bincount(place, worth[leaving] * (what[leaving] == 1), len(moments)).astype(np.float64)
    left = np.cumprod(1 - everyone / watched)
    before = np.concatenate([[1.0], left[:-1]])
    share = np.cumsum(before * ours / watched)
    steps = np.diff(np.concatenate([[0.0], moments, [horizon]]))
    free = float((np.concatenate([[1.0], left]) * steps).sum())
    shown = ours > 0
    error = np.sqrt(_variance(share, before, ours, everyone, watched))
    return Incidence(moments[shown], share[shown], free, error[shown], watched[shown], len(time))


def _watched(time: Floats, worth: Floats, moments: Floats) -> Floats:
    order = np.argsort(time, kind="stable")
    ahead = np.concatenate([np.cumsum(worth[order][::-1])[::-1], [0.0]])
    result: Floats = ahead[np.searchsorted(time[order], moments)]
    return result


def _variance(share: Floats, before: Floats, ours: Floats, everyone: Floats, watched: Floats) -> Floats:
    """Return the delta method's variance at each moment t (Marubini and Valsecchi 1995, 10.12), its three sums over
    the moments j up to t: (F(t) - F(j))^2 d/(n(n - d)), S(j-)^2 c(n - c)/n^3, and -2 (F(t) - F(j)) S(j-) c/n^2.

    Where the last who were watched left, the first sum's term is infinity times zero, and stands for zero.
    """
    remain = watched - everyone
    greenwood = np.divide(everyone, watched * remain, out=np.zeros_like(watched), where=remain > 0)
    cross = before * ours / watched**2
    own = np.cumsum(before**2 * ours * (watched - ours) / watched**3)
    first = share**2 * np.cumsum(greenwood) - 2 * share * np.cumsum(greenwood * share)
    last = share * np.cumsum(cross) - np.cumsum(cross * share)
    result: Floats = np.maximum(first + np.cumsum(greenwood * share**2) + own - 2 * last, 0.0)
    return result
