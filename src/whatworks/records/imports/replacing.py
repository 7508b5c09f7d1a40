"""Swap a source's rows for those of a newer extract, and say what changed."""

from dataclasses import dataclass

from whatworks.records.engine import Store
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.references import key_columns


@dataclass(frozen=True, slots=True)
class Change:
    """What a newer extract changed in one table, in ids: new ones, vanished ones, and those with other values."""

    added: int
    removed: int
    changed: int


def remove_source(connection: Store, source: str) -> list[str]:
    """Take all rows of a source out, remembering what they were; return the tables that it filled."""
    held = connection.rows('SELECT source_id, "table" FROM source WHERE name = ? ORDER BY source_id', [source])
    tables = [table for table in RECORD_TABLES if table in {table for _, table in held}]
    ids = [source_id for source_id, _ in held]
    for table in tables:
        query = f"SELECT {', '.join(_columns(table))} FROM {table} WHERE source_id IN (SELECT unnest(?))"
        connection.derive(f"before_{table}", query, [ids])
    connection.change("UPDATE dropped SET replaced = true WHERE source_id IN (SELECT unnest(?))", [ids])
    for table in (*tables, "quarantine", "held_row", "source"):
        connection.change(f"DELETE FROM {table} WHERE source_id IN (SELECT unnest(?))", [ids])
    return tables


def compare(connection: Store, source: str, table: str) -> Change:
    """Return what is different in a table since `remove_source`."""
    same = " AND ".join(f"n.{key} = b.{key}" for key in key_columns(table))
    key, columns = key_columns(table)[-1], _columns(table)
    differs = " OR ".join(f"b.{name} IS DISTINCT FROM n.{name}" for name in columns)
    row = connection.rows(
        f"SELECT count(*) FILTER (WHERE b.{key} IS NULL), count(*) FILTER (WHERE n.{key} IS NULL), "
        f"count(*) FILTER (WHERE b.{key} IS NOT NULL AND n.{key} IS NOT NULL AND ({differs})) "
        f"FROM before_{table} b FULL JOIN (SELECT {', '.join(columns)} FROM {table} WHERE source_id IN "
        f"(SELECT source_id FROM source WHERE name = ?)) n ON {same}",
        [source],
    )[0]
    connection.drop(f"before_{table}")
    return Change(*row)


def _columns(table: str) -> list[str]:
    return [name for name in RECORD_TABLES[table].columns() if name not in ("source_id", "source_line")]
