"""Weigh the comparisons so that together they stand for the people in the scheme."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Floats, Ints
from whatworks.statistics.pairs.nearest import Pairs


@dataclass(frozen=True, slots=True)
class Matched:
    """The matched sample: a weight for every unit (0 = not used) and its matched set (-1 = in none).

    With replacement a comparison belongs to several sets, so `subclass` is None. `sampling` weights say how many people
    each stands for: `weights` hold them, and sets that lose somebody are weighed with them anew.
    """

    weights: Floats
    subclass: Ints | None
    sampling: Floats | None = None

    @property
    def used(self) -> npt.NDArray[np.bool_]:
        """Who takes part."""
        return self.weights > 0


def matched_sample(pairs: Pairs, treated: npt.ArrayLike, *, replace: bool) -> Matched:
    """Return weights as MatchIt's and, without replacement, matched sets numbered in the treated people's row order.

    A matched treated person weighs 1. Each passes a weight of 1 on to its comparisons in equal parts; the comparisons'
    weights are then scaled to add up to their number.

    >>> pairs = Pairs(np.array([0, 0, 1]), np.array([2, 3, 4]), np.array([1, 2, 1]))
    >>> matched = matched_sample(pairs, [True, True, False, False, False], replace=False)
    >>> matched.weights.tolist(), matched.subclass.tolist()
    ([1.0, 1.0, 0.75, 0.75, 1.5], [0, 1, 0, 0, 1])
    """
    units = len(np.asarray(treated))
    partners = np.bincount(pairs.treated, minlength=units)
    passed = np.bincount(pairs.comparison, weights=1 / partners[pairs.treated], minlength=units)
    total = passed.sum()
    weights = passed * (np.count_nonzero(passed) / total) if total else passed
    weights[partners > 0] = 1.0
    return Matched(weights.astype(np.float64), None if replace else _sets(pairs, units))


def effective_size(weights: npt.ArrayLike) -> float:
    """Return Kish's effective sample size: how many people of equal weight would say as much.

    >>> effective_size([1, 1, 2])
    2.6666666666666665
    """
    values = np.asarray(weights, dtype=np.float64)
    squares = float((values**2).sum())
    return float(values.sum()) ** 2 / squares if squares else 0.0


def _sets(pairs: Pairs, units: int) -> Ints:
    subclass = np.full(units, -1, dtype=np.int64)
    matched = np.unique(pairs.treated)
    subclass[matched] = np.arange(len(matched))
    subclass[pairs.comparison] = subclass[pairs.treated]
    return subclass
