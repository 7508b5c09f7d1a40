"""Find the scheme's people and those who may be their comparisons in the partnership's records: one event each."""

from dataclasses import dataclass

import polars as pl

from whatworks.evaluation.question.exclusions import eligible
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.studied.attrition import Trail
from whatworks.evaluation.studied.clock import LAG_BAND_DAYS, at_index_event, at_scheme_start
from whatworks.evaluation.studied.index_events import all_events, first_eligible, in_window
from whatworks.evaluation.studied.participants import Participants, read_participants
from whatworks.linkage import linkage_report
from whatworks.measures.profile import profile
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

_AREAS = """
SELECT area_code FROM scheme_area WHERE scheme_id = ?
UNION
SELECT b.area_code FROM area_borough AS b
JOIN scheme_area AS s ON s.scheme_id = ? AND s.area_code = b.borough
"""


@dataclass(frozen=True, slots=True)
class Cohort:
    """People with their index event. `people`: unit, linked_id, index_date, kind, quarter, treated, area, and under
    the clock `scheme_start` wait_band; `covariates`: every registered covariate as of the index date, plus the days
    waited. `strata` are the columns on which a match must always be equal. `not_linked` counts participants whom the
    conviction record does not know.
    """

    people: pl.DataFrame
    covariates: pl.DataFrame
    strata: tuple[str, ...]
    trail: Trail
    not_linked: int


def find_cohort(connection: Engine, protocol: Protocol, settings: MeasureSettings) -> Cohort:
    """Return treated people and the comparison pool by one rule; `prepare` must have run on the connection.

    Raises `Refused` for an unknown scheme, and where nobody of a group is left, with the step that lost them.
    """
    participants = read_participants(connection, protocol.scheme)
    trail = Trail()
    trail.step("Submitted by the scheme", None, participants.submitted)
    trail.step("Linked to the conviction record", "not linked to the conviction record", participants.linked)
    if not participants.linked:
        raise Refused(_nobody_linked(connection, protocol, settings, participants.submitted))

    def profiler(cohort: pl.DataFrame) -> pl.DataFrame:
        return profile(connection, cohort, settings)

    events = all_events(connection, protocol.cohort)
    firsts, known = first_eligible(in_window(events, protocol.cohort), protocol.cohort, profiler)
    firsts = _located(connection, firsts, protocol)
    linked = participants.rows.filter("linked")["linked_id"].unique()
    with_event = firsts.filter(pl.col("linked_id").is_in(linked.implode()))["linked_id"]
    reason = "no event of the protocol's kind in its window, or not eligible then (age, exclusions)"
    trail.step("Eligible, with an index event in the window", reason, len(with_event), whom=with_event)
    if protocol.cohort.clock == "scheme_start" or protocol.cohort.kinds == ("participation_start",):
        people, known = _from_start(connection, protocol, firsts, participants, trail, profiler)
    else:
        people, known = _from_event(protocol, firsts, known, events, participants, trail)
    people, known = _in_pool(protocol, people, known, trail)
    _check_groups(people, trail)
    return Cohort(
        people.with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64)),
        known,
        tuple(
            name
            for name in ("kind", "quarter", "wait_band")
            if name in people.columns and name not in protocol.comparison.loosen
        ),
        trail,
        participants.submitted - participants.linked,
    )


def _nobody_linked(connection: Engine, protocol: Protocol, settings: MeasureSettings, submitted: int) -> Fault:
    """Say which agency's shared number stands in the way, with counts."""
    rows = connection.rows(
        "SELECT DISTINCT organisation_id FROM participation WHERE scheme_id = ?", [protocol.scheme.id]
    )
    asked = {str(row[0]) for row in rows} | {settings.conviction_record}
    agencies = [one for one in linkage_report(connection).organisations if one.organisation_id in asked]
    why = "; ".join(str(one) for one in agencies if one.unlinked) or "their numbers are whole, but of other people"
    remedy = "ask that agency for the whole number, as 2003/0062845E, and import its people again with --replace"
    return Fault(f"none of the {submitted:,} people is linked to the conviction record ({why})", remedy, field="cohort")


def to_measure(people: pl.DataFrame) -> pl.DataFrame:
    """Return people as room measures takes them; from the scheme's start, that is the kind of their index event."""
    kind = pl.lit("participation_start") if "wait_band" in people.columns else pl.col("kind")
    return people.select("unit", "linked_id", "index_date", kind.alias("kind"))


def _located(connection: Engine, firsts: pl.DataFrame, protocol: Protocol) -> pl.DataFrame:
    rows = connection.rows(_AREAS, [protocol.scheme.id, protocol.scheme.id])
    covered = [str(row[0]) for row in rows]
    if not covered and protocol.comparison.who in ("other_areas", "same_areas"):
        raise Refused(
            Fault(
                f"needs the scheme's areas, and the records hold none for {protocol.scheme.id}",
                'import its scheme_area table, or use who = "anyone_else"',
                field="comparison.who",
                value=protocol.comparison.who,
            )
        )
    inside = pl.col("area_code").is_in(covered) | pl.col("borough").is_in(covered).fill_null(False)
    known = pl.col("area_code").is_not_null() | pl.col("borough").is_not_null()
    quarter = pl.format("{}Q{}", pl.col("index_date").dt.year(), pl.col("index_date").dt.quarter())
    return firsts.with_columns(
        quarter=quarter,
        covered=pl.when(known).then(inside.fill_null(False)).otherwise(None),
        area=pl.coalesce("borough", "area_code"),
    ).drop("area_code", "borough")


def _from_event(
    protocol: Protocol,
    firsts: pl.DataFrame,
    known: pl.DataFrame,
    events: pl.DataFrame,
    participants: Participants,
    trail: Trail,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = at_index_event(firsts, events, participants, protocol.cohort.joined_within_days)
    keep = ~rows["already"]
    rows, known = rows.filter(keep), known.filter(keep)
    reason = "joined before or after another event than their first, so that they count (if at all) as they stood at it"
    trail.step("Joined by their index event, started or not", reason, int(rows["treated"].sum()), whom=_treated(rows))
    return rows.drop("already"), known


def _from_start(
    connection: Engine,
    protocol: Protocol,
    firsts: pl.DataFrame,
    participants: Participants,
    trail: Trail,
    profiler: object,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = at_scheme_start(connection, firsts, participants, protocol.seed)
    trail.step(
        "Started within a year of it",
        "never started, or not within a year",
        int(rows["treated"].sum()),
        whom=_treated(rows),
    )
    for column, name, reason in (
        ("at_liberty", "At liberty on the day of the start", "in custody on that day"),
        ("not_reoffended", "Not yet reoffended by then", "had reoffended before the start"),
    ):
        rows = rows.filter(pl.col(column))
        trail.step(name, reason, int(rows["treated"].sum()), whom=_treated(rows))
    rows = rows.filter(~pl.col("already")).drop("already", "at_liberty", "not_reoffended", "event_date")
    rows = rows.with_columns(wait_band=(pl.col("lag_days") // LAG_BAND_DAYS).cast(pl.String))
    numbered = rows.with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64))
    known = profiler(to_measure(numbered))  # type: ignore[operator]
    keep = eligible(known, protocol.cohort)
    known = known.drop("unit").with_columns(rows["lag_days"].cast(pl.Float64).alias("days_waited"))
    return rows.drop("lag_days").filter(keep), known.filter(keep)


def _treated(rows: pl.DataFrame) -> pl.Series:
    return rows.filter("treated")["linked_id"]


def _in_pool(
    protocol: Protocol, people: pl.DataFrame, known: pl.DataFrame, trail: Trail
) -> tuple[pl.DataFrame, pl.DataFrame]:
    who = protocol.comparison.who
    if who == "eligible":
        may = pl.col("eligible_then")
    elif who == "anyone_else":
        may = pl.lit(True)
    else:
        may = (pl.col("covered") == (who == "same_areas")).fill_null(False)
    keep = people.select(pl.col("treated") | may).to_series()
    people, known = people.filter(keep).drop("covered", "eligible_then"), known.filter(keep)
    left = int(people["treated"].sum())
    trail.step("With the people who may be comparisons", None, left, people.height - left)
    return people, known


def _check_groups(people: pl.DataFrame, trail: Trail) -> None:
    treated = int(people["treated"].sum())
    if treated and treated < people.height:
        return
    group = "treated people" if not treated else "people who may be comparisons"
    steps = "; ".join(f"{step.step}: {step.treated}" for step in trail.steps)
    remedy = (
        "widen the window or comparison.who" if treated else "look at the window, the clock and the dates of joining"
    )
    raise Refused(Fault(f"no {group} are left ({steps})", remedy, field="cohort"))
