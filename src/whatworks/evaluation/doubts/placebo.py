"""Ask the matched groups for a difference that the scheme cannot have made: where there is one, they were not alike."""

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.area_answer import could_find, end
from whatworks.evaluation.answer.matched_outcomes import group_results
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.placebo_register import placebo_specs, same_past
from whatworks.evaluation.result.doubts import Placebo
from whatworks.evaluation.result.part import GroupResult
from whatworks.records.listing import listed
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.regression.g_computation import known_sample
from whatworks.statistics.verdict import SIGNIFICANT

EXACTLY = 1e-8
"""The largest part of a placebo that rounding alone leaves, where covariates tell the rest."""
COUNTED = ("frequency", "score", "nights")
"""Kinds whose mean is zero for most: `events` then counts the people who have any of it, who may be few."""
UNLIKE = (
    "The groups differ in {what}, which the scheme cannot have changed. They were not alike in something that the "
    "match did not see, or did not balance, and part of any later difference may come of that."
)
UNLIKE_BY_LOT = (
    "The groups differ in {what}, which the scheme cannot have changed. The lot, or who was lost after it, left them "
    "unlike, and part of any later difference may come of that."
)
STILL = " Were they still apart in it afterwards, the scheme would look {word} than it is."
NO_PROOF = (
    "No clear difference. That does not prove that the groups were alike: a smaller one would often have been missed, "
    "and whatever shows itself only later cannot be seen here."
)
WEAKENED = (
    "The groups were matched on covariates that count part of the same past ({names}), so they were made alike in "
    "some of it: that makes the check weaker."
)
ALL_THE_SAME = "It is the same for everybody who is analysed, so it can show nothing."
TOLD = "What the groups were matched on tells it exactly, so they were made alike in it and it can show nothing."
NOT_ENOUGH = "It is not known for enough people of both groups."


def placebos(analysis: Analysis) -> tuple[Placebo, ...]:
    """Return the protocol's placebos, estimated in exactly the matched sample by the estimator of the real outcomes.

    They carry no verdict, take no part in Holm's adjustment and change nothing else. Custody before the index date is
    not taken out: as with the headline, everybody's time counts in full.
    """
    return tuple(_placebo(analysis, spec) for spec in placebo_specs(analysis.protocol))


def _placebo(analysis: Analysis, spec: OutcomeSpec) -> Placebo:
    values = analysis.values(spec)
    seen = Placebo(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        unit=spec.unit,
        window=spec.window,
        treated=_known(analysis, values, analysis.units.treated),
        comparison=_known(analysis, values, ~analysis.units.treated),
        difference=None,
        ci_low=None,
        ci_high=None,
        p=None,
        smallest_detectable=None,
        differs=None,
        estimator="none",
        se_kind="none",
        sentence=NOT_ENOUGH,
    )
    try:
        estimate = analysis.effect(values, yes_no=spec.yes_no)
    except Refused:
        return seen
    groups = _groups(analysis, spec, values, estimate)
    found = seen.model_copy(
        update={
            "treated": groups[0],
            "comparison": groups[1],
            "difference": estimate.difference,
            "estimator": estimate.estimator,
            "se_kind": estimate.se_kind,
        }
    )
    nothing = _shows_nothing(analysis, values)
    if nothing:
        return found.model_copy(update={"sentence": nothing})
    names = () if analysis.sample.randomised else same_past(spec, analysis.protocol)
    labels = tuple(analysis.units.label(name) for name in names)
    return found.model_copy(
        update={
            "ci_low": end(estimate.ci_low),
            "ci_high": end(estimate.ci_high),
            "p": estimate.p,
            "smallest_detectable": could_find(estimate),
            "differs": estimate.p <= SIGNIFICANT,
            "matched_on": labels,
            "sentence": _sentence(analysis, spec, estimate),
            "weakness": WEAKENED.format(names=listed(labels)) if labels else "",
        }
    )


def _shows_nothing(analysis: Analysis, values: Floats) -> str | None:
    """Say why a placebo can show nothing: it is one number, or a sum of covariates, whose difference is only noise."""
    known = analysis.sample.matched.used & ~np.isnan(values)
    taken = values[known]
    if taken.min() == taken.max():
        return ALL_THE_SAME
    if analysis.sample.randomised:
        return None
    terms = np.column_stack([np.ones(len(taken)), analysis.sample.design.matrix[known]])
    left = taken - terms @ np.linalg.lstsq(terms, taken, rcond=None)[0]
    return TOLD if float(np.abs(left).max()) <= EXACTLY * float(np.abs(taken - taken.mean()).max()) else None


def _sentence(analysis: Analysis, spec: OutcomeSpec, estimate: Estimate) -> str:
    if estimate.p > SIGNIFICANT:
        return NO_PROOF
    said = (UNLIKE_BY_LOT if analysis.sample.randomised else UNLIKE).format(what=spec.wording.what)
    if analysis.protocol.data.source == "partnership":
        said += STILL.format(word="better" if estimate.difference < 0 else "worse")
    return said


def _groups(
    analysis: Analysis, spec: OutcomeSpec, values: Floats, estimate: Estimate
) -> tuple[GroupResult, GroupResult]:
    """Return both groups, with how many people have any of what is counted: they may be few where people are many."""
    groups = group_results(analysis, spec, values, estimate)
    if spec.kind not in COUNTED:
        return groups
    sample = known_sample(values, analysis.units.treated, analysis.sample.matched)
    counts = [int((sample.outcome[group] != 0).sum()) for group in (sample.treated, ~sample.treated)]
    return groups[0].model_copy(update={"events": counts[0]}), groups[1].model_copy(update={"events": counts[1]})


def _known(analysis: Analysis, values: Floats, group: npt.NDArray[np.bool_]) -> GroupResult:
    """Return a group without figures: only how many of its matched people have a value."""
    known = int((analysis.sample.matched.used & group & ~np.isnan(values)).sum())
    return GroupResult(n=known, events=None, value=None, ci_low=None, ci_high=None)
