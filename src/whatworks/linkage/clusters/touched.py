"""Say which records have to be joined anew once pairs, records or decisions have changed: all others stay."""

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.components import HELD_TWICE, components
from whatworks.linkage.clusters.strength import to_nearest_doubling

Numbers = NDArray[np.int64]
Chances = NDArray[np.float64]
Edges = tuple[Numbers, Numbers, Chances, Chances]
"""Left records, right records, probabilities and weights of pairs."""


def touched(
    size: int, before: Edges, after: Edges, threshold: float, seeds: Numbers, decided: Numbers
) -> NDArray[np.bool_]:
    """Tell of each of `size` records whether it may be joined otherwise than before, or less or more surely.

    That is so in a component of pairs (joined before or after, or in `decided`, two columns) that holds one of the
    `seeds`, or in which a pair came, went, passed a threshold, changed the probability that is told of it, or
    overtook another one: people are joined by the pair of most weight first.

    >>> pairs = np.array([0, 2]), np.array([1, 3])
    >>> none = np.empty((0, 2), np.int64)
    >>> sure, surer, weight = np.array([0.9, 0.9]), np.array([0.9, 0.95]), np.array([3.2, 3.2])
    >>> touched(5, (*pairs, sure, weight), (*pairs, surer, weight), 0.3, np.array([4]), none).tolist()
    [False, False, True, True, True]
    """
    least = min(threshold, HELD_TWICE)
    strong = [edges[2] >= least for edges in (before, after)]
    ends = [np.concatenate([before[side][strong[0]], after[side][strong[1]], decided[:, side]]) for side in (0, 1)]
    component = components(size, ends[0], ends[1])
    changed = np.zeros(int(component.max(initial=-1)) + 1, np.bool_)
    changed[component[seeds]] = True
    changed[component[decided.ravel()]] = True
    was, now, both = _matched(size, before, after)
    for side in (0, 1):
        for edges, single, is_strong in ((before, was, strong[0]), (after, now, strong[1])):
            changed[component[edges[side][single & is_strong]]] = True
    place_before, place_after = both
    first, second = before[2][place_before], after[2][place_after]
    moved = ((first >= threshold) != (second >= threshold)) | ((first >= HELD_TWICE) != (second >= HELD_TWICE))
    counted = (first >= least) | (second >= least)
    moved |= counted & (to_nearest_doubling(first) != to_nearest_doubling(second))
    left, right = before[0][place_before], before[1][place_before]
    for end in (left, right):
        changed[component[end[moved]]] = True
    rows = np.flatnonzero(counted & ~changed[component[left]])
    of, weights = component[left[rows]], (before[3][place_before][rows], after[3][place_after][rows])
    overtaken = _rank(of, weights[0]) != _rank(of, weights[1])
    changed[component[left[rows[overtaken]]]] = True
    found: NDArray[np.bool_] = changed[component]
    return found


def _matched(
    size: int, before: Edges, after: Edges
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Return which pairs are in the first only, in the second only, and the rows of those in both."""
    keys = [edges[0].astype(np.int64) * size + edges[1] for edges in (before, after)]
    _, rows, others = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    single = []
    for key, matched in zip(keys, (rows, others), strict=True):
        alone = np.ones(len(key), np.bool_)
        alone[matched] = False
        single.append(alone)
    return single[0], single[1], (rows, others)


def _rank(group: NDArray[np.int32], level: Chances) -> Numbers:
    """Return the place of each level within its group, the highest first; equal levels have one place.

    >>> _rank(np.array([0, 0, 0, 1], np.int32), np.array([0.5, 0.9, 0.9, 0.2])).tolist()
    [1, 0, 0, 0]
    """
    order = np.lexsort((-level, group))
    groups, levels = group[order], level[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = groups[1:] != groups[:-1]
    lower = fresh.copy()
    lower[1:] |= levels[1:] != levels[:-1]
    place = np.cumsum(lower)
    rank = np.empty(len(order), np.int64)
    rank[order] = place - place[fresh][np.cumsum(fresh) - 1] if len(order) else place
    return rank
