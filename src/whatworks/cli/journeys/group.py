"""`whatworks journeys`: where cases and people wait, where they are dropped, and what becomes of trials."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import Asked, Maker, answering, saying
from whatworks.cli.options import OR_FILE, read_day

if TYPE_CHECKING:
    from datetime import date

    from whatworks.journeys import Cases
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling


def _ready_made() -> list[str]:
    from whatworks.journeys.kind import ready_made

    return list(ready_made())


KindArgument = Annotated[
    str,
    typer.Argument(
        help="Kind of journey, as through_the_gate, or a TOML file (docs/journeys.md).", autocompletion=_ready_made
    ),
    OR_FILE,
]
FromOption = Annotated[
    str, typer.Option("--from", help="From this day on: cases opened, trials listed, victims known.")
]
ToOption = Annotated[str, typer.Option("--to", help="Up to this day, as 2024-04-01.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        help="Where cases and people wait, where they are dropped, and what becomes of trials.", no_args_is_help=True
    )
    group.command()(kinds)
    for command in (time, lost, compare, funnel, victims, trials, published):
        group.command(command.__name__)(answering(command))
    app.add_typer(group, name="journeys")


@saying()
def kinds(
    kind: Annotated[str | None, typer.Argument(help="Print this ready-made kind as a file to begin from.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of a kind's file.")] = False,
) -> View:
    """List the ready-made kinds of journey, print one as TOML, or print the schema that all keep to."""
    import json

    from whatworks.journeys import kind_schema, load_kind
    from whatworks.journeys.kind import READY_MADE, ready_made
    from whatworks.records.refusal import Fault, Refused, choice

    if schema and kind:
        raise Refused(Fault("has no effect with --schema", "leave one out", field="kind", value=kind))
    if schema:
        return View(kind_schema(), json.dumps(kind_schema(), indent=2, ensure_ascii=False).splitlines())
    if kind and kind not in ready_made():
        raise Refused(Fault("is not a ready-made kind", choice(kind, ready_made()), field="kind", value=kind))
    found = [load_kind(name) for name in ((kind,) if kind else ready_made())]
    answer = [one.model_dump(exclude_none=True) for one in found]
    if kind:
        return View(answer, (READY_MADE / f"{found[0].kind}.toml").read_text("utf-8").splitlines())
    width = max(len(one.kind) for one in found)
    lines = [f"{one.kind:<{width}}  {one.title}: {len(one.stage)} stages, {one.clock} days" for one in found]
    return View(answer, lines)


def time(
    asked: Asked,
    kind: KindArgument,
    first: FromOption = "",
    last: ToOption = "",
    split: Annotated[
        str, typer.Option(help="Which stage made cases opened from this day on longer or shorter than those before?")
    ] = "",
) -> Maker:
    """Say how long cases wait in each stage, those still waiting not forgotten, and where the bottleneck is.

    Median and 90th percentile are days by which half, and nine in ten, of all who entered have moved on; beside them
    stands what a count of finished cases alone would say. The queue and its clearance are of the last year, or since
    --from. With --split each stage's share of the change is given. --json has exact counts, which are restricted.
    """
    from whatworks.journeys import journey_change, journey_time
    from whatworks.papers.journeys.time import time_answer
    from whatworks.papers.journeys.told import name_stages

    (start, end), on = window(first, last), read_day(split) if split else None
    cases = _cases(asked, kind)
    found, chosen = journey_time(cases, start, end), cases.opened(start, end)
    change = journey_change(chosen, on) if on else None

    def make(told: "Telling") -> "Answer":
        name_stages(told, cases, chosen, found, asked.minimum, on)
        return time_answer(found, asked.minimum, change, told)

    return make


def lost(
    asked: Asked,
    kind: KindArgument,
    first: FromOption = "",
    last: ToOption = "",
    by: Annotated[
        Literal["borough", "provider", "prison"] | None, typer.Option(help="Who is unseen, by this as well.")
    ] = None,
) -> Maker:
    """Say which cases are dropped between stages, by whom they were let go, and who is unseen after so many days.

    A hand-off is dropped where the next stage is not entered within the days that the kind of journey says. Cases too
    recent for that are in no share. --json has exact counts, which are restricted.
    """
    from whatworks.journeys import hand_off_results, watched
    from whatworks.papers.journeys.lost import lost_answer

    chosen = _cases(asked, kind).opened(*window(first, last))
    groups = watched(chosen, by) if by or chosen.kind.watch else ()
    results = hand_off_results(chosen)
    return lambda told: lost_answer(chosen, results, groups, asked.minimum, told, by)


def compare(
    asked: Asked,
    kind: KindArgument,
    by: Annotated[Literal["borough"] | None, typer.Option(help="Hold each borough against all of them.")] = None,
    period: Annotated[str | None, typer.Option(help="2024, 2024-Q2, 2024-05 or 2024-01-15..2024-03-31.")] = None,
    against: Annotated[str | None, typer.Option(help="The period to hold it against.")] = None,
    stage: Annotated[str | None, typer.Option(help="The stage; the kind's first if not given.")] = None,
    within: Annotated[
        int | None, typer.Option(min=0, help="Days within which a case moves on; the stage's target if not given.")
    ] = None,
    ended: Annotated[str | None, typer.Option(help="Count the cases that left the stage by this ending.")] = None,
    to: Annotated[
        str | None, typer.Option(help="Count the cases that left the stage and did not come to this one in time.")
    ] = None,
    each: Annotated[
        Literal["month", "quarter"] | None,
        typer.Option(help="What a point of the control chart takes together; a month if not given."),
    ] = None,
) -> Maker:
    """Say whether a share is higher in a borough, or in a period, and than what.

    Counted is the share of a stage's cases that moved on within some days, left it by an ending, or were not handed on
    in time. Boroughs stand in a funnel plot, never in a league table; a period without another one is refused.
    """
    from whatworks.journeys import compare_boroughs, compare_periods, hand_off_share, stage_share
    from whatworks.papers.journeys.comparison import areas_answer, periods_answer
    from whatworks.papers.journeys.told import name_areas, name_periods
    from whatworks.records.refusal import Fault, Refused
    from whatworks.surveys.reading import borough_names

    if by is None and period is None:
        raise Refused("higher than what? Both sides are missing", "give --by borough, or --period A --against B")
    if by is not None and against is not None:
        raise Refused("boroughs are held against all of one period", "leave out --against, or --by borough")
    pairs = (("each", each, "by", by), ("ended", ended, "to", to), ("within", within, "ended", ended))
    idle = [
        Fault(f"has no effect with --{other}", "leave out one of them", field=name, value=str(value))
        for name, value, other, with_it in pairs
        if value is not None and with_it is not None
    ]
    if idle:
        raise Refused(idle)
    cases = _cases(asked, kind)
    first = stage or cases.kind.stages[0]
    counted = hand_off_share(cases, first, to, within) if to else stage_share(cases, first, within, ended)
    names = borough_names(asked.store)

    def of_areas(told: "Telling") -> "Answer":
        found = compare_boroughs(counted, period)
        name_areas(told, counted, period)
        return areas_answer(found, names, asked.minimum, told)

    def of_periods(told: "Telling") -> "Answer":
        found = compare_periods(counted, str(period), against, each or "month")
        name_periods(told, counted, str(period), str(against), each or "month")
        return periods_answer(found, asked.minimum, told)

    return of_periods if by is None else of_areas


def funnel(
    asked: Asked,
    repeat: Annotated[int, typer.Option(min=2, help="Decided units that make a repeat.")] = 3,
) -> Maker:
    """Say where serious allegations drop out, by level and borough, and whether the same people recur.

    The unit is the charging decision. Repeat drop-out is a number against chance, never a list: not charged is not
    guilt, and a board may not press one prosecution.
    """
    from whatworks.journeys import serious_funnel
    from whatworks.papers.journeys.serious import serious_answer
    from whatworks.surveys.reading import borough_names

    found, names = serious_funnel(asked.store, repeat), borough_names(asked.store)
    return lambda told: serious_answer(found, names, asked.minimum, told)


def victims(
    asked: Asked,
    first: FromOption = "",
    last: ToOption = "",
    by: Annotated[
        Literal["residence", "referral_source", "borough"], typer.Option(help="One row for each.")
    ] = "residence",
) -> Maker:
    """Say how far victims were reached: contact that they understood, contact, information only, or nothing.

    To send information is not contact. Also whose needs were assessed, and who came without a report to the police.
    --json has exact counts, which are restricted.
    """
    from whatworks.journeys.victims import victims as reach
    from whatworks.papers.journeys.victims import victims_answer

    found = reach(asked.store, *window(first, last), by)
    return lambda told: victims_answer(found, by, asked.minimum, told)


def trials(
    asked: Asked,
    first: FromOption = "",
    last: ToOption = "",
    by: Annotated[Literal["quarter", "court", "court_kind"], typer.Option(help="One row for each.")] = "quarter",
    change: Annotated[str, typer.Option(help="Set trials from this day on against those before it.")] = "",
) -> Maker:
    """Say what becomes of trials, by both rates and by reason, and whether they changed from a day on.

    The published rate leaves vacated trials out, so that a change of listing practice moves it: the share of all
    listings that was ineffective or vacated stands beside it. --json has exact counts, which are restricted.
    """
    from whatworks.journeys.trials import trials as count_trials
    from whatworks.papers.journeys.trials import trials_answer

    found = count_trials(asked.store, *window(first, last), by, read_day(change) if change else None)
    return lambda told: trials_answer(found, by, asked.minimum, told)


def published(
    file: Annotated[Path, typer.Argument(help="The published table: CSV, Excel or ODS (docs/journeys.md).")],
    quickest: Annotated[str, typer.Option(help="The part that is said to be the quickest, as offence_to_charge.")],
    place: Annotated[str | None, typer.Option(help="One place only, as London.")] = None,
    court: Annotated[str | None, typer.Option(help='One kind of court only, as "All courts".')] = None,
) -> "Answer":
    """Put the claim that one part of a journey is the quickest to a published table of times.

    The answer names the year, the base and what the figures cannot say; means are compared, medians never added.
    """
    from whatworks.journeys.published import read_published
    from whatworks.papers.journeys.published import published_answer

    found = read_published(file).of(place, court)
    return published_answer(found, found.part(quickest))


def _cases(asked: Asked, kind: str) -> "Cases":
    """Return the cases of a kind; the partnership's own kinds stand in `journeys/`, before the ready-made ones."""
    from whatworks.journeys import load_kind, read_cases

    return read_cases(asked.store, load_kind(kind, asked.here.root / "journeys"))


def window(first: str, last: str) -> "tuple[date | None, date | None]":
    """Return the days from and to which cases are wanted, or refuse what is no day, or the wrong way round.

    >>> window("2024-04-01", "")
    (datetime.date(2024, 4, 1), None)
    """
    from whatworks.records.refusal import Fault, Refused

    start, end = (read_day(text) if text else None for text in (first, last))
    if start and end and end < start:
        raise Refused(Fault("lies before --from", "swap the two days", field="to", value=last))
    return start, end
