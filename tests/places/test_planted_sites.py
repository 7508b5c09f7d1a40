"""What is planted of refuges and cameras is found: above all, that one person refused many times is one need."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from whatworks.places.cameras.need import Need
from whatworks.places.cameras.plan import Camera, CameraPlan, plan_of
from whatworks.places.cameras.terms import CameraTerms
from whatworks.places.refuges.episodes import REFERRALS, episodes, unmet_need
from whatworks.simulation.places.cameras import KINDS, camera_frames, camera_truth
from whatworks.simulation.places.refuges import refuge_frames, refuge_truth
from whatworks.simulation.world import World, world


@pytest.fixture(scope="module")
def made_up() -> World:
    return world(2_000, seed=4)


def test_the_planted_need_is_found_once_a_household_and_calls_would_be_several_times_it(made_up: World) -> None:
    truth, frames, as_at = refuge_truth(made_up), refuge_frames(made_up), made_up.settings.as_at
    hosts = frames["refuge_service"].select("refuge_id", host="host_borough")
    calls = frames["refuge_referral"].join(hosts, on="refuge_id").rename(
        {"person_id": "person", "origin_borough": "origin", "referral_id": "call"}
    )  # fmt: skip
    calls = calls.select(pl.col(name).cast(kind) for name, kind in REFERRALS.items())
    found = unmet_need(episodes(calls, as_at), calls, date.min, date.max, as_at)
    fates = truth["fates"]
    assert found.episodes.linked == truth["households"]
    assert found.fates["placed_at_once"] == fates["placed_at_once"]
    assert found.fates["delayed"] == fates["delayed"]
    missed = sum(fates[way] for way in ("unmet", "safe_elsewhere", "returned", "lost"))
    assert found.fates["unmet"] + found.fates["open"] == missed
    assert {way: found.ways[way] for way in ("safe_elsewhere", "returned", "lost")} == {
        way: fates[way] for way in ("safe_elsewhere", "returned", "lost")
    }
    assert found.refusals > 4 * missed
    assert found.unlinked == truth["unnamed_calls"]
    assert found.unmet.high - found.unmet.low == truth["unnamed_calls"]


def plan(made_up: World) -> CameraPlan:
    """Plan the made-up estate for need that lies where its cameras are: 20 incidents about each."""
    frames, as_at = camera_frames(made_up), made_up.settings.as_at
    uses = dict(frames["camera_use"].group_by("camera_id").len().iter_rows())
    estate = [
        Camera(row["organisation_id"], row["camera_id"], row["kind"], row["duty"] == "required",
               as_at - timedelta(days=300), Decimal(row["annual_cost"]), row["sight"], row["homes_overlooked"],
               (row["easting"], row["northing"]), uses.get(row["camera_id"], 0))
        for row in frames["camera"].to_dicts()
    ]  # fmt: skip
    places = np.array([one.at for one in estate], dtype=float)
    need = Need(places, np.full(len(places), 20.0), 20 * len(places), 0, 0, 0)
    kinds = {kind: {"sight": sight, "lasts_years": 10, "yearly_cost": cost, "new_cost": 2 * cost}
             for kind, (sight, cost) in KINDS.items()}  # fmt: skip
    asked = {"title": "Cameras", "first_day": date(2024, 1, 1), "last_day": as_at, "budget": 60_000,
             "price_year": "2024/25", "need_per_home": 0, "kinds": kinds}  # fmt: skip
    return plan_of(estate, need, CameraTerms.model_validate(asked), as_at)


def test_cameras_that_nobody_uses_twins_and_required_ones_are_told_apart(made_up: World) -> None:
    truth, found = camera_truth(made_up), plan(made_up)
    assert sorted(one.name for one in found.estate if not one.requests) == truth["used_by_nobody"]
    choice = {one.camera.name: one.choice for one in found.decisions}
    assert sorted(choice[name] for name in truth["twins"]) == ["keep", "retire"]
    assert all(choice[name] != "retire" for name in truth["required"])
    assert found.planned.cost <= 60_000 < found.now.cost
