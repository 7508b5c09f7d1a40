"""Take an agency's file into the store: every record kept, or quarantined with all its faults; all of it or nothing."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import present_reader
from whatworks.records.corrections.dropping import drop_left_out
from whatworks.records.declaring.declared_rows import fill_declared
from whatworks.records.engine import Engine, Row, Store
from whatworks.records.file_settings import LONDON, FileSettings, NoMapping
from whatworks.records.imports.ahead import ahead
from whatworks.records.imports.conservation import check_conservation, count_rows
from whatworks.records.imports.cross_row import CASEWORK_SOURCE, find_duplicates, find_unknown_parents, refuse_held
from whatworks.records.imports.fault_frame import broken_faults
from whatworks.records.imports.how_read import remember, source_notes
from whatworks.records.imports.import_report import BlockReport, ImportReport
from whatworks.records.imports.looking_again import look_again, set_orphans_aside
from whatworks.records.imports.refuge_locations import GUARDED, heading_faults, location_faults, refuse_locations
from whatworks.records.imports.release_mark import expired_faults
from whatworks.records.imports.replacing import compare, hash_of_rows, leave_traces, remove_source
from whatworks.records.imports.staging import Staging
from whatworks.records.imports.whole_refusal import refuse_faulty
from whatworks.records.mappings.block_plan import BlockPlan, Checked
from whatworks.records.mappings.header_check import fit_header
from whatworks.records.mappings.mapping import Mapping
from whatworks.records.noting.repeated_dates import repeated_dates
from whatworks.records.partnership import Partnership
from whatworks.records.progress import Progress, silent
from whatworks.records.readers.reading import LONGEST_RECORD_BYTES, RawBatch, Reader, check_size, open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import RECORD_TABLES


@dataclass(frozen=True, slots=True)
class Extract:
    """What is said of a file when it is imported."""

    path: Path
    organisation_id: str
    source: str
    as_at: date
    received_on: date
    sha256: str
    mapping_sha256: str | None
    at: datetime | None = None


def import_file(
    store: Store,
    path: Path,
    *,
    table: str | None = None,
    mapping: Mapping | None = None,
    organisation_id: str,
    source: str,
    as_at: date,
    received_on: date,
    replace: bool = False,
    strict: bool = False,
    partnership: Partnership | None = None,
    longest_record_bytes: int = LONGEST_RECORD_BYTES,
    progress: Progress = silent,
    at: datetime | None = None,
) -> ImportReport:
    """Import one file in one transaction: into `table` where its headers are our column names, else by `mapping`.

    `source` names the file within the store: one name, one file; `replace` swaps that source's rows for this file's.
    The agencies and schemes of `partnership` are filled in first. Raises `Refused`, leaving the store as it was, for a
    file that cannot be read as a whole or of which no row can be kept (if `strict`: of which any row would be
    quarantined), an agency that is not in table `organisation`, a source imported before from another file, or ids that
    another source holds already. The audit tells of it, at the time `at` or else on the day `received_on`.
    """
    if (table is None) == (mapping is None):
        raise Refused("needs a table or a mapping, and not both", "give --as TABLE or --mapping FILE")
    extract = Extract(
        path,
        organisation_id,
        source,
        as_at,
        received_on,
        _sha256(path, progress),
        mapping.sha256() if mapping else None,
        at,
    )
    with store.transaction():
        if partnership is not None:
            fill_declared(store, partnership, received_on)
        held = _held_blocks(store, source)
        if _is_same(held, extract, table):
            notes = source_notes(store).get(source, ())
            return ImportReport(source, True, tuple(one.report for one in held), notes=notes)
        _refuse(store, extract, held, replace)
        zone = partnership.config.settings.time_zone if partnership else LONDON
        settings = _local(mapping.file if mapping else NoMapping(), zone)
        asked = None if mapping is None else {name for block in mapping.table for name in block.needs()}
        if mapping is not None and not GUARDED.isdisjoint(block.table for block in mapping.table):
            asked = None  # an address may stand in a column that nothing reads
        reader = open_reader(path, settings, longest_record_bytes, asked)
        if expired := list(expired_faults(reader.header, received_on, path.name)):
            raise Refused(expired)
        chosen = fit_header(reader.header, path.name, table, mapping, lambda: _first_rows(reader))
        chosen = chosen.model_copy(update={"file": settings})
        run = _Run(store, reader, extract, chosen, progress)
        report = run.go(replace=bool(held), strict=strict)
        run.staging.drop()
        return report


def _first_rows(reader: Reader) -> Iterator[pl.Series]:
    batch = next(iter(reader.batches()), None)
    return batch.texts.iter_columns() if batch else iter(())


def _local(settings: FileSettings, zone: str) -> FileSettings:
    return settings if settings.time_zone else settings.model_copy(update={"time_zone": zone})


class _Run:
    """One import under way."""

    def __init__(
        self,
        connection: Store,
        reader: Reader,
        extract: Extract,
        mapping: Mapping,
        progress: Progress,
    ) -> None:
        self.connection, self.reader, self.extract, self.progress = connection, reader, extract, progress
        self.mapping = mapping
        self.plans = {
            source_id: BlockPlan(
                block,
                extract.organisation_id,
                extract.as_at,
                zone=mapping.file.time_zone or LONDON,
                dates=reader.dates,
                source=extract.source,
            )
            for source_id, block in zip(source_ids(extract.source, mapping), mapping.table, strict=True)
        }
        self.tables = {source_id: plan.block.table for source_id, plan in self.plans.items()}
        self.staging = Staging(connection, self.tables.values())
        self.excluded = dict.fromkeys(self.plans, 0)

    def go(self, *, replace: bool, strict: bool) -> ImportReport:
        stood = self.connection.rows("SELECT * FROM source WHERE name = ? ORDER BY source_id", [self.extract.source])
        before = remove_source(self.connection, self.extract.source) if replace else []
        self._stage()
        self.progress(f"check {self.extract.source}", 0, None)
        for source_id, plan in self.plans.items():
            self.excluded[source_id] += self.staging.leave_out(plan.block, source_id)
        for table in self.staging.tables:
            find_duplicates(self.connection, table)
            refuse_held(self.connection, table, self.extract.path.name)
            find_unknown_parents(self.connection, table, self.staging.tables)
            self.staging.keep_sound(table)
        refuse_faulty(self.connection, self.tables, self.extract.path.name, strict=strict)
        for lines, raws in self._missing_raws():
            self.staging.add_raws(lines, raws)
        self.staging.quarantine()
        self._write_sources()
        notes = self._notes()
        remember(self.connection, self.extract.source, self.extract.path.name, self.reader, self.mapping, notes)
        check_conservation(self.connection, self.plans)
        orphaned = set_orphans_aside(self.connection, before)
        compared = {table: compare(self.connection, self.extract.source, table) for table in before}
        self._tell(stood, {table: gone for table, (_, gone) in compared.items()})
        released = look_again(self.connection, self.staging.tables)
        blocks = tuple(
            BlockReport(*one.report_fields, change=compared[one.table][0] if one.table in compared else None)
            for one in _held_blocks(self.connection, self.extract.source)
        )
        return ImportReport(self.extract.source, False, blocks, released, orphaned, notes)

    def _tell(self, stood: Sequence[Row], gone: dict[str, pl.DataFrame]) -> None:
        """Write the import into the audit: the file, what became of its rows, and what stood before it."""
        extract = self.extract
        query = "SELECT source_id, rows_kept, rows_quarantined FROM source WHERE name = ? ORDER BY source_id"
        rows = {one: counts for one, *counts in self.connection.rows(query, [extract.source])}
        hashes = {table: hash_of_rows(one["sha256"]) for table, one in gone.items()}
        entry = journal(
            self.connection,
            "replaced" if stood else "imported",
            f"source {extract.source}",
            reader=present_reader(self.connection),
            at=extract.at or extract.received_on,
            before=stood and {"sources": stood, "rows": hashes},
            more={"agency": extract.organisation_id, "sha256": extract.sha256, "mapping_sha256": extract.mapping_sha256,
                  "as_at": str(extract.as_at), "rows": rows},
        )  # fmt: skip
        if stood:
            leave_traces(self.connection, entry.number, extract.source, gone)

    def _notes(self) -> tuple[str, ...]:
        """Return what is to be told of how the file was read, and of dates that repeat in its rows."""
        repeats = [repeated_dates(self.connection, source_id, table) for source_id, table in self.tables.items()]
        return (*self.reader.notes, *(note for notes in repeats for note in notes))

    def _stage(self) -> None:
        tables, file = self.tables.values(), self.extract.path.name
        locations = heading_faults(self.reader.header, tables, file)
        for read in ahead(self._read()):
            self.progress(f"read {self.extract.source}", read.done, self.reader.size)
            batch = read.batch
            locations += location_faults(batch.texts, batch.lines, tables, file, batch.broken)
            self._stage_batch(batch, read.checked)
        refuse_locations(locations)
        self.progress(f"read {self.extract.source}", self.reader.size, self.reader.size)

    def _read(self) -> Iterator["_Read"]:
        """Give each batch with its rows as each block checks them."""
        for batch in self.reader.batches():
            lines = pl.Series(batch.lines, dtype=pl.Int64)
            checked = {source_id: plan.apply(batch.texts, lines) for source_id, plan in self.plans.items()}
            yield _Read(batch, checked, self.reader.done)

    def _stage_batch(self, batch: RawBatch, checked_blocks: dict[str, Checked]) -> None:
        lines = pl.Series(batch.lines, dtype=pl.Int64)
        broken = broken_faults(batch.broken)
        faulty = set[int]()
        for source_id, checked in checked_blocks.items():
            self.staging.add(self.tables[source_id], source_id, checked)
            self.staging.add_faults(source_id, broken)
            self.excluded[source_id] += checked.excluded
            drop_left_out(self.connection, source_id, batch.left_out, self.extract.sha256, self.extract.received_on)
            faulty.update(checked.faults["line"])
        at = lines.is_in(list(faulty)).arg_true().to_list() if faulty else []
        self.staging.add_raws(lines.gather(at).to_list(), batch.raw(at))
        self.staging.add_raws([one.line for one in batch.broken], [one.raw for one in batch.broken])

    def _missing_raws(self) -> Iterator[tuple[list[int], list[str]]]:
        missing = self.staging.lines_without_raw()
        return self.reader.raws(missing) if missing else iter(())

    def _write_sources(self) -> None:
        extract = self.extract
        for source_id, table in self.tables.items():
            kept, aside, dropped = count_rows(self.connection, source_id, table)
            self.connection.change(
                "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [source_id, extract.organisation_id, table, extract.source, extract.sha256, extract.mapping_sha256,
                 extract.as_at, extract.received_on, self.reader.rows_in, kept, aside, self.excluded[source_id],
                 dropped],
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    batch: RawBatch
    checked: dict[str, Checked]
    done: int


@dataclass(frozen=True, slots=True)
class _HeldBlock:
    report_fields: tuple[str, str, int, int, int, int, int]
    said: tuple[str, date, str, str | None]

    @property
    def table(self) -> str:
        return self.report_fields[1]

    @property
    def report(self) -> BlockReport:
        return BlockReport(*self.report_fields)


def _held_blocks(connection: Engine, source: str) -> list[_HeldBlock]:
    rows = connection.rows(
        'SELECT source_id, "table", rows_in, rows_kept, rows_quarantined, rows_excluded, coalesce(rows_dropped, 0), '
        "organisation_id, as_at, sha256, mapping_sha256 FROM source WHERE name = ?",
        [source],
    )
    order = list(RECORD_TABLES)
    return [_HeldBlock(row[:7], row[7:]) for row in sorted(rows, key=lambda row: (order.index(row[1]), row[0]))]


def _is_same(held: Sequence[_HeldBlock], extract: Extract, table: str | None) -> bool:
    said = (extract.organisation_id, extract.as_at, extract.sha256, extract.mapping_sha256)
    return bool(held) and all(one.said == said and table in (None, one.table) for one in held)


def _refuse(connection: Engine, extract: Extract, held: Sequence[_HeldBlock], replace: bool) -> None:
    """Refuse an agency that is not known, and a source that came from another file or agency."""
    known = [row[0] for row in connection.rows("SELECT organisation_id FROM organisation ORDER BY 1")]
    name, faults = extract.path.name, []
    if not extract.source.strip() or not extract.source.isprintable():
        faults.append(Fault("has a source name that is empty or cannot be printed", "give it a plain --source", name))
    if extract.source == CASEWORK_SOURCE:
        faults.append(Fault("takes the name of what the team records itself", "give it another --source name", name))
    if extract.organisation_id not in known:
        remedy = f"use one of {', '.join(known)}, or add it" if known else "add it as an [[agency]]"
        faults.append(Fault(f"agency {extract.organisation_id!r} is not known", f"{remedy} in whatworks.toml", name))
    if held and held[0].said[0] != extract.organisation_id:
        problem = f"source {extract.source!r} came from {held[0].said[0]}, not from {extract.organisation_id}"
        faults.append(Fault(problem, "give this file another --source name", name))
    elif held and not replace:
        problem = f"source {extract.source!r} was imported before from another file, mapping or as-at date"
        faults.append(
            Fault(
                problem, "use --replace for a newer extract or an edited mapping, or give another --source name", name
            )
        )
    if faults:
        raise Refused(faults)


def source_ids(source: str, mapping: Mapping) -> list[str]:
    """Return the `source_id` of each block of a mapping, in the mapping's order.

    >>> from whatworks.records.mappings.mapping import identity_mapping
    >>> source_ids("areas 2024", identity_mapping("area", ["area_code", "vintage", "kind"]))
    ['areas 2024/area']
    """
    tables = [block.table for block in mapping.table]
    nth = [tables[: at + 1].count(table) for at, table in enumerate(tables)]
    return [f"{source}/{table}" + (f"#{n}" if n > 1 else "") for table, n in zip(tables, nth, strict=True)]


def _sha256(path: Path, progress: Progress) -> str:
    if not path.is_file():
        raise Refused(Fault("is not there", "check the name and the folder", path.name))
    check_size(path)
    progress(f"hash {path.name}", 0, None)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
