"""Places at London's size: a million points to wards beside geopandas' bare join, Gi* beside the bare product.

And what is found where nothing is planted: in made-up towns whose counts are Poisson and nothing else, how often any
area is called a hot spot at a false-discovery rate of 5%, and how often the scan's circle has a p of 5% or less.
"""

import argparse
import time

import geopandas
import numpy as np
import polars as pl
import shapely

from whatworks.places import Areas, areas_of
from whatworks.statistics.places.getis_ord import getis_ord, gi_z
from whatworks.statistics.places.neighbours import Neighbours, linked
from whatworks.statistics.places.scan import circular_scan

SIDE = 1000.0


def crooked(columns: int, rows: int, bends: int, rng: np.random.Generator) -> Areas:
    """Return crooked wards that meet exactly, each side with so many bends."""
    corners = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1)), axis=-1) * SIDE
    corners = corners + rng.uniform(-200, 200, corners.shape)

    def sides(start: np.ndarray, end: np.ndarray) -> np.ndarray:
        along = np.linspace(0, 1, bends + 1)[:-1, None, None, None]
        shift = rng.normal(0, 20, (bends, *start.shape))
        shift[0] = 0
        return start + (end - start) * along + shift

    across, up = sides(corners[:, :-1], corners[:, 1:]), sides(corners[:-1], corners[1:])
    wards = []
    for row in range(rows):
        for column in range(columns):
            top = np.vstack([across[1:, row + 1, column][::-1]])
            left = up[:, row, column][::-1]
            ring = [
                across[:, row, column], up[:, row, column + 1], [corners[row + 1, column + 1]], top,
                [corners[row + 1, column]], left[:-1],
            ]  # fmt: skip
            wards.append(shapely.Polygon(np.vstack(ring)))
    frame = pl.DataFrame(
        {
            "area_code": [f"W{at:06d}" for at in range(len(wards))],
            "geometry": [shapely.to_wkb(shape) for shape in wards],
        }
    )
    return areas_of(frame, "ward", "made up")


def lattice(columns: int, rows: int) -> tuple[Neighbours, np.ndarray]:
    """Return the neighbours and the centres of square areas."""
    place = np.arange(columns * rows)
    at = np.column_stack([place % columns, place // columns]).astype(float)
    squares = shapely.box(*at.T, *(at + 1).T)
    return linked(*shapely.STRtree(squares).query(squares, predicate="intersects"), place.size), at


def points(wards: int, many: int, rng: np.random.Generator) -> None:
    """Print how long so many points take to their wards, beside the bare join."""
    columns = round(wards**0.5)
    areas = crooked(columns, wards // columns, 40, rng)
    x, y = rng.uniform(0, SIDE * columns, many), rng.uniform(0, SIDE * (wards // columns), many)
    _ = areas.shapes
    start = time.process_time()
    ours = areas.at(x, y)
    mine = time.process_time() - start
    frame = geopandas.GeoDataFrame({"area": range(len(areas))}, geometry=list(areas.shapes), crs="EPSG:27700")
    start = time.process_time()
    dots = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y), crs="EPSG:27700")
    theirs = dots.sjoin(frame, how="left", predicate="intersects")
    bare = time.process_time() - start
    same = theirs[~theirs.index.duplicated()]["area"].fillna(-1).to_numpy()
    print(f"{many:,} points to {len(areas)} wards: {mine:.2f} s, sjoin {bare:.2f} s, ratio {mine / bare:.2f}; "
          f"the same ward for {(same == ours).mean():.6f}")  # fmt: skip


def local(areas: int, rng: np.random.Generator) -> None:
    """Print how long Gi* of so many areas takes, beside the sparse product alone."""
    neighbours, _ = lattice(round(areas**0.5), areas // round(areas**0.5))
    values = rng.poisson(20, neighbours.links.shape[0]).astype(float)
    links, times = neighbours.links, []
    for work in (lambda: links @ values, lambda: gi_z(values, links), lambda: getis_ord(values, links)):
        work()
        start = time.process_time()
        for _ in range(200):
            work()
        times.append((time.process_time() - start) / 200 * 1000)
    bare, statistic, whole = times
    print(f"Gi* of {values.size:,} areas: {statistic:.3f} ms, the bare product {bare:.3f} ms, ratio "
          f"{statistic / bare:.1f}; with p and q {whole:.2f} ms")  # fmt: skip


def nothing_planted(towns: int, seed: int = 1) -> tuple[float, float]:
    """Return in which share of towns without any pattern a hot spot, or a cluster, is told."""
    neighbours, centres = lattice(12, 8)
    people = np.full(96, 5000.0)
    hot = cluster = 0
    for town in range(towns):
        rng = np.random.default_rng([seed, town])
        counts = rng.poisson(40.0, 96).astype(float)
        hot += bool(getis_ord(counts / people, neighbours.links).high.any())
        cluster += circular_scan(counts, people, centres, draws=99, seed=town).p <= 0.05
    return hot / towns, cluster / towns


def main() -> None:
    """Print the marks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--wards", type=int, default=633)
    parser.add_argument("--areas", type=int, default=4_835)
    parser.add_argument("--towns", type=int, default=500)
    asked = parser.parse_args()
    rng = np.random.default_rng(1)
    points(asked.wards, asked.points, rng)
    local(asked.areas, rng)
    hot, cluster = nothing_planted(asked.towns)
    print(f"{asked.towns} towns with nothing planted: a hot spot is told in {hot:.1%}, a cluster in {cluster:.1%}; at "
          "most 5% are stated for each")  # fmt: skip


if __name__ == "__main__":
    main()
