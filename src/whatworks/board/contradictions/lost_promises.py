"""Promises to a meeting that, by the board's own account, was never held."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper, by_body
from whatworks.board.parsed import Claim, Promise
from whatworks.records.calendar_names import long_date

NOTHING_LEFT = re.compile(
    r"\bno (?:outstanding|open|overdue|remaining) actions?\b|\bno actions? (?:were |was |is |are )?outstanding\b"
    r"|\ball (?:of the )?actions? (?:were |was |had been |have been |are )?"
    r"(?:now )?(?:completed?|closed|discharged|done)\b",
    re.IGNORECASE,
)


def lost_promises(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield, for each set of minutes, the earlier promises to a meeting that it passes over."""
    for held in by_body(papers):
        days = {paper.parsed.date for paper in held}
        for at, later in enumerate(held):
            passed = [
                (paper, promise)
                for paper in held[:at]
                for promise in promises(paper)
                if passed_over(promise, later) and not any(within(promise, day) for day in days)
            ]
            if passed and (after_last(passed, held[:at]) or claim(later)):
                yield contradiction_of(passed, later)


def promises(paper: RecordPaper) -> tuple[Promise, ...]:
    """Return the promises to a meeting, marked actions first."""
    parsed = paper.parsed
    every = (*parsed.actions, *parsed.deliverables, *parsed.commitments)
    return tuple(one for one in every if one.due_kind == "meeting" and one.due_to)


def within(promise: Promise, day: object) -> bool:
    """Return whether a day lies in the promise's window."""
    return promise.due_from is not None and promise.due_to is not None and promise.due_from <= day <= promise.due_to  # type: ignore[operator]


def passed_over(promise: Promise, later: RecordPaper) -> bool:
    """Return whether the later minutes come after the due meeting, and call an earlier day the last meeting."""
    start, end, day, previous = promise.due_from, promise.due_to, later.parsed.date, later.parsed.previous
    return None not in (start, end, day, previous) and end < day and previous < start  # type: ignore[operator]


def after_last(passed: list[tuple[RecordPaper, Promise]], before: tuple[RecordPaper, ...]) -> bool:
    """Return whether the promises come from the record held just before: older ones may have been settled between."""
    return bool(before) and any(paper is before[-1] for paper, _ in passed)


def claim(paper: RecordPaper) -> Claim | None:
    """Return the minutes' claim that no action is outstanding."""
    return next((one for one in paper.parsed.claims if NOTHING_LEFT.search(f"{one.text} {one.sentence}")), None)


def contradiction_of(passed: list[tuple[RecordPaper, Promise]], later: RecordPaper) -> Contradiction:
    """Return the finding, with every promise, the day called the last meeting, and the claim."""
    due = list(dict.fromkeys(promise.due_text or "" for _, promise in passed))
    said, previous = claim(later), later.parsed.previous
    quotes = [paper.quote(one.lines, None if one.marked else one.due_text) for paper, one in passed]
    quotes += [paper.quote(one.due_lines) for paper, one in passed if one.due_lines and one.due_lines != one.lines]
    account = []
    if previous:
        account.append(f"call {long_date(previous)} the last meeting")
        where = later.parsed.lines.get("previous")
        quotes += [later.quote(where)] if where else []
    if said:
        account.append("say that no action was outstanding")
        quotes.append(later.quote(said.lines, said.sentence))
    things = "one promise was" if len(passed) == 1 else f"{len(passed)} promises were"
    title = f"What was due at the {due[0]} has no record" if due[0] else "A promise's meeting has no record"
    return Contradiction(
        "lost promise",
        title,
        f"In the minutes of {passed[0][0].when}, {things} due ({', '.join(filter(None, due))}); no record of such a "
        f"meeting is held. The minutes of {later.when} {' and '.join(account)}. Either the meeting was not held and "
        "the promises were left, or they were closed off the record.",
        tuple(dict.fromkeys(quotes)),
        f"Was the meeting held, and where is what it was promised: {'; '.join(one.text for _, one in passed)}",
    )
