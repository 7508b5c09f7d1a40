"""Statistics of places against published answers, libpysal's and esda's data and figures, and arithmetic by hand.

The figures without a source in words are those of the methods page, worked out by two programs or by one and by hand.
"""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_matrix

from whatworks.records.refusal import Refused
from whatworks.statistics.limits.concentration import concentration
from whatworks.statistics.places.aoristic import aoristic
from whatworks.statistics.places.getis_ord import getis_ord
from whatworks.statistics.places.moran import morans_i
from whatworks.statistics.places.near_repeats import near_repeats
from whatworks.statistics.places.neighbours import linked
from whatworks.statistics.places.predictions import prediction_scores
from whatworks.statistics.places.scan import circular_scan
from whatworks.statistics.places.two_counts import two_counts


@pytest.mark.parametrize(
    ("counts", "gini", "generalised", "half"),
    [
        ([10, 5, 3, 1, 1, 0, 0, 0, 0, 0], 0.72, 0.72, 0.1),
        ([1, 1, 1, 1, 1, 0, 0, 0, 0, 0], 0.5, 0.0, 0.3),
        ([2] * 10, 0.0, 0.0, 0.5),
        ([20] + [0] * 9, 0.9, 0.9, 0.1),
    ],
)
def test_concentration_of_few_units(counts: list[int], gini: float, generalised: float, half: float) -> None:
    found = concentration(counts)
    assert (found.gini, found.gini_generalised, found.half) == pytest.approx((gini, generalised, half))


def test_few_events_crowd_by_chance_alone() -> None:
    found = concentration([1] * 500 + [0] * 4335)
    assert found.chance_half == pytest.approx(0.0465, abs=0.0005)
    assert found.gini_generalised == pytest.approx(0.0)
    with pytest.raises(Refused, match="whole numbers"):
        concentration([1, -1])
    with pytest.raises(Refused, match="whole numbers"):
        concentration([0.5, 1])  # type: ignore[list-item]
    with pytest.raises(Refused, match="no event"):
        concentration([0, 0])


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("category", "events", "gini", "half", "top", "chance"),
    [
        ("burglary", 80_371, 0.334704, 27.34, 16.78, 40.4),
        ("robbery", 38_607, 0.629999, 10.73, 35.79, 36.6),
        ("weapons", 6_557, 0.712642, 10.01, 34.01, 22.9),
        ("violence", 217_874, 0.388916, 23.85, 19.93, 44.1),
    ],
)
def test_the_published_concentration_of_londons_crime(
    shared_data: Path, category: str, events: int, gini: float, half: float, top: float, chance: float
) -> None:
    """4,829 small areas with data, and 6 set to zero only to fix the arithmetic."""
    rows = pl.read_parquet(shared_data / "mps-crime/mps_lsoa11_annual_2011_2021.parquet")
    sent = rows.filter(year=2019, level="major", category=category)["count"].cast(pl.Int64).to_list()
    found = concentration([*sent, *[0] * (4835 - rows["LSOA11CD"].n_unique()), *[0] * (4829 - len(sent))])
    assert (found.units, found.events) == (4835, events)
    assert found.gini == pytest.approx(gini, abs=5e-7)
    assert (100 * found.half, 100 * found.tops[1][1]) == pytest.approx((half, top), abs=0.005)
    assert 100 * found.chance_half == pytest.approx(chance, abs=0.06)


def test_morans_i_of_columbus() -> None:
    """Anselin's 49 neighbourhoods, as libpysal ships them."""
    geopandas, libpysal = pytest.importorskip("geopandas"), pytest.importorskip("libpysal")
    import shapely

    frame = geopandas.read_file(libpysal.examples.get_path("columbus.shp"))
    shapes = frame.geometry.array
    weights = linked(*shapely.STRtree(shapes).query(shapes, predicate="intersects"), len(frame)).rows_of_one
    crime = morans_i(frame["CRIME"].to_numpy(), weights)
    assert crime.i == pytest.approx(0.500189, abs=5e-7)
    assert crime.expected == pytest.approx(-0.020833, abs=5e-7)
    assert crime.z == pytest.approx(5.5894, abs=5e-5)
    assert morans_i(frame["HOVAL"].to_numpy(), weights).i == pytest.approx(0.180093, abs=5e-7)


X, Y = np.array([10, 20, 40, 15, 30, 30]), np.array([10, 10, 10, 20, 20, 30])
NEAR = np.hypot(X[:, None] - X, Y[:, None] - Y) <= 15
LINKS = csr_matrix(NEAR & ~np.eye(6, dtype=bool)).astype(float)
VALUES = np.array([2, 3, 3.2, 5, 8, 7])


def test_getis_and_ord_on_six_points() -> None:
    star = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    plain = [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941]
    assert getis_ord(VALUES, LINKS).z == pytest.approx(star, abs=5e-9)
    assert getis_ord(VALUES, LINKS, star=False).z == pytest.approx(plain, abs=5e-9)


def test_too_few_permutations_are_refused_and_enough_agree_with_the_sums_that_there_are() -> None:
    with pytest.raises(Refused, match="119 permutations cannot tell 6 tests apart"):
        getis_ord(VALUES, LINKS, draws=119)
    drawn = getis_ord(VALUES, LINKS, star=False, draws=20_000)
    # Place 2 has one neighbour, of 8, the highest of the others: as high in one of five draws, both tails twice that.
    assert drawn.p[2] == pytest.approx(0.4, abs=0.02)


def test_a_scan_finds_the_published_cluster_of_sudden_infant_deaths() -> None:
    """North Carolina 1974-84, Kulldorff's example: 107 deaths where 57.7 are expected."""
    geopandas, libpysal = pytest.importorskip("geopandas"), pytest.importorskip("libpysal")
    try:
        path = libpysal.examples.get_path("sids2.shp")
    except Exception:
        pytest.skip("libpysal does not carry the data here")
    frame = geopandas.read_file(path).set_crs("EPSG:4267", allow_override=True).to_crs("EPSG:32119")
    events = (frame["SID74"] + frame["SID79"]).to_numpy(dtype=float)
    births = (frame["BIR74"] + frame["BIR79"]).to_numpy(dtype=float)
    centres = np.column_stack([frame.geometry.centroid.x, frame.geometry.centroid.y])
    found = circular_scan(events, births, centres)
    assert {frame["NAME"][at] for at in found.areas} == {"Robeson", "Scotland", "Hoke", "Bladen"}
    assert (found.observed, round(found.expected, 1)) == (107, 57.7)
    assert (round(found.ratio, 4), found.p) == (17.6321, 0.001)
    first = circular_scan(frame["SID74"].to_numpy(float), frame["BIR74"].to_numpy(float), centres, draws=9)
    assert len(first.areas) == 42  # up to half the people: nearly half the state is one "cluster"


def test_near_repeats_count_a_pair_in_the_band_that_says_so() -> None:
    found = near_repeats([0, 3, 100], [0, 100, 9000], [0, 0, 0], draws=9)
    assert (found.days[0], found.metres[0]) == ("3 days or fewer", "100 m or fewer")
    assert found.seen[0, 0] == 1 and found.seen.sum() == 1
    later = near_repeats([0, 3.01, 100], [0, 100, 9000], [0, 0, 0], draws=9)
    assert (later.days[1], later.seen[1, 0], later.seen.sum()) == ("over 3 to 7 days", 1, 1)
    farther = near_repeats([0, 3, 100], [0, 100.5, 9000], [0, 0, 0], draws=9)
    assert farther.seen[0].tolist() == [0, 1, 0]


def test_near_repeats_are_seen_where_planted_and_not_where_days_and_places_are_apart() -> None:
    seen = 0
    for seed in range(40):
        days, x, y = np.random.default_rng(seed).uniform(0, [[365], [5000], [5000]], (3, 300))
        seen += near_repeats(days, x, y, draws=99).p[0, 0] <= 0.05
    assert seen <= 5  # two of 40 are expected; more than five has a chance of 1.4%
    again = near_repeats(np.r_[days, days[:40] + 2], np.r_[x, x[:40] + 30], np.r_[y, y[:40]], draws=199)
    assert again.p[0, 0] == 0.005 and again.seen[0, 0] >= 40


MONDAY = datetime(2024, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "cells"),
    [
        (timedelta(hours=1), timedelta(hours=2, minutes=30), {1: 2 / 3, 2: 1 / 3}),
        (timedelta(hours=23, minutes=30), timedelta(hours=25, minutes=15), {23: 0.2857, 24: 0.5714, 25: 0.1429}),
        (timedelta(0), timedelta(hours=25), dict.fromkeys(range(25), 0.04)),
        (timedelta(0), timedelta(days=8), dict.fromkeys(range(168), 1 / 168)),
        (timedelta(hours=167, minutes=30), timedelta(hours=168, minutes=30), {167: 0.5, 0: 0.5}),
    ],
)
def test_an_event_is_spread_over_the_hours_in_which_it_can_have_happened(
    start: timedelta, end: timedelta, cells: dict[int, float]
) -> None:
    found = aoristic([(MONDAY + start, MONDAY + end)]).weights
    assert {at: found[at] for at in np.flatnonzero(found)} == pytest.approx(cells, abs=5e-5)


def test_events_without_an_end_start_or_order_are_placed_left_out_or_flagged() -> None:
    found = aoristic([(MONDAY, None), (None, MONDAY), (MONDAY, MONDAY - timedelta(hours=1))])
    assert (found.weights[0], found.placed, found.without_start, found.reversed) == (1.0, 1, 1, 1)
    assert found.weights.sum() == found.placed


def test_a_map_made_before_is_scored_by_each_index_that_goes_by_a_name() -> None:
    found = prediction_scores([3, 2, 1], [6, 3, 0])
    assert found.hit_rate_index == pytest.approx((2, 1.5, 1))
    assert found.efficiency == pytest.approx((1, 1, 1))
    assert found.predicted_over_observed == pytest.approx((0.5, 0.555556, 0.666667), abs=5e-7)
    assert found.recapture == pytest.approx((1.3333, 1.2, 1), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "exact", "e_test"),
    [(20, 10, 0.09873715, 0.06883178), (6, 2, 0.2890625, 0.17487482), (0, 3, 0.25, 0.08837901)],
)
def test_two_counts_by_both_tests(first: int, second: int, exact: float, e_test: float) -> None:
    found = two_counts(first, second)
    assert (found.exact, found.e_test) == pytest.approx((exact, e_test), abs=5e-9)
