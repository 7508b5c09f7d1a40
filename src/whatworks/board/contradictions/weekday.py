"""A printed weekday that is not that of its date."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import MONTHS, Paper, date_of, said_day

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATED = re.compile(
    rf"\b({'|'.join(DAYS)}),?\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(MONTHS)}),?\s+(\d{{4}})\b",
    re.IGNORECASE,
)


def weekdays(papers: tuple[Paper, ...]) -> Iterator[Contradiction]:
    """Yield each date with a weekday that the calendar does not give it."""
    for paper in papers:
        for line in paper.document.lines:
            for found in DATED.finditer(line.text):
                day = date_of(found[2], found[3], found[4])
                if day and DAYS[day.weekday()] != found[1].capitalize():
                    yield Contradiction(
                        "weekday",
                        f"{found[1].capitalize()} {said_day(day)} was a {DAYS[day.weekday()]}",
                        f"The paper prints {found[1].capitalize()} {said_day(day)}. By the calendar that day was a "
                        f"{DAYS[day.weekday()]}: either the weekday or the date is wrong.",
                        (paper.quote((line.number, line.number)),),
                        "On which day did the board meet?",
                        f"the calendar: {said_day(day)} was a {DAYS[day.weekday()]}",
                    )
