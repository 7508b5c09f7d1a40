"""`whatworks journeys compare` and `funnel`: higher than what, and where serious allegations drop out."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from whatworks.cli.journeys.opening import KindArgument, opened_cases
from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.told import show_told

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling

StageOption = Annotated[str | None, typer.Option("--stage", help="The stage; the kind's first if not given.")]
WithinOption = Annotated[
    int | None,
    typer.Option("--within", min=0, help="Days within which a case moves on; the stage's target if not given."),
]
EndedOption = Annotated[str | None, typer.Option("--ended", help="Count the cases that left the stage by this ending.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("compare")(compare)
    group.command("funnel")(funnel)


@with_paper()
def compare(
    kind: KindArgument,
    by: Annotated[
        Literal["borough"] | None, typer.Option("--by", help="Hold each borough against all of them.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="2024, 2024-Q2, 2024-05 or 2024-01-15..2024-03-31.")
    ] = None,
    against: Annotated[str | None, typer.Option("--against", help="The period to hold it against.")] = None,
    stage: StageOption = None,
    within: WithinOption = None,
    ended: EndedOption = None,
    to: Annotated[
        str | None,
        typer.Option("--to", help="Count the cases that left the stage and did not come to this one in time."),
    ] = None,
    each: Annotated[
        Literal["month", "quarter"], typer.Option("--each", help="What a point of the control chart takes together.")
    ] = "month",
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say whether a share is higher in a borough, or in a period, and than what.

    Counted is the share of a stage's cases that moved on within some days, left it by an ending, or were not handed on
    in time. Boroughs stand in a
    funnel plot, never in a league table; a period without another one to hold it against is refused.
    """
    from whatworks.journeys import compare_boroughs, compare_periods, hand_off_share, stage_share
    from whatworks.papers.journeys.comparison import areas_answer, periods_answer
    from whatworks.papers.journeys.told import name_areas, name_periods
    from whatworks.records.refusal import Refused
    from whatworks.surveys.reading import borough_names

    paper.check()
    if by is None and period is None:
        raise Refused("higher than what? Both sides are missing", "give --by borough, or --period A --against B")
    with opened_cases(kind, partnership) as (here, cases), opened_store(partnership) as (_, store):
        first = stage or cases.kind.stages[0]
        counted = hand_off_share(cases, first, to, within) if to else stage_share(cases, first, within, ended)
        names = borough_names(store)
    minimum = here.config.settings.minimum_count
    if by is not None and against is not None:
        raise Refused("boroughs are held against all of one period", "leave out --against, or --by borough")

    def of_areas(told: "Telling") -> "Answer":
        found = compare_boroughs(counted, period)
        name_areas(told, counted, period)
        return areas_answer(found, names, minimum, told)

    def of_periods(told: "Telling") -> "Answer":
        found = compare_periods(counted, str(period), against, each)
        name_periods(told, counted, str(period), str(against), each)
        return periods_answer(found, minimum, told)

    show_told(of_periods if by is None else of_areas, here, paper, json, here.config.as_at)


@with_paper()
def funnel(
    k: Annotated[int, typer.Option("--repeat", min=2, help="Decided units that make a repeat.")] = 3,
    partnership: FolderOption = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say where serious allegations drop out, by level and borough, and whether the same people recur.

    The unit is the charging decision. Repeat drop-out is a number against chance, never a list: not charged is not
    guilt, and a board may not press one prosecution.
    """
    from whatworks.journeys import serious_funnel
    from whatworks.papers.journeys.serious import serious_answer
    from whatworks.papers.journeys.told import name_serious
    from whatworks.surveys.reading import borough_names

    paper.check()
    with opened_store(partnership) as (here, store):
        found, names = serious_funnel(store, k), borough_names(store)

    def make(told: "Telling") -> "Answer":
        name_serious(told, found)
        return serious_answer(found, names, here.config.settings.minimum_count, told)

    show_told(make, here, paper, json, here.config.as_at)
