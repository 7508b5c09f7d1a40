"""Days and hours of meetings that cannot be as they are printed."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from whatworks.board.contradictions.record import Contradiction, RecordPaper, by_body, date_of
from whatworks.board.parsed import Lines
from whatworks.records.calendar_names import MONTHS, WEEKDAYS, long_date, weekday

NEXT = re.compile(
    rf"\bnext (?:\w+ )?meeting\b[^.]*?\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(MONTHS)}),? (\d{{4}})\b", re.IGNORECASE
)


MOVED_AT_MOST = 60
"""Days by which a meeting that was announced may have been moved."""


LONGEST_HOURS = 8
"""How long a meeting may last."""


def hours(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield meetings whose own times or dates stand in the wrong order."""
    for paper in papers:
        parsed = paper.parsed
        if parsed.time and parsed.end and parsed.end <= parsed.time and settled(paper):
            said = f"The meeting ended at {parsed.end:%H:%M}, before it began at {parsed.time:%H:%M}"
            yield found(paper, parsed.lines.get("end"), said)
        if parsed.date and (announced := next_day(paper)) and announced[0] <= parsed.date:
            yield found(paper, announced[1], f"The next meeting, {long_date(announced[0])}, is not after this one")
        if parsed.date and parsed.previous and parsed.previous >= parsed.date:
            said = f"The last meeting, {long_date(parsed.previous)}, is not before this one"
            yield found(paper, parsed.lines.get("previous"), said)


def settled(paper: RecordPaper) -> bool:
    """Return whether the end can only be meant as it was read: its line says which half of the day, or neither fits."""
    parsed, where = paper.parsed, paper.parsed.lines.get("end")
    if parsed.time and parsed.end and parsed.end.hour + 12 - parsed.time.hour > LONGEST_HOURS:
        return True
    words = paper.document.between(where) if where else ""
    return bool(re.search(r"\d ?[ap]\.?m\b|\b(?:1[3-9]|2[0-3])[:.]?\d\d\b|\b0\d[:.]\d\d\b", words, re.IGNORECASE))


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


def last_meetings(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield minutes whose last meeting lies before a meeting that the record holds, or before one it announced."""
    for held in by_body(papers):
        for before, paper in pairwise(held):
            finding = disputed(before, paper)
            if finding:
                yield finding


def disputed(before: RecordPaper, paper: RecordPaper) -> Contradiction | None:
    """Return the finding, or None."""
    day, previous, held, announced = (
        paper.parsed.date, paper.parsed.previous, before.parsed.date, before.parsed.next,
    )  # fmt: skip
    where = paper.parsed.lines.get("previous")
    if not (day and previous and held and where) or held == day:
        return None
    named = f"The minutes of {paper.when} call {long_date(previous)} the last meeting"
    words = paper.document.between(where)
    if previous < held and re.search(rf"\b0?{held.day}(?:st|nd|rd|th)? {held:%B}\b", words):
        return None
    if previous < held:
        other, reason = before.parsed.lines.get("date"), f"but minutes of {long_date(held)} are held, between the two."
    elif announced and previous < announced.day and (day - announced.day).days > MOVED_AT_MOST:
        other = before.parsed.lines.get("next")
        reason = f"but {long_date(announced.day)} had been announced: it was not held, or its record is lost."
    else:
        return None
    return Contradiction(
        "last meeting",
        f"Which was the last meeting before {paper.when}?",
        f"{named}, {reason}",
        (*((before.quote(other),) if other else ()), paper.quote(where)),
        "Which meeting's minutes were agreed?",
    )
