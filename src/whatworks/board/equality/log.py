"""Keep which schemes were assessed, when, and whether that was before their launch."""

from dataclasses import dataclass, fields
from datetime import date

import duckdb

from whatworks.board.equality.impact import Impact
from whatworks.board.equality.tables import EQUALITY_TABLES
from whatworks.board.register import ledger
from whatworks.board.register.ledger import Author
from whatworks.board.tables import BOARD_TABLES
from whatworks.records.store import transaction
from whatworks.records.tables.ddl import create_tables


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment that was done; the fields are those of table `board_assessment`."""

    id: int
    name: str
    place: str | None
    done_on: date
    launch_on: date | None
    before_launch: bool | None
    paper: str | None


def open_assessments(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of assessments, and that of changes, if they are not there."""
    create_tables(connection, {**EQUALITY_TABLES, "board_change": BOARD_TABLES["board_change"]})


def log_assessment(connection: duckdb.DuckDBPyConnection, impact: Impact, paper: str | None, author: Author) -> int:
    """Write down that an assessment was done, and return its number."""
    open_assessments(connection)
    values = {
        "name": impact.name,
        "place": impact.place,
        "done_on": impact.done_on,
        "launch_on": impact.launch_on,
        "before_launch": impact.before_launch,
        "paper": paper,
    }
    with transaction(connection):
        return ledger.add(connection, "assessment", values, author=author)


def read_assessments(connection: duckdb.DuckDBPyConnection) -> tuple[Assessed, ...]:
    """Return the assessments done so far, by number."""
    open_assessments(connection)
    names = [one.name for one in fields(Assessed)]
    return tuple(Assessed(**{name: row[name] for name in names}) for row in ledger.rows(connection, "assessment"))


def not_assessed(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the schemes of the records that were never assessed."""
    open_assessments(connection)
    rows = connection.execute(
        "SELECT DISTINCT scheme_id FROM scheme WHERE scheme_id NOT IN (SELECT name FROM board_assessment) ORDER BY 1"
    ).fetchall()
    return tuple(str(row[0]) for row in rows)
