"""Nearest-neighbour matching on several things at once: Mahalanobis distance, and calipers on covariates."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.pairs.kernel import compiled
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.regression.grid import weighted_sums
from whatworks.statistics.regression.weighted_regression import independent

FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class Room:
    """Where each treated unit may look: comparisons stratum by stratum in order of score, and its stretch of them."""

    pool: Ints
    low: Ints
    high: Ints


def whitened(design: Floats, treated: Flags) -> Floats:
    """Return the columns turned so that straight-line distance is Mahalanobis distance.

    The covariance is that within the groups, pooled. Columns are standardised before anything is judged, so that units
    do not matter; one that those before it determine adds nothing. Sums are exact where columns hold whole numbers
    (`propensity.grid`): who lies as far on one side as another on the other is exactly as far.
    """
    centred = design.astype(np.float64).copy()
    for group in (treated, ~treated):
        centred[group] -= centred[group].mean(axis=0)
    spread = np.sqrt((centred**2).sum(axis=0) / max(1, len(design) - 2))
    able = np.flatnonzero(spread > FLAT * np.abs(design).max(axis=0))
    able = able[independent(centred[:, able] / spread[able])]
    scaled = centred[:, able] / spread[able]
    root = np.linalg.cholesky(scaled.T @ scaled / max(1, len(design) - 2))
    weights = np.linalg.inv(root).T / spread[able][:, None]
    return np.ascontiguousarray(weighted_sums(design[:, able], weights).values)


def match_points(
    points: Floats,
    treated: Flags,
    order: Ints,
    *,
    room: Room,
    limits: Floats,
    widths: Floats,
    ratio: int,
    uses: int,
    closest: bool,
    ranks: Ints | None = None,
) -> Pairs:
    """Match the treated units in `order`, each with the nearest by straight-line distance between `points`.

    `limits` holds a column for every caliper on a covariate, `widths` the largest differences allowed; `room` holds the
    caliper on the score and the strata. A comparison serves at most `uses` units. Equal distances go to the comparison
    that comes first in the data; with `ranks` on one score, to the one reached in fewer ranks, counted from the person
    or from their furthest partner on that side, and to the lower if still equal. With `closest` the nearest pair of all
    is made first, then the next.
    """
    make = _closest_first if closest else _turn_by_turn
    columns = np.ascontiguousarray(limits, dtype=np.float64)
    steps = np.empty(0, dtype=np.int64) if ranks is None else ranks
    return Pairs(
        *make(points, order, room.pool, room.low, room.high, columns, widths, steps, ratio, uses, len(treated))
    )


def look_around(
    treated: Flags, order: Ints, strata: Ints, score: Floats | None = None, caliper: float | None = None
) -> Room:
    """Return where each treated unit of `order` may look: its stratum, and there within `caliper` of its `score`.

    >>> strata, score = np.zeros(4, int), np.array([0.5, 0.1, 0.45, 0.9])
    >>> look_around(np.array([True, False, False, False]), np.array([0]), strata, score, 0.1)
    Room(pool=array([1, 2, 3]), low=array([1]), high=array([2]))
    """
    theirs = np.flatnonzero(~treated)
    place = np.zeros(len(treated)) if score is None else score
    pool = theirs[np.lexsort((place[theirs], strata[theirs]))]
    edges = np.searchsorted(strata[pool], [strata[order], strata[order] + 1])
    low, high = edges[0].astype(np.int64), edges[1].astype(np.int64)
    if score is not None and caliper is not None:
        for at, unit in enumerate(order):
            stretch = score[pool[low[at] : high[at]]]
            near = np.flatnonzero(np.abs(stretch - score[unit]) <= caliper)
            low[at], high[at] = (low[at] + near[0], low[at] + near[-1] + 1) if len(near) else (low[at], low[at])
    return Room(pool, low, high)


@compiled
def _nearest(
    points: Floats,
    own: int,
    pool: Ints,
    low: int,
    high: int,
    limits: Floats,
    widths: Floats,
    ranks: Ints,
    left_over: Ints,
    partners: Ints,
    had: int,
) -> tuple[int, float]:
    best, least, nearer = -1, np.inf, 0
    down = up = 0
    if len(ranks) > 0:
        down = up = ranks[own]
        for p in range(had):
            down, up = min(down, ranks[partners[p]]), max(up, ranks[partners[p]])
    for at in range(low, high):
        other = pool[at]
        if left_over[other] == 0:
            continue
        able = True
        for k in range(len(widths)):
            if not abs(limits[own, k] - limits[other, k]) <= widths[k]:
                able = False
        for p in range(had):
            if partners[p] == other:
                able = False
        if not able:
            continue
        gap = 0.0
        for k in range(points.shape[1]):
            gap += (points[own, k] - points[other, k]) ** 2
        steps = other
        if len(ranks) > 0:
            lower = ranks[other] < ranks[own]
            steps = 2 * (down - ranks[other]) if lower else 2 * (ranks[other] - up) + 1
        if gap < least or (gap == least and steps < nearer):
            best, least, nearer = other, gap, steps
    return best, least


@compiled
def _turn_by_turn(
    points: Floats,
    order: Ints,
    pool: Ints,
    low: Ints,
    high: Ints,
    limits: Floats,
    widths: Floats,
    ranks: Ints,
    ratio: int,
    uses: int,
    units: int,
) -> tuple[Ints, Ints, Ints]:
    left_over = np.full(units, uses, np.int64)
    partners = np.empty((len(order), ratio), np.int64)
    made = np.empty((3, len(order) * ratio), np.int64)
    pairs = 0
    for turn in range(1, ratio + 1):
        for i in range(len(order)):
            if turn > 1 and partners[i, turn - 2] < 0:
                partners[i, turn - 1] = -1
                continue
            found, _ = _nearest(
                points, order[i], pool, low[i], high[i], limits, widths, ranks, left_over, partners[i], turn - 1
            )
            partners[i, turn - 1] = found
            if found >= 0:
                made[0, pairs], made[1, pairs], made[2, pairs] = order[i], found, turn
                pairs += 1
                left_over[found] -= 1
    return made[0, :pairs].copy(), made[1, :pairs].copy(), made[2, :pairs].copy()


@compiled
def _closest_first(
    points: Floats,
    order: Ints,
    pool: Ints,
    low: Ints,
    high: Ints,
    limits: Floats,
    widths: Floats,
    ranks: Ints,
    ratio: int,
    uses: int,
    units: int,
) -> tuple[Ints, Ints, Ints]:
    left_over = np.full(units, uses, np.int64)
    partners = np.full((len(order), ratio), -1, np.int64)
    made = np.empty((3, len(order) * ratio), np.int64)
    pairs = 0
    for turn in range(1, ratio + 1):
        queue = [(np.inf, 0, 0) for _ in range(0)]
        for i in range(len(order)):
            if turn > 1 and partners[i, turn - 2] < 0:
                continue
            found, gap = _nearest(
                points, order[i], pool, low[i], high[i], limits, widths, ranks, left_over, partners[i], turn - 1
            )
            if found >= 0:
                queue.append((gap, i, found))
        heapify(queue)
        while len(queue) > 0:
            _, i, found = heappop(queue)
            if left_over[found] == 0:
                found, gap = _nearest(
                    points, order[i], pool, low[i], high[i], limits, widths, ranks, left_over, partners[i], turn - 1
                )
                if found >= 0:
                    heappush(queue, (gap, i, found))
                continue
            made[0, pairs], made[1, pairs], made[2, pairs] = order[i], found, turn
            partners[i, turn - 1] = found
            pairs += 1
            left_over[found] -= 1
    return made[0, :pairs].copy(), made[1, :pairs].copy(), made[2, :pairs].copy()
