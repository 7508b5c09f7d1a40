"""`whatworks journeys published`: is a part of a journey the quickest, by published figures?"""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.options import JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("published")(published)


@with_paper()
def published(
    file: Annotated[Path, typer.Argument(help="The published table: CSV, Excel or ODS (docs/journeys.md).")],
    quickest: Annotated[str, typer.Option(help="The part that is said to be the quickest, as offence_to_charge.")],
    place: Annotated[str | None, typer.Option(help="One place only, as London.")] = None,
    court: Annotated[str | None, typer.Option(help='One kind of court only, as "All courts".')] = None,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Put the claim that one part of a journey is the quickest to a published table of times.

    The answer names the year, the base and what the figures cannot say; means are compared, medians never added.
    """
    from whatworks.journeys.published import read_published
    from whatworks.papers.journeys.published import published_answer

    paper.check()
    found = read_published(file).of(place, court)
    show(published_answer(found, found.part(quickest)), paper, json)
