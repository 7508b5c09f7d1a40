"""What could the outcomes that nobody knows have changed? Worst cases, the tipping point, and Lee's bounds."""

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Bounds
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.bias.bounds import LeeBounds, Range, lee_bounds, widen
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.groups.few_events import has_few_events
from whatworks.statistics.regression.g_computation import contributions
from whatworks.statistics.verdict import verdict_of

INSIDE = "They are worked out inside the strata within which people were matched, and averaged over the scheme group. "
WHOLE = "They are worked out over the matched sample as a whole. "


def outcome_bounds(analysis: Analysis, spec: OutcomeSpec, values: Floats, estimate: Estimate) -> Bounds | None:
    """Return what outcomes not known could do to a yes/no outcome; None where all are known, or the protocol says so.

    The worst cases hold whatever became of the people: unknown outcomes of matched people are put in as they would move
    the estimate furthest, those of people outside the sample widen the shares.
    The tipping point says how those of one group would have to have fared, the others faring like the known, for the
    verdict to be lost (at the standard error found); without overlap there is none to lose. Lee's bounds stand beside
    only where both groups have lost outcomes within the matched sample.
    """
    if not spec.yes_no or not analysis.protocol.attrition.bounds:
        return None
    treated, used = analysis.units.treated, analysis.sample.matched.used
    ours, theirs = _unknown(values, used & treated), _unknown(values, used & ~treated)
    inside = ours > 0 and theirs > 0
    ours, theirs = ours + analysis.units.not_known[0], theirs + analysis.units.not_known[1]
    if not ours and not theirs:
        return None
    pool = used if analysis.units.not_known == (0, 0) else np.ones_like(used)
    known = [(1 - np.isnan(values[pool & group])).sum() for group in (treated, ~treated)]
    shares = float(known[0] / (known[0] + ours)), float(known[1] / (known[1] + theirs))
    if analysis.units.not_known == (0, 0) and not analysis.sample.randomised:
        found = _put_in(analysis, values)
    else:
        found = widen(estimate.difference, estimate.treated.value, estimate.comparison.value, *shares)
    group, share = tipping_point(estimate, *shares)
    lee = _lee(analysis, values) if inside else None
    return Bounds(
        not_known_treated=ours,
        not_known_comparison=theirs,
        low=found.low,
        high=found.high,
        sentence=_sentence(found.low, found.high),
        tipping_group=group,
        tipping_share=share,
        lee_low=lee[0].low if lee else None,
        lee_high=lee[0].high if lee else None,
        lee_sentence=lee[1] + lee[0].sentence if lee else "",
    )


def _put_in(analysis: Analysis, values: Floats) -> Range:
    """Return the lowest and the highest estimate over all that may have become of the matched people not known.

    The estimate adds up everybody's outcome, each with its own sign: adjustment can turn a few comparisons'.
    """
    matched, treated = analysis.sample.matched, analysis.units.treated
    few = has_few_events(values, treated, matched)
    adds = contributions(treated, matched, None if few else analysis.sample.design)
    unknown = np.isnan(values)
    told, free = float(adds[~unknown] @ values[~unknown]), adds[unknown]
    return Range(told + float(free[free < 0].sum()), told + float(free[free > 0].sum()))


def tipping_point(estimate: Estimate, known_treated: float, known_comparison: float) -> tuple[str | None, float | None]:
    """Return the group whose unknown outcomes could undo the verdict, and the share of them that would have to have it.

    The treated are asked first, the comparisons where nobody treated is unknown. A share outside 0 to 1 cannot be
    reached: the verdict then stands. (None, None) where there is no verdict to lose.
    """
    if not verdict_of(estimate).startswith("significant") or estimate.ci_low * estimate.ci_high <= 0:
        return None, None
    to_nought = -estimate.ci_high if estimate.difference < 0 else -estimate.ci_low
    if known_treated < 1:
        return "treated", estimate.treated.value + to_nought / (1 - known_treated)
    return "comparison", estimate.comparison.value - to_nought / (1 - known_comparison)


def _lee(analysis: Analysis, values: Floats) -> tuple[LeeBounds, str] | None:
    treated, weights = analysis.units.treated, analysis.sample.matched.weights
    try:
        whole = lee_bounds(values, treated, weights)
    except Refused:
        return None
    strata = analysis.sample.strata
    inside = None if strata is None else _inside(values, treated, weights, strata, whole)
    return (whole, WHOLE) if inside is None else (inside, INSIDE)


def _inside(
    values: Floats, treated: Flags, weights: Floats, strata: npt.NDArray[np.int64], whole: LeeBounds
) -> LeeBounds | None:
    """Return the bounds averaged over strata; None where a stratum has nobody known on a side, or strata disagree."""
    used, known = weights > 0, ~np.isnan(values)
    total, ends, directions = 0.0, np.zeros(3), set()
    for stratum in np.unique(strata[used]):
        rows = used & (strata == stratum)
        sides = [rows & treated, rows & ~treated]
        if not all((side & known).any() for side in sides):
            return None
        share = float(weights[sides[0]].sum())
        kept = [float(weights[side & known].sum() / weights[side].sum()) for side in sides]
        if (known | ~rows).all():
            means = [np.average(values[side], weights=weights[side]) for side in sides]
            row = np.array([means[0] - means[1], means[0] - means[1], 0.0])
        else:
            found = lee_bounds(values[rows], treated[rows], weights[rows])
            row = np.array([found.low, found.high, found.trimmed])
        directions.add(int(np.sign(round(kept[0] - kept[1], 12))))
        ends, total = ends + share * row, total + share
    if {-1, 1} <= directions:
        return None
    low, high, trimmed = (ends / total).tolist()
    return LeeBounds(low, high, trimmed, whole.sentence)


def _unknown(values: Floats, group: Flags) -> int:
    return int(np.isnan(values[group]).sum())


def _sentence(low: float, high: float) -> str:
    if low < 0 < high:
        told = "so those not known could turn a fall into a rise, or a rise into a fall"
    else:
        told = "so the estimate keeps its direction whatever became of them"
    return (
        "For some people nobody can know the outcome. Over all that may have become of them, the estimate lies between "
        f"{100 * low:.1f} and {100 * high:.1f} percentage points, {told}."
    )
