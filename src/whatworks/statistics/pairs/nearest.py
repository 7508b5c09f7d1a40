"""Find each person in the scheme the most similar people who were not: nearest-neighbour matching on one score."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.pairs.kernel import compiled

Order = Literal["largest", "smallest", "closest", "data", "random"]
Places = npt.NDArray[np.int32]
"""Positions that are looked up at random: half the memory to reach."""
NOBODY, TIED = -1, -2


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who was matched with whom: zero-based row positions, and the round (1 to ratio) in which the pair was made."""

    treated: Ints
    comparison: Ints
    round: Ints

    def frame(self) -> pl.DataFrame:
        """Return the pairs as a frame with the columns `treated`, `comparison` and `round`."""
        return pl.DataFrame({"treated": self.treated, "comparison": self.comparison, "round": self.round})


@dataclass(frozen=True, slots=True)
class Line:
    """All units in one line, stratum by stratum, each in order of score, with an empty slot around every stratum.

    `unit` is -1 in the empty slots; `left` and `right` lead from a slot towards the nearest free comparison on that
    side, or to an empty slot where there is none. `slot` says where a treated unit stands, -1 for the others. `rank`
    counts over all units, strata included; it is empty until a tie asks for it, which costs another sort.
    """

    unit: Places
    rank: Places
    score: Floats
    left: Places
    right: Places
    slot: Ints

    @property
    def parts(self) -> tuple[Places, Places, Floats, Places, Places]:
        """What the search walks along."""
        return self.unit, self.rank, self.score, self.left, self.right


def match_nearest(
    distance: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    caliper: float | None = None,
    ratio: int = 1,
    replace: bool = False,
    reuse_max: int | None = None,
    m_order: Order = "largest",
    seed: int | None = None,
) -> Pairs:
    """Match every treated unit with its `ratio` nearest comparisons on `distance` (the propensity score, say).

    `distance` is one number a unit, `treated` true for people in the scheme, `strata` codes that must be equal,
    `caliper` the largest difference allowed, in units of `distance` itself. A round gives every treated unit, in
    `m_order`, one comparison; the next round gives a second, and so on. With `replace` a comparison may serve any
    number of treated units, or `reuse_max` of them. `m_order` means what it means in MatchIt: by
    falling or rising score, closest pairs first, as the rows come, or drawn from `seed`.

    Ties: treated units are taken in a stable sort and equal scores rank in input order; on each side the candidate is
    the nearest free unit by rank; equal distances go to the side reached in fewer ranks, counted over all units of all
    strata, and to the lower score if still equal. Later rounds go on outward from the furthest partners taken. Under
    `closest` a unit whose partner was taken goes back before its equals.

    Raises `Refused` where a score is missing or infinite, a group is empty, or a setting has no meaning.

    >>> match_nearest([0.2, 0.5, 0.24, 0.9], [True, True, False, False]).frame().rows()
    [(1, 2, 1), (0, 3, 1)]
    >>> match_nearest([0.2, 0.5, 0.24, 0.9], [True, True, False, False], caliper=0.1).frame().rows()
    [(0, 2, 1)]
    """
    scores = np.ascontiguousarray(distance, dtype=np.float64)
    flags = np.ascontiguousarray(treated, dtype=np.bool_)
    _check(scores, flags, caliper, ratio, m_order, reuse_max)
    codes = _codes(strata, len(scores))
    limit = np.inf if caliper is None else float(caliper)
    make = _closest if m_order == "closest" else _in_order
    order = order_of(scores, flags, "data" if m_order == "closest" else m_order, seed)
    uses = most_uses(replace, reuse_max, len(scores))
    line = _line(scores, flags, codes)
    *found, tied = make(*line.parts, line.slot[order], limit, ratio, uses)
    if tied:
        line = _line(scores, flags, codes, ranked=True)
        *found, _ = make(*line.parts, line.slot[order], limit, ratio, uses)
    return Pairs(*found)


def most_uses(replace: bool, reuse_max: int | None, units: int) -> int:
    """Return how many treated units a comparison may serve.

    >>> most_uses(False, None, 9), most_uses(True, None, 9), most_uses(True, 3, 9)
    (1, 9, 3)
    """
    return 1 if not replace else units if reuse_max is None else min(reuse_max, units)


def _check(
    scores: Floats, flags: Flags, caliper: float | None, ratio: int, m_order: str, reuse_max: int | None
) -> None:
    faults = []
    if scores.ndim != 1 or scores.shape != flags.shape:
        raise Refused(f"{scores.shape} scores and {flags.shape} treatment values", "give one of each for every unit")
    if not np.isfinite(scores).all():
        faults.append(Fault("some scores are missing or infinite", "look for a covariate that separates the groups"))
    if not flags.any() or flags.all():
        faults.append(Fault("one of the groups is empty", "matching needs treated people and comparisons"))
    if caliper is not None and not caliper > 0:
        faults.append(Fault("is not above zero", "give the largest difference allowed", field="caliper"))
    if ratio < 1:
        faults.append(Fault("is below one", "ask for at least one comparison for each person", field="ratio"))
    if reuse_max is not None and reuse_max < 1:
        faults.append(Fault("is below one", "say how often a comparison may serve, or leave it out", field="reuse_max"))
    if m_order not in get_args(Order):
        faults.append(Fault("is not an order", f"choose one of {', '.join(get_args(Order))}", field="m_order"))
    if faults:
        raise Refused(faults)


def _codes(strata: npt.ArrayLike | None, units: int) -> Ints:
    if strata is None:
        return np.zeros(units, dtype=np.int64)
    values = np.asarray(strata)
    if len(values) != units:
        raise Refused(f"{len(values)} strata for {units} units", "give every unit its stratum")
    if values.dtype.kind == "i" and len(values) and values.min() >= 0 and values.max() < units:
        return np.ascontiguousarray(values, dtype=np.int64)
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def order_of(scores: Floats, flags: Flags, m_order: Order, seed: int | None) -> Ints:
    """Return the treated units in the order in which they choose; as the rows come where it is `closest`.

    >>> order_of(np.array([0.2, 0.9, 0.5]), np.array([True, True, False]), "largest", None).tolist()
    [1, 0]
    """
    units = np.flatnonzero(flags)
    if m_order == "largest":
        return units[np.argsort(-scores[units], kind="stable")]
    if m_order == "smallest":
        return units[np.argsort(scores[units], kind="stable")]
    if m_order == "random":
        if seed is None:
            raise Refused("a random order needs a seed", "give one, so that the same pairs come out again")
        return np.random.default_rng(seed).permutation(units)
    return units


def _line(scores: Floats, flags: Flags, codes: Ints, *, ranked: bool = False) -> Line:
    unit, score, ends = _by_stratum(scores, codes.astype(np.int32), int(codes.max()) + 1)
    for start, stop in pairwise(ends):
        part = slice(start, stop - 1)
        order = np.argsort(score[part], kind="stable")
        unit[part], score[part] = unit[part][order], score[part][order]
    left, right, slot = _links(unit, flags)
    rank = np.empty(0, dtype=np.int32)
    if len(ends) == 2:
        rank = np.arange(len(unit), dtype=np.int32)
    elif ranked:
        place = np.empty(len(scores), dtype=np.int32)
        place[np.argsort(scores, kind="stable")] = np.arange(len(scores), dtype=np.int32)
        rank = place[unit]
    return Line(unit, rank, score, left, right, slot)


@compiled
def _by_stratum(scores: Floats, codes: Places, groups: int) -> tuple[Places, Floats, Ints]:
    """Put units and scores stratum by stratum, in their own order; return also where each stratum begins, and the end.

    An empty slot stands before the first stratum and after each.
    """
    ends = np.zeros(groups + 1, np.int64)
    for u in range(len(codes)):
        ends[codes[u] + 1] += 1
    ends[0] = 1
    for g in range(groups):
        ends[g + 1] += ends[g] + 1
    size = len(codes) + groups + 1
    unit, score = np.full(size, -1, np.int32), np.zeros(size, np.float64)
    following = ends.copy()
    for u in range(len(codes)):
        p = following[codes[u]]
        following[codes[u]] += 1
        unit[p], score[p] = u, scores[u]
    return unit, score, ends


@compiled
def _links(unit: Places, flags: Flags) -> tuple[Places, Places, Ints]:
    left, right = np.arange(len(unit)).astype(np.int32), np.arange(len(unit)).astype(np.int32)
    slot = np.full(len(flags), -1, np.int64)
    for p in range(len(unit)):
        u = unit[p]
        if u >= 0 and flags[u]:
            left[p], right[p], slot[u] = p - 1, p + 1, p
    return left, right, slot


@compiled
def _free(towards: Places, p: int) -> int:
    while towards[p] != p:
        towards[p] = towards[towards[p]]
        p = towards[p]
    return p


@compiled
def _candidate(
    unit: Places, rank: Places, score: Floats, left: Places, right: Places, own: int, low: int, high: int, limit: float
) -> tuple[int, float]:
    below, above = _free(left, low - 1), _free(right, high + 1)
    to_below = np.inf if unit[below] < 0 else abs(score[own] - score[below])
    to_above = np.inf if unit[above] < 0 else abs(score[own] - score[above])
    gap = min(to_below, to_above)
    if gap > limit or gap == np.inf:
        return NOBODY, np.inf
    nearer_below = to_below < to_above
    if to_below == to_above:
        if len(rank) == 0:
            return TIED, np.inf
        nearer_below = rank[low] - rank[below] <= rank[above] - rank[high]
    return (below if nearer_below else above), gap


@compiled
def _in_order(
    unit: Places,
    rank: Places,
    score: Floats,
    left: Places,
    right: Places,
    slots: Ints,
    limit: float,
    ratio: int,
    uses: int,
) -> tuple[Ints, Ints, Ints, bool]:
    """Return the pairs, and whether a tie asked for ranks that are not there: the pairs are then not to be used."""
    waiting, low, high = slots.copy(), slots.copy(), slots.copy()
    left_over = np.full(len(unit), uses, np.int64)
    made = np.empty((3, len(slots) * ratio), np.int64)
    pairs, still = 0, len(slots)
    for turn in range(1, ratio + 1):
        kept = 0
        for i in range(still):
            own = waiting[i]
            found, _ = _candidate(unit, rank, score, left, right, own, low[i], high[i], limit)
            if found == TIED:
                return made[0], made[1], made[2], True
            if found == NOBODY:
                continue
            made[0, pairs], made[1, pairs], made[2, pairs] = unit[own], unit[found], turn
            pairs += 1
            left_over[found] -= 1
            if left_over[found] == 0:
                left[found], right[found] = found - 1, found + 1
            waiting[kept], low[kept], high[kept] = own, min(low[i], found), max(high[i], found)
            kept += 1
        still = kept
    return made[0, :pairs].copy(), made[1, :pairs].copy(), made[2, :pairs].copy(), False


@compiled
def _closest(
    unit: Places,
    rank: Places,
    score: Floats,
    left: Places,
    right: Places,
    slots: Ints,
    limit: float,
    ratio: int,
    uses: int,
) -> tuple[Ints, Ints, Ints, bool]:
    """Return the pairs, and whether a tie asked for ranks that are not there: the pairs are then not to be used."""
    low, high = slots.copy(), slots.copy()
    left_over = np.full(len(unit), uses, np.int64)
    made = np.empty((3, len(slots) * ratio), np.int64)
    pairs = 0
    for turn in range(1, ratio + 1):
        queue = [(np.inf, 0, 0, 0) for _ in range(0)]
        for i in range(len(slots)):
            if turn > 1 and low[i] == high[i]:
                continue
            found, gap = _candidate(unit, rank, score, left, right, slots[i], low[i], high[i], limit)
            if found == TIED:
                return made[0], made[1], made[2], True
            if found >= 0:
                queue.append((gap, i, i, found))
        heapify(queue)
        back = 0
        while len(queue) > 0:
            _, _, i, found = heappop(queue)
            if left[found] != found:
                from_, to = min(low[i], found), max(high[i], found)
                found, gap = _candidate(unit, rank, score, left, right, slots[i], from_, to, limit)
                if found == TIED:
                    return made[0], made[1], made[2], True
                if found >= 0:
                    back -= 1
                    heappush(queue, (gap, back, i, found))
                continue
            made[0, pairs], made[1, pairs], made[2, pairs] = unit[slots[i]], unit[found], turn
            pairs += 1
            left_over[found] -= 1
            if left_over[found] == 0:
                left[found], right[found] = found - 1, found + 1
            low[i], high[i] = min(low[i], found), max(high[i], found)
    return made[0, :pairs].copy(), made[1, :pairs].copy(), made[2, :pairs].copy(), False
