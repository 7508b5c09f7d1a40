"""What every way of finding comparisons hands back: who counts how much, in which matched set, and what to mind."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.evaluation.matching.settings import Settings
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.regression.design_matrix import Design


@dataclass(frozen=True, slots=True)
class Job:
    """What a method is asked to do: arrays of those who take part, in the order of `frame`.

    `treated` are those for whom comparisons are sought (the comparisons themselves, for the effect on them). `score` is
    None where people are not told apart by one number; `width` is the caliper in its units; `strata` must be equal;
    `sampling` weights say how many people each stands for.
    """

    frame: pl.DataFrame
    treated: Flags
    design: Design
    score: Floats | None
    width: float | None
    strata: Ints | None
    asked: Settings
    sampling: Floats | None = None

    @property
    def one_score(self) -> Floats:
        """The score, refused where there is none."""
        if self.score is None:
            raise Refused("there is no score", 'use distance="glm", or a column of scores')
        return self.score


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
