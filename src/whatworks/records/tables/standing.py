"""Read what stands: a row that `replaces` another takes its place, under the number first given."""

from whatworks.records.engine import Engine
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.tables.references import own_key

CORRECTED = tuple(name for name, kind in RECORD_TABLES.items() if "replaces" in kind.columns())
"""The tables whose rows may be corrected by later rows, each with its view `standing_TABLE`."""


def standing(engine: Engine, *tables: str) -> None:
    """Make `standing_TABLE` a view of the session for each of the tables: of rows that correct each other the last.

    All are known by the number under which the first was recorded; of two corrections the later line stands. What no
    row corrects stands as it is, and so does all of a store made before rows could be corrected.

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> made = scratch()
    >>> create_tables(made)
    >>> for line, number, replaced, outcome in [(1, "7", None, None), (2, "8", "7", "kept")]:
    ...     values = ["c", line, "probation", number, "R1", "2025-01-06", outcome, replaced]
    ...     count = made.change("INSERT INTO appointment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    >>> standing(made, "appointment")
    >>> made.rows("SELECT appointment_id, outcome FROM standing_appointment")
    [('7', 'kept')]
    """
    for table in tables:
        stored = engine.columns(table)
        query = f"SELECT n.* FROM {table} AS n" if "replaces" not in stored else _query(table, stored)
        engine.derive(f"standing_{table}", query, view=True)


def _query(table: str, stored: list[str]) -> str:
    """Two joins rather than NOT EXISTS: a large table is joined to its few corrections alone."""
    key = own_key(table)
    columns = ", ".join(f"n.{name}" for name in stored)
    renamed = ", ".join(f"n.replaces AS {name}" if name == key else f"n.{name}" for name in stored)
    ranked = (
        "ROW_NUMBER() OVER (PARTITION BY c.organisation_id, c.replaces "
        "ORDER BY c.source_id DESC, c.source_line DESC) AS newest"
    )
    return (
        f"SELECT {columns} FROM {table} AS n LEFT JOIN "
        f"(SELECT DISTINCT c.organisation_id, c.replaces FROM {table} AS c WHERE c.replaces IS NOT NULL) AS r "
        f"ON r.organisation_id = n.organisation_id AND r.replaces = n.{key} "
        f"WHERE n.replaces IS NULL AND r.replaces IS NULL UNION ALL SELECT {renamed} "
        f"FROM (SELECT c.*, {ranked} FROM {table} AS c WHERE c.replaces IS NOT NULL) AS n WHERE n.newest = 1"
    )
