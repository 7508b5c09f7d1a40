"""Make sure that no record was lost: rows in = rows kept + rows quarantined + rows excluded + lines dropped."""

from collections.abc import Iterable

from whatworks.records.engine import Engine, Store


class ConservationError(Exception):
    """A fault of ours: a record is neither kept nor quarantined, excluded or dropped. Nothing of the import stands."""


def check_conservation(connection: Engine, source_ids: Iterable[str]) -> None:
    """Raise `ConservationError` unless each source's counts add up, and are what the tables hold.

    `rows_in` was counted by the reader before any frame existed, so a row that a later step loses is missed here.
    """
    for source_id in source_ids:
        table, rows_in, kept, quarantined, excluded, dropped = connection.rows(
            'SELECT "table", rows_in, rows_kept, rows_quarantined, rows_excluded, coalesce(rows_dropped, 0) '
            "FROM source WHERE source_id = ?",
            [source_id],
        )[0]
        counted = count_rows(connection, source_id, table)
        if rows_in != kept + quarantined + excluded + dropped or counted != (kept, quarantined, dropped):
            raise ConservationError(
                f"{source_id}: {rows_in} rows in, but {kept} kept ({counted[0]} in the table), {quarantined} "
                f"quarantined ({counted[1]} there), {excluded} excluded and {dropped} dropped ({counted[2]} there)"
            )


def count_rows(connection: Engine, source_id: str, table: str) -> tuple[int, int, int]:
    """Return how many rows of a source stand in its table, its lines in quarantine, and those that were dropped."""
    [(kept,)] = connection.rows(f"SELECT count(*) FROM {table} WHERE source_id = ?", [source_id])
    [(aside,)] = connection.rows("SELECT count(DISTINCT line) FROM quarantine WHERE source_id = ?", [source_id])
    [(dropped,)] = connection.rows("SELECT count(*) FROM dropped WHERE source_id = ? AND NOT replaced", [source_id])
    return kept, aside, dropped


def recount(connection: Store, source_id: str, table: str) -> None:
    """Write down anew what became of a source's rows, after some moved."""
    connection.change(
        "UPDATE source SET rows_kept = ?, rows_quarantined = ?, rows_dropped = ? WHERE source_id = ?",
        [*count_rows(connection, source_id, table), source_id],
    )
