"""Release permitted fields of permitted people to a party: a numbered, expiring, private file, and a row of the log."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from whatworks.records.audit.chain import canonical_json
from whatworks.records.audit.journal import DEED
from whatworks.records.audit.reader import present_reader
from whatworks.records.audit.store_book import broken
from whatworks.records.imports.release_mark import release_mark
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.register.columns import day_of, written
from whatworks.records.register.entry import Author, ChangeTable, RegisterTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.standing import standing
from whatworks.records.writing.private_file import private_folder, write_private
from whatworks.sharing.agreement import read_agreements
from whatworks.sharing.declared import fields_of, table_names
from whatworks.sharing.may import Group, Request, granting, may
from whatworks.sharing.purposes import purpose_fault
from whatworks.sharing.selection import resolve, set_faults

FOLDER = "releases"
OWN, ROWS = "own_number", "rows"
WITHHELD = "[withheld]"
"""What stands in a cell of a person whose field no clause permits, though others' is released."""


class Release(RegisterTable):
    """One file that was released to a party, or one reader's copy of a briefing."""

    kind = written("A `release` of records, or a `briefing`.", nullable=False)
    what = written("The table, or the briefing's reference.", nullable=False)
    giver = written("Whose records, or whose text.", nullable=False)
    receiver = written("The agency that got it.", nullable=False)
    reader = written("The post that got a briefing.")
    purpose = written("For what.", nullable=False)
    clauses = written("The clauses that permit it.")
    parts = written("The fields, or short hashes of a briefing's passages.", nullable=False)
    file_name = written("Its file, in the folder `releases`.", nullable=False)
    sha256 = written("Hash of that file.", nullable=False)
    expires_on = day_of("The day after which it is destroyed, and is not taken in any more.", nullable=False)


RELEASES = Ledger({"sharing_release": Release, "sharing_change": ChangeTable}, "sharing_")


def release(
    connection: Connection, ledger: Ledger, author: Author, here: Partnership, to: str, of: str, see: str, whose: str,
    purpose: str,
) -> Done:  # fmt: skip
    """Write what may be released of what was asked for, and log it; refused where nothing may.

    `see` is `table.field`, several with commas; `whose` a set of people or one number of the giver's.
    """
    table, fields = what_is_asked(here, see, {"--to": to, "--of": of}, purpose, of, whose)
    people_in = [name for name, each in RECORD_TABLES.items() if {"person_id", "organisation_id"} <= {*each.columns()}]
    if table not in people_in:
        raise Refused(Fault("has no rows of people", choice("", people_in), field="--see", value=table))
    if to == of:
        raise Refused(Fault("is whose records they are", "name the agency that gets them", field="--to", value=to))
    people, tier = resolve(connection, of, whose, author.true_day), present_reader(connection).tier
    request, agreements = Request(to, table, fields, people, purpose, author.true_day, tier), read_agreements(here)
    ruling = may(agreements, request)
    granted = {cell: tuple(granting(agreements, request, *cell)) for cell in request.cells}
    if not any(granted.values()) or "tier" in ruling.missing:
        raise Refused(Fault(ruling.says.rstrip("."), "ask for less, or have an agreement amended", field="--see"))
    resting = sorted({clause for each in granted.values() for clause in each}, key=lambda each: each[0].name(each[1]))
    frame = _released(connection, request, {cell for cell, clauses in granted.items() if clauses})
    expires_on = min(min(author.true_day + timedelta(clause.retain_days), each.ends_on) for each, clause in resting)
    names = "; ".join(agreement.name(clause) for agreement, clause in resting)
    number = next_number(connection, ledger)
    heading = release_mark(number, to, expires_on)
    content = frame.drop(OWN).with_columns(pl.lit("").alias(heading)).write_csv()
    log = {"kind": "release", "what": table, "giver": of, "receiver": to, "purpose": purpose, "clauses": names,
           "parts": ", ".join(frame.columns[1:]), "expires_on": expires_on}  # fmt: skip
    pairs = tuple((of, person) for person in frame[OWN].unique().sort())
    says = f"release {number}: {len(pairs)} people, {frame.height} rows of {table} to {to} under {names}"
    done = logged(connection, ledger, author, here, log, (f"{number:04d}-{to}-{table}.csv", content.encode()), says)
    return replace(
        done, people=pairs, says=done.says if ruling.allowed else f"{done.says}\nNot all of it: {ruling.says}"
    )


def what_is_asked(
    here: Partnership, see: str, parties: Mapping[str, str], purpose: str, of: str, whose: str
) -> tuple[str, tuple[str, ...]]:
    """Return the table and fields of a request, or refuse all that is unknown in it; `parties` are by their flags."""
    known = here.config.organisations
    faults = [Fault("is not an agency", choice(party, known), field=flag, value=party)
              for flag, party in parties.items() if party not in known]  # fmt: skip
    faults += [fault] if (fault := purpose_fault(purpose, "--for")) is not None else []
    faults += [] if whose.startswith(f"{of}:") else set_faults(whose, "--whose")
    parts = [part.strip().partition(".") for part in see.split(",") if part.strip()]
    tables, fields = {table for table, _, _ in parts}, tuple(dict.fromkeys(field for _, _, field in parts))
    if len(tables) != 1:
        faults.append(Fault("is not fields of one table", "write TABLE.FIELD,TABLE.FIELD", field="--see", value=see))
    for table in tables if len(tables) == 1 else ():
        columns = fields_of(table)
        if columns is None:
            faults.append(Fault("is not a table", choice(table, table_names()), field="--see", value=table))
        faults += [Fault(f"is not a column of {table}", choice(name, [*columns]), field="--see", value=name)
                   for name in fields if columns is not None and name not in columns]  # fmt: skip
    if faults:
        raise Refused(faults)
    return tables.pop(), fields


def next_number(connection: Connection, ledger: Ledger) -> int:
    """Return the number of the next release."""
    [(number,)] = connection.rows(f"SELECT coalesce(max(id), 0) + 1 FROM {ledger.prefix}release")
    return int(number)


def logged(
    connection: Connection, ledger: Ledger, author: Author, here: Partnership, log: Row, file: tuple[str, bytes],
    says: str,
) -> Done:  # fmt: skip
    """Write a released file for its owner only, log it with its hash, and return what the audit keeps of it."""
    name, content = file
    path = private_folder(here.root / FOLDER) / name
    kept = {**log, "file_name": name, "sha256": hashlib.sha256(content).hexdigest()}
    number = ledger.add(connection, "release", kept, author=author)
    write_private(path, content)
    told: dict[str, Any] = {key: str(value) for key, value in kept.items() if value is not None}
    told[ROWS] = {str(number): _hash(ledger.row(connection, "release", number))}
    says = f"{says}; destroy it after {log['expires_on']}: {path}"
    return Done(says, number, ("*",), more={**told, "file": str(path)}, kept=told)


def check_log(connection: Connection) -> None:
    """Refuse a log of releases that is not as the audit's chain tells it: a row altered, put in or taken out."""
    if not RELEASES.is_begun(connection):
        return
    released = 'SELECT payload FROM book_entry WHERE kind = ? AND payload LIKE \'%"act":"released"%\''
    entries = [json.loads(payload)["more"] for (payload,) in connection.rows(released, [DEED])]
    told = {int(number): hashed for more in entries for number, hashed in more.get(ROWS, {}).items()}
    rows = {row["id"]: _hash(row) for row in RELEASES.rows(connection, "release")}
    for number in sorted(told.keys() | rows.keys()):
        if told.get(number) != rows.get(number):
            raise broken(f"does not tell of release {number} what the log of releases says")


def _hash(row: Row) -> str:
    return hashlib.sha256(canonical_json({name: str(value) for name, value in row.items()}).encode()).hexdigest()


def _released(connection: Connection, request: Request, granted: set[tuple[Group, str]]) -> pl.DataFrame:
    """Return the rows of people of whom anything is permitted: their number first, then each field that is for some."""
    fields = [name for name in request.fields if any((group, name) in granted for group in request.selection.groups)]
    standing(connection, request.table)
    listed = ", ".join(f't."{name}" AS "{name}"' for name in fields)
    parts = []
    for group, people in request.selection.groups.items():
        seen = [name for name in fields if (group, name) in granted]
        if seen:
            query = (
                f"SELECT t.person_id AS {OWN}, {listed} FROM standing_{request.table} AS t WHERE t.organisation_id = ?"
            )
            rows = connection.fetch(query, [group[0]]).filter(pl.col(OWN).is_in([*people]))
            cells = [_plain(name) if name in seen else pl.lit(WITHHELD).alias(name) for name in fields]
            parts.append(rows.select(OWN, *cells))
    return pl.concat(parts).sort(pl.all())


def _plain(name: str) -> pl.Expr:
    """Return a column as text that no spreadsheet runs as a formula."""
    return pl.col(name).cast(pl.String).str.replace(r"^([=+@\t\r])", "'${1}")


def list_releases(connection: Connection, ledger: Ledger, on: date) -> list[Row]:
    """Return the log of releases, those past their day first."""
    return sorted(ledger.rows(connection, "release"), key=lambda row: (row["expires_on"] >= on, row["id"]))
