"""Turn the package's SQL files into tables of the connection; each file is one query, named for what it makes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import duckdb


def sql_text(name: str) -> str:
    """Return the query of one measure, as it stands in the package.

    >>> sql_text("distinct_offence").splitlines()[0][:20]
    '-- distinct_offence:'
    """
    return _queries()[name].read_text(encoding="utf-8")


def sql_names() -> list[str]:
    """Return the names of all measures written in SQL, in alphabetical order.

    >>> "proven_reoffending" in sql_names()
    True
    """
    return sorted(_queries())


@cache
def _queries() -> dict[str, Traversable]:
    """Return the package's query files by name, whichever folder of `sql/` holds them."""
    folders = (entry for entry in files("whatworks.measures").joinpath("sql").iterdir() if entry.is_dir())
    entries = (entry for folder in folders for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return {entry.name.removesuffix(".sql"): entry for entry in entries}


@contextmanager
def joined_as_written(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Join tables in the order in which a query names them.

    Left to itself the planner now and then takes a comparison of dates for a cheaper join than one of people, and a
    partnership of 5,000 fills the memory. The queries name the cohort first, then its records by person.
    """
    connection.execute("SET disabled_optimizers = 'join_order'")
    try:
        yield
    finally:
        connection.execute("RESET disabled_optimizers")


def derive(connection: duckdb.DuckDBPyConnection, names: Iterable[str], *, view: bool = False) -> None:
    """Make one temporary table (or view) of each named query, in the order given. The store is not written to."""
    kind = "VIEW" if view else "TABLE"
    with joined_as_written(connection):
        for name in names:
            connection.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS\n{sql_text(name)}")


def merge_offences(connection: duckdb.DuckDBPyConnection, name: str, wanted: str) -> None:
    """Make the table `name`: the rows of `distinct_offence` for the offences that the table `wanted` lists.

    The same query merges them, over fewer records: a name within the query stands before the view of that name.
    """
    fewer = f"SELECT * FROM temp.main.offence_record SEMI JOIN {wanted} USING (linked_id, offence_key)"
    query = f"WITH offence_record AS ({fewer})\n{sql_text('distinct_offence')}"
    with joined_as_written(connection):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS\n{query}")


def put(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Make a small temporary table from rows; `columns` is the body of its CREATE TABLE.

    >>> con = duckdb.connect()
    >>> put(con, "not_counted_group", "offence_group VARCHAR", [["breach"]])
    >>> con.execute("FROM not_counted_group").fetchall()
    [('breach',)]
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.execute(
            f"INSERT INTO {name} VALUES {', '.join(f'({marks})' for _ in rows)}", [cell for row in rows for cell in row]
        )
