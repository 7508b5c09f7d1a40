"""Turn the package's SQL files into tables of the connection; each file is one query, named for what it makes."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from whatworks.records.engine import Engine

_TYPES = {"BIGINT": pl.Int64, "VARCHAR": pl.String, "DATE": pl.Date}
MERGED = {
    "cohort_offence": "offence_span AS f JOIN temp.main.offence_record AS r "
    "ON r.linked_id = f.linked_id AND r.committed_from >= f.from_date AND r.committed_from < f.until",
    "cautioned_offence": "caution_wanted AS f JOIN temp.main.offence_record AS r "
    "ON r.linked_id = f.linked_id AND r.offence_key = f.offence_key",
}
"""Tables of `distinct_offence` over fewer records `r`: all of an offence are of one person and day, so none is torn."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the name of the table that it makes."""

    name: str
    text: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables and views that it names, in order.

        >>> Query("arrest", "SELECT w.unit FROM measure_window AS w JOIN offence_report AS o ON TRUE").reads
        ('measure_window', 'offence_report')
        """
        return tuple(dict.fromkeys(re.findall(r"\b(?:FROM|JOIN) (\w+)", re.sub(r"--.*", "", self.text))))


def sql_text(name: str) -> str:
    """Return the query of one measure, as it stands in the package.

    >>> sql_text("distinct_offence").splitlines()[0][:20]
    '-- distinct_offence:'
    """
    return _queries()[name].text


@cache
def _queries() -> dict[str, Query]:
    """Return the package's queries by name, whichever folder of `sql/` holds their files."""
    folders = (entry for entry in files("whatworks.measures").joinpath("sql").iterdir() if entry.is_dir())
    entries = (entry for folder in folders for entry in folder.iterdir() if entry.name.endswith(".sql"))
    names = {entry.name.removesuffix(".sql"): entry for entry in entries}
    return {name: Query(name, entry.read_text(encoding="utf-8")) for name, entry in names.items()}


def resting_on(given: Collection[str], wanted: Iterable[str | Query]) -> list[Query]:
    """Return the queries that are wanted and those they read, as far as they rest on a table `given`, inputs first.

    What rests on none of them (the records, what `prepare` made) is left as it stands.
    """
    order: dict[str, Query] = {}
    rests: dict[str, bool] = dict.fromkeys(given, True)

    def visit(query: Query) -> bool:
        if query.name not in rests:
            rests[query.name] = False  # a query may read the view whose name it takes
            inputs = [visit(_found(name)) for name in query.reads]
            rests[query.name] = any(inputs)
            if rests[query.name]:
                order[query.name] = query
        return rests[query.name]

    for one in wanted:
        visit(one if isinstance(one, Query) else _found(one))
    return list(order.values())


def _found(name: str) -> Query:
    """Return a query by its name; a table that is none (records, settings) reads nothing.

    One of `MERGED` is `distinct_offence` over fewer records: a name within a query stands before the view of that name.
    """
    if name not in MERGED:
        return _queries().get(name, Query(name, ""))
    return Query(name, f"WITH offence_record AS (SELECT r.* FROM {MERGED[name]})\n{sql_text('distinct_offence')}")


def derive(connection: Engine, queries: Iterable[str | Query], *, view: bool = False) -> None:
    """Make one temporary table (or view) of each query, in the order given. The store is not written to."""
    for one in queries:
        query = one if isinstance(one, Query) else _found(one)
        connection.derive(query.name, query.text, view=view)


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
