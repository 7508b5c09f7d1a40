"""How many days pass on average, counted up to a day tau that all groups reach?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.time.cumulative_incidence import cumulative_incidence

LEAST_SHARE, LEAST_PEOPLE = 0.10, 10


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """Mean days up to `tau`, with Greenwood's standard error."""

    days: float
    se: float
    tau: float


def restricted_mean(days: npt.ArrayLike, out: npt.ArrayLike, tau: float) -> RestrictedMean:
    """Return the mean days spent, up to `tau`, by people of whom some were still there when last seen.

    `out` says who left on their last day, by whatever way; the others were no longer watched.

    >>> found = restricted_mean([1, 2, 2, 4], [True, True, False, True], 4)
    >>> round(found.days, 4), round(found.se, 4)
    (2.75, 0.6495)
    """
    curve = cumulative_incidence(days, np.asarray(out, dtype=np.int64), horizon=tau)
    ends = np.concatenate([curve.days, [tau]])
    ahead = np.cumsum(((1 - curve.share) * np.diff(ends))[::-1])[::-1]
    before = np.concatenate([[1.0], 1 - curve.share[:-1]])
    leaving = curve.watched * (1 - (1 - curve.share) / before)
    remain = curve.watched - leaving
    parts = np.divide(leaving, curve.watched * remain, out=np.zeros_like(ahead), where=remain > 1e-9)
    return RestrictedMean(curve.free, float(np.sqrt((ahead**2 * parts).sum())), float(tau))


def common_tau(*groups: npt.ArrayLike) -> float | None:
    """Return the largest day on which each group still has a tenth of its people, and ten, watched; None if never.

    >>> common_tau(range(1, 101), range(1, 41)), common_tau([1, 2, 3])
    (31.0, None)
    """
    reach = []
    for days in groups:
        order = np.sort(np.asarray(days, dtype=np.float64))
        needed = max(int(np.ceil(LEAST_SHARE * len(order))), LEAST_PEOPLE)
        if len(order) < needed:
            return None
        reach.append(float(order[len(order) - needed]))
    return min(reach) if reach else None
