"""The ground rules: silence is not zero, editions do not mix, neighbours meet, points lie in areas."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import geopandas
import numpy as np
import polars as pl
import pytest
import shapely
from tests.places.made_up_ground import EAST, NORTH, reports, told, town

from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.places.concentration import concentration_answer
from whatworks.papers.places.hot_spots import _blocks, _hour_table
from whatworks.places import Areas, areas_of, incidents_of, place_concentration
from whatworks.places.drawing import drawn
from whatworks.places.gaps import _findings, silences
from whatworks.places.hot_spots import _hours, _repeats
from whatworks.records.boundaries import BoundaryColumns, read_boundaries
from whatworks.records.refusal import Refused
from whatworks.statistics.places.aoristic import aoristic

FEB = datetime(2024, 2, 5, 10)


@pytest.mark.parametrize("asks", ["centres", "touching", "neighbours", "at", "drawn"])
def test_without_the_extra_whatever_needs_outlines_says_how_to_get_it(
    asks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    areas = replace(town(), outlines=(b"",))
    for module in ("geopandas", "pyogrio", "shapely"):
        monkeypatch.setitem(sys.modules, module, None)  # importing it raises, as where it is not installed
    with pytest.raises(Refused, match=r"pip install 'whatworks\[places\]'"):
        if asks == "drawn":
            drawn(areas, [0] * len(areas), 1)
        elif asks == "at":
            areas.at(np.zeros(1), np.zeros(1))
        else:
            getattr(areas, asks)


def test_an_agency_that_sent_nothing_from_a_borough_in_a_month_is_not_known_there_and_never_zero() -> None:
    found = told(
        {"area_code": "W00"},
        {"area_code": "W00", "from_time": FEB, "kind": "theft"},
        *[{"area_code": "W02"}] * 20,
    )  # in February nothing from borough B1, whose wards are in columns 2 and 3, and which sends ten a month
    assert found.months[1].month == 2
    counts = found.counts("asb").reshape(3, 4, 2)
    assert counts[0, 0].tolist() == [1.0, 0.0]  # known: the theft shows that police sent February
    assert np.isnan(counts[:, 2:, 1]).all()
    assert not np.isnan(counts[:, :2]).any()


def test_a_borough_that_an_agency_is_silent_about_is_not_known_where_boroughs_are_the_areas() -> None:
    boroughs = replace(town(3, 1), kind="borough", parents=(None, None, None))
    found = told(*[{"area_code": "W00"}] * 40, *[{"area_code": "W01"}] * 30, areas=boroughs)
    assert found.counts()[:2, 0].tolist() == [40, 30] and np.isnan(found.counts()[2, 0])
    assert silences(found) == ("police sent nothing from W02",)


def test_a_month_without_a_report_from_where_few_come_is_zero() -> None:
    found = told({"area_code": "W02"}, {"area_code": "W00"}, {"area_code": "W00", "from_time": FEB})
    assert found.counts()[2].tolist() == [1.0, 0.0]


def test_where_several_agencies_are_asked_for_all_must_have_sent() -> None:
    found = told(
        {"area_code": "W00"}, {"area_code": "W02", "organisation_id": "council"}, agencies=("police", "council")
    )
    assert np.isnan(found.counts()).all()
    silent = told({"area_code": "W00"}, agencies=("police", "housing"))
    assert np.isnan(silent.counts()).all()


def test_reports_that_share_a_reference_are_one_incident() -> None:
    found = told(
        {"area_code": "W00", "incident_ref": "r"},
        {"area_code": "W00", "incident_ref": "r", "organisation_id": "council"},
        {"area_code": "W00", "organisation_id": "council"},
        agencies=("police", "council"),
    )
    assert found.counts().sum(where=~np.isnan(found.counts())) == 2


def test_a_code_of_another_edition_is_refused_with_the_look_up_that_would_mend_it() -> None:
    row = {"area_code": "W00", "area_vintage": "2018"}
    with pytest.raises(Refused, match="look-up from 2018 to 2025"):
        told(row)
    lookup = pl.DataFrame({"area_code": ["W00"], "vintage": ["2018"], "other_code": ["W05"]})
    found = incidents_of(reports(row), town(), ("police",), lookup)
    assert found.rows["area"].to_list() == [5]


def test_a_point_lies_in_its_area_and_one_in_the_sea_in_none() -> None:
    found = told(
        {"easting": EAST + 1500.0, "northing": NORTH + 500.0},
        {"easting": EAST - 10.0, "northing": NORTH + 500.0},
        {"easting": EAST + 1000.0, "northing": NORTH + 1000.0},  # a corner of four wards: the first
    )
    assert found.rows["area"].to_list() == [1, -1, 0]
    assert found.nowhere == 1


def test_areas_that_do_not_meet_stop_the_work() -> None:
    apart = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(21, 0, 30, 10)]
    frame = pl.DataFrame({"area_code": ["a", "b", "c"], "geometry": [shapely.to_wkb(shape) for shape in apart]})
    with pytest.raises(Refused, match='area "c": touches no other area at one metre'):
        _ = areas_of(frame, "ward", "2025").neighbours
    pairs = [*apart[:2], shapely.box(30, 0, 40, 10), shapely.box(40, 0, 50, 10)]
    frame = pl.DataFrame({"area_code": list("abcd"), "geometry": [shapely.to_wkb(shape) for shape in pairs]})
    with pytest.raises(Refused, match="fall into 2 parts"):
        _ = areas_of(frame, "ward", "2025").neighbours


def _file(path: Path, shapes: list[object], crs: str | None, codes: list[str] | None = None) -> Path:
    codes = codes or [f"E0500000{at}" for at in range(len(shapes))]
    geopandas.GeoDataFrame({"code": codes}, geometry=shapes, crs=crs).to_file(path)
    return path


BOX, DEGREES = shapely.box(530000, 180000, 531000, 181000), shapely.box(-0.1, 51.5, -0.09, 51.51)
BOWTIE = shapely.Polygon([(530000, 180000), (531000, 181000), (531000, 180000), (530000, 181000)])


@pytest.mark.parametrize("name", ["areas.gpkg", "areas.shp", "areas.geojson"])
def test_boundaries_of_each_kind_of_file_come_out_in_metres(tmp_path: Path, name: str) -> None:
    frame = read_boundaries(_file(tmp_path / name, [DEGREES], "EPSG:4326"))
    assert frame["area_code"].to_list() == ["E05000000"]
    (x, y), *_ = shapely.get_coordinates(shapely.from_wkb(frame["geometry"][0]))
    assert 531000 < x < 533000 and 179000 < y < 182000 and x == round(x)


@pytest.mark.parametrize(
    ("shapes", "crs", "words"),
    [
        ([BOX], None, "names no projection"),
        ([DEGREES], "EPSG:27700", "holds degrees, and says that they are metres"),
        ([BOX], "EPSG:4326", "holds metres, and says that they are degrees"),
        ([shapely.box(51.5, -0.1, 51.51, -0.09)], "EPSG:4326", "longitude and latitude swapped"),
        ([BOX, shapely.box(0, 0, 0.01, 0.01)], "EPSG:27700", "vanishes at one metre"),
        ([DEGREES, shapely.box(-0.001, -0.001, 0, 0)], "EPSG:4326", "outside Great Britain"),
        ([BOWTIE], "EPSG:27700", "crosses itself"),
        ([shapely.Point(530000, 180000)], "EPSG:27700", "no outline"),
        ([shapely.Polygon()], "EPSG:4326", "no outline"),
    ],
)
def test_what_would_make_a_map_a_lie_is_refused(
    tmp_path: Path, shapes: list[object], crs: str | None, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        read_boundaries(_file(tmp_path / "areas.gpkg", shapes, crs))


def test_a_crossing_outline_is_mended_where_asked_and_holes_and_parts_stay(tmp_path: Path) -> None:
    frame = read_boundaries(_file(tmp_path / "a.gpkg", [BOWTIE], "EPSG:27700"), mend=True)
    assert shapely.area(shapely.from_wkb(frame["geometry"][0])) == pytest.approx(500_000)
    ring = shapely.difference(BOX, shapely.box(530400, 180400, 530600, 180600))
    parts = shapely.union(ring, shapely.box(532000, 180000, 532500, 180500))
    frame = read_boundaries(_file(tmp_path / "b.gpkg", [parts], "EPSG:27700"))
    assert shapely.area(shapely.from_wkb(frame["geometry"][0])) == 1_000_000 - 40_000 + 250_000


def test_a_code_twice_and_a_column_that_is_not_there_are_refused(tmp_path: Path) -> None:
    path = _file(tmp_path / "a.gpkg", [BOX, BOX], "EPSG:27700", ["E05000001", "E05000001"])
    with pytest.raises(Refused, match="no one column holds an area code"):
        read_boundaries(path)
    with pytest.raises(Refused, match="stands in several rows"):
        read_boundaries(path, BoundaryColumns("code"))
    with pytest.raises(Refused, match="its columns are code"):
        read_boundaries(path, BoundaryColumns("cod"))


@pytest.mark.real_data
def test_neighbours_of_londons_small_areas_are_those_of_the_published_figures(shared_data: Path) -> None:
    """0 islands and 5.91 neighbours on average among the 4,829 of the police's file (methods, section 1)."""
    areas = areas_of(read_boundaries(shared_data / "london-geography/london_lsoa_2011.geojson.gz"), "lsoa", "2011")
    assert len(areas) == 4835
    crime = pl.read_parquet(shared_data / "mps-crime/mps_lsoa11_annual_2011_2021.parquet")
    sent = set(crime[next(name for name in crime.columns if "lsoa" in name.lower())])
    known = areas.only(np.array([code in sent for code in areas.codes]))
    assert len(known) == 4829
    counts = known.neighbours.counts
    assert (counts == 0).sum() == 0 and round(float(counts.mean()), 2) == 5.91


def test_of_reports_with_one_reference_the_one_that_has_a_place_counts() -> None:
    council = {"organisation_id": "council", "incident_ref": "r"}
    found = told(council, {"area_code": "W03", "incident_ref": "r"}, agencies=("council", "police"))
    assert found.distinct()["area"].to_list() == [3]


def test_references_that_start_anew_are_refused_and_never_make_two_incidents_one() -> None:
    rows = [{"area_code": "W00", "incident_ref": "1", "from_time": datetime(2024, month, 5)} for month in (1, 3, 6)]
    with pytest.raises(Refused, match="1 of 1 references come again over 31 days apart"):
        told(*rows).counts()


def test_a_month_that_an_agency_sent_in_part_is_not_known() -> None:
    """Twelve reports a month after the 15th are usual: a month that ends on the 15th is no fall."""
    days = {1: range(1, 28), 2: range(1, 28), 3: range(1, 16)}
    rows = [{"area_code": "W00", "from_time": datetime(2024, m, day)} for m, some in days.items() for day in some]
    found = told(*rows)
    assert found.partial.tolist() == [[False, False, True]]
    assert found.counts()[0, :2].tolist() == [27, 27] and np.isnan(found.counts()[:, 2]).all()
    assert silences(found)[0] == "police sent only a part of March 2024"
    from_the_middle = [{"area_code": "W00", "from_time": datetime(2024, m, day)} for m in (1, 2)
                       for day in range(20 if m == 1 else 1, 28)]  # fmt: skip
    assert told(*from_the_middle).partial.tolist() == [[True, False]]
    by_month = [row | {"time_precision": "month"} for row in rows]
    assert not told(*by_month).partial.any()


def test_need_is_not_judged_by_reports_of_areas_whose_residents_are_not_known() -> None:
    """Of two areas with known residents W01 has more a head; taken as one resident each, the others would hide that."""
    areas = town(10, 1)
    people = np.where(np.arange(10) < 2, areas.people, np.nan)
    rows = [{"area_code": f"W0{at}"} for at, many in enumerate((9, 10, *[2] * 8)) for _ in range(many)]
    found = told(*rows, areas=replace(areas, people=people))
    assert {one.finding for one in _findings(found, found.totals(), None, {"W01": 9.0})} == {""}


def test_neither_shares_of_a_known_total_nor_strays_give_back_few_incidents() -> None:
    """Of 30 the first ward has 8, 26.7%; the first two have 10. Three more lie nowhere, and 20 thefts beside."""
    rows = [{"area_code": f"W{at:02d}"} for at in range(12) for _ in range(2 if at else 8)]
    away = [{"area_code": "W99"}] * 3 + [{"area_code": "W99", "kind": "theft"}] * 20
    said = concentration_answer(place_concentration(told(*rows, *away), "asb"), 10).sentences
    assert "The most crowded 10% of areas hold 33.3%." in said and "26.7%" not in " ".join(said)
    assert "Fewer than 10 reports lie in none of the areas." in said[-1]


def test_hours_in_which_few_incidents_lie_are_withheld() -> None:
    """Of 101 five lie on a Tuesday morning: 5% of a known total would say so, and so would 95% on Monday alone."""
    monday = [(datetime(2024, 1, 1, 9), None)] * 96
    week = aoristic([*monday, *[(datetime(2024, 1, 2, 9), None)] * 5])
    (table,) = _hour_table(week, clear_parts({name: int(of) for name, of in _blocks(week)}, 10))
    assert [row["08 to 12"] for row in table.document()[:3]] == ["[c]", "[c]", "0"]


def test_hours_and_repeats_are_of_the_areas_that_are_asked_about() -> None:
    """A hundred in W00 in the morning; sixty of another borough at night are no part of an answer on this one."""
    here = {"area_code": "W00", "easting": EAST + 10.0, "northing": NORTH + 10.0}
    there = {"area_code": "W99", "from_time": datetime(2024, 1, 5, 22)}
    found = told(*[here] * 100, *[there] * 60)
    hours, (repeats, _) = _hours(found, None), _repeats(found, None, 9, 1)
    assert not isinstance(hours, str) and hours.weights.sum() == 100
    assert isinstance(repeats, str) or repeats.events == 100


def squares(*boxes: tuple[float, float, float, float]) -> Areas:
    import shapely

    shapes = shapely.box(*np.array(boxes).T)
    codes = [f"T{at}" for at in range(len(boxes))]
    return areas_of(pl.DataFrame({"area_code": codes, "geometry": shapely.to_wkb(shapes).tolist()}), "ward", "2025")


def test_a_corner_on_the_middle_of_a_side_touches_it() -> None:
    """Two wards north of one: the corner where they meet lies on its side. The fourth is a metre away."""
    areas = squares((0, 0, 200, 100), (0, 100, 90, 200), (90, 100, 200, 200), (201, 0, 300, 200))
    links = areas.touching.links.toarray()
    assert links[0].tolist() == [0, 1, 1, 0] and links[3].sum() == 0


def test_a_side_that_rounding_moved_off_a_corner_still_touches_it() -> None:
    """The side from (0, 0) to (301, 100) passes (150, 49.83), where another's corner was rounded to (150, 50)."""
    import shapely

    shapes = [shapely.Polygon([(0, 0), (301, 100), (301, -50)]), shapely.Polygon([(150, 50), (0, 300), (300, 300)])]
    frame = pl.DataFrame({"area_code": ["T0", "T1"], "geometry": [shapely.to_wkb(one) for one in shapes]})
    assert areas_of(frame, "ward", "2025").touching.counts.tolist() == [1, 1]


def test_a_point_far_from_the_area_that_its_code_names_is_told() -> None:
    """Twelve reports name W00 and lie two kilometres from it; one lies 900 m from it, one in it."""
    ground = town()
    x, y = ground.centres[0]
    east = [*[3000.0] * 12, 1400.0, 0.0]
    rows = [{"easting": float(x) - far, "northing": float(y), "area_code": "W00", "area_vintage": "2025",
             "from_time": FEB} for far in east]  # fmt: skip
    found = incidents_of(reports(*rows), ground, ("police",))
    assert found.strays()["far"].height == 12 and (found.rows["area"] == 0).all()
    sentences = " ".join(concentration_answer(place_concentration(found), 10).sentences)
    assert "12 reports give a point over 1 km from the area that they name, which is believed." in sentences
