"""The made-up partnership looks as it should: shares, steps in order, a naive comparison that misleads."""

import numpy as np
import polars as pl
import pytest

from whatworks.records.tables.agency_tables import MEASURED_TABLES
from whatworks.records.tables.journey_tables import JOURNEY_TABLES
from whatworks.simulation import SimulationSettings, World, world
from whatworks.simulation.agencies.journey_records import journey_frames
from whatworks.simulation.agencies.records_kept import frames as records_of
from whatworks.simulation.days import NEVER
from whatworks.simulation.society.offending import age_curve
from whatworks.simulation.truth.truth import naive


@pytest.fixture(scope="module")
def made_up() -> World:
    return world(20_000, 1)


@pytest.fixture(scope="module")
def frames(made_up: World) -> dict[str, pl.DataFrame]:
    return records_of(made_up)


def test_there_are_enough_participants_and_a_pool_several_times_as_large(made_up: World) -> None:
    people = made_up.truth
    participants, pool = people["participant"].sum(), (~people["scheme_borough"]).sum()
    assert 600 <= participants <= 1_500
    assert pool > 2.5 * participants


def test_the_naive_comparison_misleads(made_up: World) -> None:
    people = made_up.truth
    others = people.filter(~pl.col("scheme_borough"))
    at_risk = people.filter("participant")["y0_proven_reoffending_1y"].mean()
    assert at_risk > others["y0_proven_reoffending_1y"].mean() + 0.06  # type: ignore[operator]
    effect = made_up.effect("proven_reoffending_1y")["effect"]
    with_it, without = naive(people.filter(pl.col("participant") | ~pl.col("scheme_borough")), "proven_reoffending_1y")
    assert effect < -0.07
    assert with_it - without > effect + 0.05


def test_the_effect_is_larger_for_the_young(made_up: World) -> None:
    ratio = made_up.truth.group_by(pl.col("age") < 25).agg(pl.col("hazard_ratio").unique())
    assert dict(ratio.iter_rows()) == {True: [0.6], False: [0.75]}


def test_the_reweighted_pool_gives_the_true_effect() -> None:
    """Selection depends only on what is recorded: weighting the pool by the true odds removes the bias.

    Each run's difference has a standard error of about 0.04, the mean of 20 runs one of about 0.01.
    """
    misses = []
    for seed in range(20):
        people = world(4_000, seed, SimulationSettings(effect=1.0)).truth
        pool = people.filter(~pl.col("scheme_borough"))
        expected = np.average(pool["y_proven_reoffending_1y"], weights=pool["referral_chance"])
        misses.append(people.filter("participant")["y_proven_reoffending_1y"].mean() - expected)  # type: ignore[operator]
    assert abs(np.mean(misses)) < 0.025


def test_about_a_fifth_are_lost_to_the_service_and_three_in_a_hundred_cannot_be_joined(made_up: World) -> None:
    referred = records_of(made_up)["participation"].filter(pl.col("referred_on").is_not_null())
    lost = (referred["end_reason"] == "lost_contact").mean()
    assert lost == pytest.approx(0.20, abs=0.05)
    assert 1 - made_up.truth["linkable"].mean() == pytest.approx(0.03, abs=0.008)  # type: ignore[operator]
    more = world(20_000, 1, SimulationSettings(missing_by_outcome=0.2)).truth
    shares = dict(more.group_by("y_proven_reoffending_1y").agg(1 - pl.col("linkable").mean()).iter_rows())
    assert shares[1] == pytest.approx(0.23, abs=0.03)
    assert shares[0] == pytest.approx(0.03, abs=0.015)


def test_steps_of_participation_stand_in_order(frames: dict[str, pl.DataFrame]) -> None:
    everyone = frames["participation"]
    assert everyone["eligible_on"].null_count() == 0
    rows = everyone.filter(pl.col("referred_on").is_not_null())
    assert 0.2 * everyone.height < rows.height < 0.6 * everyone.height
    assert (rows["eligible_on"] == rows["referred_on"]).all()
    for earlier, later in (("referred_on", "offered_on"), ("offered_on", "started_on"), ("started_on", "ended_on")):
        known = rows.drop_nulls([earlier, later])
        assert known.height > 0.8 * rows.height
        assert (known[earlier] <= known[later]).all(), later
    late = rows.select((pl.col("started_on") - pl.col("referred_on")).dt.total_days() > 30).to_series()
    assert 0.2 < late.mean() < 0.6  # type: ignore[operator]


def test_people_offend_most_at_nineteen() -> None:
    years = np.arange(8.0, 70.0)
    assert years[age_curve(years).argmax()] == 19
    assert age_curve(np.array([9.9]))[0] == 0


def test_one_offence_is_reported_by_several_agencies(frames: dict[str, pl.DataFrame]) -> None:
    offences = frames["offence"]
    agencies = offences.group_by("offence_ref", "committed_from", "offence_group").agg(
        pl.col("organisation_id").n_unique().alias("agencies")
    )
    assert agencies.filter(agencies["agencies"] == 3).height > 0.2 * agencies.height


def test_a_case_holds_several_counts(frames: dict[str, pl.DataFrame]) -> None:
    police = frames["offence"].filter(pl.col("organisation_id") == "police")
    counts = police.group_by("offence_ref").agg(pl.len(), pl.col("person_id").n_unique().alias("people"))
    assert (counts["people"] == 1).all()
    assert 0.05 < (counts["len"] > 1).mean() < 0.3  # type: ignore[operator]


def test_custody_spells_overlap(frames: dict[str, pl.DataFrame]) -> None:
    spells = frames["custody_spell"]
    assert set(spells["status"]) == {"remand", "sentence", "recall"}
    pairs = spells.join(spells, on="person_id").filter(
        (pl.col("spell_id") != pl.col("spell_id_right"))
        & (pl.col("received_on") < pl.col("received_on_right"))
        & (pl.col("received_on_right") < pl.col("released_on"))
    )
    assert pairs.height > 500


def test_some_needs_are_written_down_late_and_some_are_met(frames: dict[str, pl.DataFrame]) -> None:
    needs = frames["need"]
    late = (needs["recorded_on"] > needs["assessed_on"]).mean()
    assert 0.02 < late < 0.3  # type: ignore[operator]
    assert set(needs["organisation_id"]) == {"probation", "council", "health"}
    assert needs["met_on"].null_count() < needs.height


def test_every_release_has_needs_on_record(made_up: World) -> None:
    assert (made_up.known.needs[made_up.index < NEVER] >= 0).all()


def test_frames_are_as_declared(frames: dict[str, pl.DataFrame]) -> None:
    assert list(frames) == list(MEASURED_TABLES)
    for name, schema in MEASURED_TABLES.items():
        declared = {column: kind for column, kind in schema.columns().items() if not column.startswith("source_")}
        frame = frames[name]
        assert frame.columns == list(declared), name
        keys = [column for column, kind in declared.items() if kind.primary_key]
        assert frame.select(keys).is_unique().all(), name
        for column, kind in declared.items():
            assert kind.nullable or frame[column].null_count() == 0, (name, column)
            if hasattr(kind, "categories") and frame.height:
                assert set(frame[column].drop_nulls()) <= set(kind.categories), (name, column)


def test_references_hold_within_each_agency(frames: dict[str, pl.DataFrame]) -> None:
    for name, schema in MEASURED_TABLES.items():
        for column, kind in schema.columns().items():
            parent = (kind.metadata or {}).get("references")
            if parent in (None, "organisation"):
                continue
            key = next(one for one in MEASURED_TABLES[parent].primary_key() if one != "organisation_id")
            lost = frames[name].join(
                frames[parent], left_on=["organisation_id", column], right_on=["organisation_id", key], how="anti"
            )
            assert lost.height == 0, (name, column)


def test_nothing_is_known_after_the_as_at_date(made_up: World, frames: dict[str, pl.DataFrame]) -> None:
    for name, schema in MEASURED_TABLES.items():
        for column, kind in schema.columns().items():
            if (kind.metadata or {}).get("event") and frames[name].height:
                latest = frames[name][column].max()
                assert latest is None or latest <= made_up.settings.as_at, (name, column)


def test_journeys_are_as_declared_and_of_people_whom_their_agency_knows(made_up: World) -> None:
    for agency, tables in journey_frames(made_up).items():
        known = set(made_up.numbers.of[agency].filter(pl.Series(made_up.known_to[agency])))
        for name, frame in tables.items():
            declared = JOURNEY_TABLES[name].columns()
            assert set(frame.columns) <= set(declared), name
            assert all(kind.nullable for column, kind in declared.items()
                       if column not in frame.columns and not column.startswith("source_")), name  # fmt: skip
            columns = {column: declared[column] for column in frame.columns}
            assert frame.select(k for k, kind in columns.items() if kind.primary_key).is_unique().all(), name
            for column, kind in columns.items():
                if column.startswith("source_"):
                    continue
                assert kind.nullable or frame[column].null_count() == 0, (name, column)
                if hasattr(kind, "categories"):
                    assert set(frame[column].drop_nulls()) <= set(kind.categories), (name, column)
                if (kind.metadata or {}).get("event"):
                    latest = frame[column].max()
                    assert latest is None or latest <= made_up.settings.as_at, (name, column)
            if "person_id" in frame.columns:
                assert set(frame["person_id"].drop_nulls()) <= known, name
        assert set(tables["case_stage"]["case_id"]) <= set(tables["casefile"]["case_id"])
