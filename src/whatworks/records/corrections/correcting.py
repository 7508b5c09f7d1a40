"""Take corrected rows into the store as part of the file that they came from; what is still wrong stays aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import present_reader
from whatworks.records.corrections.correction_sheet import Correction, held_people, read_corrections
from whatworks.records.engine import Engine, Row, Store
from whatworks.records.file_settings import LONDON, FileSettings
from whatworks.records.imports.conservation import check_conservation, recount
from whatworks.records.imports.cross_row import find_duplicates, find_unknown_parents, mark_held
from whatworks.records.imports.how_read import HowRead, recall
from whatworks.records.imports.importing import source_ids
from whatworks.records.imports.looking_again import look_again
from whatworks.records.imports.refuge_locations import location_faults, refuse_locations
from whatworks.records.imports.staging import Staging
from whatworks.records.mappings.block_plan import BlockPlan
from whatworks.records.mappings.mapping import TableBlock


@dataclass(frozen=True, slots=True)
class CorrectedBlock:
    """What became of the corrected rows in one table of their source."""

    source_id: str
    table: str
    rows: int
    kept: int
    quarantined: int
    excluded: int


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """What a corrected workbook did. `released` counts rows, by table, kept as their parent was corrected."""

    source: str
    blocks: tuple[CorrectedBlock, ...]
    released: dict[str, int]


def import_corrected(store: Store, path: Path, at: date) -> CorrectionReport:
    """Read a workbook of corrected rows in one transaction, at a time or on a day, and write it into the audit.

    A row is looked at in each table of its source that set it aside. Rows that are sound now move to the table, under
    their old line; the others stay in quarantine with the new values and what is wrong with them. Raises `Refused`,
    leaving the store as it was, where the workbook cannot be read or does not belong to what is in quarantine.
    """
    connection = store
    correction = read_corrections(connection, path, date(at.year, at.month, at.day))
    how = recall(connection, correction.source)
    blocks = dict(zip(source_ids(correction.source, how.mapping), how.mapping.table, strict=True))
    with connection.transaction():
        staging = Staging(connection, [block.table for block in blocks.values()])
        before = _aside(connection, correction)
        [(organisation,)] = connection.rows(
            "SELECT DISTINCT organisation_id FROM source WHERE name = ?", [correction.source]
        )
        people = held_people(connection, correction.source, organisation, correction.lines.to_list())
        report = _correct(connection, correction, how, blocks, staging)
        staging.drop()
        journal(
            connection,
            "corrected",
            f"source {correction.source}",
            reader=present_reader(connection),
            at=at,
            people=people,
            before=before,
            more={"export": correction.export, "rows": correction.lines.len()},
        )
    return report


def _aside(connection: Engine, correction: Correction) -> list[Row]:
    """Return the lines that a workbook corrects, as they stood in the file."""
    return connection.rows(
        "SELECT DISTINCT q.line, q.raw FROM quarantine AS q JOIN source AS s ON s.source_id = q.source_id "
        "WHERE s.name = ? AND q.line IN (SELECT unnest(?)) ORDER BY q.line",
        [correction.source, correction.lines.to_list()],
    )


def _correct(
    connection: Store,
    correction: Correction,
    how: HowRead,
    blocks: dict[str, TableBlock],
    staging: Staging,
) -> CorrectionReport:
    tables = [block.table for block in blocks.values()]
    refuse_locations(list(location_faults(correction.texts, correction.lines, tables, correction.source)))
    taken = {source_id: _take(connection, correction, source_id) for source_id in blocks}
    excluded = {
        source_id: _stage(connection, correction, source_id, block, how.mapping.file, taken[source_id], staging)
        for source_id, block in blocks.items()
    }
    for table in staging.tables:
        find_duplicates(connection, table)
        mark_held(connection, table)
        find_unknown_parents(connection, table, staging.tables)
        staging.keep_sound(table)
    missing = staging.lines_without_raw()
    staging.add_raws(missing, _raws(correction, how, missing))
    staging.quarantine()
    for source_id, block in blocks.items():
        connection.change(
            "UPDATE source SET rows_excluded = rows_excluded + ? WHERE source_id = ?", [excluded[source_id], source_id]
        )
        recount(connection, source_id, block.table)
    check_conservation(connection, blocks)
    after = {source_id: _still_aside(connection, source_id, taken[source_id]) for source_id in blocks}
    released = look_again(connection, staging.tables)
    return CorrectionReport(
        correction.source,
        tuple(
            CorrectedBlock(
                source_id,
                block.table,
                len(taken[source_id]),
                len(taken[source_id]) - after[source_id] - excluded[source_id],
                after[source_id],
                excluded[source_id],
            )
            for source_id, block in blocks.items()
        ),
        released,
    )


def _take(connection: Store, correction: Correction, source_id: str) -> list[int]:
    """Take the corrected lines that this block set aside out of quarantine, and return them."""
    lines = correction.lines.to_list()
    found = connection.rows(
        "SELECT DISTINCT line FROM quarantine WHERE source_id = ? AND line IN (SELECT unnest(?)) ORDER BY line",
        [source_id, lines],
    )
    taken = [int(line) for (line,) in found]
    for table in ("quarantine", "held_row"):
        connection.change(f"DELETE FROM {table} WHERE source_id = ? AND line IN (SELECT unnest(?))", [source_id, taken])
    return taken


def _stage(
    connection: Engine,
    correction: Correction,
    source_id: str,
    block: TableBlock,
    settings: FileSettings,
    taken: Sequence[int],
    staging: Staging,
) -> int:
    organisation_id, as_at = connection.rows(
        "SELECT organisation_id, as_at FROM source WHERE source_id = ?", [source_id]
    )[0]
    chosen = correction.lines.is_in(list(taken))
    plan = BlockPlan(
        block,
        organisation_id,
        as_at,
        zone=settings.time_zone or LONDON,
        dates=correction.dates,
        source=correction.source,
    )
    checked = plan.apply(correction.texts.filter(chosen), correction.lines.filter(chosen))
    staging.add(block.table, source_id, checked)
    return checked.excluded + staging.leave_out(block, source_id)


def _raws(correction: Correction, how: HowRead, lines: Sequence[int]) -> list[str]:
    at = dict(zip(correction.lines.to_list(), range(correction.lines.len()), strict=True))
    return [how.raw(correction.texts.row(at[line])) for line in lines]


def _still_aside(connection: Engine, source_id: str, lines: Sequence[int]) -> int:
    return int(
        connection.rows(
            "SELECT count(DISTINCT line) FROM quarantine WHERE source_id = ? AND line IN (SELECT unnest(?))",
            [source_id, list(lines)],
        )[0][0]
    )
