"""Compare what happened with what every other choice of areas would have shown: exact, however few areas there are."""

import numpy as np
import numpy.typing as npt

from whatworks.statistics.areas.assignments import Assignments
from whatworks.statistics.arrays import Floats

NEARLY = 1e-9
"""Two statistics are equal where they differ by less than this share of the largest value: rounding breaks no tie."""


def gaps(values: npt.ArrayLike, ways: Assignments) -> Floats:
    """Return, for each way, the mean of the areas given the scheme less that of the others; `values` a row an area.

    >>> from whatworks.statistics.areas.assignments import assignments
    >>> gaps([3.0, 1.0, 2.0], assignments((True, False, False))).tolist()
    [1.5, -1.5, 0.0]
    """
    of_areas = np.asarray(values, dtype=np.float64)
    ours = ways.given.sum(axis=1)[(..., *(None,) * (of_areas.ndim - 1))]
    total = np.zeros((len(ways.given), *of_areas.shape[1:]))
    for j, value in enumerate(of_areas):  # added up in one order on every machine
        total += ways.given[:, j][(..., *(None,) * (of_areas.ndim - 1))] * value
    found: Floats = total / ours - (of_areas.sum(axis=0) - total) / (len(of_areas) - ours)
    return found


def permutation_p(values: npt.ArrayLike, ways: Assignments) -> float:
    """Return the share of ways whose difference is at least as far from zero as the observed one, itself included.

    >>> from whatworks.statistics.areas.assignments import assignments
    >>> round(permutation_p([1, 2, 3, 4, 5, 6, 7, 8], assignments((True,) * 4 + (False,) * 4)), 4)
    0.0286
    """
    found = np.abs(gaps(values, ways))
    nearly = NEARLY * float(np.abs(np.asarray(values, dtype=np.float64)).max(initial=0.0))
    return float((found >= found[0] - nearly).mean())


def joint_p(table: npt.ArrayLike, ways: Assignments) -> float:
    """Return the p of several differences being zero together: `table` has a row an area and a column for each.

    The statistic adds up the squares of the differences, each in standard deviations over all ways.
    """
    found = gaps(table, ways)
    spread = found.std(axis=0)
    scaled = found / np.where(spread > 0, spread, np.inf)
    distance = (scaled**2).sum(axis=1)
    return float((distance >= distance[0] - NEARLY * max(1.0, float(distance.max()))).mean())


def inverted_interval(
    values: npt.ArrayLike, doses: npt.ArrayLike, ways: Assignments, level: float = 0.95
) -> tuple[float, float]:
    """Return the ends of all effects that the permutation test does not reject; infinite where it never does.

    An effect of the scheme adds itself times an area's `dose` (1 in an area all of whose people had it, 0 where nobody
    did) to the area's value. Each way is as far out as the observed one for the effects between two points, found by
    solving for them; the limits are those between which more than 1 - `level` of the ways are.

    >>> from whatworks.statistics.areas.assignments import assignments
    >>> ways = assignments((True,) * 4 + (False,) * 4)
    >>> [round(end, 6) for end in inverted_interval([5, 6, 7, 9, 1, 2, 3, 4], [1] * 4 + [0] * 4, ways)]
    [1.0, 8.0]
    """
    moved, carried = gaps(values, ways), gaps(doses, ways)
    if not abs(carried[0]) > 0:
        return -np.inf, np.inf
    ends = []
    for sign in (-1.0, 1.0):
        below = carried[0] + sign * carried
        ends.append((moved[0] + sign * moved) / np.where(np.abs(below) > NEARLY, below, np.nan))
    always = np.abs(carried) >= abs(carried[0]) * (1 - NEARLY)
    low, high = np.fmin(*ends), np.fmax(*ends)
    low[always], high[always] = -np.inf, np.inf
    rejected = int(np.floor((1 - level) * len(low) + NEARLY))
    return float(np.sort(low)[rejected]), float(np.sort(high)[len(high) - 1 - rejected])
