"""What share has reoffended by each day, where death, too, ends being at risk? Never one minus Kaplan-Meier."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Incidence:
    """`share[i]` has had the event by day `days[i]` (Aalen and Johansen); `free` is the mean time without it, in days,
    up to the horizon, the time after a competing event not counted as free."""

    days: Floats
    share: Floats
    free: float


def cumulative_incidence(
    days: npt.ArrayLike, kind: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, horizon: float
) -> Incidence:
    """Return the cumulative incidence of the event of interest, and the restricted mean time free of it and alive.

    `kind` is 1 for the event, 2 for a competing one (death), 0 where someone was no longer watched. `days` beyond the
    `horizon` count as watched up to it.

    >>> found = cumulative_incidence([2, 4, 6, 9], [1, 2, 1, 0], horizon=10)
    >>> found.share.tolist(), found.free
    ([0.25, 0.5], 5.5)
    """
    time, what = np.asarray(days, dtype=np.float64), np.asarray(kind, dtype=np.int64)
    worth = np.ones(len(time)) if weights is None else np.asarray(weights, dtype=np.float64)
    what = np.where(time > horizon, 0, what)
    time = np.minimum(time, horizon)
    moments = np.unique(time[what > 0])
    at_risk = np.array([worth[time >= one].sum() for one in moments])
    ours, all_kinds = (
        np.array([worth[(time == one) & wanted].sum() for one in moments]) for wanted in (what == 1, what > 0)
    )
    left = np.cumprod(1 - all_kinds / at_risk)
    before = np.concatenate([[1.0], left[:-1]])
    share = np.cumsum(before * ours / at_risk)
    steps = np.diff(np.concatenate([[0.0], moments, [horizon]]))
    free = float((np.concatenate([[1.0], left]) * steps).sum())
    shown = ours > 0
    return Incidence(moments[shown], share[shown], free)
