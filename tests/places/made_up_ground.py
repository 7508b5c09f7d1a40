"""A made-up town of square wards, a kilometre each, in boroughs of two columns; and reports in it."""

from datetime import datetime
from typing import Any

import polars as pl
import shapely

from whatworks.places import Areas, Incidents, areas_of, incidents_of

EAST, NORTH, SIDE = 500_000, 180_000, 1000


def town(columns: int = 4, rows: int = 3, people: int = 1000) -> Areas:
    """Wards W00.. from the south west, row by row; boroughs B0.. of two columns each."""
    places = [(column, row) for row in range(rows) for column in range(columns)]
    shapes = [
        shapely.box(EAST + SIDE * c, NORTH + SIDE * r, EAST + SIDE * (c + 1), NORTH + SIDE * (r + 1)) for c, r in places
    ]
    frame = pl.DataFrame(
        {
            "area_code": [f"W{at:02d}" for at in range(len(places))],
            "parent": [f"B{column // 2}" for column, _ in places],
            "population": [people] * len(places),
            "geometry": [shapely.to_wkb(shape) for shape in shapes],
        }
    )
    return areas_of(frame, "ward", "2025")


def reports(*rows: dict[str, Any]) -> pl.DataFrame:
    """Reports as `sql/incident_report.sql` gives them; what a row does not say is as usual or not known."""
    usual: dict[str, Any] = {
        "organisation_id": "police", "organisation_kind": "police", "incident_id": None, "incident_ref": None,
        "kind": "asb", "from_time": datetime(2024, 1, 1, 10), "to_time": None, "time_precision": None,
        "place_precision": None, "easting": None, "northing": None, "longitude": None, "latitude": None,
        "area_code": None, "area_vintage": None,
    }  # fmt: skip
    kinds: dict[str, Any] = dict.fromkeys(usual, pl.String) | {
        "from_time": pl.Datetime("us"), "to_time": pl.Datetime("us"),
        **dict.fromkeys(("easting", "northing", "longitude", "latitude"), pl.Float64),
    }  # fmt: skip
    return pl.DataFrame([usual | {"incident_id": f"n{at}"} | row for at, row in enumerate(rows)], schema=kinds)


def told(*rows: dict[str, Any], areas: Areas | None = None, agencies: tuple[str, ...] = ("police",)) -> Incidents:
    return incidents_of(reports(*rows), areas or town(), agencies)
