"""Every way in which as many areas could have been given the scheme: what the observed choice is compared with."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, prod

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Flags

MOST_LISTED = 200_000
"""With more ways than these, as many are drawn by lot, the observed one among them: p is exact for them too."""


@dataclass(frozen=True, slots=True)
class Assignments:
    """A row for each way of giving the scheme, a column for each area; the first row is the observed one.

    `ways` counts all that the design allows; `listed` is False where they are too many and some were drawn by lot.
    """

    given: Flags
    ways: int
    listed: bool
    smallest_p: float


@lru_cache(maxsize=64)
def assignments(given: tuple[bool, ...], strata: tuple[int, ...] | None = None, seed: int = 1) -> Assignments:
    """Return all ways of giving the scheme to as many areas as had it, in each stratum (or pair) as many as there.

    The smallest p that can come out is one way in all, or two where every choice has a mirror image: as many areas
    with the scheme as without.

    >>> [round(assignments((True,) * ours + (False,) * theirs).smallest_p, 3) for ours, theirs in [(4, 4), (2, 6)]]
    [0.029, 0.036]
    >>> assignments((True, False) * 4, (1, 1, 2, 2, 3, 3, 4, 4)).smallest_p
    0.125
    """
    codes = np.zeros(len(given), dtype=np.int64) if strata is None else np.asarray(strata)
    observed = np.asarray(given, dtype=np.bool_)
    groups = [np.flatnonzero(codes == code) for code in np.unique(codes)]
    ways = prod(comb(len(group), int(observed[group].sum())) for group in groups)
    listed = ways <= MOST_LISTED
    rows = _all(observed, groups) if listed else _drawn(observed, groups, seed)
    mirrored = all(2 * int(observed[group].sum()) == len(group) for group in groups)
    return Assignments(rows, ways, listed, min(1.0, (2 if mirrored and listed else 1) / len(rows)))


def _all(observed: Flags, groups: list[npt.NDArray[np.intp]]) -> Flags:
    rows = np.zeros((1, len(observed)), dtype=np.bool_)
    for group in groups:
        chosen = np.array(list(combinations(group.tolist(), int(observed[group].sum()))), dtype=np.int64)
        part = np.zeros((len(chosen), len(observed)), dtype=np.bool_)
        np.put_along_axis(part, chosen, True, axis=1)
        rows = (rows[:, None, :] | part[None, :, :]).reshape(-1, len(observed))
    first = int(np.flatnonzero((rows == observed).all(axis=1))[0])
    rows[[0, first]] = rows[[first, 0]]
    return rows


def _drawn(observed: Flags, groups: list[npt.NDArray[np.intp]], seed: int) -> Flags:
    rng = np.random.default_rng(seed)
    rows = np.tile(observed, (MOST_LISTED, 1))
    for group in groups:
        order = rng.random((MOST_LISTED - 1, len(group))).argsort(axis=1, kind="stable")
        rows[1:, group] = observed[group][order]
    return rows
