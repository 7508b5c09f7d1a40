"""Truth and measures, each by its own arithmetic, agree person by person where agencies write everything down."""

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest

from whatworks.linkage import link
from whatworks.linkage.records_and_pairs import checked_numbers_sql
from whatworks.measures.outcomes import measure_outcomes
from whatworks.measures.prepare import prepare
from whatworks.measures.profile import profile
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Store
from whatworks.records.imports.load import load_frames
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, World, world
from whatworks.simulation.agencies.records_kept import frames
from whatworks.simulation.truth.truth import OUTCOMES

AS_AT = date(2025, 6, 30)
SETTINGS = MeasureSettings(as_at=AS_AT, conviction_record="police")


@pytest.fixture(scope="module")
def made_up() -> World:
    return world(6_000, 11, SimulationSettings(no_pnc_share=0.1, windows=(6, 12, 18, 24)))


@pytest.fixture(scope="module")
def connection(made_up: World) -> Iterator[Store]:
    with DuckDBStore(None) as store:
        load_frames(store, frames(made_up), as_at=AS_AT)
        link(store)
        prepare(store, SETTINGS)
        yield store


@pytest.fixture(scope="module")
def cohort(made_up: World, connection: Store) -> pl.DataFrame:
    numbered = connection.fetch(
        f"SELECT DISTINCT pnc AS pnc_id, linked_id FROM ({checked_numbers_sql()}) JOIN identity "
        "USING (organisation_id, person_id) WHERE pnc IS NOT NULL"
    )
    return (
        made_up.truth.filter("linkable")
        .join(numbered, on="pnc_id", how="left", maintain_order="left")
        .select(
            pl.int_range(pl.len()).alias("unit"), pl.col("linked_id").fill_null("no record"), "index_date",
            pl.lit("release").alias("kind"),
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def measured(connection: Store, cohort: pl.DataFrame) -> pl.DataFrame:
    return measure_outcomes(connection, cohort, windows=(6, 12, 18, 24), settings=SETTINGS)


def test_the_first_release_in_the_window_is_the_same(connection: Store, made_up: World, cohort: pl.DataFrame) -> None:
    found = connection.fetch(
        "SELECT linked_id, min(index_date) AS index_date, arg_min(borough, index_date) AS borough FROM index_event "
        "WHERE kind = 'release' AND index_date BETWEEN ? AND ? AND linked_id IN "
        "(SELECT linked_id FROM identity WHERE method = 'shared_number') GROUP BY linked_id",
        [made_up.settings.first_index, made_up.settings.last_index],
    )
    both = cohort.join(found, on="linked_id", how="left", suffix="_found")
    assert both.height > 1_000
    assert both["index_date"].to_list() == both["index_date_found"].to_list()
    assert both["borough"].to_list() == made_up.truth.filter("linkable")["borough"].to_list()
    joinable = made_up.truth.filter("linkable")["pnc_id"].len() + _not_in_police(made_up)
    assert found.height == joinable


def _not_in_police(made_up: World) -> int:
    return int((made_up.fails[made_up.truth["person"].to_numpy()] == 2).sum())


@pytest.mark.parametrize("outcome", [f"{name}_{year}" for name in OUTCOMES for year in ("6m", "1y", "18m", "2y")])
def test_measures_equal_the_truth_person_by_person(made_up: World, measured: pl.DataFrame, outcome: str) -> None:
    truth = made_up.truth.filter("linkable")
    mature = measured[f"mature_{outcome.rpartition('_')[2]}"]
    assert mature.sum() > 600
    assert measured["known"].all()
    true, found = truth.filter(mature)[f"y_{outcome}"], measured.filter(mature)[outcome]
    assert true.n_unique() > 1
    assert true.cast(pl.Float64).round(6).to_list() == found.cast(pl.Float64).round(6).to_list()


def test_every_one_year_window_is_mature(measured: pl.DataFrame) -> None:
    assert measured["mature_1y"].all()


def test_whose_outcome_is_missing_is_as_the_truth_says(connection: Store, made_up: World) -> None:
    people = made_up.truth.filter(~pl.col("linkable"))
    prison = made_up.identities.filter(pl.col("organisation_id") == "prison")
    linked = connection.fetch("SELECT person_id, linked_id FROM identity WHERE organisation_id = 'prison'")
    cohort = (
        people.join(prison, on="person")
        .join(linked, on="person_id")
        .select(pl.int_range(pl.len()).alias("unit"), "linked_id", "index_date")
    )
    assert cohort.height == people.height > 60
    found = measure_outcomes(connection, cohort, settings=SETTINGS)
    assert not found["known"].any()
    assert found["proven_reoffending_1y"].null_count() == people.height


def test_what_decides_referral_is_what_the_profile_records(
    connection: Store, made_up: World, cohort: pl.DataFrame
) -> None:
    known = made_up.truth.filter("linkable")
    found = profile(connection, cohort, SETTINGS)
    assert found["age"].to_list() == known["age"].to_list()
    assert found["previous_sanctions"].to_list() == (known["sanctions"] - 1).to_list()
    assert found["custodial_sentences"].to_list() == known["custodial_sentences"].to_list()
    assert found["need_count"].to_list() == known["need_count"].to_list()
