"""Say how much the primary answer hangs on which records were taken for one person's."""

from math import sqrt

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis, comparison_fields
from whatworks.evaluation.answer.redrawn import GroupErrors, Redrawn
from whatworks.evaluation.doubts.unequal_links import link_groups, unequal_sentence
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Outcome
from whatworks.evaluation.result.links import CorrectedDifference, JoinedOtherwise, LinkDoubt, ThresholdPoint
from whatworks.linkage.doubt.corrected import SPLIT_PART, LinkErrors, corrected_rate
from whatworks.statistics.groups.estimate import Estimate, quantile


def link_doubt(analysis: Analysis, spec: OutcomeSpec, outcome: Outcome) -> LinkDoubt | None:
    """Return what the links may have done to the primary outcome; None where no model joined the records."""
    redrawn = analysis.redrawn
    if redrawn is None:
        return None
    groups = link_groups(analysis, redrawn, spec, outcome)
    return LinkDoubt(
        draws=len(redrawn.draws),
        seed=redrawn.seed,
        threshold=redrawn.stamp.threshold,
        model_sha256=redrawn.stamp.model_sha256,
        decisions_sha256=redrawn.stamp.decisions_sha256,
        judgements_sha256=redrawn.stamp.judgements_sha256,
        judged=redrawn.judged,
        false_treated=float(np.mean(redrawn.treated.parted)),
        false_comparison=float(np.mean(redrawn.comparison.parted)),
        missed_treated=float(np.mean(redrawn.treated.added)),
        missed_comparison=float(np.mean(redrawn.comparison.added)),
        groups=groups,
        unequal=tuple(unequal_sentence(group, spec) for group in groups if group.warned),
        thresholds=_thresholds(redrawn, spec, outcome),
        corrected=_corrected(redrawn, spec, outcome),
        changed_after_lock=redrawn.changed,
        locked=None if redrawn.locked is None else _way(redrawn.locked.get(spec.name)),
        sentence=_sentence(outcome, redrawn),
    )


def _sentence(outcome: Outcome, redrawn: Redrawn) -> str:
    judged = "" if redrawn.judged else " This is by the model's own reckoning, which nobody has checked."
    begin = "Which records belong to one person is itself an estimate."
    if outcome.links is None:
        return f"{begin} This outcome could not be worked out under other believable ways of joining them.{judged}"
    return f"{begin} The interval allows for {outcome.links.draws} equally believable ways of joining them.{judged}"


def _thresholds(redrawn: Redrawn, spec: OutcomeSpec, outcome: Outcome) -> tuple[ThresholdPoint, ...]:
    if outcome.links is None:
        return ()
    points = [
        ThresholdPoint(threshold=threshold, **dict(_way(found.get(spec.name))))
        for threshold, found in redrawn.thresholds
    ]
    in_force = ThresholdPoint(
        threshold=redrawn.stamp.threshold,
        in_force=True,
        treated=outcome.treated,
        comparison=outcome.comparison,
        difference=outcome.links.difference,
        ci_low=outcome.links.ci_low,
        ci_high=outcome.links.ci_high,
    )
    return tuple(sorted([*points, in_force], key=lambda point: point.threshold))


def _way(estimate: Estimate | None) -> JoinedOtherwise:
    return JoinedOtherwise() if estimate is None else JoinedOtherwise(**comparison_fields(estimate))


def _corrected(redrawn: Redrawn, spec: OutcomeSpec, outcome: Outcome) -> CorrectedDifference | None:
    """Return the difference of two shares, each corrected in every draw by the errors that the draw finds."""
    others, links, comparison = redrawn.others.get(spec.name), outcome.links, outcome.comparison
    if not spec.yes_no or others is None or links is None or comparison is None or comparison.value is None:
        return None
    if links.ci_low is None or links.ci_high is None:
        return None
    ours, theirs = _errors(redrawn.treated), _errors(redrawn.comparison)
    right = min(float(np.min(ours.right)), float(np.min(theirs.right)))
    if right <= 0:
        return None
    base = comparison.value + links.difference  # the scheme group's share, in the estimator's own terms
    expected = np.asarray(corrected_rate(comparison.value, theirs, others))
    differences = np.asarray(corrected_rate(base, ours, others)) - expected
    se = (links.ci_high - links.ci_low) / (2 * quantile(0.975) * float(np.mean(ours.right)))
    half = quantile(0.975) * sqrt(se**2 + float(differences.var(ddof=1)))
    difference = float(differences.mean())
    tipping = _tipping(base, float(expected.mean()), difference, half, redrawn.treated, others)
    return CorrectedDifference(
        difference=difference, ci_low=difference - half, ci_high=difference + half, tipping_false=tipping
    )


def _errors(group: GroupErrors) -> LinkErrors:
    return LinkErrors(np.array(group.parted), group.unjoined, np.array(group.added), SPLIT_PART)


def _tipping(
    seen: float, expected: float, difference: float, half: float, group: GroupErrors, others: float
) -> float | None:
    """Return the share joined wrongly that would bring the interval's nearer end to zero; None where none would.

    `seen` (1 - u) - f `others`, over 1 - u - s h - f, is the scheme group's true share; it is set to what would put the
    difference half an interval from zero, and solved for f.
    """
    if abs(difference) <= half:
        return None
    sought = expected + (half if difference > 0 else -half)
    joined = 1 - group.unjoined
    whole = joined - float(np.mean(group.added)) * SPLIT_PART
    if sought == others:
        return None
    share = (sought * whole - seen * joined) / (sought - others)
    return share if 0 < share < whole else None
