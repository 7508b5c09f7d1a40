"""Put frames that are clean already into the store, without a file: for a made-up partnership and for benchmarks."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from whatworks.records.engine import Store
from whatworks.records.mappings.parse import frame_type
from whatworks.records.refusal import Refused
from whatworks.records.tables.agency_tables import RECORD_TABLES


def load_frames(
    connection: Store,
    frames: Mapping[str, pl.DataFrame],
    *,
    source: str = "frames",
    as_at: date,
) -> dict[str, int]:
    """Put each frame into its table in one transaction, and return how many rows each gave.

    Columns are those of the declaration; missing ones are null. Where they are not given, `source_id` becomes
    `source/organisation/table` and `source_line` the row's number. Each source_id gets its row in `source`. The frames
    are trusted: only their columns' names and types are checked, so no agency's file may come in by this way.

    >>> from whatworks.records.store import DuckDBStore
    >>> with DuckDBStore(None) as store:
    ...     person = pl.DataFrame({"organisation_id": ["police"], "person_id": ["7"]})
    ...     load_frames(store, {"person": person}, as_at=date(2025, 6, 30))
    {'person': 1}
    """
    ready = {table: _as_declared(table, frames[table], source) for table in RECORD_TABLES if table in frames}
    if unknown := sorted(set(frames) - set(RECORD_TABLES)):
        raise Refused(f"{', '.join(unknown)} is not a table of records", f"use {', '.join(RECORD_TABLES)}")
    with connection.transaction():
        for table, frame in ready.items():
            _insert(connection, table, frame, source, as_at)
    return {table: frame.height for table, frame in ready.items()}


def _as_declared(table: str, frame: pl.DataFrame, source: str) -> pl.DataFrame:
    columns = RECORD_TABLES[table].columns()
    if unknown := [name for name in frame.columns if name not in columns]:
        raise Refused(f"{', '.join(unknown)} is not a column of table {table}", "see docs/data-dictionary.md")
    given = {
        "source_id": pl.format("{}/{}/{}", pl.lit(source), pl.col("organisation_id"), pl.lit(table)),
        "source_line": pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        **{name: pl.col(name) for name in frame.columns},
    }
    return frame.select(
        given.get(name, pl.lit(None)).cast(frame_type(kind)).alias(name) for name, kind in columns.items()
    )


def _insert(connection: Store, table: str, frame: pl.DataFrame, source: str, as_at: date) -> None:
    connection.append(table, frame)
    with connection.lent("loaded", frame):
        connection.change(
            "INSERT INTO source SELECT source_id, min(organisation_id), ?, ?, 'no file', NULL, ?, ?, count(*), "
            "count(*), 0, 0, 0 FROM loaded GROUP BY source_id ORDER BY source_id",
            [table, source, as_at, as_at],
        )
