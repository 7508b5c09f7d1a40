"""An answer for everyone in the scheme, beside the one for those who found a close comparison."""

from collections.abc import Callable

import numpy.typing as npt

from whatworks.evaluation.answer.analysis import Analysis, beside
from whatworks.evaluation.result import AlternativeEstimate
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.pairs.nearest import match_nearest
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.regression.score import Score

NAME = "whole cohort: nearest neighbour with replacement, no caliper"


def beside_full_cohort(
    analysis: Analysis, values: Callable[[Matched], Floats], design: Design | None = None, *, yes_no: bool
) -> list[AlternativeEstimate]:
    """Return the effect on all the treated, where more of them were dropped than the protocol's share; else nothing.

    Each takes its nearest comparison, however far, and however often used. It answers the question about everyone with
    comparisons that are less alike, so it stands beside the main estimate and never decides. `values` are everybody's
    in that sample.
    """
    sample, treated = analysis.sample, analysis.units.treated
    lost = 1 - (sample.matched.used & treated).sum() / treated.sum()
    if sample.score is None or lost <= analysis.protocol.comparison.loss_worth_reporting:
        return []
    try:
        matched = full_cohort_sample(sample.score, treated, sample.strata)
        found = matched_effect(values(matched), treated, matched, design, yes_no=yes_no)
    except Refused as reason:
        return [AlternativeEstimate(name=NAME, difference=None, ci_low=None, ci_high=None, note=str(reason))]
    note = "For everyone in the scheme, some compared with people less like them."
    if (treated & ~matched.used).any():
        note = "For everyone in the scheme who shares the exact factors with somebody, some less like them."
    return [beside(NAME, found, note)]


def full_cohort_sample(score: Score, treated: Flags, strata: npt.ArrayLike | None = None) -> Matched:
    """Return the sample in which each of the treated has its nearest comparison, however far, however often used."""
    pairs = match_nearest(score.values, treated, strata=strata, replace=True)
    return matched_sample(pairs, treated, replace=True)
