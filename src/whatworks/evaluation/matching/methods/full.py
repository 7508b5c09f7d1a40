"""Full matching: everybody stands in a matched set, one treated with some comparisons or the other way round."""

from collections import Counter
from itertools import pairwise

import numpy as np

from whatworks.evaluation.matching.estimand import Estimand
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.matching.methods.optimal import MOST_CELLS
from whatworks.evaluation.matching.methods.strata import stratum_weights
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats, Ints


def match_full(
    distance: Floats,
    treated: Flags,
    *,
    strata: Ints | None = None,
    caliper: float | None = None,
    estimand: Estimand = "ATT",
) -> Found:
    """Return matched sets with the least sum of distances in which everybody stands, and their weights.

    The links between treated and comparisons form a cover of everybody with the least sum (Hansen 2004), found through
    an assignment: what a link saves against linking both to their nearest. Nobody is linked beyond `caliper`; who has
    nobody within it does not count. Refused where a stratum is too large to solve.

    >>> score, scheme = np.array([0.5, 0.9, 0.45, 0.55, 0.8]), np.array([True, True, False, False, False])
    >>> match_full(score, scheme).subclass.tolist()
    [0, 1, 0, 0, 1]
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    groups = np.zeros(len(distance), dtype=np.int64) if strata is None else strata
    order = np.argsort(groups, kind="stable")
    links: list[tuple[Ints, Ints]] = []
    for start, stop in pairwise(np.flatnonzero(np.diff(groups[order], prepend=-1, append=-1))):
        units = order[start:stop]
        ours, theirs = units[treated[units]], units[~treated[units]]
        if len(ours) and len(theirs):
            links.append(_cover(ours, theirs, distance, caliper))
    first = np.concatenate([one for one, _ in links]) if links else np.empty(0, dtype=np.int64)
    second = np.concatenate([other for _, other in links]) if links else np.empty(0, dtype=np.int64)
    size = len(distance)
    graph = coo_matrix((np.ones(len(first)), (first, second)), shape=(size, size))
    return stratum_weights(connected_components(graph, directed=False)[1].astype(np.int64), treated, estimand)


def run(job: Job) -> Found:
    """Carry the method out."""
    return match_full(job.one_score, job.treated, strata=job.strata, caliper=job.width, estimand=job.asked.estimand)


def _cover(ours: Ints, theirs: Ints, distance: Floats, caliper: float | None) -> tuple[Ints, Ints]:
    if len(ours) * len(theirs) > MOST_CELLS:
        raise Refused(
            f"{len(ours):,} treated and {len(theirs):,} comparisons are too many for full matching",
            'use method "radius" or "nearest", or exact factors that make smaller strata',
        )
    from scipy.optimize import linear_sum_assignment

    cost = np.abs(distance[ours][:, None] - distance[theirs])
    cost[cost > (np.inf if caliper is None else caliper)] = np.inf
    near_ours, near_theirs = cost.min(axis=1), cost.min(axis=0)
    with np.errstate(invalid="ignore"):
        saved = np.where(np.isfinite(cost), np.minimum(0.0, cost - near_ours[:, None] - near_theirs), 0.0)
    rows, columns = linear_sum_assignment(saved)
    linked = saved[rows, columns] < 0
    rows, columns = rows[linked], columns[linked]
    alone = np.setdiff1d(np.flatnonzero(np.isfinite(near_ours)), rows)
    left = np.setdiff1d(np.flatnonzero(np.isfinite(near_theirs)), columns)
    first = np.concatenate([rows, alone, cost[:, left].argmin(axis=0) if len(left) else left])
    second = np.concatenate([columns, cost[alone].argmin(axis=1) if len(alone) else alone, left])
    kept = _needed(first.tolist(), second.tolist())
    return ours[first[kept]], theirs[second[kept]]


def _needed(first: list[int], second: list[int]) -> list[int]:
    """Return the links without which somebody would stand alone: equal scores can leave links too many."""
    ours, theirs = Counter(first), Counter(second)
    kept = []
    for at, (a, b) in enumerate(zip(first, second, strict=True)):
        if ours[a] > 1 and theirs[b] > 1:
            ours[a] -= 1
            theirs[b] -= 1
        else:
            kept.append(at)
    return kept
