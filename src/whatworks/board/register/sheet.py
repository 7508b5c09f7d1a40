"""The action log as a spreadsheet that owners fill in: which cells they may change, and how what they write is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from whatworks.board.register.ledger import change, row_of
from whatworks.board.register.promise import assign, owners_of
from whatworks.board.register.standing import promises
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row
from whatworks.records.register.sheet import NUMBER, Cells, Edit, RegisterSheet

EDITABLE = {
    "Owners": "owners",
    "Due from": "due_from",
    "Due to": "due_to",
    "State": "state",
    "Closed on": "closed_on",
    "Evidence": "evidence",
}
"""Heading -> column that a returned sheet may change."""
STATES = ("open", "closed", "dropped")
_DAYS = ("due_from", "due_to", "closed_on")


def sheet_rows(connection: Connection, on: date) -> list[tuple[str, ...]]:
    """Return the rows of the sheet, as text in the order of its header."""
    rows = []
    for promise in promises(connection, on):
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


def _faults(edits: Sequence[Edit], rows: Mapping[str, Cells], file: str) -> list[Fault]:
    faults = []
    for edit in edits:
        try:
            value = _value(edit.field, edit.returned)
        except ValueError:
            remedy = "write it as 2025-06-30"
            problem = f"of {edit.number} is not a day"
            faults.append(Fault(problem, remedy, file, field=edit.field, value=edit.returned))
            continue
        if edit.field == "state" and value not in STATES:
            remedy = f"choose from {', '.join(STATES)}"
            problem = f"of {edit.number} is not known"
            faults.append(Fault(problem, remedy, file, field=edit.field, value=edit.returned))
    closing = {str(edit.number) for edit in edits if (edit.field, edit.returned) == ("state", "closed")}
    return faults + [
        Fault("is closed without evidence", "say what shows that it was done", file, field=NUMBER, value=number)
        for number in sorted(closing, key=int)
        if not rows[number]["Evidence"].strip()
    ]


def _apply(connection: Connection, number: int, cells: Mapping[str, str], author: Author) -> None:
    values: Row = {column: _value(column, text) for column, text in cells.items()}
    if "owners" in values:
        assign(connection, number, (values.pop("owners") or "").split(";"), author)
    if values.get("state") == "closed":
        values.setdefault("closed_on", author.on)
    if {"due_from", "due_to"} & set(values):
        row = {**row_of(connection, "action", number), **values}
        first, last = row["due_from"], row["due_to"]
        if first and last and last < first:
            raise Refused(Fault(f"{number}: {last} lies before {first}", "name the first day first", field="Due to"))
        values["due_event_id"] = None
        values["due_kind"] = "none" if last is None else "date" if first == last else "window"
    change(connection, "action", number, values, author)


def _value(column: str, text: str) -> Any:
    if column in _DAYS:
        return date.fromisoformat(text[:10]) if text else None
    return text or None


def _text(value: Any) -> str:
    return "" if value is None else str(value)


ACTION_SHEET = RegisterSheet(
    fixed=("Kind", "Promise", "Made on", "Due as printed", "Standing"),
    editable=EDITABLE,
    values=_values,
    faults=_faults,
    apply=_apply,
    enter="enter new promises with `whatworks board action add TEXT --by NAME`",
)
"""The sheet of promises."""
