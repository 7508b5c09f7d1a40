"""Keep what the team records as rows of the declared tables, each with who, when and why; nothing is overwritten."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import dataframely as dy

from whatworks.records.engine import Engine, Store
from whatworks.records.imports.conservation import check_conservation, recount
from whatworks.records.imports.cross_row import CASEWORK_SOURCE
from whatworks.records.imports.rules import IN_ORDER
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.columns import day_of, written
from whatworks.records.register.entry import Author, ChangeTable, RegisterTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.references import own_key, shown_value
from whatworks.records.tables.standing import standing

_DECLARED = Ledger(RECORD_TABLES, "")


class CaseworkEntry(RegisterTable):
    """One row that the team recorded: in which table, under which agency's number, and what it corrects."""

    kept_in = written("The table that holds the row.", nullable=False)
    organisation_id = written("The agency whose number for the person it uses.", nullable=False)
    of_case = written("The case for which it was recorded, as agency:number; null of a case itself.")
    corrects = written("The number under which the record was first kept; null where it is new.")


class CaseworkSheet(RegisterTable):
    """A spreadsheet of cases that went out."""

    sent_on = day_of("The day on which it went out.", nullable=False)
    expires_on = day_of("The last day on which it is taken back.", nullable=False)


CASEWORK = Ledger(
    {"casework_entry": CaseworkEntry, "casework_sheet": CaseworkSheet, "casework_change": ChangeTable}, "casework_"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that stands: its table, the number under which it was first kept, and its columns."""

    table: str
    number: str
    row: Row

    @property
    def organisation(self) -> str:
        """The agency whose number for the person it uses."""
        return str(self.row["organisation_id"])

    @property
    def key(self) -> str:
        """Its number in its table."""
        return str(self.row[own_key(self.table)])

    @property
    def place(self) -> str:
        """Its agency and its number in its table, as `probation:casework-12`."""
        return f"{self.organisation}:{self.key}"


def record(
    connection: Connection, ledger: Ledger, table: str, values: Row, author: Author, case: Kept | None = None
) -> Kept:
    """Append a row to a declared table and return it; refused with all that its declaration forbids."""
    return _append(connection, ledger, table, values, author, None, (), case.place if case else None)


def amend(
    connection: Connection, ledger: Ledger, kept: Kept, changes: Mapping[str, Any], author: Author
) -> tuple[str, ...]:
    """Append a row that takes the place of one that stands; return the columns that differ, in which case alone."""
    changed = tuple(name for name, value in changes.items() if kept.row[name] != value)
    if changed:
        values = {name: value for name, value in kept.row.items() if name not in ("source_id", "source_line")}
        _append(connection, ledger, kept.table, {**values, **changes}, author, kept, changed)
    return changed


def kept_record(connection: Engine, table: str, number: str) -> Kept | None:
    """Return a record by its number as a screen shows it: `12` for the team's own, or `council:C-77`."""
    organisation, colon, key = number.strip().partition(":")
    own = own_key(table)
    if colon:
        found = kept_records(connection, table, f"organisation_id = ? AND {own} = ?", [organisation, key])
    else:
        found = kept_records(connection, table, f"{own} = ?", [f"casework-{organisation}"])
    return found[0] if len(found) == 1 else None


def kept_records(connection: Engine, table: str, where: str = "TRUE", values: Sequence[Any] = ()) -> list[Kept]:
    """Return the records of a table that stand and for which the SQL condition `where` holds, in the order of keys."""
    standing(connection, table)
    names, own = list(RECORD_TABLES[table].columns()), own_key(table)
    query = f"SELECT {', '.join(names)} FROM standing_{table} WHERE {where} ORDER BY organisation_id, {own}"
    rows = [dict(zip(names, row, strict=True)) for row in connection.rows(query, values)]
    return [Kept(table, number_of(row["organisation_id"], row[own]), row) for row in rows]


def number_of(organisation: str, key: str) -> str:
    """Return the number by which a screen shows a record.

    >>> number_of("probation", "casework-12"), number_of("probation", "N7")
    ('12', 'probation:N7')
    """
    own = key.removeprefix("casework-")
    return own if own != key and own.isdecimal() else f"{organisation}:{key}"


def record_faults(connection: Engine, table: str, values: Row, on: date) -> list[Fault]:
    """Return what the declaration forbids: missing values, codes, events after the day or before birth, dates out of
    order.
    """
    kinds = RECORD_TABLES[table].columns()
    faults: list[Fault] = []
    given = {name: values.get(name) for name in kinds if name not in ("source_id", "source_line", own_key(table))}
    try:
        _DECLARED.check(table, given)
    except Refused as refused:
        faults += refused.faults
    born = connection.rows(
        "SELECT date_of_birth FROM person WHERE organisation_id = ? AND person_id = ? AND date_of_birth IS NOT NULL",
        [values["organisation_id"], values.get("person_id")],
    )
    for name, value in given.items():
        if not isinstance(kinds[name], dy.Date) or value is None:
            continue
        if (kinds[name].metadata or {}).get("event") and value > on:
            faults.append(_wrong(table, name, value, f"lies after {on}", "name a day that has come"))
        if born and value < born[0][0]:
            faults.append(_wrong(table, name, value, "lies before the person's birth", "correct it, or the person"))
    for first, second in IN_ORDER.get(table, ()):
        begun, ended = given[first], given[second]
        if begun is not None and ended is not None and ended < begun:
            faults.append(_wrong(table, second, ended, f"lies before {first}", f"correct {first} or {second}"))
    return faults


def _wrong(table: str, name: str, value: date, problem: str, remedy: str) -> Fault:
    return Fault(problem, remedy, field=name, value=shown_value(table, name, str(value)))


def _append(
    connection: Connection, ledger: Ledger, table: str, values: Row, author: Author, kept: Kept | None,
    changed: tuple[str, ...] = (), of_case: str | None = None,
) -> Kept:  # fmt: skip
    if faults := record_faults(connection, table, values, author.on):
        raise Refused(faults)
    organisation, first = values["organisation_id"], kept.key if kept else None
    entry = {"kept_in": table, "organisation_id": organisation, "of_case": of_case, "corrects": first}
    line = ledger.add(connection, "entry", entry, author=None if kept else author)
    is_own = kept is not None and str(kept.row["source_id"]).startswith(CASEWORK_SOURCE)
    stood = f"casework-{kept.row['source_line']}" if kept and is_own else first
    for name in changed:
        ledger.note(connection, "entry", line, (name, stood, f"casework-{line}"), author)
    source_id = f"{CASEWORK_SOURCE}/{organisation}/{table}"
    row = {**values, own_key(table): f"casework-{line}", "source_id": source_id, "source_line": line, "replaces": first}
    names = [name for name in RECORD_TABLES[table].columns() if name in row]
    marks = ", ".join("?" for _ in names)
    connection.change(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [row[name] for name in names])
    _count(connection, source_id, table, organisation, row, author.on)
    return kept or Kept(table, str(line), {**dict.fromkeys(RECORD_TABLES[table].columns()), **row})


def _count(connection: Store, source_id: str, table: str, organisation: str, row: Row, on: date) -> None:
    """Count one row more of the source before looking at its table, so that a row lost from there is missed."""
    before = connection.rows("SELECT sha256, as_at, rows_in FROM source WHERE source_id = ?", [source_id])
    text = json.dumps([before[0][0] if before else "", row], default=str, sort_keys=True)
    digest, as_at = hashlib.sha256(text.encode()).hexdigest(), max([on, *(each[1] for each in before)])
    if not before:
        connection.change(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, NULL, ?, ?, 0, 0, 0, 0, 0)",
            [source_id, organisation, table, CASEWORK_SOURCE, digest, as_at, as_at],
        )
    connection.change(
        "UPDATE source SET rows_in = rows_in + 1, sha256 = ?, as_at = ?, received_on = ? WHERE source_id = ?",
        [digest, as_at, as_at, source_id],
    )
    recount(connection, source_id, table)
    check_conservation(connection, [source_id])
