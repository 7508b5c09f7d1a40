"""Say which files a result rests on: the provenance that every paper ends with."""

from dataclasses import dataclass
from datetime import date

from whatworks.records.engine import Engine


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One imported file, as far as it filled one table."""

    source_id: str
    organisation_id: str
    table: str
    name: str
    sha256: str
    mapping_sha256: str | None
    as_at: date
    received_on: date
    rows_in: int
    rows_kept: int
    rows_quarantined: int
    rows_excluded: int
    rows_dropped: int


def sources(connection: Engine) -> list[SourceRow]:
    """Return all sources of the store, ordered by their id.

    >>> from whatworks.records.store import DuckDBStore
    >>> with DuckDBStore(None) as store:
    ...     sources(store)
    []
    """
    rows = connection.rows(
        'SELECT source_id, organisation_id, "table", name, sha256, mapping_sha256, as_at, received_on, rows_in, '
        "rows_kept, rows_quarantined, rows_excluded, coalesce(rows_dropped, 0) FROM source ORDER BY source_id"
    )
    return [SourceRow(*row) for row in rows]
