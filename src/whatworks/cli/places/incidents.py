"""`whatworks places concentration`, `hotspots`, `trend` and `gaps`: what reports say of where to focus."""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answering import Asked, Maker, answering
from whatworks.cli.paper import with_options
from whatworks.cli.places.asking import AskedIncidents

of_incidents = with_options("which", AskedIncidents)


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for command in (concentration, hotspots, trend, gaps):
        group.command(command.__name__)(command)


@of_incidents
@answering
def concentration(asked: Asked, which: AskedIncidents) -> Maker:
    """Say how few areas hold most incidents, beside how few would if the same number fell at random.

    An area from which an agency sent nothing is not known, and never zero.
    """
    from whatworks.papers.places.concentration import concentration_answer
    from whatworks.places import place_concentration

    found = place_concentration(which.read(asked.store), which.kind or None)
    return lambda told: concentration_answer(found, asked.minimum, told)


@of_incidents
@answering
def hotspots(
    asked: Asked,
    which: AskedIncidents,
    largest: Annotated[float, typer.Option(help="Share of all residents that the scan's circle may hold.")] = 0.5,
) -> Maker:
    """Say which areas lie amid more incidents than chance puts together, where and when they follow one another.

    Gi* with false discoveries held to five per cent, one scan for a circle, near repeats, and hours of the week. What
    the data are too coarse for is said instead.
    """
    from whatworks.papers.places.hot_spots import hot_spots_answer
    from whatworks.places import hot_spots

    found = hot_spots(which.read(asked.store), which.kind or None, largest=largest)
    return lambda told: hot_spots_answer(found, asked.minimum, told)


@of_incidents
@answering
def trend(
    asked: Asked,
    which: AskedIncidents,
    recent: Annotated[int, typer.Option(help="How many of the last months are asked about.", min=1, max=12)] = 3,
) -> Maker:
    """Say where incidents rise or fall beyond an area's own past, the time of year allowed for."""
    from whatworks.papers.places.trend import trend_answer
    from whatworks.places import place_trend

    found = place_trend(which.read(asked.store), which.kind or None, recent)
    return lambda told: trend_answer(found, asked.minimum, told)


@of_incidents
@answering
def gaps(
    asked: Asked,
    which: AskedIncidents,
    need: Annotated[
        Path | None, typer.Option(help="Need by area: a CSV of area_code and score, higher is more (deprivation).")
    ] = None,
    metres: Annotated[float, typer.Option(help="Reports this near in place may be of one incident.")] = 50.0,
    hours: Annotated[float, typer.Option(help="Reports this near in time may be of one incident.")] = 1.0,
) -> Maker:
    """Say what several agencies report together, where there is demand and nobody works, and who sent nothing."""
    from whatworks.papers.places.gaps import gaps_answer
    from whatworks.places import place_gaps, read_scores

    scores, incidents = read_scores(need) if need else None, which.read(asked.store)
    found = place_gaps(asked.store, incidents, which.kind or None, scores, metres=metres, hours=hours)
    return lambda told: gaps_answer(found, asked.minimum, told)
