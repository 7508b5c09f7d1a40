"""`whatworks import`: take agencies' files into the store, and say what became of their rows."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import note, print_json
from whatworks.cli.options import FolderOption, JsonOption, printable, read_day

if TYPE_CHECKING:
    from whatworks.linkage import LinkageReport
    from whatworks.records.engine import Store
    from whatworks.records.imports.import_report import BlockReport, ImportReport
    from whatworks.records.mappings.mapping import Mapping
    from whatworks.records.partnership import Partnership

FAULTS_SHOWN = 5


def import_(
    file: Annotated[
        Path | None, typer.Argument(help="The extract; or a partnership's folder, or nothing, for all its extracts.")
    ] = None,
    table: Annotated[str | None, typer.Option("--as", help="The table, where headers are our column names.")] = None,
    organisation: Annotated[str | None, typer.Option("--from", help="The agency (organisation_id).")] = None,
    source: Annotated[str | None, typer.Option(help="What to call this file in the store and in papers.")] = None,
    as_at: Annotated[str | None, typer.Option(help="Day of the extract; by default that of whatworks.toml.")] = None,
    mapping: Annotated[str | None, typer.Option(help="Mapping file, here or in mappings/.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Swap the source's rows for those of this file.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a file if any of its rows has a fault.")] = False,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Import one extract, or all that mappings/import.toml names."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    if file is None or file.is_dir():
        if table or organisation or source or as_at or mapping:
            what = f"{file} is a folder, and" if file else "no file is named, but"
            raise Refused(f"{what} --as, --from, --source, --as-at and --mapping are about one file", "name the file")
        _import_folder(Partnership.open(file or partnership), replace, strict, json)
        return
    if organisation is None or source is None or not (table or mapping):
        raise Refused(
            "one file needs --from ORGANISATION, --source NAME, and --as TABLE or --mapping FILE",
            "say whose it is, what to call it and how to read it",
        )
    here = Partnership.open(partnership)
    here.agency(organisation)
    how = _mapping(here, mapping, table) if mapping else None
    _import_file(here, file, None if how else table, how, organisation, source, as_at, replace, strict, json)


def _mapping(here: "Partnership", name: str, table: str | None) -> "Mapping":
    from whatworks.records.mappings.mapping import load_mapping
    from whatworks.records.refusal import Refused

    how = load_mapping(here.mapping(name))
    fills = [block.table for block in how.table]
    if table is not None and table not in fills:
        raise Refused(
            f"mapping {name} fills {', '.join(fills)}, not {table}", "leave --as out, or name another mapping"
        )
    return how


def _import_folder(here: "Partnership", replace: bool, strict: bool, json: bool) -> None:
    from datetime import UTC, date, datetime

    from whatworks.cli.progress import bars
    from whatworks.linkage import link
    from whatworks.records.imports.folder import import_folder

    with here.open_store() as store:
        with bars() as progress:
            done = import_folder(
                store,
                here,
                received_on=date.today(),
                replace=replace,
                strict=strict,
                progress=progress,
                at=datetime.now(UTC),
            )
            if not all(report.already for report in done.files):
                say_linkage(link(store, here.config.linkage), json)
        if json:
            print_json({"declared": done.declared, "files": done.files, "unclaimed": done.unclaimed})
            return
        for report in (*(one for one in done.declared if not one.already), *done.files):
            _say(store, report)
    for name in done.unclaimed:
        typer.echo(f"No pattern of mappings/import.toml claims extracts/{name}: it was not read.", err=True)
    typer.echo("Next: `whatworks check` says what an evaluation would lack.", err=True)


def _import_file(
    here: "Partnership",
    file: Path,
    table: str | None,
    mapping: "Mapping | None",
    organisation: str,
    source: str,
    as_at: str | None,
    replace: bool,
    strict: bool,
    json: bool,
) -> None:
    from datetime import UTC, date, datetime

    from whatworks.cli.progress import bars
    from whatworks.linkage import link
    from whatworks.records.imports.importing import import_file

    day = read_day(as_at, latest=date.today()) if as_at else here.config.as_at
    with here.open_store() as store:
        with bars() as progress:
            report = import_file(
                store,
                file,
                table=table,
                mapping=mapping,
                organisation_id=organisation,
                source=source,
                as_at=day,
                received_on=date.today(),
                replace=replace,
                strict=strict,
                partnership=here,
                longest_record_bytes=here.config.settings.longest_record_bytes,
                progress=progress,
                at=datetime.now(UTC),
            )
            if any(block.table == "person" for block in report.blocks):
                say_linkage(link(store, here.config.linkage), json)
        if json:
            print_json(report)
            return
        _say(store, report)


def say_linkage(report: "LinkageReport", json: bool) -> None:
    """Say on the error stream whose people could not be joined with other agencies', and why."""
    for agency in () if json else report.organisations:
        if agency.unlinked:
            note(str(agency))
    if report.unlike and report.model_id is None and not json:
        people = "1 person is" if report.unlike == 1 else f"{report.unlike:,} people are"
        note(f"{people} joined by number though one part of the birth date differs: day, month or year")
    if report.unlinked and report.by_number_for_now and not json:
        note("People are joined by number alone until `whatworks link` joins them by names and dates too.")


def _say(connection: "Store", report: "ImportReport") -> None:
    if report.already:
        typer.echo(f"{report.source}: imported before; nothing was done.")
    for block in () if report.already else report.blocks:
        typer.echo(
            f"{report.source} -> {block.table}: {block.rows_in:,} rows in, {block.kept:,} kept, "
            f"{block.quarantined:,} quarantined, {block.excluded:,} excluded"
            + (f", {block.dropped:,} dropped as not records" if block.dropped else "")
        )
        if reason := none_kept(block):
            typer.echo(f"  {reason}")
        if block.change:
            typer.echo(
                f"  since the extract before: {block.change.added:,} ids added, {block.change.removed:,} gone, "
                f"{block.change.changed:,} with other values"
            )
    for one in report.notes:
        typer.echo(f"  {printable(one)}")
    if report.already:
        return
    for table, rows in report.released.items():
        typer.echo(f"  {rows:,} rows of {table} kept now: their parents have come")
    for table, rows in report.orphaned.items():
        typer.echo(f"  {rows:,} rows of {table} quarantined: their parents are gone from this extract")
    if any(block.quarantined for block in report.blocks):
        say_quarantined(connection, report.source)


def none_kept(block: "BlockReport") -> str | None:
    """Return in a sentence why no row of a table was kept, or None where one was.

    >>> from whatworks.records.imports.import_report import BlockReport
    >>> none_kept(BlockReport("cases/participation", "participation", 90, 0, 0, 90, 0))
    'no row of participation was kept: the mapping leaves out 90. See `when` and `distinct` of its [[table]] block'
    """
    if block.kept or not block.rows_in:
        return None
    parts = [f"{block.quarantined:,} are quarantined, for what stands below"] if block.quarantined else []
    parts += [f"the mapping leaves out {block.excluded:,}"] if block.excluded else []
    parts += [f"{block.dropped:,} are dropped as not records"] if block.dropped else []
    where = ". See `when` and `distinct` of its [[table]] block" if block.excluded else ""
    return f"no row of {block.table} was kept: {', '.join(parts)}{where}"


def say_quarantined(connection: "Store", source: str) -> None:
    """Say what is wrong with a source's quarantined rows, each kind once, and which seem to be no records."""
    from whatworks.records.corrections.quarantine import show_kinds
    from whatworks.records.noting.trailer import trailer_lines

    lines = trailer_lines(connection, source)
    for fault, rows in show_kinds(connection, source, most=FAULTS_SHOWN, but=lines):
        alike = f" ({rows:,} rows in all)" if rows > 1 else ""
        typer.echo(f"  {printable(str(fault))}{alike}")
    if lines:
        one = len(lines) == 1
        options = " ".join(f"--line {line}" for line in lines)
        typer.echo(
            f"  {'row' if one else 'rows'} {', '.join(map(str, lines))} may be the end of a report and no "
            f'{"record" if one else "records"}: put the first words as not_records = ["..."] under [file] in the '
            "mapping and import with --replace, or: "
            f'whatworks quarantine drop --source "{source}" {options} --reason "end of the report" --by YOU'
        )
    typer.echo(f'  all of them: whatworks quarantine list --source "{source}"')
