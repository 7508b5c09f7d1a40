"""Say which records have to be joined anew once pairs, records or decisions have changed: all others stay."""

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.components import HELD_TWICE, components
from whatworks.linkage.clusters.strength import to_nearest_doubling

Numbers = NDArray[np.int64]
Chances = NDArray[np.float64]
Edges = tuple[Numbers, Numbers, Chances, Chances]
"""Left records, right records, probabilities and weights of pairs."""
_WIDEST, _SAME = 1024.0, 1e-6
"""Weights, in bits, are less than half as wide apart; levels that lie closer to each other count as overtaken."""


def touched(
    size: int,
    before: Edges,
    after: Edges,
    stays: NDArray[np.bool_],
    threshold: float,
    seeds: Numbers,
    decided: Numbers,
) -> NDArray[np.bool_]:
    """Tell of each of `size` records whether it may be joined otherwise than before, or less or more surely.

    That is so in a component of pairs (joined before or after, or in `decided`, two columns) that holds one of the
    `seeds`, or in which a pair came, went, passed a threshold, changed the probability that is told of it, or
    overtook another one: people are joined by the pair of most weight first. Of the pairs before, those of the mask
    `stays` come first in `after`, in the same order.

    >>> pairs, stay = (np.array([0, 2]), np.array([1, 3])), np.array([True, True])
    >>> none = np.empty((0, 2), np.int64)
    >>> sure, surer, weight = np.array([0.9, 0.9]), np.array([0.9, 0.95]), np.array([3.2, 3.2])
    >>> touched(5, (*pairs, sure, weight), (*pairs, surer, weight), stay, 0.3, np.array([4]), none).tolist()
    [False, False, True, True, True]
    """
    least = min(threshold, HELD_TWICE)
    gone = np.flatnonzero(~stays & (before[2] >= least))
    strong = np.flatnonzero(after[2] >= least)
    left, right, first, first_weight = before[0][stays], before[1][stays], before[2][stays], before[3][stays]
    old = len(left)
    second, second_weight = after[2][:old], after[3][:old]
    counted = (first >= least) | (second >= least)
    fallen = np.flatnonzero(counted & (second < least))
    ends = [
        np.concatenate([before[side][gone], (left, right)[side][fallen], after[side][strong], decided[:, side]])
        for side in (0, 1)
    ]
    component = components(size, ends[0], ends[1])
    changed = np.zeros(int(component.max(initial=-1)) + 1, np.bool_)
    changed[component[seeds]] = True
    changed[component[decided.ravel()]] = True
    for side in (0, 1):
        changed[component[before[side][gone]]] = True
        changed[component[after[side][strong[strong >= old]]]] = True
    rows = np.flatnonzero(counted)
    first, second = first[rows], second[rows]
    moved = ((first >= threshold) != (second >= threshold)) | ((first >= HELD_TWICE) != (second >= HELD_TWICE))
    moved |= to_nearest_doubling(first) != to_nearest_doubling(second)
    changed[component[left[rows[moved]]]] = True
    rows = rows[~changed[component[left[rows]]]]
    changed[_overtaken(component[left[rows]], first_weight[rows], second_weight[rows])] = True
    return np.asarray(changed[component], dtype=np.bool_)


def _overtaken(group: NDArray[np.int32], before: Chances, after: Chances) -> NDArray[np.int32]:
    """Return the groups in which levels stand in another order after than before, or are equal where they were not.

    >>> group = np.array([0, 0, 1, 1, 2, 2], np.int32)
    >>> before, after = np.array([2.0, 1.0, 2.0, 1.0, 3.0, 3.0]), np.array([3.0, 2.0, 1.0, 2.0, 4.0, 3.0])
    >>> _overtaken(group, before, after).tolist()
    [1, 2]
    """
    order = np.argsort(group * _WIDEST + before)
    group, before, after = group[order], before[order], after[order]
    beside = group[1:] == group[:-1]
    step = np.diff(before)
    other = (np.sign(step) != np.sign(np.diff(after))) | ((step != 0) & (np.abs(step) < _SAME))
    return np.asarray(group[1:][beside & other], dtype=np.int32)
