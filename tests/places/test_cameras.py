"""Cameras: the published cover, plans known by hand, the need by place and hour, and terms that cannot be."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.places.made_up_ground import EAST, NORTH, told

from whatworks.papers.disclosure.told_answer import clear
from whatworks.papers.places.cameras import cameras_answer
from whatworks.places.cameras.need import Need, need_of
from whatworks.places.cameras.plan import Camera, _estate, plan_of
from whatworks.places.cameras.terms import CameraTerms
from whatworks.places.terms import load_terms
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch

AS_AT = date(2025, 6, 30)
TERMS = """
title = "Cameras"
first_day = 2024-01-01
last_day = 2024-12-31
budget = "10000"
price_year = "2024/25"
need_per_home = 0
[kinds.fixed]
sight = 50
lasts_years = 10
yearly_cost = "1000"
new_cost = "3000"
"""


def terms(tmp_path: Path, **changes: str) -> CameraTerms:
    text = TERMS
    for key, value in changes.items():
        line = next((line for line in text.splitlines() if line.startswith(f"{key} =")), None)
        text = text.replace(line, f"{key} = {value}") if line else text.replace("[kinds", f"{key} = {value}\n[kinds", 1)
    path = tmp_path / "cameras.toml"
    path.write_text(text)
    return load_terms(CameraTerms, path)


def camera(name: str, x: float, *, years: float | None = 1, required: bool = False, homes: int = 0, uses: int = 0):
    installed = None if years is None else AS_AT - timedelta(days=round(365.25 * years))
    return Camera("police", name, "fixed", required, installed, Decimal(1000), 50, homes, (x, 0), uses)


def need(*places: tuple[float, float]) -> Need:
    """Each place: x, weight."""
    at = np.array([(x, 0) for x, _ in places], dtype=float)
    return Need(at, np.array([w for _, w in places]), len(places), 0, 0, 0)


def chosen(plan) -> dict[str, str]:
    return {one.camera.name: one.choice for one in plan.decisions}


def test_what_sees_nothing_new_is_retired_and_what_is_required_stays(tmp_path: Path) -> None:
    estate = [camera("a", 0), camera("twin", 5), camera("far", 900), camera("law", 950, required=True)]
    plan = plan_of(estate, need((0, 10), (20, 5)), terms(tmp_path), AS_AT)
    found = chosen(plan)
    assert sorted([found.pop("a"), found.pop("twin")]) == ["keep", "retire"]
    assert found == {"far": "retire", "law": "keep"}
    assert (plan.now.share, plan.planned.share) == (1, 1)
    assert (plan.now.cost, plan.planned.cost) == (4000, 2000)


def test_overlap_counts_once_and_coverage_is_of_need(tmp_path: Path) -> None:
    """90 of 100 lie where both cameras see: two of two places' share would be another number."""
    plan = plan_of([camera("a", 0), camera("b", 40)], need((20, 90), (700, 10)), terms(tmp_path), AS_AT)
    assert plan.now.share == plan.planned.share == 0.9
    assert plan.count("keep") == 1


def test_a_camera_past_its_years_is_replaced_or_retired_never_kept(tmp_path: Path) -> None:
    estate = [camera("old", 0, years=11), camera("older", 500, years=30), camera("unknown", 900, years=None)]
    plan = plan_of(estate, need((0, 10), (500, 1), (900, 5)), terms(tmp_path, budget='"4000"'), AS_AT)
    assert chosen(plan) == {"old": "replace", "older": "retire", "unknown": "keep"}
    assert plan.planned.cost == 4000


def test_homes_overlooked_are_a_cost(tmp_path: Path) -> None:
    """It sees 10 and overlooks 30 homes: worth it at 0.3 incidents a home, not at 0.4."""
    for per_home, choice in (("0.3", "keep"), ("0.4", "retire")):
        plan = plan_of([camera("a", 0, homes=30)], need((0, 10)), terms(tmp_path, need_per_home=per_home), AS_AT)
        assert chosen(plan) == {"a": choice}


def test_a_new_site_is_taken_where_the_budget_sees_more_by_it(tmp_path: Path) -> None:
    asked = terms(tmp_path, budget='"3000"')
    site = {"name": "corner", "kind": "fixed", "easting": 5000, "northing": 5000, "homes_overlooked": 0}
    asked = CameraTerms.model_validate(asked.model_dump() | {"sites": [site]})
    places = Need(np.array([[0, 0], [5000, 5000]]), np.array([3.0, 9.0]), 12, 0, 0, 0)
    plan = plan_of([camera("a", 0)], places, asked, AS_AT)
    assert chosen(plan) == {"a": "retire", "corner": "new"}
    assert plan.planned.share == 0.75


@pytest.mark.parametrize(
    ("budget", "required", "words"),
    [
        ('"999"', False, "is below 1,000.00, which the cheapest option costs"),
        ('"1500"', True, "is below 2,000.00, which what is required costs"),
    ],
)
def test_a_budget_below_the_cheapest_camera_is_refused(tmp_path: Path, budget, required, words) -> None:
    estate = [camera("a", 0, required=required), camera("b", 0, required=required)]
    with pytest.raises(Refused, match=words):
        plan_of(estate, need((0, 1)), terms(tmp_path, budget=budget), AS_AT)


def test_no_need_anywhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="need: is zero everywhere"):
        plan_of([camera("a", 0)], need((0, 0)), terms(tmp_path), AS_AT)


def test_need_is_by_place_and_hour_and_each_incident_once(tmp_path: Path) -> None:
    """22:30-00:30 lies for three quarters in hours 22 and 23: of them 90 minutes of 120."""
    point = {"easting": EAST + 10.0, "northing": NORTH + 10.0}
    found = told(
        {**point, "from_time": datetime(2024, 5, 1, 22, 30), "to_time": datetime(2024, 5, 2, 0, 30)},
        {**point, "from_time": datetime(2024, 5, 3, 12, 0), "incident_ref": "r"},
        {**point, "from_time": datetime(2024, 5, 3, 12, 0), "incident_ref": "r", "organisation_id": "council"},
        {**point, "from_time": datetime(2024, 5, 3), "time_precision": "day"},
        {"area_code": "W00", "from_time": datetime(2024, 5, 3, 23, 0)},
        {**point, "from_time": datetime(2023, 5, 3, 23, 0)},
        agencies=("police", "council"),
    )
    need = need_of(found, terms(tmp_path, hours="[22, 23]"))
    assert need.weights.tolist() == [0.75, 0.0]
    assert (need.incidents, need.no_place, need.no_hour) == (4, 1, 1)
    assert need_of(found, terms(tmp_path)).weights.tolist() == [1.0, 1.0, 1.0]
    with pytest.raises(Refused, match=r"incidents\.theft: was not reported"):
        need_of(found, terms(tmp_path, incidents="{ theft = 2.0 }"))


def test_few_uses_are_withheld_and_cameras_that_nobody_uses_are_told(tmp_path: Path) -> None:
    estate = [camera("p", 0, uses=4), camera("q", 200, uses=40), camera("r", 400, uses=25), camera("s", 600)]
    plan = plan_of(estate, need((0, 5), (200, 5), (400, 5), (600, 5)), terms(tmp_path), AS_AT)
    answer = cameras_answer(plan, 10)
    shown = {row["Camera"]: row["Requests"] for row in answer.document()["Plan"]}
    assert shown == {"p": "[c]", "q": 40, "r": "[c]", "s": 0}
    assert any("nobody asked for the pictures of 1," in line for line in answer.sentences)
    assert any("1 of those kept or replaced were used by nobody" in line for line in answer.sentences)


def test_use_that_no_owner_sent_and_homes_that_nobody_counted_are_not_known(tmp_path: Path) -> None:
    dark = replace(camera("dark", 0), requests=None, evidence=None, homes=None)
    plan = plan_of([dark, camera("b", 200)], need((0, 5), (200, 5)), terms(tmp_path), AS_AT)
    answer = cameras_answer(plan, 10)
    assert [row["Requests"] for row in answer.document()["Plan"]] == [None, 0]
    said = " ".join(answer.sentences)
    assert "nobody asked for the pictures of 1," in said and "used 1 cameras is not known" in said
    assert "How many homes 1 cameras overlook is not known" in said


def test_a_camera_without_a_place_is_refused_and_never_taken_to_see_nothing(tmp_path: Path) -> None:
    row = {"owner": "police", "camera": "c7", "kind": "fixed", "easting": None, "northing": 180_000.0}
    with pytest.raises(Refused, match='camera "c7": has no place'):
        _estate([row], terms(tmp_path))


@pytest.mark.parametrize(("near", "far", "withheld"), [(4, 60, 2), (60, 4, 2), (9, 0, 2), (30, 30, 0), (64, 0, 0)])
def test_shares_that_would_give_back_few_incidents_are_withheld(tmp_path: Path, near, far, withheld) -> None:
    """Of 64 incidents 6.2% are 4: the share of a known total is the count itself."""
    places = need(*[(0, 1)] * near, *[(900, 1)] * far)
    answer = cameras_answer(plan_of([camera("a", 0)], places, terms(tmp_path), AS_AT), 10)
    (line,) = [one for one in answer.sentences if "sees" in one and "of that need" in one]
    assert line.count("[c]") == withheld


def test_a_plan_that_differs_by_few_incidents_has_no_share(tmp_path: Path) -> None:
    """60 of 90 before, and with a camera that a new one is not worth 57: the difference is 3."""
    places = need(*[(0, 1)] * 57, *[(100, 1)] * 3, *[(900, 1)] * 30)
    asked = terms(tmp_path, need_per_home="1")
    plan = plan_of([camera("a", 0), camera("b", 100, homes=5)], places, asked, AS_AT)
    assert (plan.now.incidents, plan.planned.incidents) == (60, 57)
    (line,) = [one for one in cameras_answer(plan, 10).sentences if "of that need" in one]
    assert "66.7%" in line and "plan sees [c]" in line


def test_need_that_an_agency_did_not_send_is_said(tmp_path: Path) -> None:
    found = told({"area_code": "W00", "from_time": datetime(2024, 5, 1)}, agencies=("police", "housing"))
    assert "housing sent nothing at all" in need_of(found, terms(tmp_path)).silent


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"budget": '"-5"'}, "budget"),
        ({"hours": "[24]"}, "hours.1"),
        ({"last_day": "2023-01-01"}, "has a last_day before first_day"),
        ({"incidents": "{ asb = -1 }"}, "has weights below zero"),
        ({"need_per_home": "-0.1"}, "need_per_home"),
        ({"sights": "3"}, "sights: is not a key"),
    ],
)
def test_terms_that_cannot_be_are_refused(tmp_path: Path, changes, words) -> None:
    with pytest.raises(Refused, match=words):
        terms(tmp_path, **changes)


def used(name: str, requests: int) -> pl.DataFrame:
    rows = [(f"use {name}{at}", f"requests police {name}") for at in range(requests)]
    return pl.DataFrame(rows, schema=["unit", "cell"], orient="row")


def seen(many: int, beyond: int) -> Need:
    """So many incidents beside the camera at 0, and so many at 700, where none stands."""
    places = np.array([(0.0, 0.0)] * many + [(700.0, 0.0)] * beyond)
    units = pl.Series("unit", [f"near{at}" for at in range(many)] + [f"far{at}" for at in range(beyond)])
    behind = units.to_frame().with_columns(cell=pl.lit("incidents"))
    return Need(places, np.ones(many + beyond), many + beyond, 0, 0, 0, (), units, behind)


def test_two_plans_give_no_few_incidents_or_uses_back(tmp_path: Path) -> None:
    """Four more incidents lie before the camera, and two more requests were made, than in the first paper."""
    book, shown = StoreBook(scratch()), []
    for many, requests in ((60, 30), (64, 32), (60, 30)):
        estate = [camera("a", 0, uses=requests)]
        plan = replace(plan_of(estate, seen(many, 40), terms(tmp_path), AS_AT), uses=used("a", requests))
        answer = clear(partial(cameras_answer, plan, 10), book, 10, "places cameras", "2025-07-01")
        shown.append((" ".join(answer.sentences), answer.tables[1].document()[0]["Requests"]))
    assert shown[0] == shown[2] and "The need is 100 incidents" in shown[0][0] and "sees 60.0%" in shown[0][0]
    assert shown[0][1] == 30 and shown[1][1] == "[c]"
    assert "The need is [c] incidents" in shown[1][0] and "sees [c] of that need" in shown[1][0]
    assert "beside an earlier paper" in shown[1][0]
