"""Meetings: those with a record, and those that papers only refer to, announce or promise something to."""

import re
from collections.abc import Sequence
from datetime import date

from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.ledger import add, change, place, remove, row_of, rows, set_quietly
from whatworks.board.register.office import chosen_body
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author, RowSource
from whatworks.records.register.ledger import Connection, Row

RANK = {"cancelled": 0, "expected": 1, "announced": 2, "referred_to": 3, "recorded": 4}
LINKS = (("action", "due_event_id"), ("planned", "to_event_id"), ("strategy", "gate_event_id"))
"""What may hang on a meeting that is only expected in a window."""
HANGING = (
    *((table, "event_id") for table in ("action", "attendance", "item", "motion", "correction", "proposal")),
    ("planned", "to_event_id"), ("planned", "made_at_id"), ("strategy", "gate_event_id"),
    ("correction", "made_at_id"), ("blockage", "raised_at_id"),
)  # fmt: skip
"""What else may hang on a meeting."""


def meeting_on(connection: Connection, body_id: int | None, day: date) -> Row | None:
    """Return the meeting of a body on a day, however it is known, or None."""
    return next(iter(events_of(connection, body_id, "from_date = ? AND to_date = ?", [day, day])), None)


def events_of(connection: Connection, body_id: int | None, where: str, values: Sequence[object] = ()) -> list[Row]:
    """Return the meetings of a body, or of none that is named, for which an SQL condition holds."""
    return rows(connection, "event", f"body_id IS NOT DISTINCT FROM ? AND {where}", [body_id, *values])


def record_meeting(
    connection: Connection, body_id: int | None, parsed: ParsedPaper, day: date, source: RowSource, author: Author
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
        place(connection, "event", number, source)
    _absorb(connection, body_id, day, number)
    return number


def mention_meeting(
    connection: Connection, body_id: int | None, window: tuple[date, date], state: str, source: RowSource
) -> int:
    """Return the number of a meeting that a paper refers to, announces or expects within a window of days.

    The first meeting known within the window is meant; a meeting that is known better stays as it is.
    """
    from_date, to_date = window
    known = events_of(connection, body_id, "from_date >= ? AND to_date <= ?", [from_date, to_date])
    if not known:
        values = {"body_id": body_id, "from_date": from_date, "to_date": to_date, "state": state}
        number = add(connection, "event", {**values, "said_by": source.document_id}, source)
        if from_date == to_date:
            _absorb(connection, body_id, from_date, number)
        return number
    exact = sorted(known, key=lambda row: (row["from_date"] != row["to_date"], row["from_date"]))[0]
    if RANK[state] > RANK[exact["state"]] > 0:
        set_quietly(connection, "event", exact["id"], {"state": state, "said_by": source.document_id})
    return int(exact["id"])


def settle_meeting(connection: Connection, event_id: int, recorded: bool, author: Author) -> None:
    """Say whether a meeting's minutes are held; one of which they no longer are is only referred to."""
    state = row_of(connection, "event", event_id)["state"]
    if recorded != (state == "recorded"):
        change(connection, "event", event_id, {"state": "recorded" if recorded else "referred_to"}, author)


def forget_meetings(connection: Connection, document_id: str) -> None:
    """Take out the meetings that only a withdrawn paper names, where nothing that stands hangs on them."""
    for event in rows(connection, "event", "source_id = ? AND state <> 'recorded'", [document_id]):
        number = [event["id"]]
        hanging = any(rows(connection, table, f"{column} = ?", number) for table, column in HANGING)
        if hanging or rows(connection, "action", "due_event_id = ? AND state <> 'withdrawn'", number):
            continue
        for action in rows(connection, "action", "due_event_id = ?", number):
            set_quietly(connection, "action", action["id"], {"due_event_id": None})
        remove(connection, "event", "id = ?", number)


def add_detail(connection: Connection, number: int, time: str | None, place: str | None) -> None:
    """Fill in the start and the place that a paper announces, where nothing better is known."""
    known = row_of(connection, "event", number)
    values = {"start_time": known["start_time"] or time, "place": known["place"] or place}
    set_quietly(connection, "event", number, values)


def _absorb(connection: Connection, body_id: int | None, day: date, number: int) -> None:
    """Hang on a meeting whatever was promised to a window that it falls in."""
    around = "state = 'expected' AND from_date <= ? AND to_date >= ? AND id <> ?"
    for window in events_of(connection, body_id, around, [day, day, number]):
        for table, column in LINKS:
            for hanging in rows(connection, table, f"{column} = ?", [window["id"]]):
                set_quietly(connection, table, hanging["id"], {column: number})
        remove(connection, "event", "id = ?", [window["id"]])


def announce(
    connection: Connection, day: date, author: Author, *, time: str | None = None, place: str | None = None,
    body: str | None = None,
) -> int:  # fmt: skip
    """Enter a meeting that no paper names, with its start (HH:MM) and place; return its number."""
    body_id = chosen_body(connection, body)
    held = meeting_on(connection, body_id, day)
    if held is not None:
        remedy = f"it is meeting {held['id']}"
        raise Refused(Fault(f"a meeting of {day} is in the register already", remedy))
    if time is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time):
        raise Refused(Fault("is not a time", "write it as 14:30", field="time", value=time))
    values = {"body_id": body_id, "from_date": day, "to_date": day, "start_time": time, "place": place}
    number = add(connection, "event", {**values, "state": "announced"}, author=author)
    _absorb(connection, body_id, day, number)
    return number


def cancel(connection: Connection, number: int, author: Author) -> list[str]:
    """Record that a meeting was not held; refused where its minutes are held."""
    if row_of(connection, "event", number)["state"] == "recorded":
        raise Refused(Fault(f"the minutes of meeting {number} are held", "a recorded meeting was held"))
    if not (author.why or "").strip():
        raise Refused(Fault("is missing", "say what shows that it was not held", field="why"))
    return change(connection, "event", number, {"state": "cancelled"}, author)
