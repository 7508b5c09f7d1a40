"""Lay the made-up wards out as a town: crooked squares of about a kilometre, eight to a borough, that meet exactly."""

import json
import struct
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from whatworks.simulation.days import Floats, Ints
from whatworks.simulation.society.places import BOROUGHS, VINTAGE, WARDS_EACH, area_frame, borough_codes, ward_codes

WIDE, TALL = 4, 2
"""Wards of a borough side by side, and one above the other."""
BOROUGHS_WIDE = 3
EAST, NORTH, SIDE, CROOKED = 520_000, 170_000, 1000, 220
GRID = "urn:ogc:def:crs:EPSG::27700"


def ward_cells() -> tuple[Ints, Ints]:
    """Return each ward's column and row in the town, in the order of `ward_codes`.

    >>> [int(cells[9]) for cells in ward_cells()]
    [5, 0]
    """
    ward = np.arange(len(BOROUGHS) * WARDS_EACH)
    borough, within = ward // WARDS_EACH, ward % WARDS_EACH
    column = borough % BOROUGHS_WIDE * WIDE + within % WIDE
    row = borough // BOROUGHS_WIDE * TALL + within // WIDE
    return column, row


@cache
def _corners() -> Floats:
    """Return the town's corners in whole metres: rows by columns by two."""
    columns, rows = BOROUGHS_WIDE * WIDE, len(BOROUGHS) // BOROUGHS_WIDE * TALL
    straight = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1)), axis=-1) * float(SIDE)
    shift = np.random.default_rng(7).integers(-CROOKED, CROOKED + 1, straight.shape)
    found: Floats = straight + shift + [EAST, NORTH]
    return found


def ward_corners() -> Floats:
    """Return the four corners of each ward: wards by four by two, in metres."""
    column, row = ward_cells()
    corners = _corners()
    around = [corners[row + down, column + right] for down, right in ((0, 0), (0, 1), (1, 1), (1, 0))]
    found: Floats = np.stack(around, axis=1)
    return found


def points_in(wards: Ints, rng: np.random.Generator) -> Floats:
    """Return a random point within each of the wards, in whole metres and off their borders."""
    u, v = rng.uniform(0.12, 0.88, (2, len(wards)))
    a, b, c, d = ward_corners()[wards].swapaxes(0, 1)
    mixed = a * ((1 - u) * (1 - v))[:, None] + b * (u * (1 - v))[:, None] + c * (u * v)[:, None]
    found: Floats = np.round(mixed + d * ((1 - u) * v)[:, None])
    return found


def ward_geojson() -> str:
    """Return the wards' boundaries as a GeoJSON file that names its projection."""
    names = area_frame()["name"].to_list()[len(BOROUGHS) :]
    features = [
        {
            "type": "Feature",
            "properties": {"ward_code": code, "ward_name": name, "borough": borough_codes()[at // WARDS_EACH]},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for at, (code, name, ring) in enumerate(zip(ward_codes(), names, ward_corners().tolist(), strict=True))
    ]
    whole: dict[str, Any] = {"type": "FeatureCollection", "name": "wards"}
    whole |= {"crs": {"type": "name", "properties": {"name": GRID}}, "features": features}
    return json.dumps(whole)


def borough_boundaries() -> pl.DataFrame:
    """Return table `area_boundary` of the boroughs, as the council holds it."""
    corners, wkb = _corners(), []
    for borough in range(len(BOROUGHS)):
        left, low = borough % BOROUGHS_WIDE * WIDE, borough // BOROUGHS_WIDE * TALL
        right, high = left + WIDE, low + TALL
        ring = [
            *corners[low, left:right],
            *corners[low:high, right],
            *corners[high, right:left:-1],
            *corners[high:low:-1, left],
            corners[low, left],
        ]
        points = b"".join(struct.pack("<dd", *point) for point in ring)
        wkb.append(struct.pack("<BIII", 1, 3, 1, len(ring)) + points)
    return pl.DataFrame(
        {
            "organisation_id": ["council"] * len(BOROUGHS),
            "area_code": borough_codes(),
            "vintage": [VINTAGE] * len(BOROUGHS),
            "kind": ["borough"] * len(BOROUGHS),
            "name": list(BOROUGHS),
            "geometry": [outline.hex() for outline in wkb],
        }
    )
