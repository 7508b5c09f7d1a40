"""`whatworks quarantine list`, `export`, `import`, `drop`: see what was set aside, have it corrected, or drop it."""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answer import View
from whatworks.cli.answering import saying
from whatworks.cli.options import FolderOption, Written

SourceOption = Annotated[str | None, typer.Option(help="Only rows of this source.")]


@saying()
def list_(
    source: SourceOption = None,
    rows: Annotated[int, typer.Option(min=0, help="How many faults to show one by one.")] = 10,
    partnership: FolderOption = None,
) -> View:
    """Count what is wrong by source and column, and show some rows; what identifies a person by its shape (Aaa)."""
    from whatworks.records.corrections.quarantine import count_faults, show_faults
    from whatworks.records.partnership import Partnership

    with Partnership.open(partnership).open_store(read_only=True) as store:
        counts = count_faults(store, source)
        shown = show_faults(store, source, most=rows)
    lines = [
        f"{one.source} -> {one.table}: {one.rows:,} rows: {one.field or 'whole row'} ({one.rule})" for one in counts
    ]
    lines += ["", *map(str, shown)] if shown else []
    return View({"counts": counts, "faults": shown}, lines or ["Nothing is in quarantine."])


@saying()
def export(
    out: Annotated[
        Path, typer.Argument(help="A folder: one workbook for each source; or, with --source, a file."), Written("")
    ],
    source: SourceOption = None,
    partnership: FolderOption = None,
) -> View:
    """Write quarantined rows to spreadsheets that agencies can correct. They hold personal data, and expire."""
    from datetime import UTC, datetime

    from whatworks.cli.place import existing_store
    from whatworks.records.corrections.correction_sheet import workbook_name, write_corrections
    from whatworks.records.corrections.quarantine import quarantined_sources
    from whatworks.records.partnership import Partnership
    from whatworks.records.readers.reading import READERS
    from whatworks.records.refusal import Refused
    from whatworks.records.writing.private_file import private_folder

    with existing_store(Partnership.open(partnership)) as store, store.transaction():
        names = [source] if source is not None else quarantined_sources(store)
        if not names:
            raise Refused("nothing is in quarantine", "there is nothing to correct")
        single = source is not None and out.suffix.lower() == ".xlsx"
        if not single and out.suffix.lower() in READERS and not out.is_dir():
            remedy = f"name a folder, or one workbook: --source {names[0]} {out.with_suffix('.xlsx')}"
            raise Refused(f"{out} is the name of a file, and a folder of workbooks is written", remedy)
        paths = [out if single else out / workbook_name(name) for name in names]
        now = datetime.now(UTC)
        try:
            private_folder(out.parent if single else out, close=False)
            rows = [write_corrections(store, name, path, now) for name, path in zip(names, paths, strict=True)]
        except OSError as fault:
            remedy = "name a folder that is new or may be written, and close the workbook elsewhere"
            raise Refused(f"{out} cannot be written", remedy) from fault
    written = list(zip(names, paths, rows, strict=True))
    return View(
        {"workbooks": [{"source": name, "path": str(path), "rows": count} for name, path, count in written]},
        [f"{path}: {count:,} rows of {name}" for name, path, count in written],
    )


@saying(changes=True)
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook that `quarantine export` made, corrected.")],
    partnership: FolderOption = None,
) -> View:
    """Take corrected rows in, as part of the file that they came from."""
    from datetime import UTC, datetime

    from whatworks.cli.records.importing import say_linkage
    from whatworks.linkage import link
    from whatworks.records.corrections.correcting import import_corrected
    from whatworks.records.partnership import Partnership

    here = Partnership.open(partnership)
    with here.open_store() as store:
        report = import_corrected(store, file, datetime.now(UTC))
        if any(block.table == "person" for block in report.blocks):
            say_linkage(link(store, here.config.linkage), False)
    lines = [
        f"{report.source} -> {block.table}: {block.rows:,} rows looked at again, {block.kept:,} kept now, "
        f"{block.quarantined:,} still quarantined, {block.excluded:,} excluded"
        for block in report.blocks
    ]
    came = [f"  {rows:,} rows of {table} kept now: their parents have come" for table, rows in report.released.items()]
    return View(report, [*lines, *came])


@saying(changes=True)
def drop(
    source: Annotated[str, typer.Option(help="The source that the lines came from.")],
    reason: Annotated[str, typer.Option(help="Why they are not records.")],
    by: Annotated[str, typer.Option(help="Who says so.")],
    line: Annotated[list[int] | None, typer.Option(help="A quarantined line; may be given several times.")] = None,
    begins: Annotated[str | None, typer.Option(help="Or: all quarantined lines that begin with this text.")] = None,
    partnership: FolderOption = None,
) -> View:
    """Drop quarantined lines that are not records, such as a report's last line. They are kept aside and counted."""
    from datetime import UTC, datetime

    from whatworks.records.corrections.dropping import drop_rows
    from whatworks.records.partnership import Partnership

    now = datetime.now(UTC)
    with Partnership.open(partnership).open_store() as store:
        report = drop_rows(
            store, source, lines=line or (), begins=begins, reason=reason, by=by, on=now.astimezone().date(), at=now
        )
    dropped = f"{len(report.lines):,} lines dropped as not records, {report.dropped_in_all:,} in all"
    return View(report, [f"{report.source}: {dropped}"])
