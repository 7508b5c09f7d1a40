"""Whatever cases come, nothing is lost: kept, set aside or apart; days and shares add up; no small count shows."""

import re
from datetime import timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from journeys.made_up_cases import AS_AT, KIND, START, reports
from whatworks.journeys.cases import cases_of
from whatworks.journeys.hand_offs import hand_off_results
from whatworks.journeys.kind import JourneyKind
from whatworks.journeys.stage_time import journey_time
from whatworks.journeys.watch import watched
from whatworks.papers.journeys.lost import lost_answer
from whatworks.papers.journeys.time import time_answer

WATCHING = JourneyKind.model_validate(KIND.model_dump() | {"watch": {"stage": "asked", "days": [1, 5, 20]}})
SMALL = re.compile(r"(?<![\d.,%(-])\b[1-9]\b(?![\d.,%]| days)")


def random_reports(seed: int) -> pl.DataFrame:
    """Return reports of up to 200 cases: gaps, skipped stages, other ways out, two agencies, dates that contradict."""
    rng = np.random.default_rng(seed)
    rows = []
    for case in range(int(rng.integers(1, 200))):
        agencies = ("police", "court") if rng.random() < 0.3 else ("police",)
        day = int(rng.integers(0, 95))
        for stage in KIND.stages:
            if rng.random() < 0.05:
                continue
            left = day + int(rng.integers(0, 30)) - (3 if rng.random() < 0.02 else 0)
            ended = rng.choice(["in_use", "cancelled", "elsewhere", ""], p=[0.1, 0.1, 0.02, 0.78])
            for agency in agencies:
                shift = int(rng.integers(0, 3)) if agency == "court" and rng.random() < 0.2 else 0
                closed = left + shift if left + shift <= 100 else None
                outcome = (ended or None) if closed is not None else None
                rows.append((f"c{case}", stage, day, closed, outcome, agency))
            if ended or left > 100 or rng.random() < 0.1:
                break
            day = left + int(rng.integers(0, 6))
            if day > 100:
                break
    return reports(*rows).with_columns(
        borough=pl.Series([f"B{hash_of % 4}" for hash_of in range(len(rows))]),
        provider=pl.Series(rng.choice(["north", "south", "west"], len(rows))),
    )


@pytest.mark.parametrize("seed", range(40))
def test_cases_days_and_shares_add_up(seed: int) -> None:
    frame = random_reports(seed)
    found = cases_of(WATCHING, frame)
    aside = frame.height and frame["case_id"].n_unique() - found.count - sum(found.apart.values())
    told = sum(one.cases for one in found.remarks if one.problem.startswith("cases set aside"))
    assert aside <= told and (aside > 0) == (told > 0)
    assert (found.stays["days"] >= 0).all() and (found.stays["last_seen"] <= AS_AT + timedelta(3)).all()
    if not found.count:
        return
    time = journey_time(found)
    areas = [one.expected_days + one.between_days for one in time.stages]
    assert sum(areas) == pytest.approx(time.expected.total)
    assert time.open <= time.cases == found.count
    for stage in time.stages:
        assert stage.entered == stage.onward + sum(stage.other.values()) + stage.waiting
        assert np.all(np.diff(stage.curve.share) >= 0) and np.all(stage.curve.share <= 1 + 1e-12)
    for one in hand_off_results(found):
        assert sum(row.left for row in one.providers) == one.everybody.left
        assert sum(count for *_, count in one.pairs) == one.everybody.in_time
    for group in watched(found, "borough"):
        for day in group.days:
            assert sum(share.value for share in day.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(40, 70))
def test_no_count_under_ten_leaves(seed: int) -> None:
    found = cases_of(WATCHING, random_reports(seed))
    if not found.count:
        return
    groups = watched(found, "provider")
    for answer in (time_answer(journey_time(found)), lost_answer(found, hand_off_results(found), groups)):
        for table in answer.tables:
            for row in table.on_sheet().rows:
                counts = [cell for cell in row if isinstance(cell, int | Decimal) and not isinstance(cell, bool)]
                assert not [count for count in counts if 0 < count < 10 and table.name != "Watched"], table.name
        for sentence in answer.sentences:
            assert not SMALL.search(re.sub(r"fewer than 10|day \d+|within \d+ days|Within \d+ days", "", sentence)), (
                sentence
            )


def test_every_day_counts_from_the_first() -> None:
    found = cases_of(KIND, reports(("a", "asked", 0, 0, None), ("a", "checked", 0, 0, "cancelled")))
    assert found.stays["days"].to_list() == [0, 0] and found.stays["opened_on"][0] == START
    assert journey_time(found).expected.total == 0
