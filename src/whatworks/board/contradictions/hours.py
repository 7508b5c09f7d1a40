"""A meeting that ends before it begins, or comes after its next or before its last."""

import re
from collections.abc import Iterator
from datetime import date

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import RecordPaper, date_of
from whatworks.board.parsed import Lines
from whatworks.records.calendar_names import MONTHS, long_date

NEXT = re.compile(
    rf"\bnext (?:\w+ )?meeting\b[^.]*?\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(MONTHS)}),? (\d{{4}})\b", re.IGNORECASE
)


def hours(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield meetings whose own times or dates stand in the wrong order."""
    for paper in papers:
        parsed = paper.parsed
        if parsed.time and parsed.end and parsed.end <= parsed.time:
            said = f"The meeting ended at {parsed.end:%H:%M}, before it began at {parsed.time:%H:%M}"
            yield found(paper, parsed.lines.get("end"), said)
        if parsed.date and (announced := next_day(paper)) and announced[0] <= parsed.date:
            yield found(paper, announced[1], f"The next meeting, {long_date(announced[0])}, is not after this one")
        if parsed.date and parsed.previous and parsed.previous >= parsed.date:
            said = f"The last meeting, {long_date(parsed.previous)}, is not before this one"
            yield found(paper, parsed.lines.get("previous"), said)


def next_day(paper: RecordPaper) -> tuple[date, Lines] | None:
    """Return the day that minutes give for the next meeting, and where; a day in the past is no less printed."""
    where = paper.parsed.lines.get("next")
    if paper.parsed.next and where:
        return paper.parsed.next.day, where
    if paper.parsed.kind != "minutes":
        return None
    for line in paper.document.lines:
        printed = NEXT.search(line.text)
        if printed:
            day = date_of(printed[1], printed[2], printed[3])
            return (day, (line.number, line.number)) if day else None
    return None


def found(paper: RecordPaper, where: Lines | None, title: str) -> Contradiction:
    """Return the finding, with the line of the meeting's date and that of the other field."""
    dated = paper.parsed.lines.get("date")
    quotes = tuple(paper.quote(lines) for lines in (dated, where) if lines)
    return Contradiction("order of times", title, f"{title} ({paper.when}).", quotes, "Which of the two is right?")
