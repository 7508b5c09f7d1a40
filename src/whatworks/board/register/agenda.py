"""Draft the next agenda from what the record leaves open: promises, conditions, sign-offs, duties and blockages."""

from dataclasses import dataclass
from datetime import date

from whatworks.board.register.blockage import blockages
from whatworks.board.register.decision_state import decisions, delegations
from whatworks.board.register.event import events_of
from whatworks.board.register.forward_plan import Business, forward_plan
from whatworks.board.register.ledger import rows
from whatworks.board.register.standing import Standing, meeting_words, promises
from whatworks.records.register.ledger import Connection, Row

BEFORE_THE_BOARD = ("overdue", "unresolved", "due")


@dataclass(frozen=True, slots=True)
class DraftPoint:
    """One line of the agenda: what is to be done, and where in the record it comes from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A numbered item with its points."""

    number: int
    title: str
    points: tuple[DraftPoint, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """A draft for a secretary: the meeting it is for, if one is known, and its items."""

    body: str | None
    meeting: str
    day: date | None
    start_time: str | None
    place: str | None
    items: tuple[DraftItem, ...]


def draft_agenda(connection: Connection, on: date, body_id: int | None) -> Agenda:
    """Return the agenda for a body's first meeting on or after a day, as the register has it then."""
    event = _next_meeting(connection, on, body_id)
    body = rows(connection, "organisation", "id = ?", [body_id])
    found = [
        ("Welcome, introductions and apologies", ()),
        ("Minutes of the last meeting", _minutes(connection, on, body_id)),
        ("Actions and promises", _promises(promises(connection, on, body_id=body_id))),
        *_business(forward_plan(connection, on, body_id), event),
        ("Decisions that wait", _waiting(connection, on, body_id)),
        ("Gaps and blockages", _stuck(connection)),
        ("Any other business", ()),
        ("Date of the next meeting", ()),
    ]
    always = {"Any other business", "Date of the next meeting", "Welcome, introductions and apologies"}
    kept = [(title, points) for title, points in found if points or title in always]
    return Agenda(
        body[0]["name"] if body else None,
        meeting_words(event) if event else f"a meeting after {on} (no paper announces one)",
        event["from_date"] if event and event["from_date"] == event["to_date"] else None,
        event["start_time"] if event else None,
        event["place"] if event else None,
        tuple(DraftItem(at, title, tuple(points)) for at, (title, points) in enumerate(kept, start=1)),
    )


def _next_meeting(connection: Connection, on: date, body_id: int | None) -> Row | None:
    found = events_of(connection, body_id, "to_date >= ? AND state NOT IN ('recorded', 'cancelled')", [on])
    return min(found, key=lambda row: (row["from_date"], row["id"])) if found else None


def _minutes(connection: Connection, on: date, body_id: int | None) -> tuple[DraftPoint, ...]:
    held = events_of(connection, body_id, "to_date < ? AND state <> 'cancelled'", [on])
    if not held:
        return ()
    last = max(held, key=lambda row: (row["to_date"], row["id"]))
    if last["state"] == "recorded":
        return (DraftPoint(f"To agree the minutes of {last['from_date']}", "the register holds them"),)
    return (
        DraftPoint(f"To establish whether {meeting_words(last)} was held", f"known only as {words_of(last['state'])}"),
    )


def words_of(state: str) -> str:
    """Return how a meeting is known, in words.

    >>> words_of("referred_to")
    'referred to by later papers; no record is held'
    """
    return {
        "recorded": "recorded: its minutes are held",
        "referred_to": "referred to by later papers; no record is held",
        "announced": "announced; no record is held",
        "expected": "promised to; no record is held",
        "cancelled": "cancelled",
    }[state]


def _promises(standing: list[Standing]) -> tuple[DraftPoint, ...]:
    found = [promise for promise in standing if promise.state in BEFORE_THE_BOARD]
    prose = sum(one.kind == "commitment" for one in found)
    points = [
        DraftPoint(f"{', '.join(one.owners) or 'No owner stated'}: {one.text}", f"{one.kind} {one.id}: {one.says}")
        for one in found
        if one.kind != "commitment"
    ]
    said = f"{prose} promises made in prose that are not closed"
    return (*points, *([DraftPoint(said, "`whatworks board actions --kind commitment`")] if prose else []))


def _business(plan: list[Business], event: Row | None) -> list[tuple[str, tuple[DraftPoint, ...]]]:
    mine = [one for one in plan if one.comes_from in ("agenda", "sign-off") and one.outcome not in ("taken", "dropped")]
    now = [one for one in mine if event is not None and one.to_event_id == event["id"]]
    before = [one for one in mine if one not in now and one.outcome in ("unresolved", "not taken")]
    found = [
        (one.text.rstrip("."), (DraftPoint(one.owner or "No owner stated", "promised to this meeting"),)) for one in now
    ]
    left = tuple(
        DraftPoint(one.text.rstrip("."), f"promised to the meeting of {one.from_date}: {one.says}") for one in before
    )
    return [*found, ("Business promised to earlier meetings", left)]


def _waiting(connection: Connection, on: date, body_id: int | None) -> tuple[DraftPoint, ...]:
    conditional = [
        DraftPoint(f"Decision {decision.id}: {decision.text}", decision.says)
        for decision in decisions(connection, body_id)
        if decision.condition_state == "open" and decision.state == "stands"
    ]
    duties = [
        DraftPoint(f"Delegation {delegation.id}: {delegation.duty}", "; ".join(delegation.open))
        for delegation in delegations(connection, on, body_id)
        if delegation.duty and not delegation.duty_evidence
    ]
    return (*conditional, *duties)


def _stuck(connection: Connection) -> tuple[DraftPoint, ...]:
    stuck = (each.row for each in blockages(connection) if each.row["state"] in ("open", "escalated"))
    return tuple(
        DraftPoint(row["text"], f"blockage {row['id']}: lever {row['lever'] or 'not stated'}") for row in stuck
    )
