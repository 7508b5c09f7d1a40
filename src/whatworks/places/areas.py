"""The ground: areas of one kind in one edition of the boundaries, which of them touch, and points that lie in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.records.boundaries import GRID, geopandas
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.places.neighbours import Neighbours, linked

NOWHERE = -1
"""The place of a point that lies in no area."""
MEET = 0.75
"""Metres: rounding to one moves a side by less, and no two corners that differ are so near."""


@dataclass(frozen=True)
class Areas:
    """Areas in the order of their codes. `outlines` are well-known binary in metres, at one metre; empty where unknown.

    `parents` are the boroughs that hold them, `people` who live there (not a number where not known).
    """

    kind: str
    vintage: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str | None, ...]
    people: NDArray[np.float64]
    outlines: tuple[bytes, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, keep: NDArray[np.bool_]) -> "Areas":
        """Return those of the areas that are kept, in order."""
        chosen = np.flatnonzero(keep)
        return replace(
            self,
            codes=tuple(self.codes[at] for at in chosen),
            names=tuple(self.names[at] for at in chosen),
            parents=tuple(self.parents[at] for at in chosen),
            people=self.people[chosen],
            outlines=tuple(self.outlines[at] for at in chosen) if self.outlines else (),
        )

    @property
    def boroughs(self) -> tuple[str | None, ...]:
        """The borough of each area, which of a borough is itself."""
        return self.codes if self.kind == "borough" else self.parents

    @cached_property
    def shapes(self) -> Any:
        """The outlines as shapely's, in an array; refused, before shapely is asked for, where it is not installed."""
        geopandas()
        import shapely

        if not self.outlines:
            remedy = f"take them in: whatworks places boundaries FILE --kind {self.kind} --vintage {self.vintage}"
            raise Refused(f"no boundaries of the {self.kind}s of {self.vintage} are held", remedy)
        return shapely.from_wkb(np.array(self.outlines, dtype=object))

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """The areas' centroids in metres, a row each."""
        shapes = self.shapes
        import shapely

        middle = shapely.centroid(shapes)
        found: NDArray[np.float64] = np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])
        return found

    @cached_property
    def touching(self) -> Neighbours:
        """Which areas touch, were it at one corner, and even where some touch none.

        A corner on the middle of a neighbour's side touches it, though rounding may have moved the side off it.
        """
        shapes = self.shapes
        import shapely

        first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=MEET)
        return linked(first, second, len(self))

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which areas touch, were it at one corner; refused where an area touches none, or parts do not hang together.

        A statistic of neighbours over areas that do not meet would be a number about nothing.
        """
        found = self.touching
        islands = [self.codes[at] for at in np.flatnonzero(found.counts == 0)]
        faults = [Fault("touches no other area at one metre", _MEET, field="area", value=code) for code in islands[:5]]
        if not islands and found.parts > 1:
            faults = [Fault(f"the areas fall into {found.parts} parts that do not touch", _MEET)]
        if faults:
            raise Refused(faults)
        return found

    def at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return for each point the place of the area that it lies in, `NOWHERE` where it lies in none.

        A point on a border belongs to the area that comes first.
        """
        shapes = self.shapes
        import shapely

        found = np.full(len(x), NOWHERE, dtype=np.int64)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        points = shapely.points(x[known], y[known])
        which, area = shapely.STRtree(points).query(shapes, predicate="intersects")[::-1]
        order = np.argsort(-area, kind="stable")
        found[known[which[order]]] = area[order]
        return found

    def away(self, x: NDArray[np.float64], y: NDArray[np.float64], place: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how many metres each point lies outside the area of its `place`; 0 within it."""
        shapes = self.shapes
        import shapely

        shapely.prepare(shapes)
        found: NDArray[np.float64] = shapely.distance(shapely.points(x, y), shapes[place])
        return found


_MEET = "send boundaries whose neighbours share their corners, or ask for one part at a time"


def read_areas(store: Engine, kind: str = "ward", vintage: str | None = None, parent: str | None = None) -> Areas:
    """Return the areas of a kind from a partnership's store, in its one edition or the one named.

    Refused where there are several editions and none is named, since a code means another area in another edition.
    `parent` keeps the areas of one borough.
    """
    rows = store.fetch((files("whatworks.places") / "sql/area_on_map.sql").read_text("utf-8"), {"kind": kind})
    editions = rows["vintage"].unique().sort().to_list()
    if not editions:
        remedy = "import table area, or take their boundaries in: whatworks places boundaries FILE"
        raise Refused(Fault("no such areas are held", remedy, field="areas", value=kind))
    if vintage is None and len(editions) > 1:
        raise Refused(
            f"{kind}s are held in {len(editions)} editions", f"name one with --vintage: {', '.join(editions)}"
        )
    if vintage is not None and vintage not in editions:
        raise Refused(
            Fault("is not an edition that is held", f"use {', '.join(editions)}", field="vintage", value=vintage)
        )
    return areas_of(rows.filter(vintage=vintage or editions[0]), kind, vintage or editions[0], parent)


def areas_of(rows: pl.DataFrame, kind: str, vintage: str, parent: str | None = None) -> Areas:
    """Return areas from rows of `area_code`, and if known `name`, `parent`, `population`, `geometry` (WKB, metres)."""
    rows = rows.sort("area_code")
    if parent is not None:
        rows = rows.filter(parent=parent)
        if rows.is_empty():
            raise Refused(Fault("holds none of the areas", "use a borough's code", field="parent", value=parent))
    codes = rows["area_code"].to_list()

    def texts(name: str) -> list[str | None]:
        return rows[name].to_list() if name in rows.columns else [None] * len(codes)

    people = rows["population"].cast(pl.Float64).fill_null(np.nan).to_numpy() if "population" in rows.columns else None
    drawn = rows["geometry"].to_list() if "geometry" in rows.columns else []
    return Areas(
        kind,
        vintage,
        tuple(codes),
        tuple(name or code for name, code in zip(texts("name"), codes, strict=True)),
        tuple(texts("parent")),
        np.full(len(codes), np.nan) if people is None else people,
        tuple(drawn) if all(one is not None for one in drawn) else (),
    )


def on_the_grid(
    longitude: Sequence[float], latitude: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return degrees (WGS 84) as metres east and north on the British National Grid."""
    reader = geopandas()
    points = reader.GeoSeries(reader.points_from_xy(longitude, latitude), crs="EPSG:4326").to_crs(GRID)
    return np.asarray(points.x, dtype=np.float64), np.asarray(points.y, dtype=np.float64)
