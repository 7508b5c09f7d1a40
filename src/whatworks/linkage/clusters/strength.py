"""How sure it is that a record belongs to its person, and by which pair it does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.decided import UNDECIDED, Decisions
from whatworks.linkage.clusters.joining import Clustering
from whatworks.linkage.records_and_pairs import ScoredPairs

DECIDED = -1
SUREST_BITS = 20
"""A record shows odds of at most two to this power, a million to one: nobody can check that a model is surer."""


@dataclass(frozen=True, slots=True)
class Strength:
    """For each record: `probability`, the record it was joined by (`fellow`), and the scored pair (`pair`).

    A record alone has probability 1 and -1 as `fellow`; `pair` is a row of the scored pairs, or -1 where a person's
    decision joined the two.
    """

    probability: NDArray[np.float64]
    fellow: NDArray[np.int32]
    pair: NDArray[np.int32]


def to_nearest_doubling(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities as a record shows them: their odds to the nearest power of two, at most a million to one.

    So a few records more, which move all odds a little, leave what most records show as it is. What is certain stays 1.

    >>> to_nearest_doubling(np.array([0.3, 0.7, 0.9998, 1 - 1e-9, 1.0])).round(7).tolist()
    [0.3333333, 0.6666667, 0.9997559, 0.999999, 1.0]
    """
    doubt = 1 - probability
    odds = np.divide(probability, doubt, out=np.full(len(doubt), np.inf), where=doubt > 0)
    bits = np.round(np.log2(odds))
    bits[doubt > 0] = np.minimum(bits[doubt > 0], SUREST_BITS)
    return np.asarray(1 / (1 + np.exp2(-bits)), dtype=np.float64)


def strength(
    clustering: Clustering, pairs: ScoredPairs, decisions: Decisions = UNDECIDED, threshold: float = 0.3
) -> Strength:
    """Return how surely each record is its person's: the weakest pair on the surest way to the person's first record.

    For the first record itself that is its own strongest pair. A decision counts as certain.
    """
    label = clustering.label
    inside = np.flatnonzero((label[pairs.left] == label[pairs.right]) & (pairs.probability >= threshold))
    left, right = decisions.ends()
    begins = np.concatenate([left, right, pairs.left[inside], pairs.right[inside]])
    ends = np.concatenate([right, left, pairs.right[inside], pairs.left[inside]])
    row = np.concatenate([np.full(2 * len(left), DECIDED), np.tile(inside, 2)]).astype(np.int32)
    pair, fellow = _strongest(len(label), begins, ends, row)
    first, none = label == np.arange(len(label)), len(pairs)
    weakest = np.where(first, DECIDED, none).astype(np.int32)
    while True:
        further = weakest.copy()
        np.minimum.at(further, ends, np.maximum(weakest[begins], row))
        if np.array_equal(further, weakest):
            break
        weakest = further
    weakest[first] = pair[first]
    certain = np.append(pairs.probability, [0.0, 1.0])
    return Strength(np.where(fellow >= 0, certain[weakest], 1.0), fellow, pair)


def _strongest(
    size: int, begins: NDArray[np.int32], ends: NDArray[np.int32], row: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return each record's strongest pair, and the other end of it: pairs are in order, the strongest first."""
    order = np.lexsort((begins, row, ends))
    first = order[np.unique(ends[order], return_index=True)[1]]
    pair, fellow = np.full(size, DECIDED, np.int32), np.full(size, -1, np.int32)
    pair[ends[first]], fellow[ends[first]] = row[first], begins[first]
    return pair, fellow
