"""`whatworks places displacement`: did events fall where something was done, or did they move?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.told import show_told

if TYPE_CHECKING:
    from whatworks.places.displacement_terms import CountedTerms
    from whatworks.places.monthly_counts import MonthlyCounts
    from whatworks.records.partnership import Partnership

TermsArgument = Annotated[
    Path, typer.Argument(help="The terms, a TOML file (`whatworks places terms` has an example).")
]
MinimumOption = Annotated[
    int, typer.Option("--minimum", min=1, help="Withhold counts under this, outside a partnership.")
]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("displacement")(displacement)


@with_paper()
def displacement(
    terms: TermsArgument,
    partnership: FolderOption = None,
    minimum: MinimumOption = 10,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say whether events fell where something was done, and whether they moved next door or fell there too.

    Control areas are those whose trend before was nearest. Where levels differ the answer is a ratio of ratios, and
    without 12 earlier months there is no verdict.
    """
    from whatworks.papers.places.displacement import displacement_answer
    from whatworks.places import load_terms, measure_displacement
    from whatworks.places.displacement_terms import DisplacementTerms
    from whatworks.records.refusal import faults_of

    paper.check()
    asked = load_terms(DisplacementTerms, terms)
    counts, least, here = counted(asked, terms, partnership, minimum)
    with faults_of(terms.name):
        result = measure_displacement(asked, counts)
    show_told(lambda told: displacement_answer(result, least, told), here, paper, json)


def counted(
    asked: "CountedTerms", terms: Path, folder: Path | None, minimum: int
) -> "tuple[MonthlyCounts, int, Partnership | None]":
    """Return the counts that terms ask for, what is withheld under, and the partnership whose own they are."""
    from whatworks.places import counts_of, read_areas, read_counts, read_incidents

    if asked.counts is not None:
        return read_counts(terms.parent / asked.counts), minimum, None
    with opened_store(folder) as (here, store):
        incidents = read_incidents(store, read_areas(store, asked.areas, asked.vintage), asked.agencies)
        return counts_of(incidents, asked.kinds), here.config.settings.minimum_count, here
