"""Optimal pair matching: the pairs whose distances add up to the least, not those that the first to choose takes."""

from itertools import pairwise

import numpy as np

from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.pairs.kernel import compiled
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import matched_sample

DIGITS = 40
MOST_CELLS = 50_000_000
"""Treated times comparisons of one stratum that a laptop's memory holds."""


def match_optimal(
    distance: Floats, treated: Flags, *, strata: Ints | None = None, caliper: float | None = None, ratio: int = 1
) -> Found:
    """Return one-to-one (or one-to-`ratio`) pairs without replacement, with the least sum of distances in each stratum.

    As many treated units as can be are matched; nobody beyond `caliper` (in units of `distance`) is. Of equal sums the
    one is taken in which no two pairs cross, and comparisons of lower distance serve; equals count in the data's order.
    `round` numbers a treated unit's comparisons by nearness. Refused where a stratum is too large: match nearest there.

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


def run(job: Job) -> Found:
    """Carry the method out."""
    ratio, sought = job.asked.ratio, int(job.treated.sum())
    needed, there = ratio * sought, len(job.treated) - sought
    if ratio > 1 and needed > there:
        remedy = f"ask for at most {max(1, there // sought)}"
        problem = f"asks for {needed:,} partners and there are {there:,}"
        raise Refused(Fault(problem, remedy, field="ratio", value=str(ratio)))
    return match_optimal(job.one_score, job.treated, strata=job.strata, caliper=job.width, ratio=ratio)


def _assign(ours: Ints, theirs: Ints, distance: Floats, caliper: float | None) -> Ints:
    if len(ours) * len(theirs) > MOST_CELLS:
        raise Refused(
            f"{len(ours):,} treated places and {len(theirs):,} comparisons are too many to pair optimally",
            'use method "nearest", or exact factors that make smaller strata',
        )
    ours = ours[np.argsort(distance[ours], kind="stable")]
    theirs = theirs[np.argsort(distance[theirs], kind="stable")]
    steps = np.rint(np.ldexp(distance, DIGITS - int(np.frexp(np.abs(distance).max())[1]))).astype(np.int64)
    limit = np.inf if caliper is None else caliper
    rows, columns = _pair(distance[ours], distance[theirs], steps[ours], steps[theirs], limit)
    return np.column_stack([ours[rows], theirs[columns]])


@compiled
def _pair(ours: Floats, theirs: Floats, our_steps: Ints, their_steps: Ints, limit: float) -> tuple[Ints, Ints]:
    """Return which of `ours` goes with which of `theirs`, both in rising order; as many as can be, with the least sum.

    Some best way has no two pairs that cross, so it is built up person by person. Sums are of whole steps, hence exact.
    Of equal ways the one is taken that leaves out the last of `theirs`, then the last of `ours`.
    """
    rows, columns = len(ours), len(theirs)
    step = np.zeros((rows + 1, columns + 1), np.int8)
    made, total = np.zeros(columns + 1, np.int64), np.zeros(columns + 1, np.int64)
    for i in range(1, rows + 1):
        made_before, total_before = np.int64(0), np.int64(0)
        for j in range(1, columns + 1):
            most, least, way = made[j - 1], total[j - 1], np.int8(0)
            if made[j] > most or (made[j] == most and total[j] < least):
                most, least, way = made[j], total[j], np.int8(1)
            if abs(ours[i - 1] - theirs[j - 1]) <= limit:
                pairs = made_before + 1
                sum_ = total_before + abs(our_steps[i - 1] - their_steps[j - 1])
                if pairs > most or (pairs == most and sum_ < least):
                    most, least, way = pairs, sum_, np.int8(2)
            made_before, total_before = made[j], total[j]
            made[j], total[j], step[i, j] = most, least, way
    chosen = np.empty((2, min(rows, columns)), np.int64)
    i, j, kept = rows, columns, 0
    while i > 0 and j > 0:
        if step[i, j] == 2:
            i, j = i - 1, j - 1
            chosen[0, kept], chosen[1, kept] = i, j
            kept += 1
        elif step[i, j] == 1:
            i -= 1
        else:
            j -= 1
    return chosen[0, :kept].copy(), chosen[1, :kept].copy()
