"""Say how far apart two people may be and still count as alike."""

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.regression.grid import ROUNDING, same_for_all


def caliper_width(
    distance: npt.ArrayLike, caliper: float | None, *, std_caliper: bool = True, of: str | None = None
) -> float | None:
    """Return the caliper in units of `distance`: `caliper` standard deviations of it, or as given.

    The standard deviation is that of all units, both groups together, with n - 1 below the line, as in MatchIt. A
    difference that equals the caliper is within it, also where a computer holds decimals inexactly: the width is
    wider by 1e-12 of the largest value. Where everybody has the same score all are equally near, and
    any width takes them in; a column (`of` names it) that is the same for everybody is refused.

    >>> round(caliper_width([1.0, 2.0, 3.0], 0.2), 9)
    0.2
    >>> round(caliper_width([1.0, 2.0, 3.0], 0.05, std_caliper=False), 9)
    0.05
    >>> 0.4 - 0.3 <= 0.1, 0.4 - 0.3 <= caliper_width([0.3, 0.4], 0.1, std_caliper=False)
    (False, True)
    """
    if caliper is None:
        return None
    if not caliper > 0:
        raise Refused(Fault("is not above zero", "give a caliper of 0.2, say, or none at all", field="caliper"))
    values = np.asarray(distance, dtype=np.float64)
    if std_caliper and same_for_all(values) and of is not None:
        problem, remedy = "is equal for everybody: no caliper on it has a width", "match without a caliper on it"
        raise Refused(Fault(problem, remedy, field=of))
    one = float(np.std(values, ddof=1)) if std_caliper and len(values) > 1 and not same_for_all(values) else 1.0
    return float(caliper) * one + ROUNDING * float(np.abs(values).max(initial=0.0))
