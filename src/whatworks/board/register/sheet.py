"""The action log as a spreadsheet that owners fill in: which cells they may change, and how what they write is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from whatworks.board.reading.printed_date import find_dates
from whatworks.board.register.ledger import change, row_of
from whatworks.board.register.promise import assign, owners_of
from whatworks.board.register.standing import promises
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row
from whatworks.records.register.sheet import RegisterSheet

EDITABLE = {
    heading: heading.lower().replace(" ", "_")
    for heading in ("Owners", "Due from", "Due to", "State", "Closed on", "Evidence")
} | {"Update": "progress"}
"""Heading -> column that a returned sheet may change."""
STATES = {
    "open": "open|in progress|ongoing|on-going|started|not started|outstanding|on track|underway|under way|pending",
    "closed": "closed|done|complete|completed|finished|discharged",
    "dropped": "dropped|cancelled|canceled|no longer needed|not needed|abandoned",
}
"""State -> the words for it that a sheet may hold."""
_DAYS = ("due_from", "due_to", "closed_on")


def sheet_rows(connection: Connection, on: date, body_id: int | None = None) -> list[tuple[str, ...]]:
    """Return the rows of the sheet, all or a body's, as text in the order of its header."""
    rows = []
    for promise in promises(connection, on, body_id=body_id):
        now = _values(connection, promise.id)
        standing = f"{promise.state}: {promise.says}"
        fixed = (promise.kind, promise.text, _text(promise.made_on), promise.due_text or "", standing)
        rows.append((str(promise.id), *fixed, *(now[column] for column in EDITABLE.values())))
    return sorted(rows, key=lambda row: int(row[0]))


def _values(connection: Connection, number: int) -> dict[str, str]:
    row = row_of(connection, "action", number)
    return {
        column: "; ".join(owners_of(connection, number)) if column == "owners" else _text(row[column])
        for column in EDITABLE.values()
    }


def read_cell(column: str, text: str) -> str:
    """Return a cell as the register writes it, or refuse it: a day as 2025-06-30, a state as its code.

    >>> read_cell("due_to", "30/06/2025"), read_cell("due_to", "30 June 2025"), read_cell("state", "In progress")
    ('2025-06-30', '2025-06-30', 'open')
    """
    if column == "state":
        state = next((code for code, words in STATES.items() if text.casefold().strip(" .") in words.split("|")), None)
        if state is None:
            remedy = "write open, in progress, done or dropped, and anything else under Update"
            raise Refused(Fault("is not a state", remedy))
        return state
    if column in _DAYS and text:
        day = _day(text)
        if day is None:
            raise Refused(Fault("is not a day", "write it as 30/06/2025"))
        return str(day)
    return text


def _day(text: str) -> date | None:
    """Return the one day that a cell names in full, or None."""
    words = text.removesuffix(" 00:00:00")
    named = next(find_dates(words), None)
    return named.on() if named is not None and named.text == words else None


def apply_cells(connection: Connection, number: int, cells: Mapping[str, str], author: Author) -> None:
    """Keep the cells of one row, given as `read_cell` returns them; refused, and nothing kept, where they clash."""
    values: Row = {column: _value(column, text) for column, text in cells.items()}
    owners = values.pop("owners", None) if "owners" in values else None
    row = {**row_of(connection, "action", number), **values}
    if values.get("state") == "closed":
        values.setdefault("closed_on", author.on)
        values.setdefault("evidence", row["evidence"] or row["progress"])
        if not values["evidence"]:
            remedy = "say under Evidence what shows that it was done"
            raise Refused(Fault("is closed without evidence", remedy, field="State", value=cells["state"]))
    if {"due_from", "due_to"} & set(values):
        first, last = row["due_from"], row["due_to"]
        if first and last and last < first:
            problem = f"lies before the first day, {first}"
            raise Refused(Fault(problem, "name the first day first", field="Due to", value=str(last)))
        values["due_event_id"] = None
        values["due_kind"] = "none" if last is None else "date" if first in (None, last) else "window"
    if "owners" in cells:
        assign(connection, number, (owners or "").split(";"), author)
    change(connection, "action", number, values, author)


def _value(column: str, text: str) -> Any:
    if column in _DAYS:
        return date.fromisoformat(text) if text else None
    return text or None


def _text(value: Any) -> str:
    return "" if value is None else str(value)


ACTION_SHEET = RegisterSheet(
    fixed=("Kind", "Promise", "Made on", "Due as printed", "Standing"),
    editable=EDITABLE,
    values=_values,
    read=read_cell,
    apply=apply_cells,
    enter="enter new promises with `whatworks board action add TEXT --by NAME`",
)
"""The sheet of promises."""
