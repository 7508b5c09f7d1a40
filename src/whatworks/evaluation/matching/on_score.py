"""Match on the propensity score as the protocol says, and leave out whom nobody can stand for."""

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.caliper import caliper_width
from whatworks.statistics.pairs.nearest import Order, Pairs, match_nearest
from whatworks.statistics.regression.score import Score


def match_on_score(
    score: Score,
    treated: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    caliper: float | None = None,
    std_caliper: bool = True,
    ratio: int = 1,
    replace: bool = False,
    m_order: Order = "largest",
    seed: int | None = None,
) -> Pairs:
    """Return pairs by `match_nearest` on `score.values`; `caliper` is in standard deviations if `std_caliper`.

    People whom a covariate sets apart from the other group (`score.apart`) take no part, nor do they widen the caliper.
    Raises `Refused` where not one treated person has a comparison.
    """
    flags = np.asarray(treated, dtype=np.bool_)
    rows = np.flatnonzero(~score.apart)
    width = caliper_width(score.values[rows], caliper, std_caliper=std_caliper)
    groups = None if strata is None else np.asarray(strata)[rows]
    found = match_nearest(
        score.values[rows],
        flags[rows],
        strata=groups,
        caliper=width,
        ratio=ratio,
        replace=replace,
        m_order=m_order,
        seed=seed,
    )
    if not len(found.treated):
        raise Refused(
            "nobody in the scheme has a comparison",
            "widen the caliper, ask for fewer exact factors, or look for comparisons in more areas",
        )
    return Pairs(rows[found.treated], rows[found.comparison], found.round)
