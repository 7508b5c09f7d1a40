"""Who was a member, adviser or officer on a day; attendance by organisation; the board's size over time."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from whatworks.board.register.ledger import add, change, row_of, rows
from whatworks.board.register.merging import roots
from whatworks.board.register.office import chosen_body
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row

Came = dict[str, dict[date, tuple[int, int]]]
"""Organisation -> day -> how many came, how many sent apologies."""
_NO_BIGGER = re.compile(r"\b(?:not|no) (?:be )?(?:any )?(?:bigger|larger|grow|expand)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seat:
    """A person of a body on a day, and what shows it: the entered membership, or the latest list before that day."""

    person: str
    role: str | None
    organisation: str | None
    capacity: str
    shown_by: str


@dataclass(frozen=True, slots=True)
class Listed:
    """How many people one meeting's record lists, by printed heading; `base` is what "no bigger" was said of."""

    day: date
    headings: dict[str, int]
    board: int
    board_present: int
    apologies: int
    present: int
    note: str


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
    event = _latest(connection, on, body_id)
    for row in rows(connection, "attendance", "event_id = ?", [event["id"]]) if event else []:
        capacity = row["capacity"] if row["heading"] is None else f"{row['capacity']} (“{row['heading']}”)"
        seats.append(
            Seat(
                people[row["person_id"]],
                row["role"],
                bodies.get(row["organisation_id"]),
                capacity,
                f"listed on {event['from_date'] if event else ''}, line {row['source_line']}",
            )
        )
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


def sizes(connection: Connection, body_id: int | None) -> list[Listed]:
    """Return the size of each recorded meeting's lists, set against any decision not to grow.

    Where a later record lists under other headings, the note says that the categories changed: the figures are then
    not counts of the same thing.
    """
    found: list[Listed] = []
    limit: Listed | None = None
    for event in _recorded(connection, body_id):
        listed = _listed(connection, event)
        note = ""
        if limit is not None:
            note = _against(limit, listed)
        found.append(Listed(*listed, note))
        decided = rows(connection, "motion", "event_id = ? AND body_id IS NOT DISTINCT FROM ?", [event["id"], body_id])
        if any(_NO_BIGGER.search(row["text"]) for row in decided):
            limit = found[-1]
    return found


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


def _listed(connection: Connection, event: Row) -> tuple[date, dict[str, int], int, int, int, int]:
    listed = rows(connection, "attendance", "event_id = ?", [event["id"]])
    headings = Counter(str(row["heading"] or row["capacity"]) for row in listed)
    board = sum(row["capacity"] == "board" for row in listed)
    sent = sum(row["capacity"] == "apologies" for row in listed)
    return event["from_date"], dict(headings), board + sent, board, sent, sum(bool(row["present"]) for row in listed)


def _against(limit: Listed, now: tuple[date, dict[str, int], int, int, int, int]) -> str:
    if now[2] <= limit.board:
        return f"not larger than the {limit.board} of {limit.day}"
    said = f"{limit.board} on {limit.day}, when the board agreed to be no bigger; {now[2]} are listed here"
    if set(now[1]) - set(limit.headings):
        before, after = ", ".join(f"“{name}”" for name in limit.headings), ", ".join(f"“{name}”" for name in now[1])
        said += f". The headings changed from {before} to {after}: the figures do not count the same thing"
    return said


def _recorded(connection: Connection, body_id: int | None) -> list[Row]:
    found = rows(connection, "event", "state = 'recorded' AND body_id IS NOT DISTINCT FROM ?", [body_id])
    return sorted(found, key=lambda row: row["from_date"])


def _latest(connection: Connection, on: date, body_id: int | None) -> Row | None:
    return next((row for row in reversed(_recorded(connection, body_id)) if row["from_date"] <= on), None)


def _names(connection: Connection, kind: str) -> dict[int, str]:
    root = roots(connection, kind)
    names = {row["id"]: row["name"] for row in rows(connection, kind)}
    return {number: names[its] for number, its in root.items()}
