"""`whatworks journeys lost`: which hand-offs are dropped, by whom, and who is unseen."""

from typing import Annotated, Literal

import typer

from whatworks.cli.journeys.opening import FromOption, KindArgument, ToOption, opened_cases, window
from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.told import show_told


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("lost")(lost)


@with_paper()
def lost(
    kind: KindArgument,
    first: FromOption = "",
    last: ToOption = "",
    by: Annotated[
        Literal["borough", "provider", "prison"] | None, typer.Option(help="Who is unseen, by this as well.")
    ] = None,
    paper: PaperOptions = NO_PAPER,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say which cases are dropped between stages, by whom they were let go, and who is unseen after so many days.

    A hand-off is dropped where the next stage is not entered within the days that the kind of journey says. Cases too
    recent for that are in no share. --json has exact counts, which are restricted.
    """
    from whatworks.journeys import hand_off_results, watched
    from whatworks.papers.journeys.lost import lost_answer

    paper.check()
    start, end = window(first, last)
    with opened_cases(kind, partnership) as (here, cases):
        chosen = cases.opened(start, end)
        groups = watched(chosen, by) if by or chosen.kind.watch else ()
        results, minimum = hand_off_results(chosen), here.config.settings.minimum_count
    show_told(lambda told: lost_answer(chosen, results, groups, minimum, told, by), here, paper, json)
