"""Make sure that no record was lost: rows in = rows kept + rows quarantined + rows excluded."""

from collections.abc import Iterable

import duckdb


class ConservationError(Exception):
    """A fault of ours: a record is neither kept nor quarantined nor excluded. Nothing of the import stands."""


def check_conservation(connection: duckdb.DuckDBPyConnection, source_ids: Iterable[str]) -> None:
    """Raise `ConservationError` unless each source's counts add up, and are what the tables hold.

    `rows_in` was counted by the reader before any frame existed, so a row that a later step loses is missed here.
    """
    for source_id in source_ids:
        table, rows_in, kept, quarantined, excluded = connection.execute(
            'SELECT "table", rows_in, rows_kept, rows_quarantined, rows_excluded FROM source WHERE source_id = ?',
            [source_id],
        ).fetchall()[0]
        counted = kept_and_quarantined(connection, source_id, table)
        if rows_in != kept + quarantined + excluded or counted != (kept, quarantined):
            raise ConservationError(
                f"{source_id}: {rows_in} rows in, but {kept} kept ({counted[0]} in the table), {quarantined} "
                f"quarantined ({counted[1]} there) and {excluded} excluded"
            )


def kept_and_quarantined(connection: duckdb.DuckDBPyConnection, source_id: str, table: str) -> tuple[int, int]:
    """Return how many rows of a source stand in its table, and how many of its lines in quarantine."""
    [(kept,)] = connection.execute(f"SELECT count(*) FROM {table} WHERE source_id = ?", [source_id]).fetchall()
    [(aside,)] = connection.execute(
        "SELECT count(DISTINCT line) FROM quarantine WHERE source_id = ?", [source_id]
    ).fetchall()
    return kept, aside


def recount(connection: duckdb.DuckDBPyConnection, source_id: str, table: str) -> None:
    """Write down anew how many rows of a source are kept and quarantined, after rows moved between the two."""
    kept, aside = kept_and_quarantined(connection, source_id, table)
    connection.execute(
        "UPDATE source SET rows_kept = ?, rows_quarantined = ? WHERE source_id = ?", [kept, aside, source_id]
    )
