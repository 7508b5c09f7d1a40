"""Time in stages: by hand, with those who wait, the bottleneck, the queue and Little's law."""

from datetime import timedelta

import numpy as np
import pytest

from journeys.made_up_cases import START, cases
from whatworks.journeys.stage_change import journey_change
from whatworks.journeys.stage_time import journey_time
from whatworks.papers.journeys.time import time_answer
from whatworks.records.refusal import Refused


def test_days_in_each_stage_and_between_add_up_where_everybody_has_finished() -> None:
    found = journey_time(
        cases(
            ("a", "asked", 0, 4, None), ("a", "checked", 6, 16, None), ("a", "built", 16, 20, "in_use"),
            ("b", "asked", 0, 8, None), ("b", "checked", 8, 38, None), ("b", "built", 38, 40, "in_use"),
        )
    )  # fmt: skip
    # tau is the median of 20 and 40 where so few are watched; up to day 30: asked (4 + 8)/2, checked (10 + 22)/2,
    # built (4 + 0)/2, between asked and checked (2 + 0)/2
    assert found.expected.tau == 30
    assert [one.expected_days for one in found.stages] == pytest.approx([6, 16, 2])
    assert [one.between_days for one in found.stages] == pytest.approx([1, 0, 0])
    assert found.expected.total == pytest.approx(25)
    assert found.bottleneck.stage.id == "checked"
    assert [one.median.days for one in found.stages] == [4, 10, 2]
    assert [one.finished_mean for one in found.stages] == [6, 20, 3]
    assert found.stages[0].on_target == 0.5  # one of two within five days


def test_those_who_left_by_another_way_never_move_on_later() -> None:
    rows = [(f"c{at}", "asked", 0, day, None if at % 2 else "cancelled") for at, day in enumerate(range(1, 21))]
    found = journey_time(cases(*rows)).stages[0]
    assert (found.entered, found.onward, found.other, found.waiting) == (20, 10, {"cancelled": 10}, 0)
    assert found.median.days == 20 and found.ninetieth.days is None  # half of all have moved on by the last day alone


def test_the_mean_of_finished_cases_is_refused_while_more_than_a_tenth_wait() -> None:
    done = [(f"d{at}", "asked", 0, 10, None) for at in range(9)]
    found = journey_time(cases(*done, ("w", "asked", 0, None, None))).stages[0]
    assert (found.open_share, found.finished_mean) == (0.1, 10)
    more = journey_time(cases(*done, ("w", "asked", 0, None, None), ("x", "asked", 9, None, None))).stages[0]
    assert more.finished_mean is None and more.finished_median == 10


def test_a_steady_queue_is_arrivals_times_the_wait() -> None:
    # one a day enters from day 0 to day 95 and waits five days: from day 5 on five are waiting
    found = journey_time(cases(*((f"c{day}", "asked", day, day + 5, None) for day in range(96))))
    queue = found.stages[0].queue
    assert (queue.days, queue.entered, queue.left, queue.waiting) == (365, 96, 96, 0)
    assert queue.clearance == 1
    assert queue.mean_queue == pytest.approx(96 * 5 / 365)
    assert queue.expected_queue == pytest.approx(queue.mean_queue)


def test_small_counts_are_in_no_sentence_table_or_curve_of_the_paper() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for at in range(60):
        way = None if at < 40 else "cancelled" if at < 43 else ""
        rows.append((f"c{at}", "asked", 0, None if way == "" else int(rng.integers(1, 60)), way or None))
    rows += [(f"c{at}", "checked", 60, 70, None) for at in range(4)]
    found = journey_time(cases(*rows))
    answer = time_answer(found, 10)
    stages, days, queues, _ = answer.tables
    shown = [[column.value(row) for column in stages.columns] for row in stages.rows]
    assert shown[0][2:] == [60, 40, "c", "c"]  # three cancelled, so the waiting are withheld too
    assert shown[1][2:] == ["c", "c", "c", "c"]
    assert {column.value(days.rows[1]) for column in days.columns[1:]} == {"c"}
    assert queues.rows[1].queue == ("c", "c")
    exact = answer.document()
    assert exact["disclosure"] == "restricted" and exact["stages"][0]["other"] == {"cancelled": 3}


def test_completed_cases_are_counted_by_quarter_beside_those_who_wait() -> None:
    found = journey_time(
        cases(
            ("a", "built", 0, 10, "in_use"), ("b", "built", 0, 30, "in_use"), ("c", "built", 80, 95, "in_use"),
            ("d", "built", 0, 40, "cancelled"), ("e", "built", 0, None, None),
        )
    )  # fmt: skip
    assert [(one.quarter, one.cases, one.median) for one in found.finished] == [("2024 Q1", 2, 20), ("2024 Q2", 1, 15)]


def test_the_change_between_periods_is_shared_out_among_the_stages() -> None:
    # forty cases before day 50 and forty from then on; asked takes two days, checked 4 and then 10, and 20 for ten
    rows = []
    for at in range(80):
        start, usual = (at % 40, 4) if at < 40 else (50 + at % 20, 10)
        checked = 20 if at % 40 >= 30 else usual
        rows.append((f"c{at}", "asked", start, start + 2, None))
        rows.append((f"c{at}", "checked", start + 2, start + 2 + checked, "cancelled"))
    found = journey_change(cases(*rows), START + timedelta(50))
    assert (found.cases, found.tau) == ((40, 40), 22)  # ten of each forty are watched on day 22
    asked, checked, built = found.stages
    assert (asked.before, asked.after) == pytest.approx((2, 2)) and (built.before, built.after) == (0, 0)
    assert (checked.before, checked.after) == pytest.approx(((30 * 4 + 10 * 20) / 40, (30 * 10 + 10 * 20) / 40))
    assert found.total.change == pytest.approx(4.5) and found.share(checked) == pytest.approx(1)
    # days to the end, up to 22: 30 of 6 and 10 of 22 before, 30 of 12 and 10 of 22 after; their variances over 40
    assert found.se == pytest.approx((0.75 * 0.25 * 16**2 / 40 + 0.75 * 0.25 * 10**2 / 40) ** 0.5)
    assert found.smallest == pytest.approx(2.8016 * found.se, rel=1e-4)
    answer = time_answer(journey_time(cases(*rows)), change=found)
    assert "is +2.0 to +7.0 days; one of 3.6 days would be found four times in five." in " ".join(answer.sentences)
    assert "Checked changed most, by +4.5." in " ".join(answer.sentences)
    with pytest.raises(Refused, match="no case was opened in that time"):
        journey_change(cases(*rows), START + timedelta(90))
    with pytest.raises(Refused, match="leaves 1 and 79 cases before and after it"):
        journey_change(cases(*rows), START + timedelta(1))


def test_three_that_wait_where_nothing_moved_are_in_no_queue_and_no_count_of_the_finished() -> None:
    """Sixty were built in use three years ago; three wait to be checked since: the year's mean queue is 3.0."""
    way = [("asked", -900, -880, None), ("checked", -880, -860, None), ("built", -860, -850, "in_use")]
    rows = [(f"d{at}", *one) for at in range(60) for one in way]
    answer = time_answer(journey_time(cases(*rows, *((f"w{at}", "checked", -800, None, None) for at in range(3)))))
    queues, finished = (next(one for one in answer.tables if one.name == name) for name in ("Queues", "Finished"))
    assert [column.value(queues.rows[1]) for column in queues.columns[1:]] == [0, 0, "none", "c", "c"]
    assert [column.value(finished.rows[0]) for column in finished.columns[1:]] == ["c", "c"]


def test_a_bottleneck_that_is_withheld_is_said_to_be() -> None:
    """Sixty were asked; checked takes longest by far, of 57: three fewer, which would show the three that wait."""
    rows = [(f"c{at}", "asked", 0, 2, None) for at in range(57)] + [
        (f"c{at}", "asked", 0, None, None) for at in (57, 58, 59)
    ]
    rows += [(f"c{at}", "checked", 2, 90, None) for at in range(57)]
    answer = time_answer(journey_time(cases(*rows)))
    assert any(line.startswith("The bottleneck is withheld") for line in answer.sentences)
