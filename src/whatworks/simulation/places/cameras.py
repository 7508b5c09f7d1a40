"""Make up cameras: old and new ones, two that see one place, some that something requires, some that nobody uses."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.places.ground import HOT
from whatworks.simulation.places.layout import points_in
from whatworks.simulation.society.places import BOROUGHS, WARDS_EACH, ward_codes
from whatworks.simulation.streams import stream
from whatworks.simulation.world import World

CAMERAS = 48
KINDS = {"fixed": (80.0, 1400), "dome": (120.0, 1900), "redeployable": (60.0, 900)}
"""Metres that a kind sees, and pounds a year."""
UNUSED = (3, 10, 17, 24, 31, 38, 45)
"""Cameras that nobody uses, by their place; each stands where there is little to see."""
TWINS = (1, 2)
"""Two that stand a step apart and see the same."""
REQUIRED = (5, 10, 20)
USES_A_YEAR, YEARS = 9.0, 2


def camera_frames(world: World) -> dict[str, pl.DataFrame]:
    """Return tables `camera` and `camera_use`: the council's, and the police's redeployable ones."""
    rng, as_at = stream(world.seed, "cameras"), world.settings.as_at
    quiet = np.array([ward for ward in range(len(BOROUGHS) * WARDS_EACH) if ward not in HOT])
    wards = np.where(np.arange(CAMERAS) % 2 == 0, rng.choice(HOT, CAMERAS), rng.choice(quiet, CAMERAS))
    wards[list(UNUSED)] = rng.choice(quiet, len(UNUSED))
    points = points_in(wards, rng)
    points[TWINS[1]] = points[TWINS[0]] + 3
    kinds = rng.choice(list(KINDS), CAMERAS, p=(0.5, 0.3, 0.2)).tolist()
    owners = ["police" if kind == "redeployable" else "council" for kind in kinds]
    numbers = [f"CAM{at:03d}" for at in range(CAMERAS)]
    cameras = pl.DataFrame(
        {
            "organisation_id": owners,
            "camera_id": numbers,
            "kind": kinds,
            "duty": ["required" if at in REQUIRED else "discretionary" for at in range(CAMERAS)],
            "installed_on": [as_at - timedelta(days=int(days)) for days in rng.integers(100, 6_500, CAMERAS)],
            "annual_cost": [KINDS[kind][1] + int(rng.integers(-200, 201)) for kind in kinds],
            "sight": [KINDS[kind][0] for kind in kinds],
            "homes_overlooked": rng.integers(0, 40, CAMERAS),
            "easting": points[:, 0],
            "northing": points[:, 1],
            "area_code": pl.Series(ward_codes()).gather(wards),
        }
    )
    uses = [
        (owners[at], numbers[at], _day(rng, as_at), "evidence" if rng.random() < 0.3 else "request")
        for at in range(CAMERAS)
        if at not in UNUSED
        for _ in range(1 + int(rng.poisson(USES_A_YEAR * YEARS)))
    ]
    use = pl.DataFrame(uses, schema=["organisation_id", "camera_id", "used_on", "kind"], orient="row")
    return {
        "camera": cameras,
        "camera_use": use.with_columns(use_id=pl.format("CU{}", pl.int_range(pl.len()) + 10_000)),
    }


def camera_truth(world: World) -> dict[str, Any]:
    """Return which cameras nobody uses, which are twins, and which are required."""
    named = {"used_by_nobody": UNUSED, "twins": TWINS, "required": REQUIRED}
    return {name: [f"CAM{at:03d}" for at in places] for name, places in named.items()}


def _day(rng: np.random.Generator, as_at: date) -> date:
    return as_at - timedelta(days=int(rng.integers(1, 365 * YEARS)))
