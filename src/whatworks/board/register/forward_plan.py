"""What is promised to which meeting, whether it was taken there, and what slipped."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from whatworks.board.register.ledger import add, change, row_of, rows
from whatworks.board.register.names import shared_words
from whatworks.board.register.office import meetings_of
from whatworks.board.register.promise import owners_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import MANUAL, Author
from whatworks.records.register.ledger import Connection, Row, value_of

Outcome = Literal["taken", "slipped", "not taken", "unresolved", "ahead", "dropped"]
ALIKE = 0.6
"""Share of telling words that a promise and an item's heading must have in common to be read as one business."""


@dataclass(frozen=True, slots=True)
class Business:
    """Business promised to a meeting: from the agenda planned, from a promise, or from a document's sign-off."""

    comes_from: str
    id: int
    text: str
    owner: str | None
    made_on: date | None
    to_event_id: int
    from_date: date
    to_date: date
    meeting_state: str
    outcome: Outcome
    says: str


def forward_plan(connection: Connection, on: date, body_id: int | None = None) -> list[Business]:
    """Return all business promised to meetings, or to a body's, in the order of the meetings."""
    meetings = meetings_of(connection, body_id)
    events = {row["id"]: row for row in rows(connection, "event")}
    items: dict[int, list[Row]] = {}
    for item in rows(connection, "item"):
        items.setdefault(item["event_id"], []).append(item)
    found = [_business(promised, events, items, on) for promised in _promised(connection) if promised["to"] in meetings]
    return sorted(found, key=lambda one: (one.from_date, one.to_date, one.comes_from, one.id))


def take(connection: Connection, number: int, author: Author, item_id: int | None = None) -> list[str]:
    """Record that a planned item was taken, under which item of a record if one is held; the author says why."""
    row_of(connection, "planned", number)
    if item_id is not None:
        row_of(connection, "item", item_id)
    elif not (author.why or "").strip():
        raise Refused(Fault(f"planned item {number} has no item behind it", "name the item, or say what shows it"))
    return change(connection, "planned", number, {"state": "taken", "item_id": item_id}, author)


def plan(connection: Connection, text: str, event_id: int, author: Author, owner: str | None = None) -> int:
    """Promise business to a meeting; return its number."""
    if not text.strip():
        raise Refused(Fault("has no words", "say what is promised", field="text"))
    row_of(connection, "event", event_id)
    values = {"text": text, "to_event_id": event_id, "owner": owner, "state": "promised"}
    return add(connection, "planned", values, MANUAL, author)


def drop(connection: Connection, number: int, author: Author) -> list[str]:
    """Say that a planned item is no longer planned."""
    return change(connection, "planned", number, {"state": "dropped"}, author)


def _promised(connection: Connection) -> list[Row]:
    planned = [
        {**row, "comes_from": "agenda", "event_id": row["made_at_id"], "to": row["to_event_id"]}
        for row in rows(connection, "planned", "state <> 'withdrawn'")
    ]
    actions = [
        row
        | {"comes_from": row["kind"], "to": row["due_event_id"], "owner": ", ".join(owners_of(connection, row["id"]))}
        for row in rows(connection, "action", "due_event_id IS NOT NULL AND state <> 'withdrawn'")
    ]
    signed = {"comes_from": "sign-off", "event_id": None}
    strategies = [
        row | signed | {"to": row["gate_event_id"], "text": f"Sign-off: {row['name']}"}
        for row in rows(connection, "strategy", "gate_event_id IS NOT NULL")
    ]
    return planned + actions + strategies


def _business(promised: Row, events: dict[int, Row], items: dict[int, list[Row]], on: date) -> Business:
    to, made = events[promised["to"]], events.get(promised["event_id"])
    outcome, says = _outcome(promised, to, events, items, on)
    meeting = {"to_event_id": to["id"], "from_date": to["from_date"], "to_date": to["to_date"]}
    told = {"made_on": made and made["from_date"], "meeting_state": to["state"], "outcome": outcome, "says": says}
    return value_of(Business, promised, owner=promised["owner"] or None, **meeting, **told)


def _outcome(
    promised: Row, to: Row, events: dict[int, Row], items: dict[int, list[Row]], on: date
) -> tuple[Outcome, str]:
    by_hand = _by_hand(promised)
    if by_hand is not None:
        return by_hand
    like = _like(promised["text"], items.get(to["id"], []))
    if like is not None:
        return "taken", f"item {like['number'] or ''} “{like['title']}” of that record (line {like['source_line']})"
    if to["to_date"] >= on and to["state"] != "recorded":
        return "ahead", "the meeting lies ahead"
    later = _later(promised["text"], to, events, items)
    also = f"; “{later[1]['title']}” of {later[0]['from_date']} is like it" if later else ""
    if to["state"] != "recorded":
        return "unresolved", f"no record of that meeting is held{also}"
    return ("slipped" if later else "not taken"), f"no item of that record is like it{also}"


def _by_hand(promised: Row) -> tuple[Outcome, str] | None:
    if promised["comes_from"] == "sign-off":
        return ("taken", f"signed off on {promised['signed_off_on']}") if promised["signed_off_on"] else None
    state = promised["state"]
    if state in ("taken", "closed"):
        return "taken", promised.get("evidence") or "recorded by hand"
    return ("dropped", "recorded by hand") if state == "dropped" else None


def _like(text: str, items: list[Row]) -> Row | None:
    scored = [(shared_words(text, item["title"]), item) for item in items]
    best = max(scored, key=lambda found: found[0], default=(0.0, None))
    return best[1] if best[0] >= ALIKE else None


def _later(text: str, to: Row, events: dict[int, Row], items: dict[int, list[Row]]) -> tuple[Row, Row] | None:
    after = [
        event
        for event in events.values()
        if event["from_date"] > to["to_date"] and event["body_id"] == to["body_id"] and event["state"] == "recorded"
    ]
    for event in sorted(after, key=lambda row: row["from_date"]):
        like = _like(text, items.get(event["id"], []))
        if like is not None:
            return event, like
    return None
