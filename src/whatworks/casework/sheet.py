"""The team's cases as a spreadsheet: which cells may be changed, how they are kept, and until when it comes back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from whatworks.casework.case import open_case, person_of, seen_cases
from whatworks.casework.correcting import read_value
from whatworks.casework.register import CASEWORK, Kept, amend
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection
from whatworks.records.register.sheet import Cells, RegisterSheet

EXPORT = "Sheet (do not change)"
"""The heading under which each row has the number of the sheet with which it went out."""


def sheet_cases(connection: Engine) -> list[Kept]:
    """Return the open cases of the team's own that the present reader may see; an agency's are changed by it."""
    return sorted(
        (case for case in seen_cases(connection) if case.number.isdecimal()), key=lambda case: int(case.number)
    )


def sheet_row(case: Kept, export: int) -> tuple[str, ...]:
    """Return a case's row of a sheet, as text in the order of its header."""
    fixed = (
        str(export),
        ":".join(person_of(case)),
        case.row["lead_organisation"] or "",
        str(case.row["opened_on"] or ""),
    )
    return (case.number, *fixed, *_texts(case).values())


def check_returned(connection: Connection, sent: Sequence[Cells], on: date, file: str) -> None:
    """Refuse a sheet that did not go out from here, or that comes back after its last day."""
    numbers = {row[EXPORT] for row in sent}
    rows = {str(row["id"]): row for row in CASEWORK.rows(connection, "sheet")}
    if len(numbers) != 1 or not numbers <= {*rows}:
        remedy = "use one that `whatworks casework sheet export` wrote; leave its sheets as they are"
        raise Refused(Fault("is not a sheet of cases that went out", remedy, file))
    last = rows[numbers.pop()]["expires_on"]
    if on > last:
        remedy = "export the cases anew, and enter what has changed there"
        raise Refused(Fault(f"came back after {last}, its last day", remedy, file))


def _texts(case: Kept) -> dict[str, str]:
    return {
        column: "" if case.row[column] is None else str(case.row[column]) for column in CASE_SHEET.editable.values()
    }


def _values(connection: Connection, number: int) -> Mapping[str, str]:
    return _texts(open_case(connection, str(number)))


def _read(column: str, text: str) -> str:
    value = read_value("casefile", column, text)
    return "" if value is None else str(value)


def _apply(connection: Connection, number: int, cells: Mapping[str, str], author: Author) -> None:
    changes: dict[str, Any] = {column: read_value("casefile", column, text) for column, text in cells.items()}
    if "review_on" in changes and (changes["review_on"] is None or changes["review_on"] <= author.on):
        remedy = "name the day of the next review"
        raise Refused(Fault("does not lie ahead", remedy, field="Review on", value=cells["review_on"]))
    amend(connection, CASEWORK, open_case(connection, str(number)), changes, author)


CASE_SHEET = RegisterSheet(
    fixed=(EXPORT, "Person", "Lead", "Opened on"),
    editable={"Review on": "review_on", "Borough": "borough", "Scheme": "scheme_id"},
    values=_values,
    read=_read,
    apply=_apply,
    enter="open cases with `whatworks casework open`",
)
"""The sheet of cases."""
