"""Make up thefts: a response after which they moved next door, and one whose fall spread; all else stays as it was."""

from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.places.ground import MONTHS, first_month, month_start
from whatworks.simulation.places.layout import points_in
from whatworks.simulation.society.places import WARDS_EACH, ward_codes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

KIND = "theft"
BOROUGHS_OF = (3, 4)
"""Boroughs from which the police send thefts: wards of two."""
A_MONTH, BEGINS = 14.0, 15
"""Thefts a ward and month; the month, from 0, in which both responses begin."""
RESPONSES = {"moved": (24, 25, 0.4, 1.8), "spread": (32, 33, 0.4, 0.4)}
"""Treated ward, the ward beside it, and what is left of the thefts of each."""


def displacement_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return the thefts, as rows of table `incident`."""
    rng = stream(world.seed, "displacement")
    wards = np.arange(BOROUGHS_OF[0] * WARDS_EACH, (BOROUGHS_OF[-1] + 1) * WARDS_EACH)
    mean = np.full((len(wards), MONTHS), A_MONTH)
    for treated, beside, left, there in RESPONSES.values():
        mean[treated - wards[0], BEGINS:] *= left
        mean[beside - wards[0], BEGINS:] *= there
    return {"incident": police_incidents(rng, world, wards, rng.poisson(mean), KIND, "T")}


def police_incidents(
    rng: np.random.Generator, world: World, wards: Any, counts: Any, kind: str, letter: str
) -> pl.DataFrame:
    """Return as many incidents of a kind in each ward and month as `counts` has, at random days and points."""
    at, month = (index.ravel().repeat(counts.ravel()) for index in np.indices(counts.shape))
    ward = wards[at]
    starts = np.array([np.datetime64(month_start(first_month(world), each)) for each in range(MONTHS)])
    minutes = rng.integers(0, 28 * 24 * 60, len(ward))
    points = points_in(ward, rng)
    return pl.DataFrame(
        {
            "organisation_id": ["police"] * len(ward),
            "incident_id": [f"{letter}{number:06d}" for number in range(1, len(ward) + 1)],
            "kind": [kind] * len(ward),
            "from_time": starts[month] + minutes.astype("timedelta64[m]"),
            "easting": points[:, 0],
            "northing": points[:, 1],
            "area_code": pl.Series(ward_codes()).gather(ward),
        }
    ).with_columns(pl.col("from_time").cast(pl.Datetime("us")))


def displacement_truth(world: World) -> dict[str, Any]:
    """Return where each response was, when it began, and what it left of the thefts there and beside it."""
    codes = ward_codes()
    begins = month_start(first_month(world), BEGINS).date()
    return {
        "kind": KIND,
        "begins": begins,
        **{
            name: {"treated": codes[treated], "beside": codes[beside], "left": left, "left_beside": there}
            for name, (treated, beside, left, there) in RESPONSES.items()
        },
    }
