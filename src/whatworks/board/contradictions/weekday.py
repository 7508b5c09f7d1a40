"""A printed weekday that is not that of its date."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import RecordPaper, date_of
from whatworks.records.calendar_names import MONTHS, WEEKDAYS, long_date, weekday

DATED = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(MONTHS)}),?\s+(\d{{4}})\b",
    re.IGNORECASE,
)


def weekdays(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each date with a weekday that the calendar does not give it."""
    for paper in papers:
        for line in paper.document.lines:
            for found in DATED.finditer(line.text):
                day = date_of(found[2], found[3], found[4])
                if day and weekday(day) != found[1].capitalize():
                    yield Contradiction(
                        "weekday",
                        f"{found[1].capitalize()} {long_date(day)} was a {weekday(day)}",
                        f"The paper prints {found[1].capitalize()} {long_date(day)}. By the calendar that day was a "
                        f"{weekday(day)}: either the weekday or the date is wrong.",
                        (paper.quote((line.number, line.number)),),
                        "On which day did the board meet?",
                        f"the calendar: {long_date(day)} was a {weekday(day)}",
                    )
