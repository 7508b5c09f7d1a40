"""A meeting that ends before it begins, or comes after its next or before its last."""

from collections.abc import Iterator

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import Paper, said_day


def hours(papers: tuple[Paper, ...]) -> Iterator[Contradiction]:
    """Yield meetings whose own times or dates stand in the wrong order."""
    for paper in papers:
        parsed = paper.parsed
        if parsed.time and parsed.end and parsed.end <= parsed.time:
            yield found(
                paper, "end", f"The meeting ended at {parsed.end:%H:%M}, before it began at {parsed.time:%H:%M}"
            )
        if parsed.date and parsed.next and parsed.next.day <= parsed.date:
            yield found(paper, "next", f"The next meeting, {said_day(parsed.next.day)}, is not after this one")
        if parsed.date and parsed.previous and parsed.previous >= parsed.date:
            yield found(paper, "previous", f"The last meeting, {said_day(parsed.previous)}, is not before this one")


def found(paper: Paper, field: str, title: str) -> Contradiction:
    """Return the finding, with the line of the meeting's date and that of the other field."""
    lines = paper.parsed.lines
    quotes = tuple(paper.quote(lines[name]) for name in ("date", field) if name in lines)
    return Contradiction("order of times", title, f"{title} ({paper.when}).", quotes, "Which of the two is right?")
