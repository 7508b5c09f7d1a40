"""Cut scored pairs into bands of probability, since a few doubtful pairs tell more than many sure ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EDGES = (0.001, 0.02, 0.1, 0.3, 0.6, 0.9, 0.99, 0.999)
"""The least probability of each band; pairs below the first are believed by nobody and are not asked about."""
ALLOCATION = (20, 30, 40, 40, 40, 40, 50, 120)
"""How many pairs of each band are judged: the surest band holds nearly all links, so most are asked of it."""
BANDS = len(EDGES)


def band_of(probability: NDArray[np.float64]) -> NDArray[np.int8]:
    """Return the band of each probability, -1 below the first.

    >>> band_of(np.array([0.0005, 0.001, 0.5, 0.999, 1.0])).tolist()
    [-1, 0, 3, 7, 7]
    """
    return (np.searchsorted(EDGES, probability, side="right") - 1).astype(np.int8)


@dataclass(frozen=True, slots=True)
class ScoredCells:
    """All scored pairs, counted by band and by whether their records were joined: arrays of (2, bands).

    Row 0 holds pairs that were not joined, row 1 pairs that were.
    """

    pairs: NDArray[np.int64]
    model_sum: NDArray[np.float64]
    """Sum of the model's probabilities."""

    @property
    def model_mean(self) -> NDArray[np.float64]:
        """Mean probability by the model; 0 where a cell holds no pair."""
        return self.model_sum / np.maximum(self.pairs, 1)


def count_cells(probability: NDArray[np.float64], joined: NDArray[np.bool_]) -> ScoredCells:
    """Count pairs by band and by whether they were joined.

    >>> cells = count_cells(np.array([0.9995, 0.9999, 0.05]), np.array([True, True, False]))
    >>> cells.pairs.tolist()
    [[0, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 2]]
    """
    band = band_of(probability)
    asked = band >= 0
    cell = joined[asked].astype(np.int64) * BANDS + band[asked]
    pairs = np.bincount(cell, minlength=2 * BANDS).reshape(2, BANDS)
    model_sum = np.bincount(cell, probability[asked], minlength=2 * BANDS).reshape(2, BANDS)
    return ScoredCells(pairs.astype(np.int64), model_sum.astype(np.float64))
