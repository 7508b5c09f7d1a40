"""Keep what is true beside what agencies send: `truth.json`, and in `truth/` a row a person."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from whatworks.records.follow_up import windowed
from whatworks.records.writing.private_file import open_private
from whatworks.simulation.days import day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.surveys import survey_truth
from whatworks.simulation.truth.journey_truth import journey_truth
from whatworks.simulation.truth.truth import OUTCOMES, average, naive

PEOPLE_FILE, IDENTITIES_FILE = "truth/people.parquet", "truth/identities.parquet"
SURVEYS_FILE, PLACES_FILE = "truth/surveys.json", "truth/places.json"


def write_truth(
    directory: Path,
    people: Sequence[pl.DataFrame],
    identities: Sequence[pl.DataFrame],
    settings: SimulationSettings,
    seed: int,
    size: int,
    planted: dict[str, Any],
) -> dict[str, Any]:
    """Write the truth's files, and return what `truth.json` says: of the people, and of what was `planted`."""
    everyone = pl.concat(people)
    for name, frame in ((PEOPLE_FILE, everyone), (IDENTITIES_FILE, pl.concat(identities))):
        with open_private(directory / name) as file:
            frame.write_parquet(file)
    content = summary(everyone, settings, seed, size) | planted
    _write_json(directory / "truth.json", content)
    return content


def write_survey_truth(directory: Path, settings: SimulationSettings, seed: int) -> None:
    """Write what is true of the public that the survey asks, beside the truth's other files."""
    _write_json(directory / SURVEYS_FILE, survey_truth(settings, seed))


def write_place_truth(directory: Path, truth: dict[str, Any]) -> None:
    """Write what is true of places, by subject."""
    _write_json(directory / PLACES_FILE, truth)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, indent=2, default=str, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def summary(people: pl.DataFrame, settings: SimulationSettings, seed: int, size: int) -> dict[str, Any]:
    """Return what an omniscient evaluator would know, in summary; `people` is the truth's table of people.

    The effect on any other set of people follows from the columns y1_... and y0_... of their rows.
    """
    young = pl.col("age") < settings.subgroup_age
    groups = {
        "all_participants": people,
        f"under_{settings.subgroup_age}": people.filter(young),
        f"{settings.subgroup_age}_and_over": people.filter(~young),
    }
    names = [windowed(name, months) for months in settings.windows for name in OUTCOMES]
    part = pl.col("participant")
    compared = people.filter(part | ~pl.col("scheme_borough"))
    with_it, without = (_number(value) for value in _both(compared, "proven_reoffending_1y"))
    return {
        "made_up": "nobody in this partnership exists",
        "people": size,
        "seed": seed,
        "settings": settings.as_written(),
        "released_in_window": people.height,
        "participants": people.filter(part).height,
        "eligible": people.filter("scheme_borough").height,
        "comparison_pool": people.filter(~pl.col("scheme_borough")).height,
        "true_effects": {
            group: {name: _rounded_nan(average(rows, name)) for name in names} for group, rows in groups.items()
        },
        "naive_comparison": {
            "outcome": "proven_reoffending_1y",
            "participants": with_it,
            "other_boroughs": without,
            "difference": None if with_it is None or without is None else with_it - without,
        },
        "missing_outcomes": {
            "file": PEOPLE_FILE,
            "column": "linkable",
            "participants": people.filter(part & ~pl.col("linkable")).height,
            "comparison_pool": people.filter(~pl.col("scheme_borough") & ~pl.col("linkable")).height,
        },
        "journeys": journey_truth(day(settings.as_at)),
        "true_identities": {"file": IDENTITIES_FILE, "columns": ["organisation_id", "person_id", "person"]},
        "true_lives": {"file": PEOPLE_FILE, "with": "y1_", "without": "y0_", "happened": "y_", "key": "person"},
    }


def _both(people: pl.DataFrame, outcome: str) -> list[float]:
    found = [float(value) for value in naive(people, outcome)]
    return found if len(found) == 2 else [float("nan"), float("nan")]


def _number(value: float) -> float | None:
    return None if value != value else value


def _rounded_nan(values: dict[str, float]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}
