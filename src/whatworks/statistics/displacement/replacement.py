"""Did rivals' events rise where a group was removed? Exact, over every way of laying the events on the areas."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import hypergeom

from whatworks.records.refusal import Fault, Refused

FEWEST_EXPECTED = 20
"""Events expected after a removal, under which nothing is said."""
QUIET_MONTHS = 6
"""Months before a removal that are left out of "before": groups are removed at a peak."""
SAME = 1 + 1e-9
"""Probabilities so close count as equally likely."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Rivals' events after a removal, where the group stood, beside those expected had areas moved alike.

    `difference` is the change there in events a month, less the change where no group was removed. `p` is two-sided;
    `smallest_p` is the least that could have come out.
    """

    observed: int
    expected: float
    difference: float
    p: float
    smallest_p: float


def replacement(
    after: npt.ArrayLike, there: npt.ArrayLike, stratum: npt.ArrayLike, months: tuple[int, int]
) -> Replacement:
    """Return whether rivals' events moved to where a group was removed, from one row an event.

    `after` says whether it fell after the removal, `there` whether where the group stood (else where none was removed),
    `stratum` its borough and season; `months` are the lengths of before and after. Events are permuted over places
    within each stratum, whole, so that a borough's trend and season stay; all permutations are counted.

    >>> after = [False] * 40 + [True] * 80
    >>> there = [True] * 20 + [False] * 20 + [True] * 55 + [False] * 25
    >>> rivals = replacement(after, there, [0] * 120, (12, 12))
    >>> rivals.observed, rivals.expected, rivals.p < 0.05
    (55, 50.0, False)
    """
    later, inside = np.asarray(after, dtype=np.bool_), np.asarray(there, dtype=np.bool_)
    _, codes = np.unique(np.asarray(stratum), return_inverse=True)
    chances, least, expected = np.ones(1), 0, 0.0
    for code in range(int(codes.max(initial=-1)) + 1):
        rows = codes == code
        size, late, within = int(rows.sum()), int(later[rows].sum()), int(inside[rows].sum())
        low = max(0, within + late - size)
        chances = np.convolve(chances, hypergeom.pmf(np.arange(low, min(within, late) + 1), size, late, within))
        least, expected = least + low, expected + within * late / size
    if expected < FEWEST_EXPECTED:
        problem = f"fewer than {FEWEST_EXPECTED} events are expected after the removal, too few to tell anything"
        raise Refused(Fault(problem, "wait for more months, or take a larger area"))
    observed = int((later & inside).sum())
    seen = chances[observed - least]
    p = float(chances[chances <= seen * SAME].sum())
    smallest = float(chances[chances <= chances.min() * SAME].sum())
    rates = [(count[inside].sum() - 0.0, count[~inside].sum()) for count in (~later, later)]
    change = [rates[1][side] / months[1] - rates[0][side] / months[0] for side in (0, 1)]
    return Replacement(observed, expected, float(change[0] - change[1]), min(1.0, p), smallest)
