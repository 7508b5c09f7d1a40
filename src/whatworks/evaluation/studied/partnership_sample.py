"""Measure a cohort from the partnership's records, and leave out whose follow-up is not over or cannot be known."""

from datetime import date
from itertools import accumulate

import polars as pl

from whatworks.evaluation.question.covariate_names import check_covariates, covariate_of
from whatworks.evaluation.question.data_lab_list import check_tiers
from whatworks.evaluation.question.exclusions import check_exclusions
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.placebo_register import all_specs, placebo_measure
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.studied.cohort import Cohort, find_cohort, to_measure
from whatworks.evaluation.studied.provenance import read_sources
from whatworks.evaluation.studied.records_lacking import check_records, without_unsent
from whatworks.evaluation.studied.units import AnalysisSample, Periods
from whatworks.linkage.identities.lasting_name import lasting_names
from whatworks.measures.covariates import COVARIATES
from whatworks.measures.outcomes import OUTCOME_QUERIES, measure_outcomes
from whatworks.measures.periods import period_months, period_outcomes, periods_before
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine
from whatworks.records.follow_up import PROOF_MONTHS
from whatworks.records.imports.how_read import source_notes
from whatworks.records.refusal import Fault, Refused

LABELS = {"quarter": "Calendar quarter", "kind": "Index event", "days_waited": "Days from the index event to the start"}


def partnership_units(connection: Engine, protocol: Protocol, settings: MeasureSettings) -> AnalysisSample:
    """Return the people of a partnership's records as units; `prepare` must have run with the same settings.

    Raises `Refused`, all faults at once, for names that no register holds; for an immature follow-up, saying when it
    will be mature; and where nobody of a group is left.
    """
    check_names(protocol)
    specs, placebos = all_specs(protocol)
    check_records(connection, protocol)
    cohort = find_cohort(connection, protocol, settings)
    outcomes = measure_outcomes(
        connection,
        to_measure(cohort.people),
        windows=[protocol.outcomes.follow_up_months, *(spec.months for spec in specs if spec.months)],
        settings=settings,
        queries=[*OUTCOME_QUERIES, *(spec.counted_by for spec in specs if spec.counted_by)],
    )
    outcomes = without_unsent(connection, outcomes)
    keep, not_known = _mature_and_known(cohort, outcomes, settings.as_at, protocol)
    check_tiers(specs, outcomes.filter(keep))
    people = cohort.people.filter(keep).drop("unit").with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64))
    names = _names(connection, [people["linked_id"], *cohort.trail.people.values()])
    needed = [name for name in outcomes.columns if name not in ("unit", "known", "mature")]
    return AnalysisSample(
        people=people.with_columns(person=pl.col("place").rank("dense").cast(pl.Int64), identity=names[0]),
        covariates=_wanted(protocol, cohort.covariates.filter(keep)),
        outcomes=outcomes.filter(keep).select(needed).hstack(_before(connection, people, placebos, protocol, settings)),
        specs=specs,
        as_at=settings.as_at,
        periods=_periods(connection, protocol, settings),
        strata=cohort.strata,
        labels={**LABELS, **{name: one.label for name, one in COVARIATES.items()}},
        attrition=tuple(cohort.trail.steps),
        step_people=dict(zip(cohort.trail.people, names[1:], strict=True)),
        sources=read_sources(connection),
        severity_edition=settings.severity_edition,
        not_known=not_known,
        warnings=tuple(f"{name}: {note}." for name, notes in source_notes(connection).items() for note in notes),
    )


def unmeasured_units(connection: Engine, protocol: Protocol, settings: MeasureSettings) -> AnalysisSample:
    """Return the same people without any outcome: nothing after their index dates is measured, or need be held.

    Whose follow-up is over is known by their dates, and whose outcomes can be known by the conviction record's people.
    """
    cohort = find_cohort(connection, protocol, settings)
    months = protocol.outcomes.follow_up_months + 6
    found = connection.fetch("SELECT linked_id FROM person_in_conviction_record")["linked_id"]
    can = cohort.people.select(
        mature=pl.col("index_date").dt.offset_by(f"{months}mo") <= settings.as_at,
        known=pl.col("linked_id").is_in(found.implode()),
    )
    keep, not_known = _mature_and_known(cohort, can, settings.as_at, protocol)
    people = cohort.people.filter(keep).drop("unit").with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64))
    names = _names(connection, [people["linked_id"]])
    return AnalysisSample(
        people=people.with_columns(person=pl.col("place").rank("dense").cast(pl.Int64), identity=names[0]),
        covariates=_wanted(protocol, cohort.covariates.filter(keep)),
        outcomes=pl.DataFrame(),
        specs=(),
        as_at=settings.as_at,
        strata=cohort.strata,
        labels={**LABELS, **{name: one.label for name, one in COVARIATES.items()}},
        attrition=tuple(cohort.trail.steps),
        sources=read_sources(connection),
        not_known=not_known,
    )


def _names(connection: Engine, whom: list[pl.Series]) -> list[pl.Series]:
    """Return what people are known by whatever their linked numbers are, list by list."""
    names = lasting_names(connection, pl.concat(whom))
    ends = list(accumulate(len(one) for one in whom))
    return [names[end - len(one) : end] for one, end in zip(whom, ends, strict=True)]


def check_names(protocol: Protocol) -> None:
    """Refuse all names of covariates, subgroups, outcomes and exclusions that no register holds, at once."""
    faults: list[Fault] = [*check_exclusions(protocol.cohort), *check_covariates(protocol)]
    try:
        all_specs(protocol)
    except Refused as refused:
        faults += refused.faults
    if faults:
        raise Refused(faults)


def _mature_and_known(
    cohort: Cohort, outcomes: pl.DataFrame, as_at: date, protocol: Protocol
) -> tuple[pl.Series, tuple[int, int]]:
    treated = cohort.people["treated"]
    mature = outcomes["mature"].fill_null(False)
    months = protocol.outcomes.follow_up_months + PROOF_MONTHS
    cohort.trail.step(
        f"Follow-up of {months} months over by {as_at.isoformat()}",
        "the follow-up is not over yet: never counted as not reoffending",
        int((mature & treated).sum()),
        int((mature & ~treated).sum()),
    )
    if not (mature & treated).any() or not (mature & ~treated).any():
        raise Refused(_immature(cohort, treated & ~mature, as_at, months))
    known = outcomes["known"].fill_null(False)
    keep = mature & known
    cohort.trail.step(
        "Outcome known",
        "not linked to the conviction record",
        int((keep & treated).sum()),
        int((keep & ~treated).sum()),
    )
    lost = mature & ~known
    return keep, (cohort.not_linked, int((lost & ~treated).sum()))


def _immature(cohort: Cohort, waiting: pl.Series, as_at: date, months: int) -> Fault:
    days = cohort.people.filter(waiting)["index_date"]
    first = days.dt.offset_by(f"{months}mo").min() if len(days) else None
    when = f"the first of them will be on {first}" if isinstance(first, date) else "look at the window of index events"
    return Fault(
        f"nobody's follow-up of {months} months is over on {as_at.isoformat()}",
        f"wait for newer extracts ({when}), or name an earlier window",
        field="cohort.last_index",
    )


def _wanted(protocol: Protocol, known: pl.DataFrame) -> pl.DataFrame:
    names = [*protocol.comparison.covariates, *protocol.comparison.exact]
    names += [covariate_of(name) for name in protocol.subgroups.names]
    names += protocol.subgroups.search
    return known.select(list(dict.fromkeys(names)))


def _before(
    connection: Engine,
    people: pl.DataFrame,
    placebos: tuple[OutcomeSpec, ...],
    protocol: Protocol,
    settings: MeasureSettings,
) -> list[pl.Series]:
    """Return what the placebos measure: the one period of the follow-up's length that ends where the run-in begins."""
    if not placebos:
        return []
    found = period_outcomes(
        connection,
        to_measure(people),
        months=protocol.outcomes.follow_up_months,
        before=1,
        after=0,
        run_in_months=protocol.outcomes.run_in_months,
        settings=settings,
    )
    return [found[placebo_measure(spec)].alias(spec.name) for spec in placebos]


def _periods(connection: Engine, protocol: Protocol, settings: MeasureSettings) -> Periods:
    answered: list[tuple[pl.DataFrame, int, pl.DataFrame]] = []

    def ask(people: pl.DataFrame, after: int) -> pl.DataFrame:
        asked = to_measure(people)
        for before, months, answer in answered:
            if months == after and before.equals(asked):
                return answer
        length = period_months(after)
        answer = period_outcomes(
            connection,
            asked,
            months=length,
            before=periods_before(length),
            after=after // length,
            run_in_months=protocol.outcomes.run_in_months,
            settings=settings,
        )
        answered[:] = [(asked, after, answer)]
        return answer

    return ask
