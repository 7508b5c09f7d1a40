"""Of which cases each figure of a paper on journeys is, so that no two papers give back a few of them."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from whatworks.journeys.cases import ONWARD, WAITING, Cases
from whatworks.journeys.compare import Counted, Each, named_month, span
from whatworks.journeys.finished import completed
from whatworks.journeys.hand_offs import HandOffResult, passed_on
from whatworks.journeys.kind import HandOff, JourneyStage
from whatworks.journeys.serious import SeriousFunnel, repeat_people, step_rows
from whatworks.journeys.stage_time import JourneyTime, StageTime, is_open
from whatworks.journeys.trials import OUTCOMES, TrialReport
from whatworks.journeys.victims import REACHES, VictimReport
from whatworks.journeys.watch import REACHED, UNSEEN, Group, Watched
from whatworks.records.audit.telling import Telling, part
from whatworks.records.tables.journey_tables import SERIOUSNESS

KEPT, DROPPED = "in time", "dropped"
OTHER_REASONS = "other reasons"
CHANGE_SIDES = tuple(part("cases", ("side", side)) for side in ("before", "from then on"))
CURVE_POINTS = 40
"""A curve is drawn at so many days up to tau, or fewer."""


def left_for(hand_off: HandOff) -> str:
    """Return the name of those who left a stage for the next."""
    return f"left {hand_off.from_stage} for {hand_off.to_stage}"


def passing_names(hand_off: HandOff, provider: str | None = None) -> tuple[str, ...]:
    """Return the names of those whom all providers, or one, let go: all, those in time, those dropped."""
    of = () if provider is None else (("provider", provider),)
    whole = left_for(hand_off)
    return (part(whole, *of), *(part(whole, *of, ("kept", kept)) for kept in (KEPT, DROPPED)))


def name_hand_offs(
    told: Telling, cases: Cases, results: Sequence[HandOffResult], often: Sequence[Sequence[str]]
) -> None:
    """Name who left a stage for the next, by provider, whether in time, to whom or why not.

    `often` are for each hand-off the reasons that are told in their own words.
    """
    for one, reasons in zip(results, often, strict=True):
        rows, whole = passed_on(cases, one.hand_off), left_for(one.hand_off)
        rows = rows.filter(pl.col("way") != "too_recent")
        kept, reason = pl.col("way") == "in_time", pl.col("reason").fill_null("no reason given")
        rows = rows.with_columns(
            kept=pl.when(kept).then(pl.lit(KEPT)).otherwise(pl.lit(DROPPED)),
            to=pl.when(kept).then("to"),
            reason=pl.when(~kept).then(pl.when(reason.is_in(reasons)).then(reason).otherwise(pl.lit(OTHER_REASONS))),
        )
        told.whole(whole, rows["unit"])
        told.parts(whole, rows, "kept", "reason")
        told.parts(whole, rows, "provider", "kept", "to")


def name_watched(told: Telling, cases: Cases, groups: Sequence[Watched], by: Group | None) -> None:
    """Name who entered the watched stage, and by each day who was reached, out by another way, or unseen."""
    if cases.kind.watch is None or not groups:
        return
    stays = cases.of_stage(cases.kind.watch.stage)
    stays = stays.filter((pl.col("days") > 0) | pl.col("way").is_in([ONWARD, WAITING]))
    told.whole("watched", stays["unit"])
    for day in cases.kind.watch.days:
        gone = (pl.col("days") <= day) & (pl.col("way") != WAITING)
        way = pl.when(pl.col("way") == ONWARD).then(pl.lit(REACHED)).otherwise("way")
        rows = stays.with_columns(pl.when(gone).then(way).otherwise(pl.lit(UNSEEN)).alias(f"day {day}"))
        told.parts("watched", rows, f"day {day}", among=True, divides="day")
        if by is not None:
            told.parts("watched", rows.with_columns(pl.col(by).fill_null("not known")), by, f"day {day}", divides=by)


def watched_names(group: str, by: Group | None, day: int, ways: Sequence[str]) -> tuple[str, ...]:
    """Return the names of those of a group that are watched, and of those who left by each way by a day."""
    of = () if group == "everybody" or by is None else ((by, group),)
    return (part("watched", *of), *(part("watched", *of, (f"day {day}", way)) for way in ways))


def stage_name(stage: str) -> str:
    """Return the name of those who entered a stage."""
    return f"entered {stage}"


def target_name(stage: JourneyStage) -> str:
    """Return the name of those who moved on from a stage within its target."""
    return part(stage_name(stage.id), ("day", stage.target_days))


def curve_days(one: StageTime, minimum: int) -> list[int]:
    """Return the days at which a curve is drawn: between any two, and after the last, enough moved on, or nobody."""
    last, before, kept = one.restricted.tau if one.restricted else 0.0, 0, list[int]()
    for day in sorted({round(last * at / CURVE_POINTS) for at in range(CURVE_POINTS + 1)}):
        by = int((one.done <= day).sum())
        if by - before >= minimum and (len(one.done) - by >= minimum or by == len(one.done)):
            kept, before = [*kept, day], by
    return kept


def curve_names(one: StageTime, minimum: int) -> list[str]:
    """Return the names of those who moved on by each day at which a curve is drawn."""
    return [part(stage_name(one.stage.id), ("day", day)) for day in curve_days(one, minimum)]


def name_stages(
    told: Telling, every: Cases, chosen: Cases, found: JourneyTime, minimum: int, split: date | None = None
) -> None:
    """Name the cases of a time, who entered each stage, how they left it and by when, and its queue among all cases."""
    stays, final = chosen.stays, chosen.stays.filter("final")
    told.whole("cases", final["unit"])
    opened = pl.when(is_open(chosen)).then(pl.lit("open")).otherwise(pl.lit("ended"))
    told.parts("cases", final.with_columns(open=opened), "open")
    done = completed(chosen)
    rest = final.filter(~pl.col("unit").is_in(done["unit"].implode())).with_columns(quarter=pl.lit("not completed"))
    told.parts("cases", pl.concat([done.select("unit", "quarter"), rest.select("unit", "quarter")]), "quarter")
    if split is not None:
        side = pl.when(pl.col("opened_on") < split).then(pl.lit("before")).otherwise(pl.lit("from then on"))
        told.parts("cases", final.with_columns(side=side), "side")
    completing = [one.id for one in chosen.kind.ending if one.completes]
    for one in found.stages:
        name, rows = stage_name(one.stage.id), stays.filter(pl.col("stage") == one.stage.id)
        moved = pl.col("way").is_in([ONWARD, *completing])
        told.whole(name, rows["unit"])
        told.parts(name, rows.with_columns(way=pl.when(moved).then(pl.lit(ONWARD)).otherwise("way")), "way", among=True)
        targets = [] if one.stage.target_days is None else [one.stage.target_days]
        for day in sorted({*curve_days(one, minimum), *targets}):
            by = rows.filter(moved & (pl.col("days") <= day)).with_columns(day=pl.lit(day))
            told.parts(name, by, "day")
        since, queue = found.last - timedelta(one.queue.days), every.of_stage(one.stage.id)
        for way, on in (("in", "entered_on"), ("out", "left_on")):
            within = (pl.col(on) > since) & (pl.col(on) <= found.last)
            told.whole(part(way, ("stage", one.stage.id)), queue.filter(within)["unit"])


def name_areas(told: Telling, counted: Counted, period: str | None) -> None:
    """Name the cases that boroughs are compared by, each borough's, and those with the event."""
    rows = (_when(counted.rows, period) if period else counted.rows).drop_nulls("borough")
    _name_counted(told, rows, rows, "borough")


def name_periods(told: Telling, counted: Counted, now: str, before: str, each: Each) -> None:
    """Name the cases of both periods, and of every month or quarter, and those with the event."""
    sides = [
        _when(counted.rows, when).with_columns(side=pl.lit(side)) for side, when in (("now", now), ("before", before))
    ]
    _name_counted(told, counted.rows, pl.concat(sides), "side", "when")
    _name_counted(told, counted.rows, counted.rows.with_columns(month=named_month(each, "on")), "month", "when")


def _when(rows: pl.DataFrame, period: str) -> pl.DataFrame:
    wanted = span(period)
    return rows.filter(pl.col("on").is_between(wanted.first, wanted.last))


def _name_counted(told: Telling, rows: pl.DataFrame, divided: pl.DataFrame, column: str, divides: str = "") -> None:
    told.whole("counted", rows["unit"])
    for part_of, names in ((rows, ("event",)), (divided, (column, "event"))):
        event = part_of.with_columns(event=pl.when("event").then(pl.lit("yes")).otherwise(pl.lit("no")))
        told.parts("counted", event, *names, among=True, divides=" and ".join((divides or column, "event")))


def counted_names(column: str = "", level: str = "") -> tuple[str, ...]:
    """Return the names of those counted, in all or of one level: all, with the event and without it."""
    of = ((column, level),) if column else ()
    return (part("counted", *of), *(part("counted", *of, ("event", event)) for event in ("yes", "no")))


def name_trials(told: Telling, found: TrialReport, by: str) -> None:
    """Name the listings with an outcome, by outcome and reason, by group, and on both sides of a change."""
    known = found.rows.filter((pl.col("listed_for") <= pl.col("as_at")) & pl.col("outcome").is_not_null())
    told.whole("trials", known["unit"])
    lost = pl.col("outcome") != "effective"
    told.parts(
        "trials",
        known.with_columns(reason=pl.when(lost).then(pl.col("reason").fill_null("not given"))),
        "outcome",
        "reason",
    )
    told.parts("trials", known.rename({by: "group"}), "group", "outcome", divides="group and outcome")
    if found.change is not None:
        before, after = found.change.before.name, found.change.after.name
        side = pl.when(pl.col("listed_for") < found.change.on).then(pl.lit(before)).otherwise(pl.lit(after))
        told.parts("trials", known.with_columns(group=side), "group", "outcome", divides="group and outcome")


def trial_names(group: str = "") -> tuple[str, ...]:
    """Return the names of trials by outcome, all of them or a group's."""
    of = (("group", group),) if group else ()
    return (part("trials", *of), *(part("trials", *of, ("outcome", outcome)) for outcome in OUTCOMES))


def name_victims(told: Telling, found: VictimReport, by: str) -> None:
    """Name victims by how far anybody came with them, whether needs were assessed, by group, and how they came."""
    rows = found.rows.with_columns(
        assessed=pl.when("assessed").then(pl.lit("yes")).otherwise(pl.lit("no")),
        reported=pl.when(pl.col("referral_source") == "police_report").then(pl.lit("yes")).otherwise(pl.lit("no")),
        group=by,
    )
    told.whole("victims", rows["unit"])
    for column in ("furthest", "assessed", "reported"):
        told.parts("victims", rows, column)
    for column in ("furthest", "assessed"):
        told.parts("victims", rows, "group", column)


def victim_names(group: str = "") -> tuple[str, ...]:
    """Return the names of victims by how far anybody came with them and by needs assessed, all or a group's."""
    of = (("group", group),) if group else ()
    reached = (part("victims", *of, ("furthest", reach)) for reach in REACHES)
    return (part("victims", *of), *reached, *(part("victims", *of, ("assessed", one)) for one in ("yes", "no")))


def name_serious(told: Telling, found: SeriousFunnel) -> None:
    """Name the charging decisions of each level by step, boroughs', and the people with many."""
    told.whole("units", found.rows["unit"])
    for level, steps in found.levels.items():
        rows = found.rows.filter(pl.col("level") == level)
        told.parts("units", rows, "level")
        for step, own in zip(steps[1:], step_rows(rows), strict=True):
            told.parts(
                "units", own.with_columns(step=pl.lit(step.name)), "level", "step", "state", "lower", divides="step"
            )
    serious = found.rows.filter(pl.col("decided") & (pl.col("level") == SERIOUSNESS[0])).drop_nulls("borough")
    told.whole("counted", serious["unit"])
    event = pl.when("charged").then(pl.lit("no")).otherwise(pl.lit("yes"))
    told.parts("counted", serious.with_columns(event=event), "borough", "event")
    people = repeat_people(found.rows, found.k)
    told.whole("people", people["unit"])
    told.parts("people", people, "charged")
