"""Meetings: those with a record, and those that papers only refer to, announce or promise something to."""

import re
from datetime import date

from whatworks.board.parsed import Parsed
from whatworks.board.register.ledger import Author, Connection, Row, Source, add, change, one, rows
from whatworks.records.refusal import Fault, Refused

RANK = {"cancelled": 0, "expected": 1, "announced": 2, "referred_to": 3, "recorded": 4}
LINKS = (
    ("action", "due_event_id"),
    ("planned", "to_event_id"),
    ("strategy", "gate_event_id"),
)
"""What may hang on a meeting that is only expected in a window."""


def meeting_on(connection: Connection, body_id: int | None, day: date) -> Row | None:
    """Return the meeting of a body on a day, however it is known, or None."""
    found = rows(
        connection,
        "event",
        "body_id IS NOT DISTINCT FROM ? AND from_date = ? AND to_date = ?",
        [body_id, day, day],
    )
    return found[0] if found else None


def record_meeting(
    connection: Connection, body_id: int | None, parsed: Parsed, day: date, source: Source, author: Author
) -> int:
    """Return the number of the meeting that minutes record; what was expected in its window now hangs on it."""
    said = {
        "state": "recorded",
        "start_time": parsed.time.strftime("%H:%M") if parsed.time else None,
        "time_text": parsed.time_text,
        "end_time": parsed.end.strftime("%H:%M") if parsed.end else None,
        "place": parsed.place,
    }
    held = meeting_on(connection, body_id, day)
    if held is None:
        number = add(connection, "event", {"body_id": body_id, "from_date": day, "to_date": day, **said}, source)
    else:
        number = int(held["id"])
        change(connection, "event", number, said, author)
        place = [source.document_id, *source.lines, number]
        connection.execute("UPDATE board_event SET source_id = ?, source_line = ?, last_line = ? WHERE id = ?", place)
    _absorb(connection, body_id, day, number)
    return number


def mention_meeting(
    connection: Connection, body_id: int | None, window: tuple[date, date], state: str, source: Source
) -> int:
    """Return the number of a meeting that a paper refers to, announces or expects within a window of days.

    The first meeting known within the window is meant; a meeting that is known better stays as it is.
    """
    from_date, to_date = window
    known = rows(
        connection,
        "event",
        "body_id IS NOT DISTINCT FROM ? AND from_date >= ? AND to_date <= ?",
        [body_id, from_date, to_date],
    )
    if not known:
        values = {"body_id": body_id, "from_date": from_date, "to_date": to_date, "state": state}
        number = add(connection, "event", {**values, "said_by": source.document_id}, source)
        if from_date == to_date:
            _absorb(connection, body_id, from_date, number)
        return number
    exact = sorted(known, key=lambda row: (row["from_date"] != row["to_date"], row["from_date"]))[0]
    if RANK[state] > RANK[exact["state"]] > 0:
        connection.execute(
            "UPDATE board_event SET state = ?, said_by = ? WHERE id = ?", [state, source.document_id, exact["id"]]
        )
    return int(exact["id"])


def add_detail(connection: Connection, number: int, time: str | None, place: str | None) -> None:
    """Fill in the start and the place that a paper announces, where nothing better is known."""
    connection.execute(
        "UPDATE board_event SET start_time = coalesce(start_time, ?), place = coalesce(place, ?) WHERE id = ?",
        [time, place, number],
    )


def _absorb(connection: Connection, body_id: int | None, day: date, number: int) -> None:
    """Hang on a meeting whatever was promised to a window that it falls in."""
    windows = rows(
        connection,
        "event",
        "body_id IS NOT DISTINCT FROM ? AND state = 'expected' AND from_date <= ? AND to_date >= ? AND id <> ?",
        [body_id, day, day, number],
    )
    for window in windows:
        for table, column in LINKS:
            connection.execute(f"UPDATE board_{table} SET {column} = ? WHERE {column} = ?", [number, window["id"]])
        connection.execute("DELETE FROM board_event WHERE id = ?", [window["id"]])


def announce(
    connection: Connection, body_id: int | None, day: date, said: tuple[str | None, str | None], author: Author
) -> int:
    """Enter a meeting that no paper names, with its start (HH:MM) and place; return its number."""
    held = meeting_on(connection, body_id, day)
    if held is not None:
        remedy = f"it is meeting {held['id']}"
        raise Refused(Fault(f"a meeting of {day} is in the register already", remedy))
    if said[0] is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", said[0]):
        raise Refused(Fault("is not a time", "write it as 14:30", field="time", value=said[0]))
    values = {"body_id": body_id, "from_date": day, "to_date": day, "start_time": said[0], "place": said[1]}
    number = add(connection, "event", {**values, "state": "announced"}, author=author)
    _absorb(connection, body_id, day, number)
    return number


def cancel(connection: Connection, number: int, author: Author) -> list[str]:
    """Record that a meeting was not held; refused where its minutes are held."""
    if one(connection, "event", number)["state"] == "recorded":
        raise Refused(Fault(f"the minutes of meeting {number} are held", "a recorded meeting was held"))
    if not (author.why or "").strip():
        raise Refused(Fault("is missing", "say what shows that it was not held", field="why"))
    return change(connection, "event", number, {"state": "cancelled"}, author)
