"""`whatworks journeys time`: how long cases wait in each stage, and where the bottleneck is."""

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.journeys.opening import FromOption, KindArgument, ToOption, opened_cases, window
from whatworks.cli.options import FolderOption, JsonOption, read_day
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.told import show_told

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("time")(time)


@with_paper()
def time(
    kind: KindArgument,
    first: FromOption = "",
    last: ToOption = "",
    split: Annotated[
        str, typer.Option(help="Which stage made cases opened from this day on longer or shorter than those before?")
    ] = "",
    paper: PaperOptions = NO_PAPER,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say how long cases wait in each stage, those still waiting not forgotten, and where the bottleneck is.

    Median and 90th percentile are days by which half, and nine in ten, of all who entered have moved on; beside them
    stands what a count of finished cases alone would say. The queue and its clearance are of the last year, or since
    --from. With --split each stage's share of the change is given. --json has exact counts, which are restricted.
    """
    from whatworks.journeys import journey_change, journey_time
    from whatworks.papers.journeys.time import time_answer
    from whatworks.papers.journeys.told import name_stages

    paper.check()
    start, end = window(first, last)
    with opened_cases(kind, partnership) as (here, cases):
        found, chosen, on = (
            journey_time(cases, start, end),
            cases.opened(start, end),
            read_day(split) if split else None,
        )
        change, minimum = journey_change(chosen, on) if on else None, here.config.settings.minimum_count

    def make(told: "Telling") -> "Answer":
        name_stages(told, cases, chosen, found, minimum, on)
        return time_answer(found, minimum, change, told)

    show_told(make, here, paper, json)
