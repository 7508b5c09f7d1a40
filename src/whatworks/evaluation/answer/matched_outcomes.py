"""Compare an outcome of the people treated with that of their comparisons, and decide what may be said of it."""

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis, beside, group_result
from whatworks.evaluation.answer.area_answer import PERSON_BY_PERSON, PERSON_NOTE, area_answer, could_find, end
from whatworks.evaluation.answer.full_cohort import beside_full_cohort
from whatworks.evaluation.answer.time_to_first import HAPPENED, time_sample, time_to_first
from whatworks.evaluation.answer.unknown_outcomes import outcome_bounds
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import AlternativeEstimate, GroupResult, Outcome, TimeToFirst
from whatworks.evaluation.result import Ratio as Shown
from whatworks.evaluation.values.remedies import blank_means_no
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import AreaTest, Estimate
from whatworks.statistics.groups.few_events import has_few_events, score_ratios
from whatworks.statistics.groups.ratio import Ratio, odds_ratio, risk_ratio
from whatworks.statistics.groups.two_sample import beside_shares
from whatworks.statistics.power import needed_for
from whatworks.statistics.regression.g_computation import matched_ratios
from whatworks.statistics.verdict import Decision, decide

NOT_CAUSAL = "The protocol asks for a description, not for a verdict (causal = false)."


def matched_outcome(analysis: Analysis, spec: OutcomeSpec) -> Outcome:
    """Return an outcome with its verdict, interval and p from one estimator; Holm's p is added later.

    A primary outcome that is the same for everybody is refused; another one is reported without a verdict.
    """
    values = analysis.values(spec)
    constant = _constant(analysis, spec, values)
    joined = analysis.effect(values, yes_no=spec.yes_no)
    estimate = joined if constant or analysis.redrawn is None else analysis.redrawn.allow(spec.name, joined)
    decision = _decision(analysis, spec, estimate)
    time, ratios = _other_scales(analysis, spec, values, estimate) if analysis.extras and not constant else (None, ())
    groups = group_results(analysis, spec, values, estimate)
    return Outcome(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        design="randomised" if analysis.sample.randomised else "matched",
        measure=spec.measure,
        unit=spec.unit,
        window=spec.window,
        primary=analysis.is_primary(spec),
        lower_is_better=lower_is_better(analysis, spec),
        treated=groups[0],
        comparison=groups[1],
        difference=estimate.difference,
        ci_low=None if constant else end(estimate.ci_low),
        ci_high=None if constant else end(estimate.ci_high),
        p=None if constant else estimate.p,
        smallest_detectable=None if constant else could_find(estimate),
        n_needed=None if constant else people_needed(analysis, spec, estimate),
        ruled_out=None if constant else decision.ruled_out,
        verdict=None if constant else decision.verdict,
        reason_no_verdict=constant,
        sentence=constant or decision.sentence,
        estimator=estimate.estimator,
        se_kind=estimate.se_kind,
        areas=area_answer(estimate, smallest_worthwhile(analysis, spec)),
        links=None if constant or analysis.redrawn is None else analysis.redrawn.beside(spec.name, joined),
        beside=_beside(analysis, spec, values) if analysis.extras and not constant else (),
        ratios=ratios,
        time_to_first=time,
        bounds=outcome_bounds(analysis, spec, values, estimate),
    )


def people_needed(analysis: Analysis, spec: OutcomeSpec, estimate: Estimate) -> int | None:
    """Return the treated people needed to find the smallest worthwhile effect; None by area, where people are not."""
    worthwhile = smallest_worthwhile(analysis, spec)
    if worthwhile is None or estimate.areas is not None:
        return None
    return needed_for(worthwhile, estimate.se, estimate.treated.n)


def smallest_worthwhile(analysis: Analysis, spec: OutcomeSpec) -> float | None:
    """Return the protocol's smallest worthwhile effect, which is one on the primary outcome."""
    return analysis.protocol.outcomes.smallest_worthwhile if analysis.is_primary(spec) else None


def _decision(analysis: Analysis, spec: OutcomeSpec, estimate: Estimate) -> Decision:
    return decide(
        estimate,
        spec.wording,
        smallest_worthwhile=smallest_worthwhile(analysis, spec),
        lower_is_better=lower_is_better(analysis, spec),
    )


def lower_is_better(analysis: Analysis, spec: OutcomeSpec) -> bool:
    """Tell whether a fall of an outcome is the success: as the protocol says of the primary, else by its kind."""
    outcomes = analysis.protocol.outcomes
    if analysis.is_primary(spec) and "lower_is_better" in outcomes.model_fields_set:
        return outcomes.lower_is_better
    return not spec.more_is_better


def group_results(
    analysis: Analysis, spec: OutcomeSpec, values: Floats, estimate: Estimate
) -> tuple[GroupResult, GroupResult]:
    """Return both groups; of a time to an event with how many had it, since these people may be few."""
    groups = group_result(estimate.treated), group_result(estimate.comparison)
    if spec.ended_by is None:
        return groups
    sample, kind = time_sample(analysis, spec, values)
    counts = [int(((kind == HAPPENED) & flags).sum()) for flags in (sample.treated, ~sample.treated)]
    return groups[0].model_copy(update={"events": counts[0]}), groups[1].model_copy(update={"events": counts[1]})


def _other_scales(
    analysis: Analysis, spec: OutcomeSpec, values: Floats, estimate: Estimate
) -> tuple[TimeToFirst | None, tuple[Shown, ...]]:
    if spec.ended_by is None:
        return None, outcome_ratios(analysis, spec, values, estimate.areas)
    found, hazard = time_to_first(analysis, spec, values)
    return found, (hazard,)


def _constant(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> str | None:
    taken = values[analysis.sample.matched.used & ~np.isnan(values)]
    if not len(taken):
        raise Refused(Fault("is not known for anybody who is analysed", "leave it out, or send it", field=spec.name))
    known = analysis.units.treated[analysis.sample.matched.used & ~np.isnan(values)]
    if min(known.sum(), (~known).sum()) < 2:
        group = "in the scheme" if known.sum() < 2 else "in the comparison group"
        remedy = "send it for both groups, match more people, or leave it out"
        raise Refused(Fault(f"is known for fewer than two matched people {group}", remedy, field=spec.name))
    if taken.min() < taken.max():
        return None
    if analysis.is_primary(spec):
        problem = f"is the same ({taken[0]:g}) for everybody who is analysed, so that nothing can be compared"
        remedy = "check how it is counted, follow people up for longer, or name another primary outcome"
        flat = analysis.protocol.data.outcomes.get(spec.name)
        if flat is not None and spec.yes_no and np.isnan(values).any():
            remedy += f"; or, if an empty cell means no, {blank_means_no(flat.column)}"
        raise Refused(Fault(problem, remedy, field=spec.name))
    return f"It is the same ({taken[0]:g}) for everybody who is analysed."


def _beside(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> tuple[AlternativeEstimate, ...]:
    if analysis.sample.randomised:
        return (*_beside_person(analysis, spec, values), *_beside_trial(analysis, spec, values))
    plain = analysis.effect(values, yes_no=spec.yes_no, adjusted=False)
    rows = [beside("plain difference in the matched sample", plain, "Not adjusted for what imbalance is left.")]
    rows += _beside_person(analysis, spec, values)
    rows += beside_full_cohort(analysis, lambda _: values, analysis.sample.design, yes_no=spec.yes_no)
    return tuple(rows)


def _beside_trial(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> tuple[AlternativeEstimate, ...]:
    if not spec.yes_no:
        return ()
    treated, known = analysis.units.treated, ~np.isnan(values)
    ours, theirs = values[known & treated], values[known & ~treated]
    others = beside_shares(int(ours.sum()), len(ours), int(theirs.sum()), len(theirs))
    return tuple(beside(other.name, other) for other in others)


def _beside_person(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> list[AlternativeEstimate]:
    if analysis.areas is None:
        return []
    return [beside(PERSON_BY_PERSON, analysis.by_person(values, yes_no=spec.yes_no), PERSON_NOTE)]


def outcome_ratios(
    analysis: Analysis, spec: OutcomeSpec, values: Floats, areas: AreaTest | None = None
) -> tuple[Shown, ...]:
    """Return the ratios of an outcome compared in the sample; none for scores, days and nights.

    A yes/no outcome has a risk ratio and an odds ratio, a frequency a rate ratio whose robust errors let counts vary
    more than Poisson's. They stand beside the difference, which alone decides the verdict. Where the scheme was given
    by area they have the difference's own errors (CR2), and there are none where its interval is the permutation's.
    """
    if spec.kind not in ("yes_no", "frequency") or (areas is not None and areas.interval != "CR2"):
        return ()
    return tuple(as_shown(one) for one in _ratios(analysis, spec, values))


def as_shown(ratio: Ratio) -> Shown:
    """Return a ratio as the result holds it."""
    return Shown(name=ratio.name, value=ratio.value, ci_low=ratio.ci_low, ci_high=ratio.ci_high)


def _ratios(analysis: Analysis, spec: OutcomeSpec, values: Floats) -> tuple[Ratio, ...]:
    sample, treated = analysis.sample, analysis.units.treated
    matched = sample.matched
    if analysis.areas is not None:
        covariates = analysis.covariates_for(values, spec.yes_no, True, matched)
        clusters = analysis.areas.codes
        return matched_ratios(
            values, treated, matched, covariates, yes_no=spec.yes_no, se_kind="CR2", clusters=clusters
        )
    if spec.yes_no and sample.randomised:
        known = matched.used & ~np.isnan(values)
        ours, theirs = values[known & treated], values[known & ~treated]
        counts = int(ours.sum()), len(ours), int(theirs.sum()), len(theirs)
        return risk_ratio(*counts), odds_ratio(*counts)
    if spec.yes_no and has_few_events(values, treated, matched):
        return score_ratios(values, treated, matched)
    return matched_ratios(
        values,
        treated,
        matched,
        None if sample.randomised else sample.design,
        yes_no=spec.yes_no,
        se_kind=None if sample.clusters is None else "CR3",
        clusters=sample.clusters,
    )
