"""How else could one have matched, and would the answer be the same?"""

from dataclasses import replace

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis, comparison_fields
from whatworks.evaluation.answer.matched_sample import draw_again
from whatworks.evaluation.matching.ties import TieRange, tie_ends, tie_sensitivity
from whatworks.evaluation.question.comparison import Comparison
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import TieSensitivity
from whatworks.evaluation.result.doubts import Sensitivity
from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.pairs.weights import Matched

TIE_WAYS = 10


def sensitivity(analysis: Analysis, spec: OutcomeSpec) -> tuple[Sensitivity, ...]:
    """Return the primary effect under other admissible ways of matching; nothing for a trial."""
    wanted = analysis.protocol.comparison
    if analysis.sample.pairs is None or not wanted.plain:
        return ()
    ways: list[tuple[str, Comparison, str]] = []
    if wanted.caliper is not None:
        half = wanted.model_copy(update={"caliper": wanted.caliper / 2})
        ways.append(("half the caliper", half, "Only closer matches count; more of the treated are left out."))
    other = wanted.model_copy(update={"replace": not wanted.replace})
    name = "each comparison used once" if wanted.replace else "comparisons used more than once"
    ways.append((name, other, "The same covariates, the other way of drawing comparisons."))
    more = wanted.model_copy(update={"ratio": wanted.ratio + 1})
    ways.append((f"{more.ratio} comparisons for each", more, "More comparisons, less alike."))
    return tuple(_row(analysis, spec, *way) for way in ways)


def ties(analysis: Analysis, spec: OutcomeSpec) -> TieSensitivity | None:
    """Return how far the primary estimate moves over ways of breaking ties, its own among them; None for a trial."""
    sample, wanted = analysis.sample, analysis.protocol.comparison
    if sample.score is None or not wanted.plain:
        return None
    values = analysis.values(spec)

    def estimate(matched: Matched) -> float:
        return (
            replace(analysis, sample=replace(sample, clusters=None))
            .by_person(values, yes_no=spec.yes_no, matched=matched)
            .difference
        )

    found = tie_sensitivity(
        estimate,
        sample.score,
        analysis.units.treated,
        ways=TIE_WAYS,
        seed=analysis.protocol.seed,
        strata=sample.strata,
        replace_=wanted.replace,
        caliper=wanted.caliper,
        std_caliper=wanted.std_caliper,
        ratio=wanted.ratio,
        m_order="largest" if wanted.m_order == "random" else wanted.m_order,
    )
    own, ends = estimate(sample.matched), _ends(analysis, values)
    return TieSensitivity(
        low=min(own, found.low),
        high=max(own, found.high),
        ways=found.ways + 1,
        plain_low=ends.low if ends else None,
        plain_high=ends.high if ends else None,
    )


def _ends(analysis: Analysis, values: Floats) -> TieRange | None:
    """Return the ends over all ways of breaking ties, where each person's comparison is chosen by itself."""
    sample, wanted = analysis.sample, analysis.protocol.comparison
    if sample.pairs is None or sample.score is None or not wanted.replace or wanted.ratio != 1:
        return None
    if analysis.units.people["person"].n_unique() < analysis.units.size:
        return None
    able = np.where(sample.score.apart, -1, 0 if sample.strata is None else sample.strata)
    return tie_ends(values, sample.score.values, sample.pairs, analysis.units.treated, able)


def _row(analysis: Analysis, spec: OutcomeSpec, name: str, wanted: Comparison, note: str) -> Sensitivity:
    protocol: Protocol = analysis.protocol.model_copy(update={"comparison": wanted})
    try:
        sample = draw_again(analysis.sample, analysis.protocol.comparison, protocol, analysis.units)
        other = replace(analysis, protocol=protocol, sample=sample)
        estimate = other.effect(other.values(spec), yes_no=spec.yes_no)
    except Refused as reason:
        return Sensitivity(
            name=name,
            outcome=spec.name,
            difference=None,
            ci_low=None,
            ci_high=None,
            sentence=f"Not possible: {reason}.",
        )
    return Sensitivity(name=name, outcome=spec.name, sentence=note, **comparison_fields(estimate))
