"""Where nothing is planted little is found, at the stated rate; and what no statistic can be made of is refused."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
import shapely
from tests.places.made_up_ground import reports, told, town

from whatworks.places import areas_of, hot_spots, incidents_of, place_concentration, place_trend
from whatworks.records.imports.importing import ImportReport
from whatworks.records.refusal import Refused
from whatworks.statistics.places.getis_ord import getis_ord
from whatworks.statistics.places.scan import circular_scan

TOWNS = 50


def test_in_towns_without_a_pattern_hot_spots_and_clusters_are_told_at_the_stated_rate() -> None:
    """At most 5% each: of 50, more than six has a chance of 1.2%. One by one nearly every town would have one."""
    areas = town(columns=12, rows=8, people=5000)
    hot = raw = cluster = 0
    for seed in range(TOWNS):
        counts = np.random.default_rng([7, seed]).poisson(40.0, 96).astype(float)
        found = getis_ord(1000 * counts / areas.people, areas.neighbours.links)
        hot += bool((found.high | found.low).any())
        raw += found.raw > 0
        cluster += circular_scan(counts, areas.people, areas.centres, draws=99, seed=seed).p <= 0.05
    assert hot <= 6 and cluster <= 6
    assert raw >= 45


def test_one_area_no_events_and_a_town_all_alike_are_refused_by_name() -> None:
    alone = areas_of(
        pl.DataFrame({"area_code": ["W00"], "geometry": [shapely.to_wkb(shapely.box(0, 0, 9, 9))]}), "ward", "2025"
    )
    one = incidents_of(reports({"area_code": "W00"}, {"area_code": "W00"}), alone, ("police",))
    with pytest.raises(Refused, match="touches no other area"):
        hot_spots(one, draws=9)
    nowhere = told({"area_code": "W99"}, {"area_code": "W98"})
    with pytest.raises(Refused, match="no area is known"):
        place_concentration(nowhere)
    with pytest.raises(Refused, match="1 months are known, too few"):
        place_trend(told({"area_code": "W00"}, {"area_code": "W02"}))
    alike = told(*({"area_code": code} for code in town().codes))
    with pytest.raises(Refused, match="not all alike"):
        hot_spots(alike, draws=9)
    with pytest.raises(Refused, match="needs events and people"):
        circular_scan(np.zeros(3), np.ones(3), np.zeros((3, 2)))
    with pytest.raises(Refused, match="events lie in areas without people"):
        circular_scan(np.ones(3), np.array([0.0, 1, 1]), np.zeros((3, 2)))


def test_a_hundred_thousand_areas_are_counted_and_their_neighbours_found() -> None:
    areas = town(columns=400, rows=250)
    counts = areas.neighbours.counts
    assert len(areas) == 100_000 and (int(counts.min()), int(counts.max())) == (3, 8)
    found = getis_ord(np.random.default_rng(1).poisson(3.0, 100_000).astype(float), areas.neighbours.links)
    assert found.high.sum() < 100 < 4000 < found.raw


@pytest.mark.parametrize(
    ("columns", "row", "field"),
    [
        ("easting,northing", "0,0", "easting"),
        ("easting,northing", "51.5,-0.1", "northing"),
        ("longitude,latitude", "51.5,-0.1", "latitude"),
        ("longitude,latitude", "0,0", "latitude"),
        ("from_time", "2024-13-01T10:00", "from_time"),
        ("from_time", "2024-01-01T25:00", "from_time"),
    ],
)
def test_places_and_times_that_cannot_be_are_named_by_shape(
    take: Callable[..., ImportReport], columns: str, row: str, field: str
) -> None:
    head, base = ("incident_id,kind,", "a,asb,") if columns == "from_time" else (
        "incident_id,kind,from_time,", "a,asb,2024-01-01T10:00,"
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        take("incident", f"{head}{columns}\n{base}{row}\n")
    assert field in str(refused.value)
    if field != "from_time":
        assert "51.5" not in str(refused.value)
