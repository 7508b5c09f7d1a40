"""What was read from a paper, each thing beside the words that it was read from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whatworks.board.parsed import Lines, ListedPerson, ParsedPaper, Promise
from whatworks.records.listing import listed


@dataclass(frozen=True, slots=True)
class ReadThing:
    """A thing that was read: its kind, what it became, and the printed lines with their words."""

    kind: str
    says: str
    lines: Lines
    words: str


def read_back(parsed: ParsedPaper, lines: Sequence[str]) -> tuple[ReadThing, ...]:
    """Return each thing that was read from a paper, in the order of the lines that it was read from.

    >>> from datetime import date
    >>> from whatworks.board.parsed import MinuteItem
    >>> paper = ParsedPaper("minutes", None, date(2024, 5, 1), True, None, None, None, None, None, None, (),
    ...     items=(MinuteItem("2", "Knife crime", (1, 1)),))
    >>> read_back(paper, ["2.  Knife crime"])
    (ReadThing(kind='item', says='2: Knife crime', lines=(1, 1), words='2. Knife crime'),)
    """
    every = sorted(_things(parsed), key=lambda thing: thing[2])
    return tuple(ReadThing(kind, says, where, words_of(lines, where)) for kind, says, where in every)


def words_of(lines: Sequence[str], where: Lines) -> str:
    """Return the words of some lines of a paper as one text.

    >>> words_of(["one", "", "two  three"], (1, 3))
    'one two three'
    """
    return " ".join(" ".join(lines[where[0] - 1 : where[1]]).split())


def _things(parsed: ParsedPaper) -> Iterator[tuple[str, str, Lines]]:
    for name in ("body", "date", "time_text", "end", "place", "previous"):
        where, value = parsed.lines.get(name.removesuffix("_text")), getattr(parsed, name)
        if where and value is not None:
            yield name.removesuffix("_text"), f"{value:%H:%M}" if name == "end" else str(value), where
    if parsed.next and "next" in parsed.lines:
        yield "next meeting", str(parsed.next.day), parsed.lines["next"]
    for person in parsed.people:
        yield "present" if person.present else "apologies", _person(person), person.lines
    for item in parsed.items:
        yield "item", ": ".join(part for part in (item.number, item.title) if part), item.lines
    for decision in parsed.decisions:
        condition = f" ({decision.condition})" if decision.condition else ""
        yield "decision", f"{decision.decider or 'the meeting'}: {decision.text}{condition}", decision.lines
    for kind, promises in (
        ("action", parsed.actions), ("deliverable", parsed.deliverables), ("promise in prose", parsed.commitments),
    ):  # fmt: skip
        for promise in promises:
            yield kind, _promise(promise), promise.lines
    for status in parsed.statuses:
        yield "status", f"{status.state}: {status.promise or f'action {status.number}'}", status.lines
    for priority in parsed.priorities:
        lead = f", lead {priority.lead}" if priority.lead else ""
        yield "priority", f"{priority.name} ({priority.status}{lead})", priority.lines
    for planned in parsed.agenda_next:
        yield "next agenda", planned.text, planned.lines
    for asked in parsed.recommendations:
        yield "recommendation", asked.text, asked.lines
    for risk in parsed.risks:
        yield "risk", risk.text, risk.lines


def _person(person: ListedPerson) -> str:
    return ", ".join(part for part in (person.name, person.role, person.organisation) if part)


def _promise(promise: Promise) -> str:
    due = promise.due_text or "no date"
    if promise.due_from:
        days = dict.fromkeys(str(day) for day in (promise.due_from, promise.due_to) if day)
        due = f"{due} = {' to '.join(days)}"
    return f"{listed(list(promise.owners)) or 'no owner'}; {due}: {promise.text}"
