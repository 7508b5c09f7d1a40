"""Against a town whose truth is known: hot places, the ward that rises, gaps, silence, reports told twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.papers.forms.html import width
from whatworks.papers.places.concentration import concentration_answer
from whatworks.papers.places.gaps import gaps_answer
from whatworks.papers.places.hot_spots import hot_spots_answer
from whatworks.papers.places.trend import trend_answer
from whatworks.pictures.drawing import svg
from whatworks.places import (
    Incidents,
    hot_spots,
    place_concentration,
    place_gaps,
    place_trend,
    read_areas,
    read_incidents,
)
from whatworks.records.boundaries import BoundaryColumns, import_boundaries
from whatworks.records.engine import Store
from whatworks.records.imports.load import load_frames
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.simulation import World, world
from whatworks.simulation.agencies.records_kept import fixed_frames
from whatworks.simulation.places.ground import ground_frames, ground_truth
from whatworks.simulation.places.layout import ward_geojson

AS_AT = date(2025, 6, 30)


@pytest.fixture(scope="module")
def made() -> World:
    return world(200, seed=1)


@pytest.fixture(scope="module")
def town(made: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    frames = ground_frames(made)
    fixed = fixed_frames(made.settings)
    with DuckDBStore(None) as store:
        frames["incident"] = frames["incident"].with_columns(area_vintage=None).drop("area_code")
        loaded = {"organisation": fixed["organisation"], "area": fixed["area"], "incident": frames["incident"]}
        activity = frames["activity"].with_columns(area_vintage=None)
        load_frames(store, loaded | {"activity": activity}, as_at=AS_AT)
        path = tmp_path_factory.mktemp("maps") / "wards.geojson"
        path.write_text(ward_geojson())
        columns = BoundaryColumns("ward_code", "ward_name", "borough")
        said = {"organisation_id": "council", "vintage": "2018", "kind": "ward", "as_at": AS_AT, "received_on": AS_AT}
        report = import_boundaries(store, path, columns=columns, **said)  # type: ignore[arg-type]
        assert (report.blocks[0].rows_in, report.blocks[0].kept) == (96, 96)
        yield store


@pytest.fixture(scope="module")
def police(town: Store) -> Incidents:
    """Placed by their points alone: area codes were taken out."""
    return read_incidents(town, read_areas(town), ["police"])


def test_the_planted_hot_places_are_the_hottest_and_nothing_else_is(police: Incidents, made: World) -> None:
    assert police.nowhere == 0
    found, hot = hot_spots(police, "asb", draws=99), set(ground_truth(made)["hot_wards_of_asb"])
    order = [found.areas.codes[at] for at in np.argsort(-found.local.z)]
    assert hot <= set(order[:10])
    assert {found.areas.codes[at] for at in found.cluster.areas} == hot and found.cluster.p == 0.01
    other = hot_spots(police, "violence", draws=99)
    assert other.local.high.sum() <= 1 and other.cluster.p > 0.05
    assert place_concentration(police, "asb").figures.half < place_concentration(police, "violence").figures.half


def test_planted_repeats_are_seen_of_burglary_alone(police: Incidents) -> None:
    burglary, violence = (hot_spots(police, kind, draws=99).repeats for kind in ("burglary", "violence"))
    assert not isinstance(burglary, str) and not isinstance(violence, str)
    assert burglary.p[0, 0] == 0.01 and burglary.seen[0, 0] > 5 * burglary.expected[0, 0]
    assert violence.p[0, 0] > 0.01


def test_disorder_comes_on_friday_and_saturday_evenings(police: Incidents) -> None:
    hours = hot_spots(police, "asb", draws=99).hours
    assert not isinstance(hours, str)
    evenings = sum(hours.weights[24 * day + 18 : 24 * day + 24].sum() for day in (4, 5))
    assert evenings / hours.weights.sum() > 0.5
    assert hours.weights.sum() == pytest.approx(hours.placed)


def test_the_ward_that_rises_is_told_and_few_others(police: Incidents, made: World) -> None:
    found = place_trend(police, "asb")
    up = {area.code for area in found.areas if area.verdict == "up"}
    assert ground_truth(made)["rising_ward_of_asb"] in up and len(up) <= 5
    yearly = [area for area in found.areas if area.q is not None and area.q <= 0.05]
    assert {area.code for area in yearly} <= {ground_truth(made)["rising_ward_of_asb"]}


def test_a_year_with_a_month_unknown_is_held_against_none_and_months_of_few_are_not_drawn(police: Incidents) -> None:
    short = replace(police, rows=police.rows.filter(pl.col("month") != date(2025, 2, 1)))
    found = place_trend(short, "asb")
    assert found.left_out == (date(2025, 2, 1),)
    assert {(area.before, area.after, area.q) for area in found.areas} == {(None, None, None)}
    rare = replace(police, rows=police.rows.filter(pl.col("kind") != "asb").vstack(
        police.rows.filter(kind="asb").filter(pl.int_range(pl.len()).over("month") < 9)))  # fmt: skip
    names = [figure.name for figure in trend_answer(place_trend(rare, "asb"), 10).paper(AS_AT).figures()]
    assert "series" not in names


def test_the_silent_partner_is_not_known_and_never_zero(town: Store, made: World) -> None:
    truth, found = ground_truth(made), read_incidents(town, read_areas(town), ["council", "police"])
    silent = truth["council_silent"]
    months = [found.months.index(month) for month in silent["months"]]
    assert np.isnan(found.counts("asb")[:, months]).all()
    of_borough = np.array([parent == silent["borough"] for parent in found.areas.parents])
    totals = found.totals("asb")
    assert (totals.known == ~of_borough).all() and list(totals.left_out) == silent["months"]
    # Burglary the council does not report: its silence says nothing about it.
    assert not np.isnan(found.counts("burglary")).any()
    assert not np.isnan(read_incidents(town, read_areas(town), ["police"]).counts("asb")).any()


def test_incidents_told_by_several_agencies_are_counted_once_as_near_as_can_be(town: Store, made: World) -> None:
    everyone = read_incidents(town, read_areas(town))
    found = {one.kind: one for one in place_gaps(town, everyone).same}
    for kind in ("asb", "violence"):
        true = everyone.rows.filter(kind=kind, organisation_id="police").height  # whatever others report, police do
        assert found[kind].least <= true <= found[kind].most
        assert found[kind].likely == pytest.approx(true, rel=0.01)
        assert found[kind].most - true > 100  # what references alone would have counted twice
    assert (found["burglary"].by_reference, found["burglary"].matched) == (0, 0)


def test_reports_of_several_agencies_are_those_of_the_borough_asked_about(town: Store) -> None:
    asked = read_incidents(town, read_areas(town, parent="N09000003"))
    own = asked.rows.filter((pl.col("area") >= 0) & (pl.col("kind") == "asb")).height
    assert [one.reports for one in place_gaps(town, asked, "asb").same] == [own] and own < asked.rows.height / 2


def test_demand_where_nobody_works_is_a_gap_and_few_reports_amid_need_are_not_safety(
    town: Store, police: Incidents, made: World
) -> None:
    truth = ground_truth(made)
    need = {code: 1.0 + (code == truth["few_report_from"]) for code in police.areas.codes}
    found = {area.code: area for area in place_gaps(town, police, "asb", need).areas}
    assert {code for code, area in found.items() if area.finding == "gap"} == set(truth["hot_wards_without_activity"])
    assert found[truth["few_report_from"]].finding == "under-reported"


def test_an_activity_without_a_place_is_told_and_nobody_is_not_believed(made: World, police: Incidents) -> None:
    """Ten of all activities lose their place; where all do, gaps are not known."""
    activity = ground_frames(made)["activity"].with_columns(area_vintage=None)
    lost = {
        name: pl.lit(None, activity[name].dtype) for name in {"area_code", "easting", "northing"} & {*activity.columns}
    }
    for count, words in (
        (10, "10 activities say not where they were"),
        (activity.height, "No activity says where it was"),
    ):
        frames = {"activity": pl.concat([activity.head(count).with_columns(**lost), activity.tail(-count)])}
        with DuckDBStore(None) as store:
            load_frames(store, {"organisation": fixed_frames(made.settings)["organisation"]} | frames, as_at=AS_AT)
            sentences = gaps_answer(place_gaps(store, police, "asb"), 10).sentences
        assert any(words in sentence for sentence in sentences)


def test_no_paper_shows_a_small_count_and_every_map_is_drawn_with_its_finding(town: Store, police: Incidents) -> None:
    answers = [
        concentration_answer(place_concentration(police, "asb"), 10),
        hot_spots_answer(hot_spots(police, "asb", draws=19), 10),
        trend_answer(place_trend(police, "asb"), 10),
        gaps_answer(place_gaps(town, police, "asb"), 10),
    ]
    for answer in answers:
        paper = answer.paper(AS_AT)
        (figure,) = [one for one in paper.figures() if one.name == "map"]
        assert figure.alternative == answer.sentences[0] or figure.alternative in answer.sentences
        chart = figure.draw()
        assert width(svg(chart)) <= 500  # wider pictures are scrolled on a telephone; a map is shown whole
        assert isinstance(chart, dict) and chart["projection"] == {"type": "identity", "reflectY": True}
        for table in answer.tables:
            for row in table.document():
                for heading in ("Incidents", "Year before", "Last year"):
                    if isinstance(count := row.get(heading), int):
                        assert count == 0 or count >= 10
    few = read_incidents(town, read_areas(town), ["police"], date(2025, 6, 1), date(2025, 6, 1))
    alone = Incidents(few.areas, few.rows.filter(kind="asb").head(7), few.agencies)
    assert concentration_answer(place_concentration(alone), 10).tables == ()


def test_editions_and_boundaries_missing_are_said(town: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is not an edition that is held"):
        read_areas(town, "ward", "2025")
    with pytest.raises(Refused, match="no such areas are held"):
        read_areas(town, "lsoa")
    with pytest.raises(Refused, match="not a kind of incident"):
        read_incidents(town, read_areas(town)).counts("piracy")
    with pytest.raises(Refused, match="no area is known: health sent nothing"):
        wards = read_areas(town)
        early = read_incidents(town, wards, ["police"]).rows
        Incidents(wards, early, ("police", "health")).totals("asb")


def test_shares_and_distances_that_cannot_be_are_refused(town: Store, police: Incidents) -> None:
    for largest in (0.0, -0.1, 7.0, float("nan")):
        with pytest.raises(Refused, match="is not a share"):
            hot_spots(police, "asb", largest=largest, draws=9)
    with pytest.raises(Refused) as refused:
        place_gaps(town, police, "asb", metres=-4.0, hours=float("nan"))
    assert [fault.field for fault in refused.value.faults] == ["metres", "hours"]
