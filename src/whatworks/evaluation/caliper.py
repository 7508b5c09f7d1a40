"""Say how far apart two people may be and still count as alike."""

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused


def caliper_width(
    distance: npt.ArrayLike, caliper: float | None, *, std_caliper: bool = True, of: str = "distance"
) -> float | None:
    """Return the caliper in units of `distance`: `caliper` standard deviations of it, or as given.

    The standard deviation is that of all units, both groups together, with n - 1 below the line, as in MatchIt. `of` is
    what the caliper is on, for messages.

    >>> caliper_width([1.0, 2.0, 3.0], 0.2)
    0.2
    >>> caliper_width([1.0, 2.0, 3.0], 0.05, std_caliper=False)
    0.05
    """
    if caliper is None:
        return None
    if not caliper > 0:
        raise Refused(Fault("is not above zero", "give a caliper of 0.2, say, or none at all", field="caliper"))
    if not std_caliper:
        return float(caliper)
    values = np.asarray(distance, dtype=np.float64)
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    if spread == 0:
        problem, remedy = "is equal for everybody: no caliper on it has a width", "match without a caliper on it"
        raise Refused(Fault(problem, remedy, field=of))
    return float(caliper) * spread
