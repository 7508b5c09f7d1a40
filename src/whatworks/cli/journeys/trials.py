"""`whatworks journeys trials`: effective, cracked, ineffective, vacated, and higher than what."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from whatworks.cli.journeys.opening import window
from whatworks.cli.options import FolderOption, JsonOption, read_day
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.told import show_told

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("trials")(trials)


@with_paper()
def trials(
    first: Annotated[str, typer.Option("--from", help="Only trials listed for this day or later.")] = "",
    last: Annotated[str, typer.Option("--to", help="Only trials listed for this day or earlier.")] = "",
    by: Annotated[Literal["quarter", "court", "court_kind"], typer.Option(help="One row for each.")] = "quarter",
    change: Annotated[str, typer.Option(help="Set trials from this day on against those before it.")] = "",
    paper: PaperOptions = NO_PAPER,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say what becomes of trials, by both rates and by reason, and whether they changed from a day on.

    The published rate leaves vacated trials out, so that a change of listing practice moves it: the share of all
    listings that was ineffective or vacated stands beside it. --json has exact counts, which are restricted.
    """
    from whatworks.journeys.trials import trials as count_trials
    from whatworks.papers.journeys.told import name_trials
    from whatworks.papers.journeys.trials import trials_answer

    paper.check()
    start, end = window(first, last)
    day = read_day(change) if change else None
    with opened_store(partnership) as (here, store):
        found = count_trials(store, start, end, by, day)

    def make(told: "Telling") -> "Answer":
        name_trials(told, found, by)
        return trials_answer(found, by, here.config.settings.minimum_count, told)

    show_told(make, here, paper, json)
