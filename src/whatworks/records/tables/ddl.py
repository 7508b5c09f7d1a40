"""Turn declarations into the store's tables."""

from collections.abc import Mapping

import dataframely as dy

from whatworks.records.engine import Store
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.bookkeeping import BOOKKEEPING_TABLES

_SQL_TYPES: dict[type[dy.Column], str] = {
    dy.String: "VARCHAR",
    dy.Enum: "VARCHAR",
    dy.Date: "DATE",
    dy.Int64: "BIGINT",
    dy.Float64: "DOUBLE",
    dy.Bool: "BOOLEAN",
    dy.Datetime: "TIMESTAMP",
    dy.Binary: "BLOB",
}


def sql_type(column: dy.Column) -> str:
    """Return the store's type of a declared column.

    >>> sql_type(dy.Date())
    'DATE'
    """
    return _SQL_TYPES[type(column)]


def create_statement(name: str, schema: type[dy.Schema]) -> str:
    """Return the CREATE TABLE statement of one declared table.

    There is no key and no FOREIGN KEY in it: DuckDB refuses to delete and insert the same key in one transaction, and
    replacing a source does just that. Keys and references are checks at import instead.

    >>> from whatworks.records.tables.agency_tables import SchemeArea
    >>> print(create_statement("scheme_area", SchemeArea).splitlines()[1])
      "source_id" VARCHAR NOT NULL,
    """
    columns = [
        f'  "{column}" {sql_type(kind)}{"" if kind.nullable else " NOT NULL"}'
        for column, kind in schema.columns().items()
    ]
    return f'CREATE TABLE IF NOT EXISTS "{name}" (\n' + ",\n".join(columns) + "\n)"


def create_tables(connection: Store, tables: Mapping[str, type[dy.Schema]] | None = None) -> None:
    """Make the declared tables that are not there yet; by default all that records declares.

    A store that an earlier version made gets the optional columns that have been declared since.

    >>> from whatworks.records.store import scratch

    >>> con = scratch()
    >>> create_tables(con)
    >>> con.rows("select count(*) from person")[0]
    (0,)
    """
    for name, schema in (tables if tables is not None else {**RECORD_TABLES, **BOOKKEEPING_TABLES}).items():
        connection.change(create_statement(name, schema))
        there = connection.columns(name)
        for column, kind in schema.columns().items():
            if column not in there and kind.nullable:
                connection.change(f'ALTER TABLE "{name}" ADD COLUMN "{column}" {sql_type(kind)}')
