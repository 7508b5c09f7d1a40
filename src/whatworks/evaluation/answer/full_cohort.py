"""An answer for everyone in the scheme, beside the one for those who found a close comparison."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.pairs.nearest import match_nearest
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.regression.score import Score

NAME = "whole cohort: nearest neighbour with replacement, no caliper"


@dataclass(frozen=True, slots=True)
class FullCohort:
    """The effect when nobody is dropped for want of a close comparison; `treated_dropped` lack one in their stratum."""

    estimate: Estimate
    treated_dropped: int
    sentence: str


def full_cohort_effect(
    outcome: npt.ArrayLike,
    score: Score,
    treated: npt.ArrayLike,
    covariates: Design | None = None,
    *,
    yes_no: bool,
    strata: npt.ArrayLike | None = None,
    ratio: int = 1,
) -> FullCohort:
    """Return the effect on all the treated: each takes its nearest comparison, however far, and however often used.

    It answers the question about everyone with comparisons that are less alike, so it stands beside the main estimate
    wherever a set share of the treated was dropped, and never decides.
    """
    flags = np.asarray(treated, dtype=np.bool_)
    matched = full_cohort_sample(score, flags, strata=strata, ratio=ratio)
    dropped = int((flags & ~matched.used).sum())
    sentence = told_of(dropped)
    return FullCohort(matched_effect(outcome, flags, matched, covariates, yes_no=yes_no), dropped, sentence)


def full_cohort_sample(
    score: Score, treated: npt.ArrayLike, *, strata: npt.ArrayLike | None = None, ratio: int = 1
) -> Matched:
    """Return the sample in which each of the treated has its nearest comparison, however far, however often used."""
    flags = np.asarray(treated, dtype=np.bool_)
    pairs = match_nearest(score.values, flags, strata=strata, ratio=ratio, replace=True)
    return matched_sample(pairs, flags, replace=True)


def told_of(dropped: int) -> str:
    """Return whom the estimate is about; `dropped` people in the scheme share the exact factors with nobody."""
    if dropped:
        return "For everyone in the scheme who shares the exact factors with somebody, some less like them."
    return "For everyone in the scheme, some compared with people less like them."
