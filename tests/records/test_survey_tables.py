"""Waves and answers of a survey come in whole: a weight that no respondent can have, or a wave twice, is set aside."""

from collections.abc import Callable
from typing import Any

WAVES = "wave_id,survey,from_date,to_date\n"
ANSWERS = "wave_id,respondent_id,question,answer,weight,fpc\n"


def test_rows_are_kept_or_set_aside_with_field_and_remedy(take: Callable[..., Any], rows: Callable[..., Any]) -> None:
    take(WAVES + "w1,attitudes,2024-01-01,2024-03-31\n", "survey_wave")
    bad = "w1,r2,trust,no,0,\nw1,r3,trust,no,-2.5,\nw2,r4,trust,no,1,\nw1,r5,trust,no,1,0.5\nw1,r1,trust,no,1,\n"
    report = take(ANSWERS + "w1,r1,trust,yes,12.5,40\nw1,r6,trust,yes,3,40\n" + bad, "survey_response")
    [block] = report.blocks
    assert (block.rows_in, block.kept, block.quarantined) == (7, 1, 6)  # r1 stands twice: neither can be chosen
    assert rows("SELECT line, field, rule, problem FROM quarantine ORDER BY line") == [
        (2, "wave_id", "duplicate_key", "stands in 2 rows of this file"),
        (4, "weight", "min_exclusive", "is not more than 0.0"),
        (5, "weight", "min_exclusive", "is not more than 0.0"),
        (6, "wave_id", "unknown_parent", "is not in table survey_wave"),
        (7, "fpc", "min", "is less than 1.0"),
        (8, "wave_id", "duplicate_key", "stands in 2 rows of this file"),
    ]


def test_a_wave_that_ends_before_it_begins_or_comes_twice_is_set_aside(
    take: Callable[..., Any], rows: Callable[..., Any]
) -> None:
    twice = "w2,attitudes,2024-04-01,2024-06-30\n" * 2
    take(WAVES + "w1,attitudes,2024-03-31,2024-01-01\n" + twice + "w3,attitudes,2024-07-01,2024-09-30\n", "survey_wave")
    assert rows("SELECT line, rule FROM quarantine ORDER BY line") == [
        (2, "order"), (3, "duplicate_key"), (4, "duplicate_key"),
    ]  # fmt: skip
