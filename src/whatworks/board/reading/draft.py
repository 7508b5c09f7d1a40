"""Check a draft before it goes out: what a careful secretary would put right, each fault with its lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from whatworks.board.parsed import Lines, MinuteParagraph, ParsedPaper, Promise
from whatworks.board.reading.meeting import past_next
from whatworks.board.reading.owner import is_collective, is_owner_in_room
from whatworks.records.calendar_names import long_date, weekday
from whatworks.records.documents import Document

FaultKind = Literal[
    "weekday",
    "date",
    "time",
    "numbering",
    "initials",
    "owner",
    "no owner",
    "no date",
    "base",
    "sum",
    "attendance",
    "unplaced",
    "taken back",
]


@dataclass(frozen=True, slots=True)
class DraftFault:
    """One thing to put right, and how."""

    kind: FaultKind
    problem: str
    remedy: str
    text: str
    """The words that it is about, as printed."""
    lines: Lines


def check_draft(parsed: ParsedPaper, document: Document) -> tuple[DraftFault, ...]:
    """Return the faults of a draft, by line."""
    found = [
        *_head(parsed, document),
        *_numbering(parsed.paragraphs, parsed),
        *_mentions(parsed),
        *_promises(parsed),
        *_figures(parsed),
        *_taken_back(document),
    ]
    return tuple(sorted(found, key=lambda fault: (fault.lines, fault.kind, fault.problem)))


def _head(parsed: ParsedPaper, document: Document) -> Iterator[DraftFault]:
    if parsed.date is None:
        yield DraftFault("date", "no date of the meeting is printed", "write the date at the head", "", (1, 1))
    if parsed.weekday_ok is False and parsed.date:
        lines = parsed.lines["date"]
        text = " ".join(document.between(lines).split())
        yield DraftFault(
            "weekday",
            f"{long_date(parsed.date)} is a {weekday(parsed.date)}",
            "correct the weekday or the date",
            text,
            lines,
        )
    if parsed.time_text and parsed.time is None:
        lines = parsed.lines["time"]
        yield DraftFault("time", f"{parsed.time_text} says neither am nor pm", "add am or pm", parsed.time_text, lines)
    if parsed.date and parsed.next is None and (past := past_next(document.lines, parsed.date)):
        line, day = past
        problem = f"the next meeting, {day}, does not lie after this one, {parsed.date}"
        yield DraftFault("date", problem, "correct the date", " ".join(line.text.split()), (line.number, line.number))
    if parsed.kind == "minutes" and not parsed.people:
        yield DraftFault("attendance", "nobody is listed as present", "list who was there under Present", "", (1, 1))


def _taken_back(document: Document) -> Iterator[DraftFault]:
    """Yield the words that the paper strikes through, hides or deleted: nobody reads them, and they are still sent."""
    for aside in document.asides:
        if aside.kind in ("struck-through", "hidden", "deleted"):
            problem = f"these words are {aside.kind}, and were not read"
            lines = (max(1, min(aside.line, len(document.lines))),) * 2
            yield DraftFault("taken back", problem, "take them out, or write them plainly", aside.text.strip(), lines)


def _numbering(paragraphs: Sequence[MinuteParagraph], parsed: ParsedPaper) -> Iterator[DraftFault]:
    """Yield numbers that stand twice, are left out, or hang below a number that is not there."""
    seen: dict[tuple[str | None, str], Lines] = {}
    last: dict[str, int] = {}
    for paragraph in paragraphs:
        if not paragraph.number or not re.fullmatch(r"\d+(?:\.\d+)*", paragraph.number):
            continue
        scope = paragraph.item if parsed.kind == "report" else None
        if (scope, paragraph.number) in seen:
            yield DraftFault(
                "numbering",
                f"{paragraph.number} stands twice (first on line {seen[(scope, paragraph.number)][0]})",
                "number the second anew",
                paragraph.number,
                paragraph.lines,
            )
        seen[(scope, paragraph.number)] = paragraph.lines
        parent, _, own = paragraph.number.rpartition(".")
        if parent.count(".") and (scope, parent) not in seen:
            yield DraftFault(
                "numbering",
                f"{paragraph.number} has no {parent} above it",
                f"add {parent}, or number it {parent}",
                paragraph.number,
                paragraph.lines,
            )
        elif not parent.count(".") or (scope, parent) in seen:
            series = f"{scope}/{parent}"
            due = last.get(series, 0) + 1
            if int(own) > due and (parent or series in last):
                missing = f"{parent}.{due}" if parent else str(due)
                yield DraftFault(
                    "numbering",
                    f"{missing} is missing before {paragraph.number}",
                    "close the gap",
                    paragraph.number,
                    paragraph.lines,
                )
            last[series] = max(int(own), last.get(series, 0))


def _mentions(parsed: ParsedPaper) -> Iterator[DraftFault]:
    for mention in parsed.unresolved:
        if mention.kind == "attendance":
            yield DraftFault(
                "attendance", f"{mention.text} {mention.reason}", "take one of them out", mention.text, mention.lines
            )
            continue
        likely = f"; perhaps {' or '.join(mention.likely[:2])}" if mention.likely else ""
        yield DraftFault(
            "initials", f"{mention.text}: {mention.reason}", f"name the person{likely}", mention.text, mention.lines
        )
    for left in parsed.unplaced:
        yield DraftFault(
            "unplaced", "this line could not be placed", "see whether it belongs here", left.text, left.lines
        )


def _promises(parsed: ParsedPaper) -> Iterator[DraftFault]:
    for promise in (*parsed.actions, *parsed.deliverables):
        what = "the action" if promise.marked else "the deliverable"
        if not promise.owners:
            yield DraftFault("no owner", f"{what} has no owner", "say who", promise.text, promise.lines)
        if not promise.due_text:
            yield DraftFault("no date", f"{what} has no date", "say by when", promise.text, promise.lines)
        elif promise.due_from is None:
            problem = f"{what} is due {promise.due_text!r}, which names no day"
            yield DraftFault("no date", problem, "say by when", promise.text, promise.lines)
        yield from _absent_owners(promise, parsed)
    for promise in parsed.commitments:
        if not promise.due_text:
            yield DraftFault(
                "no date",
                "a promise in prose has no date",
                "say by when, or mark it as an action",
                promise.text,
                promise.lines,
            )
        elif not promise.owners:
            yield DraftFault(
                "no owner",
                "a promise in prose has no owner",
                "say who, or mark it as an action",
                promise.text,
                promise.lines,
            )


def _absent_owners(promise: Promise, parsed: ParsedPaper) -> Iterator[DraftFault]:
    for owner in promise.owners:
        if parsed.people and not is_collective(owner) and not is_owner_in_room(owner, parsed.people):
            yield DraftFault(
                "owner",
                f"{owner} owns this and was not in the room",
                "check that they know and accept it",
                owner,
                promise.lines,
            )


def _figures(parsed: ParsedPaper) -> Iterator[DraftFault]:
    for figure in parsed.figures:
        if figure.kind == "rate" and figure.base is None:
            yield DraftFault(
                "base",
                f"{figure.text} of how many is not said",
                "give the number of people or cases",
                figure.text,
                figure.lines,
            )
    for fault in parsed.table_faults:
        named = fault.row if fault.across else f"{fault.row}, {fault.column}"
        yield DraftFault(
            "sum",
            f"{named}: {fault.printed:,} is printed, its parts come to {fault.sum:,}",
            "correct one of them",
            fault.row,
            fault.lines,
        )
