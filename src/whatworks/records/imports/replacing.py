"""Swap a source's rows for those of a newer extract, say what changed, and keep a trace of every row that went."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from whatworks.records.audit.journal import sealed
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


def compare(connection: Store, source: str, table: str) -> tuple[Change, pl.DataFrame]:
    """Return what is different in a table since `remove_source`, and the rows that vanished or changed as they were."""
    same = " AND ".join(f"n.{key} = b.{key}" for key in key_columns(table))
    key, columns = key_columns(table)[-1], _columns(table)
    differs = " OR ".join(f"b.{name} IS DISTINCT FROM n.{name}" for name in columns)
    now = (
        f"SELECT {', '.join(columns)} FROM {table} WHERE source_id IN (SELECT source_id FROM source WHERE name = $name)"
    )
    gone = connection.fetch(
        f"SELECT {', '.join(f'b.{name}' for name in columns)}, n.{key} IS NULL AS vanished "
        f"FROM before_{table} AS b LEFT JOIN ({now}) AS n ON {same} WHERE {differs} "
        f"ORDER BY {', '.join(f'b.{name}' for name in key_columns(table))}",
        {"name": source},
    )
    [(added,)] = connection.rows(
        f"SELECT count(*) FROM ({now}) AS n WHERE NOT EXISTS (SELECT 1 FROM before_{table} AS b WHERE {same})",
        {"name": source},
    )
    connection.drop(f"before_{table}")
    removed = int(gone["vanished"].sum())
    hashes = [hashlib.sha256(str(row).encode()).hexdigest() for row in gone.drop("vanished").iter_rows()]
    return Change(added, removed, gone.height - removed), gone.with_columns(pl.Series("sha256", hashes, pl.String))


def hash_of_rows(hashes: pl.Series) -> str:
    """Return one hash of rows as they were, from the hash of each.

    >>> hash_of_rows(pl.Series(["a", "b"])) == hash_of_rows(pl.Series(["b", "a"]))
    False
    """
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def leave_traces(connection: Store, entry: int, source: str, gone: Mapping[str, pl.DataFrame]) -> None:
    """Keep a trace of each row that vanished or changed: its key, whose it was, and its keyed hash.

    The key is that of the audit's entry, so that a copy of the row can be known again as long as the key stands.
    """
    [(key,)] = connection.rows("SELECT hash_key FROM audit_seal WHERE entry_number = ?", [entry])
    for table, rows in gone.items():
        person = pl.col("person_id") if "person_id" in rows.columns else pl.lit(None, pl.String)
        agency = pl.col("organisation_id") if "organisation_id" in rows.columns else pl.lit(None, pl.String)
        traces = rows.select(
            pl.lit(entry, pl.Int64).alias("entry_number"),
            pl.lit(source).alias("source"),
            pl.lit(table).alias("table"),
            pl.concat_str(*key_columns(table), separator=" ").alias("row_key"),
            agency.alias("organisation_id"),
            person.alias("person_id"),
            pl.when("vanished").then(pl.lit("removed")).otherwise(pl.lit("changed")).alias("fate"),
            pl.Series("row_hash", [sealed(bytes.fromhex(key), one) for one in rows["sha256"]], pl.String),
        )
        connection.append("removed_row", traces)


def _columns(table: str) -> list[str]:
    return [name for name in RECORD_TABLES[table].columns() if name not in ("source_id", "source_line")]
