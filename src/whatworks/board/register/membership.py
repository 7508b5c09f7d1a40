"""Who was a member, adviser or officer on a day; attendance by organisation."""

from dataclasses import dataclass
from datetime import date

from whatworks.board.register.event import events_of
from whatworks.board.register.ledger import add, change, row_of, rows
from whatworks.board.register.merging import roots
from whatworks.board.register.office import chosen_body
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row

Came = dict[str, dict[date, tuple[int, int]]]
"""Organisation -> day -> how many came, how many sent apologies."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person of a body on a day, and what shows it: the entered membership, or the latest list before that day."""

    person: str
    role: str | None
    organisation: str | None
    capacity: str
    shown_by: str


def members(connection: Connection, on: date, body_id: int | None) -> tuple[Row | None, list[Seat]]:
    """Return the latest recorded meeting of a body by a day, and who held which seat then.

    Attendance shows who was listed, not who was appointed: each seat says which of the two stands behind it.
    """
    people, bodies = _names(connection, "person"), _names(connection, "organisation")
    seats = [
        Seat(
            people.get(row["person_id"], "(an organisation's seat)"),
            row["role"],
            bodies.get(row["on_behalf_of_id"]),
            row["role"],
            f"membership {row['id']}, from {row['from_date'] or 'a day not known'} to {row['to_date'] or 'no day set'}",
        )
        for row in rows(connection, "membership", "organisation_id = ?", [body_id])
        if (row["from_date"] or date.min) <= on <= (row["to_date"] or date.max)
    ]
    event = next((row for row in reversed(_recorded(connection, body_id)) if row["from_date"] <= on), None)
    for row in rows(connection, "attendance", "event_id = ?", [event["id"]]) if event else []:
        capacity = row["capacity"] if row["heading"] is None else f"{row['capacity']} (“{row['heading']}”)"
        listed = f"listed on {event['from_date'] if event else ''}, line {row['source_line']}"
        sent_by = bodies.get(row["organisation_id"])
        seats.append(Seat(people[row["person_id"]], row["role"], sent_by, capacity, listed))
    return event, seats


def turnout(connection: Connection, body_id: int | None) -> tuple[list[date], Came]:
    """Return a body's recorded meetings, and for each organisation how many came and how many sent apologies."""
    bodies = _names(connection, "organisation")
    found: Came = {}
    events = _recorded(connection, body_id)
    for event in events:
        for row in rows(connection, "attendance", "event_id = ?", [event["id"]]):
            name = bodies.get(row["organisation_id"], "organisation not printed")
            came, sent = found.setdefault(name, {}).get(event["from_date"], (0, 0))
            found[name][event["from_date"]] = (came + row["present"], sent + (not row["present"]))
    return [event["from_date"] for event in events], dict(sorted(found.items()))


def add_membership(
    connection: Connection,
    author: Author,
    *,
    person: int | None = None,
    organisation: int | None = None,
    role: str = "member",
    begins: date | None = None,
    ends: date | None = None,
    body: str | None = None,
) -> int:
    """Enter a membership of a body; return its number. A seat is a person's, an organisation's, or both."""
    body_id = chosen_body(connection, body)
    if body_id is None:
        raise Refused("no body is in the register", "read its minutes first, or name it with --body")
    if person is None and organisation is None:
        raise Refused(Fault("names nobody", "name the person or the organisation whose seat it is", field="membership"))
    for table, number in (("person", person), ("organisation", organisation)):
        if number is not None:
            row_of(connection, table, number)
    values = {"organisation_id": body_id, "person_id": person, "on_behalf_of_id": organisation, "role": role}
    return add(connection, "membership", {**values, "from_date": begins, "to_date": ends}, author=author)


def end_membership(connection: Connection, number: int, author: Author) -> list[str]:
    """End a membership on the author's day."""
    row = row_of(connection, "membership", number)
    if row["from_date"] and row["from_date"] > author.on:
        raise Refused(Fault(f"membership {number} began on {row['from_date']}", "end it on that day or later"))
    return change(connection, "membership", number, {"to_date": author.on}, author)


def _recorded(connection: Connection, body_id: int | None) -> list[Row]:
    return sorted(events_of(connection, body_id, "state = 'recorded'"), key=lambda row: row["from_date"])


def _names(connection: Connection, kind: str) -> dict[int, str]:
    root = roots(connection, kind)
    names = {row["id"]: row["name"] for row in rows(connection, kind)}
    return {number: names[its] for number, its in root.items()}
