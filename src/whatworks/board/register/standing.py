"""How each promise stands on a day: a promise to a meeting without a record is unresolved, never done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Literal

from whatworks.board.register.document import document_names
from whatworks.board.register.ledger import history, rows
from whatworks.board.register.merging import roots
from whatworks.board.register.names import normal
from whatworks.board.register.office import meetings_of
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import ENTERED
from whatworks.records.register.ledger import Connection, Row, value_of

State = Literal["closed", "dropped", "withdrawn", "overdue", "unresolved", "due", "waits", "no date"]
ORDER: tuple[State, ...] = ("overdue", "unresolved", "due", "waits", "no date", "closed", "dropped", "withdrawn")
"""What needs the board first."""
_DAYS = ("due_from", "due_to", "closed_on")


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise on a day."""

    id: int
    kind: str
    text: str
    owners: tuple[str, ...]
    made_on: date | None
    due_text: str | None
    due_from: date | None
    due_to: date | None
    state: State
    says: str
    evidence: str | None
    closed_on: date | None
    document: str | None
    lines: tuple[int | None, int | None]
    marked: bool
    history: tuple[Row, ...]


def promises(
    connection: Connection, on: date, *, number: int | None = None, body_id: int | None = None
) -> list[Standing]:
    """Return promises as they stand on a day, those that need the board first: all, a body's, or that of a number."""
    meetings = meetings_of(connection, body_id)
    events = {row["id"]: row for row in rows(connection, "event")}
    owners: dict[int, list[str]] = {}
    for row in rows(connection, "action_owner"):
        owners.setdefault(row["action_id"], []).append(row["printed"])
    documents = document_names(connection)
    where = "TRUE" if number is None else "id = ?"
    found = []
    for held in rows(connection, "action", where, [] if number is None else [number]):
        changes = history(connection, "action", held["id"])
        row = as_on(held, changes, on)
        made_on = _made_on(events.get(row["event_id"]), changes)
        if row["event_id"] not in meetings or (made_on is not None and made_on > on and number is None):
            continue
        state, says = standing(row, events.get(row["due_event_id"]), on)
        told = {
            "made_on": made_on,
            "state": state,
            "says": says,
            "history": tuple(changes),
            "marked": bool(row["marked"]),
        }
        document, lines = documents.get(row["source_id"]), (row["source_line"], row["last_line"])
        owned = tuple(owners.get(row["id"], ()))
        found.append(value_of(Standing, row, owners=owned, document=document, lines=lines, **told))
    return sorted(found, key=lambda one: (ORDER.index(one.state), one.due_to or date.max, one.id))


def owned_by(connection: Connection, standing: Sequence[Standing], owner: str) -> list[Standing]:
    """Return the promises of an owner, by any name that the register knows of them; `none` means without an owner.

    Raises `Refused` where nobody of that name owns anything.
    """
    if owner.strip().casefold() == "none":
        return [each for each in standing if not each.owners]
    recogniser = Recogniser(connection, ENTERED)
    person, body = recogniser.known_person(owner), recogniser.known_organisation(owner)
    people, bodies = roots(connection, "person"), roots(connection, "organisation")
    owned = set()
    names = set()
    for row in rows(connection, "action_owner"):
        names.add(row["printed"])
        same_person = person is not None and people.get(row["person_id"]) == people[person]
        same_body = body is not None and bodies.get(row["organisation_id"]) == bodies[body]
        if same_person or same_body or normal(row["printed"]) == normal(owner):
            owned.add(row["action_id"])
    if not owned:
        near = get_close_matches(owner, names, 1)
        remedy = f"did you mean {near[0]}?" if near else "see `whatworks board actions`"
        raise Refused(Fault("owns nothing here", remedy, field="--owner", value=owner))
    return [each for each in standing if each.id in owned]


def within_days(standing: Sequence[Standing], on: date, days: int) -> list[Standing]:
    """Return what is overdue or settled by no record, and what is due within so many days."""
    last = on + timedelta(days=days)
    return [
        each
        for each in standing
        if each.state in ("overdue", "unresolved")
        or (each.state == "due" and each.due_to is not None and each.due_to <= last)
    ]


def _made_on(event: Row | None, changes: list[Row]) -> date | None:
    """Return the day of the meeting that made a promise, else the day on which it was entered."""
    if event is not None:
        day: date = event["from_date"]
        return day
    return next((change["changed_on"] for change in changes if change["field"] == "*"), None)


def as_on(row: Row, changes: list[Row], on: date) -> Row:
    """Return a promise as it stood on a day: what was changed after that day is taken back, newest first."""
    before = dict(row)
    for change in reversed(changes):
        if change["changed_on"] > on and change["field"] in before:
            was = change["before"]
            before[change["field"]] = date.fromisoformat(was) if was and change["field"] in _DAYS else was
            if change["field"] == "due_event_id":
                before["due_event_id"] = int(was) if was else None
    return before


def standing(row: Row, due_event: Row | None, on: date) -> tuple[State, str]:
    """Return how one promise stands on a day, and the sentence that says why.

    >>> standing({"state": "open", "due_kind": "none", "due_to": None}, None, date(2025, 6, 30))[0]
    'no date'
    """
    if row["state"] != "open":
        return row["state"], _ended(row)
    if row["due_kind"] == "none":
        return "no date", "no date was set"
    if due_event is not None:
        return _to_meeting(due_event, on)
    if row["due_to"] is None:
        return "waits", f"due {row['due_text']!r}: no day is set"
    if row["due_to"] < on:
        return "overdue", f"was due by {row['due_to']}"
    return "due", f"due by {row['due_to']}"


def meeting_words(event: Row) -> str:
    """Return a meeting in words: its day, or the window in which it is expected.

    >>> meeting_words({"from_date": date(2014, 12, 1), "to_date": date(2014, 12, 31)})
    'a meeting between 2014-12-01 and 2014-12-31'
    """
    if event["from_date"] == event["to_date"]:
        return f"the meeting of {event['from_date']}"
    return f"a meeting between {event['from_date']} and {event['to_date']}"


def _to_meeting(event: Row, on: date) -> tuple[State, str]:
    which = meeting_words(event)
    if event["state"] == "cancelled":
        return "overdue", f"promised to {which}, which was cancelled"
    if event["state"] == "recorded" and event["to_date"] < on:
        return "overdue", f"promised to {which}, whose minutes are held; nothing closed it"
    if event["to_date"] < on:
        held = "later papers refer to it, but " if event["state"] == "referred_to" else ""
        return "unresolved", f"promised to {which}: {held}no record of it is held"
    return "due", f"promised to {which}"


def _ended(row: Row) -> str:
    if row["state"] == "closed":
        return f"closed on {row['closed_on']}: {row['evidence']}"
    return "dropped: see its history" if row["state"] == "dropped" else "no longer in the corrected minutes"
