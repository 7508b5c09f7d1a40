"""`whatworks places select`: which areas should have the scheme, and would the evaluation be able to tell?"""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answering import Asked, Maker, answering


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("select")(select)


@answering
def select(
    asked: Asked,
    terms: Annotated[Path, typer.Argument(help="The terms, a TOML file (`whatworks places terms select`).")],
) -> Maker:
    """Say where people who go to custody live, what it costs, which areas stand out, and what a study would find.

    Ranks stand with their uncertainty: over draws, windows a year earlier and later, and weights varied by half.
    """
    from whatworks.measures.settings import MeasureSettings
    from whatworks.papers.places.select import select_answer
    from whatworks.places import load_terms, select_areas
    from whatworks.places.select_terms import SelectTerms

    decided, config = load_terms(SelectTerms, terms), asked.here.config
    settings = MeasureSettings(config.as_at, config.conviction_record or "", preferences=config.preferences)
    found = select_areas(asked.store, decided, settings)
    return lambda told: select_answer(found, asked.minimum, told)
