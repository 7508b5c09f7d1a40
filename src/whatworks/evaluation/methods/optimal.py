"""Optimal pair matching: the pairs whose distances add up to the least, not those that the first to choose takes."""

from itertools import pairwise

import numpy as np

from whatworks.evaluation.methods.found import Flags, Floats, Found, Ints
from whatworks.evaluation.nearest import Pairs
from whatworks.evaluation.weights import matched_sample
from whatworks.records.refusal import Refused

MOST_CELLS = 50_000_000
"""Treated times comparisons of one stratum that a laptop's memory holds."""


def match_optimal(
    distance: Floats, treated: Flags, *, strata: Ints | None = None, caliper: float | None = None, ratio: int = 1
) -> Found:
    """Return one-to-one (or one-to-`ratio`) pairs without replacement, with the least sum of distances in each stratum.

    As many treated units as can be are matched; nobody beyond `caliper` (in units of `distance`) is. `round` numbers a
    treated unit's comparisons by nearness. Refused where a stratum is too large to solve: match nearest there.

    >>> score, scheme = np.array([0.5, 0.6, 0.62, 0.4]), np.array([True, True, False, False])
    >>> match_optimal(score, scheme).pairs.frame().rows()
    [(0, 3, 1), (1, 2, 1)]
    """
    groups = np.zeros(len(distance), dtype=np.int64) if strata is None else strata
    order = np.argsort(groups, kind="stable")
    edges = np.flatnonzero(np.diff(groups[order], prepend=-1, append=-1))
    parts = []
    for start, stop in pairwise(edges):
        units = order[start:stop]
        ours, theirs = units[treated[units]], units[~treated[units]]
        if len(ours) and len(theirs):
            parts.append(_assign(np.repeat(ours, ratio), theirs, distance, caliper))
    made = np.concatenate(parts) if parts else np.empty((0, 2), dtype=np.int64)
    gap = np.abs(distance[made[:, 0]] - distance[made[:, 1]])
    made = made[np.lexsort((made[:, 1], gap, made[:, 0]))]
    first = np.flatnonzero(np.diff(made[:, 0], prepend=-1))
    turn = np.arange(len(made)) - np.repeat(first, np.diff(np.append(first, len(made)))) + 1
    pairs = Pairs(made[:, 0].copy(), made[:, 1].copy(), turn.astype(np.int64))
    matched = matched_sample(pairs, treated, replace=False)
    return Found(matched.weights, matched.subclass, pairs)


def _assign(ours: Ints, theirs: Ints, distance: Floats, caliper: float | None) -> Ints:
    if len(ours) * len(theirs) > MOST_CELLS:
        raise Refused(
            f"{len(ours):,} treated places and {len(theirs):,} comparisons are too many to pair optimally",
            'use method "nearest", or exact factors that make smaller strata',
        )
    from scipy.optimize import linear_sum_assignment

    cost = np.abs(distance[ours][:, None] - distance[theirs])
    far = float(cost.max()) * (min(cost.shape) + 1) + 1.0
    allowed = cost <= (np.inf if caliper is None else caliper)
    rows, columns = linear_sum_assignment(np.where(allowed, cost, far))
    kept = allowed[rows, columns]
    return np.column_stack([ours[rows[kept]], theirs[columns[kept]]]).astype(np.int64)
