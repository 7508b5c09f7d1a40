"""Keep in the store what `whatworks.toml` itself declares, as sources: agencies, schemes and where these work."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from whatworks.records.engine import Engine, Store
from whatworks.records.imports.conservation import check_conservation
from whatworks.records.imports.cross_row import DECLARED_SCHEMES
from whatworks.records.imports.import_report import BlockReport, ImportReport
from whatworks.records.imports.looking_again import look_again, set_orphans_aside
from whatworks.records.partnership import SETTINGS_FILE, Partnership
from whatworks.records.refusal import Fault, Refused

AGENCY_SOURCE = f"agencies of {SETTINGS_FILE}"
"""The source of the rows of table `organisation`; the line is the agency's position in the list."""

Row = tuple[Any, ...]


def fill_declared(connection: Store, partnership: Partnership, received_on: date) -> tuple[ImportReport, ...]:
    """Make the store hold the agencies and schemes that `whatworks.toml` declares; return what became of each list.

    What stands there already leaves the store untouched. A new scheme lets the rows in that waited for it; one taken
    out of the file sets its people's rows aside. The transaction is the caller's. Raises `Refused` for a scheme that
    another source holds too.
    """
    agencies = [
        (line, one.organisation_id, one.name, one.kind) for line, one in enumerate(partnership.config.agency, 1)
    ]
    schemes, areas = _scheme_rows(partnership)
    reports = (
        [_fill(connection, partnership, received_on, AGENCY_SOURCE, {"organisation": agencies})] if agencies else []
    )
    if schemes or _held(connection, DECLARED_SCHEMES):
        _refuse_held_elsewhere(connection, schemes)
        tables = {"scheme": schemes, "scheme_area": areas}
        reports.append(_fill(connection, partnership, received_on, DECLARED_SCHEMES, tables))
    return tuple(reports)


def refresh_declared(store: Store, partnership: Partnership, received_on: date) -> tuple[ImportReport, ...]:
    """Bring the store up to date with `whatworks.toml`, in a transaction, before anything is read from it."""
    with store.transaction():
        return fill_declared(store, partnership, received_on)


def _scheme_rows(partnership: Partnership) -> tuple[list[Row], list[Row]]:
    schemes, areas = [], []
    for line, one in enumerate(partnership.config.scheme, 1):
        for organisation in one.organisations:
            schemes.append((line, organisation, one.id, one.name, one.from_date, one.to_date))
            areas += [(line, organisation, one.id, area, one.area_vintage) for area in one.areas]
    return schemes, areas


def _held(connection: Engine, source: str) -> list[tuple[str, int]]:
    return connection.rows('SELECT "table", rows_kept FROM source WHERE name = ? ORDER BY source_id', [source])


def _fill(
    connection: Store,
    partnership: Partnership,
    received_on: date,
    source: str,
    tables: dict[str, list[Row]],
) -> ImportReport:
    ids = {table: source if len(tables) == 1 else f"{source}/{table}" for table in tables}
    filled = {table: rows for table, rows in tables.items() if rows}
    blocks = tuple(BlockReport(ids[table], table, len(rows), len(rows), 0, 0) for table, rows in filled.items())
    if all(_rows(connection, table, ids[table]) == sorted(rows, key=str) for table, rows in tables.items()):
        return ImportReport(source, True, blocks)
    for table in tables:
        connection.change(f'DELETE FROM "{table}" WHERE source_id = ?', [ids[table]])
    connection.change("DELETE FROM source WHERE name = ?", [source])
    digest = hashlib.sha256((partnership.root / SETTINGS_FILE).read_bytes()).hexdigest()
    for table, rows in filled.items():
        _insert(connection, table, [(ids[table], *row) for row in rows])
        about = (ids[table], "partnership", table, source, digest, None, partnership.config.as_at, received_on)
        _insert(connection, "source", [(*about, len(rows), len(rows), 0, 0, 0)])
    check_conservation(connection, [ids[table] for table in filled])
    orphaned = set_orphans_aside(connection, tables)
    return ImportReport(source, False, blocks, look_again(connection, tables), orphaned)


def _rows(connection: Engine, table: str, source_id: str) -> list[Row]:
    """Return what the store holds of a source, in one order."""
    held = connection.rows(f'SELECT * EXCLUDE (source_id) FROM "{table}" WHERE source_id = ?', [source_id])
    return sorted(held, key=str)


def _insert(connection: Store, table: str, rows: Sequence[Row]) -> None:
    connection.change_each(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)


def _refuse_held_elsewhere(connection: Engine, schemes: Sequence[Row]) -> None:
    faults = []
    for line, organisation, scheme, *_ in schemes:
        others = connection.rows(
            "SELECT source_id FROM scheme WHERE organisation_id = ? AND scheme_id = ? AND source_id <> ?",
            [organisation, scheme, f"{DECLARED_SCHEMES}/scheme"],
        )
        faults += [
            Fault(
                f"is held already from source {other}",
                f"take the [[scheme]] block out of {SETTINGS_FILE}: the imported file says the same thing",
                SETTINGS_FILE,
                field=f"scheme.{line}",
                value=scheme,
            )
            for (other,) in others
        ]
    if faults:
        raise Refused(faults)
