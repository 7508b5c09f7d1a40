"""Set each group against its own past as well as against the other: seriousness, and sentences under 12 months."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import polars as pl

from whatworks.evaluation.answer.analysis import Analysis, beside, comparison_fields
from whatworks.evaluation.answer.area_answer import PERSON_BY_PERSON, PERSON_NOTE, area_answer, could_find
from whatworks.evaluation.answer.custody_guard import GUARDED, custody_guard
from whatworks.evaluation.answer.full_cohort import beside_full_cohort
from whatworks.evaluation.answer.matched_outcomes import lower_is_better, people_needed, smallest_worthwhile
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import AlternativeEstimate, Outcome, PeriodPoint
from whatworks.measures.periods import period_months
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.areas.effect import joint_p_by_area
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.time.did import Changes, DifferenceInDifferences, changes, difference_in_differences
from whatworks.statistics.verdict import SIGNIFICANT, decide

DAYS_A_YEAR = 365.25
PER_LIBERTY = "per year at liberty"
NO_LIBERTY = "; whoever was not at liberty for a day before, or after, is left out with their matched set"
AT_LIBERTY = ("seriousness",)
"""Columns that are counted over equal time at liberty; the others are counted per person."""
TRENDS_DIFFER = "The groups' earlier trends differ, so their later difference may be the same trend going on."
TRENDS_UNKNOWN = "Too few earlier periods are known to tell whether the groups' trends were alike."


def did_outcome(analysis: Analysis, spec: OutcomeSpec) -> Outcome:
    """Return an outcome by difference-in-differences, with its earlier periods, placebo and after-only estimate.

    The before period leaves out the index offence and the protocol's run-in. A verdict needs earlier trends that were
    looked at and did not differ. Sentences under 12 months carry the guard on custody. Earlier periods, and their test,
    are those of the joining in force.
    """
    months = spec.months or analysis.protocol.outcomes.follow_up_months
    measured = _measured(analysis, spec, analysis.sample.matched)
    found, unit = measured.compared(analysis), measured.unit
    redrawn = analysis.redrawn
    estimate = found.estimate if redrawn is None else redrawn.allow(spec.name, found.estimate)
    primary, worthwhile = analysis.is_primary(spec), smallest_worthwhile(analysis, spec)
    words, lower = spec.wording, lower_is_better(analysis, spec)
    decision = decide(
        estimate,
        type(words)(words.what, unit, 1.0, spec.digits),
        smallest_worthwhile=worthwhile,
        lower_is_better=lower,
    )
    why_not = _why_not(found)
    whole = (
        beside_full_cohort(analysis, lambda other: _measured(analysis, spec, other).changes().change, yes_no=False)
        if analysis.extras
        else []
    )
    guard = custody_guard(analysis, months) if spec.measure == GUARDED else None
    sentence = why_not or decision.sentence
    return Outcome(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        design="difference_in_differences",
        measure=spec.measure,
        unit=unit,
        window=_window(analysis, months) + (NO_LIBERTY if measured.days is not None else ""),
        primary=primary,
        lower_is_better=lower,
        **comparison_fields(estimate),
        p=None if why_not else estimate.p,
        smallest_detectable=could_find(estimate),
        n_needed=None if why_not else people_needed(analysis, spec, estimate),
        ruled_out=None if why_not else decision.ruled_out,
        verdict=None if why_not else decision.verdict,
        reason_no_verdict=why_not,
        sentence=f"{sentence} {guard.sentence}" if guard else sentence,
        estimator=f"difference-in-differences of each person's change: {estimate.estimator}",
        se_kind=estimate.se_kind,
        areas=area_answer(estimate, worthwhile),
        links=None if redrawn is None else redrawn.beside(spec.name, found.estimate),
        guard=guard,
        beside=(*_beside(found), *_beside_person(analysis, measured), *whole),
        periods=_points(found, period_months(months)),
    )


def did_estimate(analysis: Analysis, spec: OutcomeSpec) -> Estimate:
    """Return the difference-in-differences alone."""
    return _measured(analysis, spec, analysis.sample.matched).compared(analysis).estimate


@dataclass(frozen=True, slots=True)
class Measured:
    """An outcome of each unit by period, with its days at liberty where it is counted over them."""

    periods: list[int]
    values: Floats
    days: Floats | None
    unit: str

    def compared(self, analysis: Analysis) -> DifferenceInDifferences:
        """Return the difference-in-differences in the protocol's sample, by area where the scheme was given by area."""
        found = self.by_person(analysis)
        if analysis.areas is None:
            return found
        own, treated = self.changes(), analysis.units.treated

        def effect(values: Floats) -> Estimate:
            return analysis.effect(values, yes_no=False, adjusted=False)

        trend = None if own.placebo is None else joint_p_by_area(analysis.areas, own.steps, treated)
        return replace(
            found,
            estimate=effect(own.change),
            after_only=effect(own.after),
            placebo=None if own.placebo is None else effect(own.placebo),
            trend_p=trend,
            trends_differ=None if trend is None else trend <= SIGNIFICANT,
        )

    def by_person(self, analysis: Analysis) -> DifferenceInDifferences:
        """Return the difference-in-differences that takes people as independent."""
        return difference_in_differences(
            self.values,
            self.periods,
            analysis.units.treated,
            analysis.sample.matched,
            at_liberty=self.days,
            per_days=DAYS_A_YEAR,
        )

    def changes(self) -> Changes:
        """Return each unit's own changes; NaN where not known."""
        return changes(self.values, self.periods, at_liberty=self.days, per_days=DAYS_A_YEAR)


def _measured(analysis: Analysis, spec: OutcomeSpec, matched: Matched) -> Measured:
    if analysis.units.periods is None:
        raise Refused(
            Fault(
                "needs what happened before the index date, by period, which a flat file does not hold",
                "evaluate a partnership's records, or name another outcome",
                field="outcomes",
                value=spec.name,
            )
        )
    months = spec.months or analysis.protocol.outcomes.follow_up_months
    everybody = analysis.units.people  # areas are compared over all who are eligible
    asked = everybody if analysis.areas is not None else everybody.filter(pl.Series(matched.used))
    long = analysis.units.periods(asked, months)
    periods, values = _table(long, spec.stem, analysis)
    if spec.stem in AT_LIBERTY:
        return Measured(periods, values, _table(long, "days_at_liberty", analysis)[1], f"{spec.unit} {PER_LIBERTY}")
    return Measured(periods, values * (12 / period_months(months)), None, f"{spec.unit} per year")


def _table(long: pl.DataFrame, column: str, analysis: Analysis) -> tuple[list[int], Floats]:
    """Return the periods in order, and a row for every unit; zero for units that are not analysed."""
    periods = sorted(long["period"].unique().to_list())
    table = np.zeros((analysis.units.size, len(periods)))
    places = np.searchsorted(np.array(periods), long["period"].to_numpy())
    table[long["unit"].to_numpy(), places] = long[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return periods, table


def _why_not(found: DifferenceInDifferences) -> str | None:
    if found.trends_differ is None:
        return TRENDS_UNKNOWN
    return TRENDS_DIFFER if found.trends_differ else None


def _beside(found: DifferenceInDifferences) -> tuple[AlternativeEstimate, ...]:
    rows = [beside("matched difference after the index date only", found.after_only, "Not set against the past.")]
    if found.placebo is not None:
        note = "The same difference made of earlier periods only: it should be near zero."
        if found.trend_p is not None:
            note += f" Test of the groups' earlier trends differing, all periods together: p {_p(found.trend_p)}."
        rows.append(beside("placebo difference", found.placebo, note))
    return tuple(rows)


def _beside_person(analysis: Analysis, measured: Measured) -> list[AlternativeEstimate]:
    if analysis.areas is None or not analysis.extras:
        return []
    return [beside(PERSON_BY_PERSON, measured.by_person(analysis).estimate, PERSON_NOTE)]


def _p(value: float) -> str:
    """Write a p-value to two places, halves away from zero.

    >>> _p(0.265), _p(0.0004)
    ('0.27', '<0.01')
    """
    return "<0.01" if value < 0.01 else str(Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _points(found: DifferenceInDifferences, months: int) -> tuple[PeriodPoint, ...]:
    return tuple(
        PeriodPoint(
            label=_label(point.period, months),
            after=point.period > 0,
            treated=point.treated,
            comparison=point.comparison,
        )
        for point in found.points
        if np.isfinite([point.treated, point.comparison]).all()
    )


def _label(period: int, months: int) -> str:
    """Name a period of so many months by where it lies.

    >>> _label(-2, 6), _label(1, 6), _label(3, 1)
    ('7 to 12 months before the run-in', '1 to 6 months after', 'month 3 after')
    """
    last = abs(period) * months
    span = f"month {last}" if months == 1 else f"{last - months + 1} to {last} months"
    return f"{span} {'before the run-in' if period < 0 else 'after'}"


def _window(analysis: Analysis, months: int) -> str:
    return (
        f"{months} months after the index date, against periods that ended "
        f"{analysis.protocol.outcomes.run_in_months} months before it; the index offence is left out"
    )
