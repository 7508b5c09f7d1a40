"""London's own figures: police-uk's points, the police's wards and small areas; silence is not known, not zero."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.papers.places.words import map_figure
from whatworks.pictures.drawing import svg
from whatworks.places import Areas, Incidents, areas_of, hot_spots, incidents_of
from whatworks.places.trend import trend_of
from whatworks.records.boundaries import BoundaryColumns, read_boundaries
from whatworks.records.refusal import Refused
from whatworks.statistics.multiplicity import false_discovery
from whatworks.statistics.places.getis_ord import _drawn, getis_ord
from whatworks.statistics.places.moran import morans_i

pytestmark = pytest.mark.real_data
ABSENT = 8


@pytest.fixture(scope="module")
def small_areas(shared_data: Path) -> tuple[Areas, np.ndarray]:
    """Return London's 4,835 small areas of 2011, residents and burglaries of 2019 (not a number: not known)."""
    outlines = read_boundaries(shared_data / "london-geography/london_lsoa_2011.geojson.gz")
    people = pl.read_csv(shared_data / "london-population/london_mid2019_pop.csv.gz", infer_schema_length=5000)
    total = "Persons_All-Ages"
    people = people.select(area_code="LSOA11CD", population=pl.col(total).cast(pl.Int64))
    crime = pl.read_parquet(shared_data / "mps-crime/mps_lsoa11_annual_2011_2021.parquet")
    sent = set(crime["LSOA11CD"])
    burglary = crime.filter(year=2019, level="major", category="burglary")
    areas = areas_of(outlines.join(people, on="area_code", how="left"), "lsoa", "2011")
    counted = dict(burglary.select("LSOA11CD", "count").iter_rows())
    return areas, np.array([counted.get(code, 0.0) if code in sent else np.nan for code in areas.codes])


def test_six_areas_of_another_force_are_not_known_and_never_zero(small_areas: tuple[Areas, np.ndarray]) -> None:
    areas, counts = small_areas
    assert len(areas) == 4835 and int(np.isnan(counts).sum()) == 6
    assert {areas.codes[at][:3] for at in np.flatnonzero(np.isnan(counts))} == {"E01"}
    figure = map_figure(areas, [None if np.isnan(one) else 0 for one in counts], ("any",), ("#12436D",), "t", "f")
    assert figure is not None and "not known, hatched (6)" in str(figure.draw())


def test_moran_and_hot_spots_of_burglary_are_the_published_figures(small_areas: tuple[Areas, np.ndarray]) -> None:
    areas, counts = small_areas
    known = areas.only(~np.isnan(counts))
    counts = counts[~np.isnan(counts)]
    rates = 1000 * counts / known.people
    found = morans_i(rates, known.neighbours.rows_of_one)
    assert (found.i, found.z) == (pytest.approx(0.470708, abs=5e-7), pytest.approx(56.74, abs=0.005))
    assert morans_i(counts, known.neighbours.rows_of_one).i == pytest.approx(0.492915, abs=5e-7)
    spots = getis_ord(rates, known.neighbours.links)
    assert (spots.tests, spots.raw, int((spots.high | spots.low).sum())) == (4829, 353, 101)


@pytest.fixture(scope="module")
def wards(shared_data: Path) -> Areas:
    columns = BoundaryColumns("gss_code", "name", "borough_code")
    path = shared_data / "london-geography/london_wards_2018.geojson.gz"
    return areas_of(read_boundaries(path, columns), "ward", "2018")


@pytest.fixture(scope="module")
def street_crime(shared_data: Path, wards: Areas) -> Incidents:
    """Return 1,153,527 street-level crimes in wards by their points: months only, and moved to published points."""
    rows = pl.read_parquet(shared_data / "police-uk/street-crime-2016-07-to-2017-12.parquet")
    return incidents_of(
        rows.select(
            organisation_id=pl.lit("met"), organisation_kind=pl.lit("police"), incident_id=pl.col("id").cast(pl.String),
            incident_ref=pl.lit(None, pl.String), kind=pl.col("category").cast(pl.String),
            from_time=(pl.col("month").cast(pl.String) + "-01").str.to_datetime("%Y-%m-%d"),
            to_time=pl.lit(None, pl.Datetime("us")), time_precision=pl.lit("month"), place_precision=pl.lit("snapped"),
            easting=pl.lit(None, pl.Float64), northing=pl.lit(None, pl.Float64), longitude="lon", latitude="lat",
            area_code=pl.lit(None, pl.String), area_vintage=pl.lit(None, pl.String),
        ),
        wards,
        ("met",),
    )  # fmt: skip


def test_street_crimes_lie_in_wards_and_eight_boroughs_are_not_known(street_crime: Incidents, wards: Areas) -> None:
    assert street_crime.rows.height == 1_153_527
    assert street_crime.nowhere < 0.001 * 1_153_527
    totals = street_crime.totals()
    unknown = {wards.parents[at] for at in np.flatnonzero(~totals.known)}
    heard = {wards.parents[at] for at in np.flatnonzero(totals.known)}
    assert len(unknown) == ABSENT and len(heard) == 33 - ABSENT and not unknown & heard
    strays = street_crime.rows.filter(pl.col("area").is_in(np.flatnonzero(~totals.known).tolist())).height
    assert np.nansum(totals.values) == 1_153_527 - street_crime.nowhere - strays


def test_what_the_points_are_too_coarse_for_is_said(street_crime: Incidents, wards: Areas) -> None:
    inner = Incidents(
        wards, street_crime.rows.filter(kind="burglary").sample(20_000, seed=1).sort("incident_id"), ("met",)
    )
    known = inner.totals().known
    part = areas_of(pl.DataFrame({"area_code": [wards.codes[at] for at in np.flatnonzero(known)]}), "ward", "2018")
    assert len(part) < len(wards)
    from whatworks.places.hot_spots import _hours, _repeats

    assert "near repeats need days and places as recorded" in str(_repeats(inner, "burglary", 9, 1)[0])
    assert "time of day" in str(_hours(inner, "burglary"))
    assert callable(hot_spots)


def test_major_categories_are_the_sum_of_their_minors_and_wards_have_trends(shared_data: Path, wards: Areas) -> None:
    """Minor categories of 679 wards add up to the boroughs' major ones, but for crimes without a ward: never more."""
    folder = shared_data / "mps-crime"
    ward, borough = (
        pl.read_csv(folder / f"mps_{name}_202401_202512.csv.gz", infer_schema_length=20_000)
        for name in ("ward", "borough")
    )
    months = [name for name in ward.columns if name.isdigit()]
    sums = [
        frame.group_by("MajorText", pl.col(place).alias("borough")).agg(pl.col(months).cast(pl.Int64).sum())
        for frame, place in ((ward, "LookUp_BoroughName"), (borough, "BoroughName"))
    ]
    both = sums[0].join(sums[1], on=["MajorText", "borough"], suffix="_borough")
    short = {
        major: sum(int((rows[f"{month}_borough"] - rows[month]).sum()) for month in months)
        for (major,), rows in both.sort("MajorText").group_by("MajorText", maintain_order=True)
    }
    total = sum(int(sums[1][month].sum()) for month in months)
    assert both.height >= 12 * 31 and total == 1_850_808
    assert min(short.values()) >= 0 and sum(short.values()) == 52_573  # 2.8%, by adding up both files
    robbery = (
        ward.filter(MajorText="ROBBERY")
        .group_by("WardCode")
        .agg(pl.col(months).cast(pl.Float64).sum())
        .sort("WardCode")
    )
    areas = areas_of(robbery.select(area_code="WardCode"), "ward", "2025")
    first, last = (date(int(name[:4]), int(name[4:]), 1) for name in (months[0], months[-1]))
    ground = Incidents(areas, pl.DataFrame({"month": [first, last], "organisation_id": ["met"] * 2}), ("met",))
    found = trend_of(ground, robbery.select(months).to_numpy(), "robbery", 3)
    told = [area for area in found.areas if area.verdict in ("up", "down", "unsteady")]
    assert found.whole.verdict in ("up", "down", "no change told", "unsteady")
    assert 50 < found.told < 679 and len(told) < 0.3 * found.told and found.by_chance < 0.1 * found.told


def test_a_map_of_londons_wards_is_small_and_says_what_is_not_known(street_crime: Incidents, wards: Areas) -> None:
    values = street_crime.totals().values
    classes = [None if np.isnan(one) else int(np.searchsorted([1000, 2000, 4000], one)) for one in values]
    words = ("under 1,000", "1,000 to 1,999", "2,000 to 3,999", "4,000 or more")
    figure = map_figure(wards, classes, words, ("#E4ECF4", "#B3CBE0", "#3F74A3", "#12436D"), "Crimes", "Finding")
    assert figure is not None
    chart = figure.draw()
    assert isinstance(chart, dict)
    drawn = svg(chart)
    assert len(drawn.encode()) < 400_000 and "not known, hatched" in drawn and drawn.count("<path") > 20


def test_local_moran_of_burglary_finds_602_areas_one_by_one_and_none_beyond_chance(
    small_areas: tuple[Areas, np.ndarray],
) -> None:
    """Given an area's own value, its local Moran's p is that of its neighbours' sum among the others' values.

    999 permutations give 602 of 4,829 (methods, section 1; the draws differ), and after false-discovery control none,
    by construction: the least p is 0.002. That is why so few are refused.
    """
    areas, counts = small_areas
    known = areas.only(~np.isnan(counts))
    rates = 1000 * counts[~np.isnan(counts)] / known.people
    links = known.neighbours.links
    p = _drawn(rates, links, 999, 1)
    assert abs(int((p <= 0.05).sum()) - 602) < 30
    assert min(false_discovery(p.tolist())) > 0.05
    with pytest.raises(Refused, match="999 permutations cannot tell 4,829 tests apart"):
        getis_ord(rates, links, star=False, draws=999)


def test_no_small_area_has_more_of_a_minor_category_than_of_its_major_one(shared_data: Path) -> None:
    """By small area the file has two minors: 212,564 bicycles of 2,354,360 thefts, 280,197 of 1,103,799 of vehicles."""
    rows = pl.read_parquet(shared_data / "mps-crime/mps_lsoa11_annual_2011_2021.parquet")
    assert sorted(rows.filter(level="minor")["category"].unique()) == ["theft-bicycle", "theft-vehicle"]
    for minor, major, part, whole in (
        ("theft-bicycle", "theft-all", 212_564, 2_354_360),
        ("theft-vehicle", "vehicle-offences", 280_197, 1_103_799),
    ):
        sums = [rows.filter(level=level, category=category).group_by("LSOA11CD", "year").agg(pl.col("count").sum())
                for level, category in (("minor", minor), ("major", major))]  # fmt: skip
        both = sums[0].join(sums[1], on=["LSOA11CD", "year"], how="left", suffix="_major")
        assert (sums[0]["count"].sum(), sums[1]["count"].sum()) == (part, whole)
        assert both.filter(pl.col("count") > pl.col("count_major").fill_null(0)).is_empty()
