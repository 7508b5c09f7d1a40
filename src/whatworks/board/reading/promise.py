"""Put a promise together of what a text says: what is to be done, by whom and by when."""

import re
from dataclasses import dataclass, replace

from whatworks.board.parsed import Lines, ListedPerson, Promise
from whatworks.board.reading.column_head import kinds_of
from whatworks.board.reading.due import Clock, Due, find_due, read_due
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.owner import split_owners, stated_owner

TASK = re.compile(
    r"\b(?!(?:by|due|before|on|at|in|for|until|within|no|later|than|the|end|of|early|mid|late|target|deadline|date"
    r"|completion)\b)[a-z]{2,}",
    re.IGNORECASE,
)
"""A word that is no part of a due date."""


@dataclass(frozen=True, slots=True)
class PromiseContext:
    """What is known when promises are read."""

    people: tuple[ListedPerson, ...]
    clock: Clock
    short: str | None


def promised(
    text: str, owners: tuple[str, ...], due: Due | None, unit: Unit, lines: Lines, *, marked: bool, number: str | None
) -> Promise:
    """Return a promise of this unit's item, due as the text says."""
    return Promise(
        text=text,
        owners=owners,
        due_text=due.text if due else None,
        due_from=due.from_day if due else None,
        due_to=due.to_day if due else None,
        marked=marked,
        lines=lines,
        paragraph=unit.number,
        item=unit.item,
        number=number,
        due_kind=due.kind if due else None,
    )


def with_fields(promise: Promise, fields: dict[str, str], reading: PromiseContext) -> Promise:
    """Return a promise with the owner and the date that fields beside it state."""
    owners = stated_owner(fields.get("owner", "").strip(" .;,"), reading.people)
    due = read_due(fields.get("due", "").strip(" .;,"), reading.clock, reading.short)
    if owners:
        promise = replace(promise, owners=owners)
    if due and due.kind != "event":
        promise = replace(promise, due_text=due.text, due_from=due.from_day, due_to=due.to_day, due_kind=due.kind)
    return promise


def fields_of(text: str) -> tuple[str, dict[str, str]]:
    """Part what is to be done from what is said of it.

    >>> fields_of("Write to them. Lead: AB. Due: 3 May")
    ('Write to them.', {'owner': 'AB', 'due': '3 May'})
    """
    found = [
        (one.start(), one.end(), kind)
        for one in _LABELLED.finditer(text)
        for kind in sorted(kinds_of(one["label"]) & {"owner", "due", "status"})[:1]
    ]
    ends = [*(start for start, _, _ in found[1:]), len(text)]
    fields = {kind: text[at:end].strip(" .;,)]") for (_, at, kind), end in zip(found, ends, strict=False)}
    return (text[: found[0][0]] if found else text).strip(), fields


_LABELLED = re.compile(r"(?:(?<=[.;,|(\[–—-] )|(?<=\s\s)|(?<=[(\[]))(?P<label>[A-Z][\w]*(?: \w+){0,2}):\s*")
_TAIL = re.compile(r".{8,}?\s*[(\[](?P<aside>[^()\[\]]{2,90})[)\]]\W*", re.DOTALL)


def tail_of(text: str, reading: PromiseContext) -> tuple[tuple[str, ...], Due | None]:
    """Return who owes and by when of what stands behind an action, in brackets or behind dashes."""
    aside = _TAIL.fullmatch(text)
    pieces = (
        re.split(r"\s*[,;]\s*|\s+[–—-]\s+|\s+(?=by\b)", aside["aside"])
        if aside
        else re.split(r"\s+[–—-]\s+", text)[1:][-2:]
    )
    for many in range(len(pieces), 0, -1):
        owners = split_owners(", ".join(pieces[:many]), reading.people)
        rest = ", ".join(pieces[many:]).strip(" .")
        if owners and (not rest or when_of(rest, reading)):
            return owners, when_of(rest, reading) if rest else None
    only = ", ".join(pieces) if aside else (pieces or [""])[-1].strip(" .")
    return (), when_of(only, reading) if only else None


def when_of(text: str, reading: PromiseContext) -> Due | None:
    """Return when a text of nothing but a date says."""
    due = read_due(text, reading.clock, reading.short)
    phrase = find_due(text, reading.clock, reading.short) or find_due(f"by {text}", reading.clock, reading.short)
    return (
        due
        if due and phrase and due.kind != "event" and not TASK.search(text[: max(0, text.find(phrase.text))])
        else None
    )
