"""What the demo shows of places: were thefts solved where the police acted, or only moved? The truth stands beside."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.records.partnership import Partnership

AFTER = 9
"""Months after the made-up response that the made-up extracts hold."""


def write_displacement(partnership: "Partnership") -> dict[str, Any]:
    """Ask whether thefts moved, write the paper into `papers/displacement/`, and return what was found."""
    from json import loads

    from whatworks.cli.place import opened_store
    from whatworks.cli.told import cleared
    from whatworks.papers import write_paper
    from whatworks.papers.places.displacement import displacement_answer
    from whatworks.places import DisplacementTerms, counts_of, measure_displacement, read_areas, read_incidents
    from whatworks.simulation.truth.files import PLACES_FILE

    truth = loads((partnership.root / PLACES_FILE).read_text("utf-8"))["displacement"]
    moved, spread = truth["moved"], truth["spread"]
    terms = DisplacementTerms(
        title="Thefts where patrols began", kinds=(truth["kind"],), agencies=("police",), begins=truth["begins"][:7],
        after=AFTER, treated=(moved["treated"],), displacement=(moved["beside"],),
        not_control=(spread["treated"], spread["beside"]),
    )  # fmt: skip
    with opened_store(partnership.root) as (here, store):
        incidents = read_incidents(store, read_areas(store, terms.areas), terms.agencies)
    result = measure_displacement(terms, counts_of(incidents, terms.kinds))
    least, day = here.config.settings.minimum_count, here.config.as_at
    answer = cleared(lambda told: displacement_answer(result, least, told), partnership, "places displacement")
    write_paper(answer.paper(day), partnership.papers / "displacement", answer.summary(), forms=("html", "json"))
    return {"local": result.local, "moved": result.moved, "truth": moved}


def displacement_lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield what was found, the truth beside it.

    >>> truth = {"left": 0.4, "left_beside": 1.8}
    >>> print(*displacement_lines({"local": "fell", "moved": "rose", "truth": truth}))
      thefts where patrols began: fell, beside them: rose; planted: 0.4 and 1.8 times as many
    """
    truth = found["truth"]
    yield (
        f"  thefts where patrols began: {found['local']}, beside them: {found['moved']}; planted: {truth['left']:g} "
        f"and {truth['left_beside']:g} times as many"
    )
