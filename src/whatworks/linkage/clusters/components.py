"""Cut records into connected components, and say which of them hold a contradiction, so that few are walked."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from whatworks.linkage.clusters.decided import Decisions, Pair
from whatworks.linkage.records_and_pairs import NUMBER_KINDS, RecordTable, ScoredPairs

Labels = NDArray[np.int32]

HELD_TWICE = 0.99
"""From this probability on two records of one agency may be one person, whom the agency holds twice."""


def components(size: int, left: Labels, right: Labels) -> Labels:
    """Return for each of `size` records the component that the pairs of `left` and `right` put it in.

    >>> components(4, np.array([0]), np.array([2])).tolist()
    [0, 1, 0, 2]
    """
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def lowest_records(component: Labels) -> Labels:
    """Return for each record the lowest record of its component."""
    first = np.full(int(component.max(initial=-1)) + 1, len(component), np.int32)
    np.minimum.at(first, component, np.arange(len(component), dtype=np.int32))
    return first[component]


def held_twice_rows(records: RecordTable, pairs: ScoredPairs) -> NDArray[np.intp]:
    """Return the rows of the pairs that hold one person's two records of one agency."""
    sure = pairs.probability >= HELD_TWICE
    return np.flatnonzero(sure & (records.organisation[pairs.left] == records.organisation[pairs.right]))


def contradictory(
    records: RecordTable,
    pairs: ScoredPairs,
    component: Labels,
    held_twice: NDArray[np.intp],
    decisions: Decisions,
    *,
    lenient: bool,
) -> NDArray[np.bool_]:
    """Tell of each component whether anything in it may forbid a joining: only these are walked pair by pair."""
    count = int(component.max(initial=-1)) + 1
    contradicts = np.zeros(count, np.bool_)
    apart_left, apart_right = decisions.kept_apart()
    contradicts[component[apart_left][component[apart_left] == component[apart_right]]] = True
    if lenient:
        return contradicts
    for kind in NUMBER_KINDS:
        codes = records.codes(kind)
        rows = codes >= 0
        low, high = np.full(count, np.iinfo(np.int32).max, np.int32), np.full(count, -1, np.int32)
        np.minimum.at(low, component[rows], codes[rows])
        np.maximum.at(high, component[rows], codes[rows])
        contradicts |= (high >= 0) & (low < high)
    agencies = max(len(records.organisations), 1)
    keys, times = np.unique(component.astype(np.int64) * agencies + records.organisation, return_counts=True)
    possible = np.bincount(keys // agencies, times * (times - 1) // 2, count)
    inside = held_twice[component[pairs.left[held_twice]] == component[pairs.right[held_twice]]]
    return contradicts | (possible > np.bincount(component[pairs.left[inside]], minlength=count))


def as_pairs(pairs: ScoredPairs, rows: NDArray[np.intp]) -> set[Pair]:
    """Return the records of these rows of the scored pairs."""
    return set(zip(pairs.left[rows].tolist(), pairs.right[rows].tolist(), strict=True))
