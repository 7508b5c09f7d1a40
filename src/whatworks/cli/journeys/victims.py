"""`whatworks journeys victims`: do victims get contact, or a leaflet."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from whatworks.cli.journeys.opening import window
from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.told import show_told

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("victims")(victims)


@with_paper()
def victims(
    first: Annotated[str, typer.Option("--from", help="Only victims known on this day or later.")] = "",
    last: Annotated[str, typer.Option("--to", help="Only victims known on this day or earlier.")] = "",
    by: Annotated[
        Literal["residence", "referral_source", "borough"], typer.Option(help="One row for each.")
    ] = "residence",
    paper: PaperOptions = NO_PAPER,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Say how far victims were reached: contact that they understood, contact, information only, or nothing.

    To send information is not contact. Also whose needs were assessed, and who came without a report to the police.
    --json has exact counts, which are restricted.
    """
    from whatworks.journeys.victims import victims as reach
    from whatworks.papers.journeys.told import name_victims
    from whatworks.papers.journeys.victims import victims_answer

    paper.check()
    start, end = window(first, last)
    with opened_store(partnership) as (here, store):
        found = reach(store, start, end, by)

    def make(told: "Telling") -> "Answer":
        name_victims(told, found, by)
        return victims_answer(found, by, here.config.settings.minimum_count, told)

    show_told(make, here, paper, json)
