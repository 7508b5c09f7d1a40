"""When something is due: as written, and the days that it means from a meeting on 20 November 2023."""

from datetime import date

import pytest

from whatworks.board.parsed import NextMeeting
from whatworks.board.reading.due import Clock, find_due

CLOCK = Clock(date(2023, 11, 20), NextMeeting(date(2024, 2, 5)))


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("report in March", "March", date(2024, 3, 1), date(2024, 3, 31)),
        ("report by the end of December", "end of December", date(2023, 12, 31), date(2023, 12, 31)),
        ("in January or February 2024", "January or February 2024", date(2024, 1, 1), date(2024, 2, 29)),
        ("report to the March ESB meeting", "March ESB meeting", date(2024, 3, 1), date(2024, 3, 31)),
        ("signed off at the 4 December ESB.", "4 December ESB", date(2023, 12, 4), date(2023, 12, 4)),
        ("come back next time", "next time", date(2024, 2, 5), date(2024, 2, 5)),
        ("by 30 June 2024", "30 June 2024", date(2024, 6, 30), date(2024, 6, 30)),
        ("by 8 January", "8 January", date(2024, 1, 8), date(2024, 1, 8)),
        ("within three weeks", "within three weeks", date(2023, 11, 20), date(2023, 12, 11)),
        ("over the coming two months", "coming two months", date(2023, 11, 20), date(2024, 1, 20)),
        ("once completed", "once completed", None, None),
    ],
)
def test_due_as_written_and_as_days(text: str, words: str, first: date | None, last: date | None) -> None:
    found = find_due(text, CLOCK, "ESB")
    assert found is not None
    assert (found.text, found.from_day, found.to_day) == (words, first, last)


@pytest.mark.parametrize(
    "text", ["a 2 year programme", "in the first year of May's term", "for 12 months", "within London"]
)
def test_what_is_no_due_date(text: str) -> None:
    assert find_due(text, CLOCK, "ESB") is None
