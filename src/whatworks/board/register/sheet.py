"""The action log as a spreadsheet that goes out and comes back: what changed is taken, what conflicts is listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from whatworks.board.register.ledger import change, row_of
from whatworks.board.register.promise import assign, owners_of
from whatworks.board.register.standing import promises
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row

NUMBER = "Number (do not change)"
FIXED = ("Kind", "Promise", "Made on", "Due as printed", "Standing")
EDITABLE = {
    "Owners": "owners",
    "Due from": "due_from",
    "Due to": "due_to",
    "State": "state",
    "Closed on": "closed_on",
    "Evidence": "evidence",
}
"""Heading -> column that a returned sheet may change."""
HEADER = (NUMBER, *FIXED, *EDITABLE)
_DAYS = ("due_from", "due_to", "closed_on")


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that was changed in the sheet: what stood when it went out, what stands now, what came back."""

    number: int
    field: str
    sent: str
    now: str
    returned: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of a sheet: edits taken, and conflicts, where the register was changed meanwhile."""

    taken: tuple[Edit, ...]
    conflicts: tuple[Edit, ...]


def sheet_rows(connection: Connection, on: date) -> list[tuple[str, ...]]:
    """Return the rows of the sheet, as text in the order of `HEADER`."""
    found = []
    for said in promises(connection, on):
        now = values_now(connection, said.id)
        fixed = (said.kind, said.text, _text(said.made_on), said.due_text or "", f"{said.state}: {said.says}")
        found.append((str(said.id), *fixed, *(now[column] for column in EDITABLE.values())))
    return sorted(found, key=lambda row: int(row[0]))


def values_now(connection: Connection, number: int) -> dict[str, str]:
    """Return the editable values of a promise as text."""
    row = row_of(connection, "action", number)
    return {
        column: "; ".join(owners_of(connection, number)) if column == "owners" else _text(row[column])
        for column in EDITABLE.values()
    }


def take_sheet(
    connection: Connection,
    sent: Sequence[dict[str, str]],
    returned: Sequence[dict[str, str]],
    author: Author,
    file: str,
) -> Returned:
    """Take a returned sheet in: for each cell, what went out, what came back and what stands now are set together.

    A cell that came back as it went out changes nothing. One that was changed in the sheet only is taken. One that was
    changed in both, to different values, is a conflict and is not applied. Raises `Refused`, changing nothing, where a
    row is unknown, stands twice, or holds what the register cannot keep.
    """
    before = {row[NUMBER]: row for row in sent}
    edits = [edit for row in returned for edit in _edits(connection, before.get(row[NUMBER].strip(), {}), row)]
    _check(before, returned, edits, file)
    conflicts = [edit for edit in edits if edit.now not in (edit.sent, edit.returned)]
    taken = [edit for edit in edits if edit.now == edit.sent]
    for number in sorted({edit.number for edit in taken}):
        _apply(connection, number, [edit for edit in taken if edit.number == number], author)
    return Returned(tuple(taken), tuple(conflicts))


def _edits(connection: Connection, sent: dict[str, str], row: dict[str, str]) -> list[Edit]:
    if not sent:
        return []
    number = int(row[NUMBER])
    now = values_now(connection, number)
    return [
        Edit(number, column, sent[heading].strip(), now[column], row[heading].strip())
        for heading, column in EDITABLE.items()
        if row[heading].strip() != sent[heading].strip()
    ]


def _check(before: dict[str, dict[str, str]], returned: Sequence[dict[str, str]], edits: list[Edit], file: str) -> None:
    numbers = [row[NUMBER].strip() for row in returned]
    faults = [
        Fault("is no row that went out", "add new promises with `action add`", file, field=NUMBER, value=number)
        for number in numbers
        if number not in before
    ]
    faults += [
        Fault("stands twice", "keep one row of each", file, field=NUMBER, value=number)
        for number in sorted({number for number in numbers if numbers.count(number) > 1})
    ]
    for edit in edits:
        faults += _fault(edit, file)
    closing = {edit.number for edit in edits if (edit.field, edit.returned) == ("state", "closed")}
    rows = {row[NUMBER].strip(): row for row in returned}
    faults += [
        Fault("is closed without evidence", "say what shows that it was done", file, field=NUMBER, value=str(number))
        for number in sorted(closing)
        if not rows[str(number)]["Evidence"].strip()
    ]
    if faults:
        raise Refused(faults)


def _fault(edit: Edit, file: str) -> list[Fault]:
    try:
        value = _value(edit.field, edit.returned)
    except ValueError:
        remedy = "write it as 2025-06-30"
        return [Fault(f"of {edit.number} is not a day", remedy, file, field=edit.field, value=edit.returned)]
    if edit.field == "state" and value not in ("open", "closed", "dropped"):
        remedy = "choose from open, closed, dropped"
        return [Fault(f"of {edit.number} is not known", remedy, file, field=edit.field, value=edit.returned)]
    return []


def _apply(connection: Connection, number: int, edits: list[Edit], author: Author) -> None:
    values: Row = {edit.field: _value(edit.field, edit.returned) for edit in edits}
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
