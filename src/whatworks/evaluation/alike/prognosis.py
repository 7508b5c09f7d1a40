"""All that the records hold, weighed by what it means for the outcome: how far apart would the groups have ended up?"""

import polars as pl

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result.doubts import Prognosis
from whatworks.statistics.pairs.balance import balance
from whatworks.statistics.pairs.prognostic_score import enough, prognostic_score


def prognosis(analysis: Analysis, spec: OutcomeSpec) -> Prognosis | None:
    """Return the balance of the prognostic score of an outcome; None for a trial, and where no score can be made."""
    sample, treated = analysis.sample, analysis.units.treated
    if sample.randomised or spec.design != "matched":
        return None
    values = analysis.values(spec)
    if not enough(values, sample.design.matrix, ~treated):
        return None
    wanted = analysis.protocol.comparison
    (row,) = balance(
        pl.DataFrame({"score": prognostic_score(values, sample.design.matrix, ~treated)}),
        treated,
        sample.matched.weights,
        green=wanted.balance_amber,
        amber=wanted.balance_red,
    )
    if row.treated_before is None or row.comparison_before is None or row.treated_after is None:
        return None
    return Prognosis(
        outcome=spec.label,
        kind=spec.kind,
        unit=spec.unit,
        gap_before=row.treated_before - row.comparison_before,
        gap_after=row.treated_after - (row.comparison_after or 0.0),
        smd_before=row.smd_before,
        smd_after=row.smd_after,
        band=row.band,
    )
