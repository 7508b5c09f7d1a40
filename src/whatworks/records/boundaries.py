"""Take boundaries in: GeoPackage, GeoJSON (gzipped too) or Shapefile, projected to metres, each area once.

Needs the extra `whatworks[places]`. What would make a map a lie is refused with every fault at once: no projection,
degrees said to be metres, swapped coordinates, outlines that cross themselves, areas that vanish at one metre.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from whatworks.records.engine import Store
from whatworks.records.imports.import_report import ImportReport
from whatworks.records.imports.importing import import_file
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused

GRID = "EPSG:27700"
"""The British National Grid, in metres."""
BRITAIN = (-100_000.0, -100_000.0, 800_000.0, 1_400_000.0)
LONGEST_OUTLINE = 2**28
"""Bytes of one area's outline in hexadecimal digits."""
LEAST_AREA = 1.0
"""Square metres; a smaller area is a sliver left by a cut."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class BoundaryColumns:
    """Which columns of the file hold what; `code` is found by its look where it is not named."""

    code: str = ""
    name: str = ""
    parent: str = ""


def geopandas() -> Any:
    """Return geopandas, or refuse with how to get it.

    >>> geopandas().__name__
    'geopandas'
    """
    try:
        import geopandas as found
        import pyogrio  # noqa: F401
    except ImportError:
        raise Refused(
            "maps need parts that are not installed", "install them: pip install 'whatworks[places]'"
        ) from None
    return found


def read_boundaries(
    path: Path, columns: BoundaryColumns | None = None, *, crs: str = "", mend: bool = False
) -> pl.DataFrame:
    """Return a file's areas, one a row: `area_code`, `name`, `parent`, and `geometry` as well-known binary in metres.

    `crs` says the projection of a file that names none. Vertices are rounded to one metre, so that those of neighbours
    are the same. With `mend` outlines that cross themselves are made valid; without it they are refused.
    """
    frame = _opened(path)
    columns = _known(frame, columns or BoundaryColumns(), path.name)
    outlines, faults = _projected(frame, crs, path.name)
    if not faults:
        outlines, faults = _sound(outlines, list(frame[columns.code].astype(str)), mend, path.name)
    if faults:
        raise Refused(faults)
    chosen = {"area_code": columns.code, "name": columns.name, "parent": columns.parent}
    texts = {
        ours: [None if _missing(value) else str(value).strip() for value in frame[theirs]]
        if theirs
        else [None] * len(frame)
        for ours, theirs in chosen.items()
    }
    shapes = pl.Series("geometry", list(outlines.to_wkb()), dtype=pl.Binary)
    return pl.DataFrame(texts, schema=dict.fromkeys(chosen, pl.String)).with_columns(shapes)


def import_boundaries(
    store: Store,
    path: Path,
    *,
    organisation_id: str,
    vintage: str,
    kind: str,
    columns: BoundaryColumns | None = None,
    crs: str = "",
    mend: bool = False,
    source: str = "",
    licence: str = "",
    as_at: date,
    received_on: date,
    replace: bool = False,
    partnership: Partnership | None = None,
) -> ImportReport:
    """Take a file's areas into table `area_boundary`, as one edition of one kind, by the way of all imports.

    The file's name in the store is `boundaries KIND VINTAGE`: one edition, one file.
    """
    areas = read_boundaries(path, columns, crs=crs, mend=mend).with_columns(
        pl.col("geometry").bin.encode("hex"),
        vintage=pl.lit(vintage),
        kind=pl.lit(kind),
        source=pl.lit(source or path.name),
        licence=pl.lit(licence or None, pl.String),
    )
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / f"{path.name.split('.')[0]}.csv"
        areas.write_csv(rows)
        return import_file(
            store,
            rows,
            organisation_id=organisation_id,
            source=f"boundaries {kind} {vintage}",
            as_at=as_at,
            received_on=received_on,
            table="area_boundary",
            replace=replace,
            partnership=partnership,
            longest_record_bytes=LONGEST_OUTLINE,
        )


def _opened(path: Path) -> Any:
    if not path.is_file():
        raise Refused(Fault("is not there", "check the name and the folder", str(path)))
    reader = geopandas()
    name = path.name.lower()
    try:
        frame = reader.read_file(f"/vsigzip/{path.resolve()}" if name.endswith(".gz") else path)
    except Exception as fault:  # whatever GDAL makes of a file that is none of its kinds
        problem = f"cannot be read as boundaries ({type(fault).__name__})"
        remedy = "send a GeoPackage, a GeoJSON (.geojson, .geojson.gz) or a Shapefile with its .shx, .dbf and .prj"
        raise Refused(Fault(problem, remedy, path.name)) from None
    if not hasattr(frame, "geometry") or not len(frame):
        raise Refused(Fault("holds no areas", "export the layer with its outlines", path.name))
    return frame


def _known(frame: Any, columns: BoundaryColumns, file: str) -> BoundaryColumns:
    """Return the columns, the code's found by its look: every area its own nine characters, as E05000026."""
    there = [name for name in frame.columns if name != frame.geometry.name]
    faults = [
        Fault("is not a column of the file", f"its columns are {', '.join(there)}", file, field=name)
        for name in (columns.code, columns.name, columns.parent)
        if name and name not in there
    ]
    if not columns.code:
        codes = [name for name in there if frame[name].astype(str).str.fullmatch(r"[EWSN]\d{8}").all()]
        unique = [name for name in codes if frame[name].is_unique]
        if len(unique) != 1:
            remedy = f"name the column with --code: {', '.join(there)}"
            faults.append(Fault("no one column holds an area code of its own in every row", remedy, file))
        else:
            columns = BoundaryColumns(unique[0], columns.name, columns.parent)
    if faults:
        raise Refused(faults)
    twice = frame[columns.code][frame[columns.code].duplicated()].unique()[:SHOWN]
    if len(twice):
        remedy = "dissolve the parts of each into one area of several parts"
        raise Refused([Fault("stands in several rows", remedy, file, field=columns.code, value=str(c)) for c in twice])
    return columns


def _projected(frame: Any, crs: str, file: str) -> tuple[Any, list[Fault]]:
    """Return the outlines on the grid, or what speaks against the file's word about its projection."""
    outlines = frame.geometry
    if outlines.crs is None and not crs:
        return outlines, [Fault("names no projection", "send its .prj file too, or say --crs EPSG:27700", file)]
    if outlines.crs is None:
        outlines = outlines.set_crs(crs)
    low_x, low_y, high_x, high_y = (float(edge) for edge in outlines.total_bounds)
    if low_x != low_x:  # not a number: no area has an outline, which is said of each
        return outlines.to_crs(GRID), []
    small = max(abs(low_x), abs(low_y), abs(high_x), abs(high_y)) <= 360
    if outlines.crs.is_projected and small:
        return outlines, [Fault("holds degrees, and says that they are metres", "say --crs EPSG:4326", file)]
    if outlines.crs.is_geographic and not small:
        return outlines, [Fault("holds metres, and says that they are degrees", "give it its own projection", file)]
    if outlines.crs.is_geographic and low_x > 48 and high_y < 10:
        return outlines, [Fault("has longitude and latitude swapped", "write longitude first", file)]
    outlines = outlines.to_crs(GRID)
    low_x, low_y, high_x, high_y = (float(edge) for edge in outlines.total_bounds)
    if low_x < BRITAIN[0] or low_y < BRITAIN[1] or high_x > BRITAIN[2] or high_y > BRITAIN[3]:
        return outlines, [Fault("has areas outside Great Britain", "check its projection, and 0, 0 coordinates", file)]
    return outlines, []


def _sound(outlines: Any, codes: list[str], mend: bool, file: str) -> tuple[Any, list[Fault]]:
    """Return the outlines at one metre, or the areas that have none, cross themselves or vanish."""
    import numpy as np
    import shapely
    from geopandas import GeoSeries

    shapes = np.asarray(outlines.force_2d().array)
    kinds = shapely.get_type_id(shapes)
    polygons = (kinds == 3) | (kinds == 6) | (mend & (kinds == 7))
    none = shapely.is_missing(shapes) | shapely.is_empty(shapes) | ~polygons
    crossed = ~none & ~shapely.is_valid(shapes) & (not mend)
    if mend:
        shapes = shapely.buffer(shapely.make_valid(shapes, method="structure"), 0.0)
    sound = shapes.copy()
    sound[crossed] = None
    snapped = shapely.set_precision(sound, 1.0)
    gone = ~none & ~crossed & (shapely.area(snapped) < LEAST_AREA)
    faults = [
        *_named(
            none,
            codes,
            "has no outline of one or more polygons",
            "send polygons; --mend takes those among lines and points",
            file,
        ),
        *_named(crossed, codes, "has an outline that crosses itself", "correct it, or say --mend", file),
        *_named(gone, codes, "vanishes at one metre", "merge the sliver into the area that it was cut from", file),
    ]
    return GeoSeries(snapped, crs=GRID), faults


def _named(wrong: Any, codes: list[str], problem: str, remedy: str, file: str) -> Iterator[Fault]:
    found = [code for code, bad in zip(codes, wrong, strict=True) if bad]
    yield from (Fault(problem, remedy, file, field="area", value=code) for code in found[:SHOWN])
    if len(found) > SHOWN:
        yield Fault(f"and {len(found) - SHOWN:,} more areas: {problem}", remedy, file)


def _missing(value: Any) -> bool:
    return value is None or value != value or not str(value).strip()
