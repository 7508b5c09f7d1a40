"""Promises: marked actions, key deliverables and commitments in prose, with owners and what their date hangs on."""

from collections.abc import Sequence
from datetime import date

from whatworks.board.parsed import ParsedPaper, Promise
from whatworks.board.register.event import mention_meeting
from whatworks.board.register.ledger import add, add_many, change, note, remove, row_of, rows
from whatworks.board.register.paper_rows import PaperRows
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import ENTERED, MANUAL, Author, RowSource
from whatworks.records.register.ledger import Connection, Row, picked

MOST_DAYS_TO_A_MEETING = 92
"""A wider span names no meeting."""


def put_promises(
    paper: PaperRows, recogniser: Recogniser, parsed: ParsedPaper, event_id: int | None, body_id: int | None
) -> None:
    """Put a paper's promises and their owners in."""
    kinds = {"action": parsed.actions, "deliverable": parsed.deliverables, "commitment": parsed.commitments}
    promises = [(kind, promise) for kind, promises in kinds.items() for promise in promises]
    made = [(_values(paper, promise, kind, event_id, body_id), promise.lines) for kind, promise in promises]
    numbers = paper.put_many("action", made, first=_OPEN)
    where = "table_name = 'action' AND field = 'owners' AND through <> 'reading'"
    by_hand = {row["row_id"] for row in rows(paper.connection, "change", where)}
    owners = [
        (number, promise.owners, RowSource(paper.document_id, promise.lines))
        for number, (_, promise) in zip(numbers, promises, strict=True)
        if number not in by_hand
    ]
    set_owners(paper.connection, recogniser, owners)


_OPEN = {"state": "open"}


def _values(paper: PaperRows, promise: Promise, kind: str, event_id: int | None, body_id: int | None) -> Row:
    due_event = None
    first, last = promise.due_from, promise.due_to
    if promise.due_kind == "meeting" and first and last and (last - first).days <= MOST_DAYS_TO_A_MEETING:
        where = paper.source(promise.due_lines or promise.lines)
        due_event = mention_meeting(paper.connection, body_id, (first, last), "expected", where)
    return {
        "event_id": event_id,
        "kind": kind,
        "due_kind": promise.due_kind or ("event" if promise.due_text else "none"),
        "due_event_id": due_event,
    } | picked(promise, "text due_text due_from due_to marked number paragraph")


def set_owners(
    connection: Connection, recogniser: Recogniser, promises: Sequence[tuple[int, Sequence[str], RowSource]]
) -> None:
    """Write owners of promises afresh: as printed, and the known person or body where one has exactly that name."""
    numbers = [number for number, _, _ in promises]
    remove(connection, "action_owner", "list_contains(?, action_id)", [numbers])
    made = []
    for number, owners, source in promises:
        for printed in owners:
            person = recogniser.known_person(printed)
            body = None
            if person is None and recogniser.is_body(printed):
                place = (source.lines[0] or 1, source.lines[1] or 1)
                body = recogniser.organisation(printed, place, "owner")
            values = {"action_id": number, "printed": printed, "person_id": person, "organisation_id": body}
            made.append((values, source))
    add_many(connection, "action_owner", made)


def _set_owners_by_hand(connection: Connection, number: int, owners: Sequence[str]) -> None:
    recogniser = Recogniser(connection, ENTERED)
    set_owners(connection, recogniser, [(number, owners, MANUAL)])
    recogniser.keep()


def owners_of(connection: Connection, number: int) -> tuple[str, ...]:
    """Return a promise's owners as printed."""
    return tuple(row["printed"] for row in rows(connection, "action_owner", "action_id = ?", [number]))


def add_promise(
    connection: Connection,
    text: str,
    author: Author,
    *,
    owners: Sequence[str] = (),
    due: tuple[date, date] | None = None,
    event_id: int | None = None,
) -> int:
    """Enter a promise by hand, made at a meeting or outside one; return its number. `set_due` sends it to a meeting."""
    if not text.strip():
        raise Refused(Fault("has no words", "say what was promised", field="text"))
    if event_id is not None:
        row_of(connection, "event", event_id)
    values = {"event_id": event_id, "kind": "action", "text": text, "marked": True, "state": "open", **_due(due)}
    number = add(connection, "action", values, author=author)
    _set_owners_by_hand(connection, number, owners)
    return number


def close(connection: Connection, number: int, evidence: str, author: Author) -> list[str]:
    """Close a promise; without evidence it cannot be closed."""
    if not evidence.strip():
        remedy = "name what shows that it was done: minutes, a paper, a letter, with its date"
        raise Refused(Fault(f"action {number} cannot be closed without evidence", remedy, field="evidence"))
    row = row_of(connection, "action", number)
    if row["state"] == "closed":
        raise Refused(Fault(f"action {number} is closed already", "reopen it first if it was closed wrongly"))
    return change(
        connection, "action", number, {"state": "closed", "closed_on": author.on, "evidence": evidence}, author
    )


def reopen(connection: Connection, number: int, author: Author) -> list[str]:
    """Open a promise again; its evidence stays in the history."""
    if row_of(connection, "action", number)["state"] == "open":
        raise Refused(Fault(f"action {number} is open", "there is nothing to reopen"))
    return change(connection, "action", number, {"state": "open", "closed_on": None, "evidence": None}, author)


def drop(connection: Connection, number: int, author: Author) -> list[str]:
    """Say that a promise is no longer to be kept; the author's `why` says the reason."""
    if not (author.why or "").strip():
        raise Refused(Fault(f"action {number} cannot be dropped without a reason", "say why", field="why"))
    return change(connection, "action", number, {"state": "dropped"}, author)


def assign(connection: Connection, number: int, owners: Sequence[str], author: Author) -> list[str]:
    """Give a promise other owners; who owned it before stands in its history."""
    row_of(connection, "action", number)
    before, after = owners_of(connection, number), tuple(owner.strip() for owner in owners if owner.strip())
    if before == after:
        return []
    _set_owners_by_hand(connection, number, after)
    note(connection, "action", number, ("owners", "; ".join(before) or None, "; ".join(after) or None), author)
    return ["owners"]


def set_due(
    connection: Connection,
    number: int,
    author: Author,
    *,
    window: tuple[date, date] | None = None,
    text: str | None = None,
    event_id: int | None = None,
) -> list[str]:
    """Set when a promise is due; the date before stands in its history.

    It is due by a day or a span (`window`), at a meeting (`event_id`, which sets the span), after an event (`text`
    alone), or without a date (none of them).
    """
    event = row_of(connection, "event", event_id) if event_id is not None else None
    values = {"due_kind": "none", "due_text": text} | _due((event["from_date"], event["to_date"]) if event else window)
    if event:
        values["due_kind"] = "meeting"
    elif window is None and text:
        values["due_kind"] = "event"
    elif window and window[1] < window[0]:
        raise Refused(Fault(f"{window[1]} lies before {window[0]}", "name the first day first", field="due"))
    return change(connection, "action", number, values | {"due_event_id": event_id}, author)


def _due(window: tuple[date, date] | None) -> Row:
    """Return what a promise is due by: a day, a span of days, or nothing."""
    first, last = window or (None, None)
    return {"due_kind": "none" if window is None else "date" if first == last else "window", "due_from": first,
            "due_to": last}  # fmt: skip
