"""Say an outcome's difference as ratios too: of shares and of odds for yes/no, of rates for frequency."""

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis, Floats
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Ratio as Shown
from whatworks.statistics.groups.estimate import AreaTest
from whatworks.statistics.groups.few_events import has_few_events, score_ratios
from whatworks.statistics.groups.ratio import Ratio, odds_ratio, risk_ratio
from whatworks.statistics.regression.g_computation import matched_ratios


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
