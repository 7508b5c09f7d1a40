"""What every way of finding comparisons hands back: who counts how much, in which matched set, and what to mind."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.pairs.nearest import Pairs

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """A weight for every unit (0 = not used), its matched set (-1 = in none; None where sets overlap), and the pairs.

    `warnings` are sentences: weights that explode, a balance that was not reached.
    """

    weights: Floats
    subclass: Ints | None = None
    pairs: Pairs | None = None
    warnings: tuple[str, ...] = ()


def mean_one(weights: Floats, treated: Flags) -> Floats:
    """Return the weights scaled so that in each group the units that count have a mean of one, as MatchIt's.

    >>> mean_one(np.array([1.0, 1, 3, 1, 0]), np.array([True, True, False, False, False])).tolist()
    [1.0, 1.0, 1.5, 0.5, 0.0]
    """
    scaled = weights.astype(np.float64).copy()
    for group in (treated, ~treated):
        total = scaled[group].sum()
        if total > 0:
            scaled[group] *= np.count_nonzero(scaled[group]) / total
    return scaled
