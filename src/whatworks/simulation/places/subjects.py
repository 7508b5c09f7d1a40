"""The subjects of places, in order: each makes up its tables from a world, and says what is true of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl

from whatworks.records.tables.place_tables import PLACE_TABLES
from whatworks.simulation.places.cameras import camera_frames, camera_truth
from whatworks.simulation.places.displacement import displacement_frames, displacement_truth
from whatworks.simulation.places.gangs import gangs_frames, gangs_truth
from whatworks.simulation.places.ground import ground_frames, ground_truth
from whatworks.simulation.places.refuges import refuge_frames, refuge_truth
from whatworks.simulation.society.places import VINTAGE
from whatworks.simulation.world import World


class Subject(NamedTuple):
    """What is made up of one subject, from the part of the world that begins with the first person."""

    name: str
    frames: Callable[[World], dict[str, pl.DataFrame]]
    truth: Callable[[World], dict[str, Any]]


SUBJECTS: tuple[Subject, ...] = (
    Subject("ground", ground_frames, ground_truth),
    Subject("refuges", refuge_frames, refuge_truth),
    Subject("cameras", camera_frames, camera_truth),
    Subject("displacement", displacement_frames, displacement_truth),
    Subject("gangs", gangs_frames, gangs_truth),
)
"""Each draws from a stream of its own, so that none shifts another's numbers."""


def place_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return all tables of places; rows of one table that several subjects make stand one after another.

    Columns that a subject leaves out are empty; a code of an area gets the edition of the town's boundaries.
    """
    parts: dict[str, list[pl.DataFrame]] = {}
    for subject in SUBJECTS:
        for table, frame in subject.frames(world).items():
            parts.setdefault(table, []).append(_whole(table, frame))
    return {table: pl.concat(parts[table]) for table in PLACE_TABLES if table in parts}


def place_truth(world: World) -> dict[str, Any]:
    """Return what is true of places, by subject."""
    return {subject.name: subject.truth(world) for subject in SUBJECTS}


def _whole(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    columns = [name for name in PLACE_TABLES[table].columns() if not name.startswith("source_")]
    if "area_vintage" in columns and "area_vintage" not in frame.columns:
        frame = frame.with_columns(area_vintage=pl.when(pl.col("area_code").is_not_null()).then(pl.lit(VINTAGE)))
    kinds = {name: kind.dtype for name, kind in PLACE_TABLES[table].columns().items()}
    given = {name: pl.col(name) for name in frame.columns}
    text = (pl.Binary, pl.Enum)
    return frame.select(
        given.get(name, pl.lit(None)).cast(pl.String if isinstance(kinds[name], text) else kinds[name]).alias(name)
        for name in columns
    )
