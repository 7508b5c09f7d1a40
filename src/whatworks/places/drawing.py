"""Make a map's outlines small enough to draw: simplified together, so that neighbours still meet; by class; hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whatworks.places.areas import Areas

DETAIL = 1 / 420
"""Bends smaller than this part of the map's width are left out."""
HATCH = 1 / 60
"""Lines over what is not known, this part of the map's width apart."""
MOST = 12_000
"""More areas than this cannot be told apart on a page."""


@dataclass(frozen=True)
class DrawnAreas:
    """Outlines by class as GeoJSON geometries in whole metres; `counts` says how many areas each class has."""

    outlines: tuple[dict[str, Any], ...]
    counts: tuple[int, ...]
    unknown: dict[str, Any] | None
    unknown_count: int
    hatch: dict[str, Any] | None
    borders: dict[str, Any] | None
    ratio: float


def drawn(areas: Areas, classes: Sequence[int | None], number: int) -> DrawnAreas:
    """Return the areas' outlines in classes 0 to `number` - 1; None: not known.

    Borders of boroughs are drawn where the areas have parents.
    """
    shapes = areas.shapes
    import shapely

    low_x, low_y, high_x, high_y = (float(edge) for edge in shapely.total_bounds(shapes))
    width = max(high_x - low_x, 1.0)
    simple = shapely.set_precision(shapely.coverage_simplify(shapes, width * DETAIL), max(1.0, round(width / 2000)))
    of = np.array([-1 if one is None else one for one in classes], dtype=np.int64)
    unknown = simple[of == -1]
    return DrawnAreas(
        tuple(_geojson(simple[of == at]) for at in range(number)),
        tuple(int((of == at).sum()) for at in range(number)),
        _geojson(unknown) if unknown.size else None,
        int(unknown.size),
        _hatched(unknown, (low_x, low_y, high_x, high_y)) if unknown.size else None,
        _borders(simple, areas.parents),
        (high_y - low_y) / width,
    )


def _geojson(shapes: NDArray[np.object_]) -> dict[str, Any]:
    """Return polygons as one GeoJSON geometry, rings wound as the drawing wants them."""
    import shapely

    parts = shapely.get_parts(shapes)
    polygons = parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]
    return _mapping(shapely.multipolygons(polygons))


def _mapping(shape: Any) -> dict[str, Any]:
    import json

    import shapely

    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found


def _hatched(shapes: NDArray[np.object_], bounds: tuple[float, float, float, float]) -> dict[str, Any]:
    import shapely

    low_x, low_y, high_x, high_y = bounds
    height = high_y - low_y
    starts = np.arange(low_x - height, high_x, (high_x - low_x) * HATCH)
    lines = shapely.linestrings([[(x, low_y), (x + height, high_y)] for x in starts])
    cut = shapely.intersection(shapely.multilinestrings(lines), shapely.union_all(shapes))
    parts = shapely.get_parts(cut)
    return _mapping(shapely.set_precision(shapely.multilinestrings(parts[shapely.get_type_id(parts) == 1]), 1.0))


def _borders(shapes: NDArray[np.object_], parents: Sequence[str | None]) -> dict[str, Any] | None:
    import shapely

    names = sorted({parent for parent in parents if parent})
    if len(names) < 2:
        return None
    of = np.array(parents, dtype=object)
    unions = [shapely.coverage_union_all(shapes[of == name]) for name in names]
    return _mapping(shapely.line_merge(shapely.union_all(shapely.boundary(unions))))
