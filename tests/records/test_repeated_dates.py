"""Dates that repeat as placeholders do are said at import, kept with the source, and repeated by an evaluation."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.how_read import source_notes

Take = Callable[..., Any]
ORDINARY = [date(1960, 3, 5) + timedelta(days=97 * n) for n in range(200)]
"""200 days, no two the same and, from 5 March 1960 in steps of 97 days, none of them 1 January."""


def born(*days: date) -> str:
    return "person_id,date_of_birth\n" + "".join(f"{n},{day}\n" for n, day in enumerate(days))


def told(report: Any) -> str:
    return " ".join(report.notes)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        # 22 of 222 are 9.9%; 10 of 210 are 4.8%; 11 of 211 are 5.2%; 4 of 44 are too few dates to tell of
        ([*ORDINARY, *[date(1970, 7, 7)] * 22], "10% of the dates in person.date_of_birth are one and the same day"),
        ([*ORDINARY, *[date(1970, 7, 7)] * 10], ""),
        ([*ORDINARY, *[date(1970, 7, 7)] * 11], "5% of the dates"),
        ([*ORDINARY[:40], *[date(1970, 7, 7)] * 4], ""),
        ([*ORDINARY, *(date(1960 + n, 1, 1) for n in range(25))], "11% of the dates in person.date_of_birth are 1 Jan"),
        ([*ORDINARY, *(date(1960 + n, 1, 1) for n in range(9))], ""),
        (ORDINARY, ""),
    ],
)
def test_birth_dates_that_repeat_are_told_with_their_share(take: Take, days: list[date], words: str) -> None:
    said = told(take(born(*days), "person"))
    assert words in said and bool(words) == bool(said), said
    assert "1970-07-07" not in said


def test_other_dates_are_told_with_the_day_and_at_a_larger_share(take: Take) -> None:
    take(born(*ORDINARY[:1]), "person")
    rows = [f"C{n},0,{day}" for n, day in enumerate([*ORDINARY, *[date(2024, 5, 6)] * 60])]
    said = told(take("offence_id,person_id,committed_from\n" + "\n".join(rows), "offence"))
    assert said == "23% of the dates in offence.committed_from are 2024-05-06, as a placeholder would be"  # 60 of 260
    rows = rows[:210]  # 10 of 210
    assert (
        told(take("offence_id,person_id,committed_from\n" + "\n".join(rows), "offence", source="s2", replace=True))
        == ""
    )


def test_notes_stay_with_the_source_until_it_is_replaced(store: Store, take: Take) -> None:
    bad = born(*ORDINARY, *[date(1970, 7, 7)] * 40)
    first = take(bad, "person", source="people", file="p.csv")
    assert source_notes(store) == {"people": first.notes} and first.notes
    again = take(bad, "person", source="people", file="p.csv")
    assert again.already and again.notes == first.notes
    take(born(*ORDINARY), "person", source="people", file="p.csv", replace=True)
    assert source_notes(store) == {}
