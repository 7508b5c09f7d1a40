"""How sure it is that a record belongs to its person, and by which pair it does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.decided import UNDECIDED, Decisions
from whatworks.linkage.clusters.joining import Clustering
from whatworks.linkage.records_and_pairs import ScoredPairs

DECIDED = -1


@dataclass(frozen=True, slots=True)
class Strength:
    """For each record: `probability`, the record it was joined by (`fellow`), and the scored pair (`pair`).

    A record alone has probability 1 and -1 as `fellow`; `pair` is a row of the scored pairs, or -1 where a person's
    decision joined the two.
    """

    probability: NDArray[np.float64]
    fellow: NDArray[np.int32]
    pair: NDArray[np.int32]


def strength(
    clustering: Clustering, pairs: ScoredPairs, decisions: Decisions = UNDECIDED, threshold: float = 0.3
) -> Strength:
    """Return how surely each record is its person's: the weakest pair on the surest way to the person's first record.

    For the first record itself that is its own strongest pair. A decision counts as certain.

    >>> pairs = ScoredPairs.sorted_from(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.6, 0.9, 0.2]))
    >>> sure = strength(Clustering(np.array([0, 0, 0, 3], np.int32)), pairs)
    >>> sure.probability.tolist(), sure.fellow.tolist()
    ([0.6, 0.6, 0.6, 1.0], [1, 2, 1, -1])
    """
    label = clustering.label
    inside = np.flatnonzero((label[pairs.left] == label[pairs.right]) & (pairs.probability >= threshold))
    left, right = decisions.ends()
    begins = np.concatenate([left, right, pairs.left[inside], pairs.right[inside]])
    ends = np.concatenate([right, left, pairs.right[inside], pairs.left[inside]])
    level = np.concatenate([np.ones(2 * len(left)), np.tile(pairs.probability[inside], 2)])
    row = np.concatenate([np.full(2 * len(left), DECIDED), np.tile(inside, 2)]).astype(np.int32)
    first, pair, fellow = _strongest(len(label), begins, ends, level, row)
    surest = np.where(label == np.arange(len(label)), 2.0, 0.0)
    while True:
        further = surest.copy()
        np.maximum.at(further, ends, np.minimum(surest[begins], level))
        if np.array_equal(further, surest):
            break
        surest = further
    probability = np.where(surest > 1.0, np.where(fellow >= 0, first, 1.0), surest)
    return Strength(probability, fellow, pair)


def _strongest(
    size: int, begins: NDArray[np.int32], ends: NDArray[np.int32], level: NDArray[np.float64], row: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
    """Return each record's strongest level, and the row and the other end of that pair (the lowest, of equal ones)."""
    order = np.lexsort((begins, row >= 0, -level, ends))
    first = order[np.unique(ends[order], return_index=True)[1]]
    strongest, pair, fellow = np.ones(size), np.full(size, DECIDED, np.int32), np.full(size, -1, np.int32)
    strongest[ends[first]], pair[ends[first]], fellow[ends[first]] = level[first], row[first], begins[first]
    return strongest, pair, fellow
