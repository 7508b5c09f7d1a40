"""By how much counts of areas vary beyond Poisson's, over the periods before anything was done."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused

FEWEST_PERIODS = 12


@dataclass(frozen=True, slots=True)
class Dispersion:
    """The variance of counts over their mean (`phi`, at least 1), and the degrees of freedom that it rests on.

    Where counts vary no more than Poisson's, `df` is infinite: nothing but the mean was needed.
    """

    phi: float
    df: float
    periods: int


def dispersion(counts: npt.ArrayLike) -> Dispersion:
    """Return the dispersion of counts, areas x earlier periods, about the movement that the areas share.

    Each area keeps its level and each period its season: what is left over is Pearson's chi-squared over its degrees
    of freedom.

    >>> calm = [[10, 12, 9, 11] * 3, [20, 24, 18, 22] * 3]
    >>> dispersion(calm)
    Dispersion(phi=1.0, df=inf, periods=12)
    """
    events = np.asarray(counts, dtype=np.float64)
    if events.ndim != 2 or len(events) < 2 or events.shape[1] < FEWEST_PERIODS:
        problem = "earlier periods are too few to tell how counts vary"
        raise Refused(Fault(problem, f"give at least {FEWEST_PERIODS} of two areas or more"))
    events = events[events.sum(axis=1) > 0][:, events.sum(axis=0) > 0]
    if len(events) < 2:
        raise Refused(Fault("fewer than two areas have events in earlier periods", "take more areas, or more kinds"))
    expected = np.outer(events.sum(axis=1), events.sum(axis=0)) / events.sum()
    df = (len(events) - 1) * (events.shape[1] - 1)
    phi = float(((events - expected) ** 2 / expected).sum()) / df
    return Dispersion(phi, df, events.shape[1]) if phi > 1 else Dispersion(1.0, np.inf, events.shape[1])
