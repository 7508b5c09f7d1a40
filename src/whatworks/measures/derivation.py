"""Turn the package's SQL files into tables of the connection; each file is one query, named for what it makes."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import polars as pl

from whatworks.records.engine import Engine


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


_TYPES = {"BIGINT": pl.Int64, "VARCHAR": pl.String, "DATE": pl.Date}


@cache
def _queries() -> dict[str, Traversable]:
    """Return the package's query files by name, whichever folder of `sql/` holds them."""
    folders = (entry for entry in files("whatworks.measures").joinpath("sql").iterdir() if entry.is_dir())
    entries = (entry for folder in folders for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return {entry.name.removesuffix(".sql"): entry for entry in entries}


def derive(connection: Engine, names: Iterable[str], *, view: bool = False) -> None:
    """Make one temporary table (or view) of each named query, in the order given. The store is not written to."""
    for name in names:
        connection.derive(name, sql_text(name), view=view)


def merge_offences(connection: Engine, name: str, wanted: str) -> None:
    """Make the table `name`: the rows of `distinct_offence` for the offences that the table `wanted` lists.

    The same query merges them, over fewer records: a name within the query stands before the view of that name.
    """
    asked = "SELECT 1 FROM {wanted} AS w WHERE w.linked_id = r.linked_id AND w.offence_key = r.offence_key"
    fewer = f"SELECT * FROM temp.main.offence_record AS r WHERE EXISTS ({asked.format(wanted=wanted)})"
    connection.derive(name, f"WITH offence_record AS ({fewer})\n{sql_text('distinct_offence')}")


def put(connection: Engine, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Make a small table of the session from rows; `columns` says each column's name and type.

    >>> from whatworks.records.store import scratch

    >>> con = scratch()
    >>> put(con, "not_counted_group", "offence_group VARCHAR", [["breach"]])
    >>> con.rows("FROM not_counted_group")
    [('breach',)]
    """
    schema = {column: _TYPES[kind] for column, kind in (one.split() for one in columns.split(","))}
    connection.put(name, pl.DataFrame(list(rows), schema=schema, orient="row"))
