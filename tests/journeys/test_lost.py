"""Hand-offs dropped by provider, and who is unseen: by hand, by constant rates, and without small counts."""

import numpy as np
import polars as pl
import pytest

from journeys.made_up_cases import AS_AT, KIND, START, cases, reports
from whatworks.journeys.cases import Cases, cases_of
from whatworks.journeys.hand_offs import hand_off_results, passed_on
from whatworks.journeys.kind import HandOff, JourneyKind, load_kind
from whatworks.journeys.stage_time import journey_time
from whatworks.journeys.watch import REACHED, UNSEEN, watched
from whatworks.papers.journeys.lost import lost_answer
from whatworks.papers.journeys.time import time_answer
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.intervals import wilson


def handed(*rows: tuple[str, str, int, int | None, str | None, str, str | None]) -> Cases:
    """Return cases of rows (case, stage, entered, left, outcome, provider, reason)."""
    frame = reports(*(row[:5] for row in rows))
    said = {"provider": [row[5] for row in rows], "reason": [row[6] for row in rows]}
    return cases_of(KIND, frame.with_columns(pl.Series(name, values, pl.String) for name, values in said.items()))


def test_each_case_that_leaves_a_stage_is_in_time_late_never_or_too_recent() -> None:
    found, _ = hand_off_results(
        handed(
            ("in", "asked", 0, 2, None, "north", None), ("in", "checked", 30, 31, "cancelled", "west", None),
            ("late", "asked", 0, 2, None, "north", "no place"), ("late", "checked", 31, 40, None, "west", None),
            ("never", "asked", 0, 2, None, "south", "lost contact"),
            ("past", "asked", 0, 2, None, "south", None), ("past", "built", 3, 4, "in_use", "east", None),
            ("recent", "asked", 0, 73, None, "north", None),
            ("other", "asked", 0, 2, "cancelled", "north", None),
        )
    )  # fmt: skip
    whole = found.everybody
    assert (whole.in_time, whole.late, whole.never, found.too_recent) == (2, 1, 1, 1)
    assert (whole.dropped, whole.interval) == (0.5, wilson(2, 4))
    assert [(one.provider, one.left, one.dropped) for one in found.providers] == [("north", 2, 0.5), ("south", 2, 0.5)]
    assert found.pairs == (("north", "west", 1), ("south", "east", 1))
    assert found.reasons == (("lost contact", 1), ("no place", 1))


def test_the_provider_that_drops_more_than_the_others_is_named_and_no_other() -> None:
    rows = []
    for provider, dropped in (("north", 4), ("south", 4), ("west", 30)):
        for at in range(60):
            rows.append((f"{provider}{at}", "asked", 0, 2, None, provider, None))
            if at >= dropped:
                rows.append((f"{provider}{at}", "checked", 3, 9, "cancelled", "east", None))
    found, _ = hand_off_results(handed(*rows))
    assert [one.provider for one in found.standing_out] == ["west"]


def released(days: np.ndarray, ways: list[str | None]) -> Cases:
    kind = load_kind("through_the_gate")
    rows = pl.DataFrame(
        {
            "case": range(len(days)), "unit": [str(at) for at in range(len(days))],
            "borough": ["B1" if at % 2 else "B2" for at in range(len(days))],
            "opened_on": START, "stage": "contact", "place": 0, "entered_on": START, "left_on": START,
            "last_seen": AS_AT, "as_at": AS_AT,
            "days": days, "way": ways, "reason": None, "provider": "probation", "prison": None, "final": True,
        }
    )  # fmt: skip
    return Cases(kind, rows, {})


def test_constant_rates_of_contact_and_return_give_the_published_shares() -> None:
    # rates .05 and .02 a day: 5/7 of 1 - exp(-28 x .07) contacted, 2/7 of it returned, exp(-1.96) unseen
    rng = np.random.default_rng(2)
    contact, back = rng.exponential(1 / 0.05, 200_000), rng.exponential(1 / 0.02, 200_000)
    days = np.minimum(contact, back)
    ways = np.where(days > 60, "waiting", np.where(contact < back, "onward", "returned")).tolist()
    (everybody,) = watched(released(np.minimum(days, 60), ways))
    last = everybody.days[-1]
    assert last.day == 28
    shares = {name: one.value for name, one in last.shares.items()}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
    assert shares == pytest.approx({REACHED: 0.614, "returned": 0.245, UNSEEN: 0.141}, abs=0.003)
    assert last.unseen_at_liberty == pytest.approx(0.141 / 0.755, abs=0.004)
    one_minus_kaplan_meier = 1 - np.exp(-0.05 * 28)
    assert one_minus_kaplan_meier == pytest.approx(0.753, abs=0.001) and shares[REACHED] < 0.62


def test_a_release_too_recent_for_a_day_is_censored_and_a_same_day_arrest_is_apart() -> None:
    days = np.array([0.0, 3.0, 5.0, 9.0, 10.0, 40.0])
    (everybody,) = watched(released(days, ["returned", "waiting", "onward", "onward", "returned", "waiting"]))
    assert (everybody.entered, everybody.same_day) == (5, 1)
    seven = everybody.days[1]
    # five watched to day 3, four of them to day 5: a quarter of what is left is reached
    assert (seven.day, seven.watched) == (7, 4)
    assert {name: one.value for name, one in seven.shares.items()} == {REACHED: 0.25, "returned": 0.0, UNSEEN: 0.75}


def test_where_all_leave_on_one_day_or_nobody_does_the_missing_interval_is_said() -> None:
    found = released(np.full(40, 3.0), ["onward"] * 40)
    answer = lost_answer(found, hand_off_results(found), watched(found), 10)
    cells = [str(column.value(row)) for table in answer.tables for row in table.rows for column in table.columns]
    assert {"0.0% (no interval)", "100.0% (no interval)", "none to count"} <= set(cells)
    assert not [cell for cell in cells if "none to none" in cell or "NaN" in cell]
    stage = next(table for table in time_answer(journey_time(found)).tables if table.name == "Days")
    assert stage.columns[1].value(stage.rows[0]) == "3 (no interval: all who still waited left on one day)"


def test_a_kind_that_watches_nothing_says_what_to_add() -> None:
    with pytest.raises(Refused, match=r"watches no stage; add \[watch\]"):
        watched(cases_of(KIND, reports(("a", "asked", 0, 1, None))))


def test_no_small_count_stands_in_the_paper_and_none_can_be_worked_out() -> None:
    ways = ["onward"] * 50 + ["returned"] * 4 + ["waiting"] * 46
    found = released(np.full(100, 5.0), ways)
    answer = lost_answer(found, hand_off_results(found), watched(found, "borough"), 10)
    watch = answer.tables[-1]
    shown = {(row[0].name, row[1].day): column.value(row) for row in watch.rows for column in watch.columns[2:]}
    assert {value for (_, day), value in shown.items() if day >= 7} == {"c"}
    assert "4.0%" not in " ".join(answer.sentences) and "unseen" not in " ".join(answer.sentences)
    assert answer.document()["watched"][0]["days"][1]["shares"]["returned"]["value"] == pytest.approx(0.04)


def test_a_reason_that_is_rare_or_reads_like_a_name_keeps_its_words_to_itself() -> None:
    reasons = {"lost contact": 30, "Ann Lee": 12, "no place": 3}
    rows = [(f"{why}{at}", "asked", 0, 2, None, "north", why) for why, count in reasons.items() for at in range(count)]
    kept = [(f"k{at}", "asked", 0, 2, None, "north", None) for at in range(20)]
    kept += [(f"k{at}", "checked", 2, 9, None, "east", None) for at in range(20)]
    found = handed(*rows, *kept)
    answer = lost_answer(found, hand_off_results(found), (), 10)
    table = next(one for one in answer.tables if one.name == "Reasons 1")
    assert [tuple(column.value(row) for column in table.columns) for row in table.rows] == [
        ("lost contact", 30), ("other reasons", 15)
    ]  # fmt: skip


def test_the_hand_offs_of_a_kind_are_each_stage_to_the_next_unless_it_says_otherwise() -> None:
    assert [(one.from_stage, one.to_stage, one.within_days) for one in KIND.hand_offs] == [
        ("asked", "checked", 28), ("checked", "built", 28)
    ]  # fmt: skip
    own = {"hand_off": [{"from_stage": "asked", "to_stage": "nowhere", "within_days": 7}]}
    with pytest.raises(ValueError, match="'nowhere' is not a stage"):
        JourneyKind.model_validate(KIND.model_dump() | own)


def test_a_hand_off_over_a_stage_in_between_is_kept_by_the_case_that_comes_through() -> None:
    """Asked is left on day 4; built is entered on day 9 by way of checked, or never."""
    through = [("checked", 4, 9, None), ("built", 9, 20, "in_use")]
    rows = [(f"c{at}", *one) for at in range(3) for one in [("asked", 0, 4, None), *through]]
    found = cases(*rows, ("stuck", "asked", 0, 4, None), ("stuck", "checked", 4, None, None))
    for days, ways in ((5, ["in_time"] * 3 + ["never"]), (4, ["late"] * 3 + ["never"])):
        hand_off = HandOff(from_stage="asked", to_stage="built", within_days=days)
        assert passed_on(found, hand_off)["way"].to_list() == ways


def test_who_was_let_go_too_recently_is_in_no_share_even_if_taken_on_at_once() -> None:
    """The extract is of day 100. Of two let go on day 95 the quick one alone would make the share of 28 days."""
    found = cases(
        ("quick", "asked", 90, 95, None), ("quick", "checked", 96, None, None), ("slow", "asked", 90, 95, None)
    )
    hand_off = HandOff(from_stage="asked", to_stage="checked", within_days=28)
    assert passed_on(found, hand_off)["way"].to_list() == ["too_recent", "too_recent"]
