"""Minutes that call another day the last meeting than the record does."""

from collections.abc import Iterator
from itertools import pairwise

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import RecordPaper, by_body
from whatworks.records.calendar_names import long_date


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
    if previous < held:
        other, reason = before.parsed.lines.get("date"), f"but minutes of {long_date(held)} are held, between the two."
    elif announced and previous < announced.day < day:
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
