"""`whatworks init`, `import` and `mapping suggest`: take agencies' files in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json

if TYPE_CHECKING:
    from whatworks.records.importing import ImportReport

FolderOption = Annotated[
    Path | None, typer.Option("--partnership", help="The partnership's folder, if it is not this one or above it.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output, nothing else.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    app.command("import")(import_)
    mapping = typer.Typer(help="Say how an agency's columns become ours.", no_args_is_help=True)
    mapping.command("suggest")(suggest)
    app.add_typer(mapping, name="mapping")

    @mapping.callback()
    def group() -> None:
        """Say how an agency's columns become ours."""


def init(
    directory: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    name: Annotated[str, typer.Option(help="The partnership's name.")] = "A crime reduction partnership",
    as_at: Annotated[str, typer.Option(help="The day up to which extracts are complete; today if not given.")] = "",
    json: JsonOption = False,
) -> None:
    """Make a partnership's folder."""
    from datetime import date

    from whatworks.records.partnership import init_partnership

    made = init_partnership(directory, name=name, as_at=_day(as_at) if as_at else date.today())
    if json:
        print_json({"directory": str(made.root), "name": made.config.name, "as_at": made.config.as_at})
        return
    typer.echo(f"Made {made.root}. Next: name the agencies in {made.root / 'whatworks.toml'}, put their extracts into")
    typer.echo(f"{made.extracts}, and run `whatworks import` there.")


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
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Import one extract, or all that mappings/import.toml names."""
    from datetime import date

    from whatworks.cli.progress import bars
    from whatworks.records.folder import import_folder
    from whatworks.records.importing import import_file
    from whatworks.records.mapping import load_mapping
    from whatworks.records.partnership import Partnership, fill_organisations
    from whatworks.records.refusal import Refused
    from whatworks.records.store import Store

    if file is None or file.is_dir():
        if table or organisation or source or as_at or mapping:
            raise Refused("--as, --from, --source, --as-at and --mapping are about one file", "name the file")
        here = Partnership.open(file or partnership)
        with Store(here.store_path) as store, bars() as progress:
            done = import_folder(store, here, received_on=date.today(), replace=replace, progress=progress)
        if json:
            print_json({"files": done.files, "unclaimed": done.unclaimed})
            return
        for report in done.files:
            _say(report)
        for name in done.unclaimed:
            typer.echo(f"No pattern of mappings/import.toml claims extracts/{name}: it was not read.", err=True)
        return
    if organisation is None or source is None:
        raise Refused("one file needs --from ORGANISATION and --source NAME", "say whose it is and what to call it")
    here = Partnership.open(partnership)
    here.agency(organisation)
    how = load_mapping(here.mapping(mapping)) if mapping else None
    day = _day(as_at) if as_at else here.config.as_at
    with Store(here.store_path) as store, bars() as progress:
        fill_organisations(store.connection, here, date.today())
        report = import_file(
            store,
            file,
            table=table,
            mapping=how,
            organisation_id=organisation,
            source=source,
            as_at=day,
            received_on=date.today(),
            replace=replace,
            longest_record_bytes=here.config.settings.longest_record_bytes,
            progress=progress,
        )
    if json:
        print_json(report)
    else:
        _say(report)


def suggest(
    file: Annotated[Path, typer.Argument(help="The extract.")],
    table: Annotated[str, typer.Option("--as", help="The table that its records are for.")],
    header_row: Annotated[int | None, typer.Option(min=1, help="The row of the headers.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet, of a spreadsheet with several.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="What separates values, if it is not found out.")] = None,
    json: JsonOption = False,
) -> None:
    """Draft a mapping from a file's headers and values, for a person to check."""
    from whatworks.records.mapping import FileSettings
    from whatworks.records.refusal import Refused
    from whatworks.records.suggest import suggest_mapping

    if delimiter is not None and len(delimiter) != 1:
        raise Refused(f"a delimiter is one character, not {delimiter!r}", "name one, as in --delimiter ';'")
    draft = suggest_mapping(file, table, FileSettings(delimiter=delimiter, header_row=header_row, sheet=sheet))
    if json:
        print_json({"mapping": draft.text, "columns": draft.columns, "to_find": draft.to_find, "unused": draft.unused})
    else:
        typer.echo(draft.text, nl=False)


def _day(text: str) -> "date":  # type: ignore[name-defined]  # noqa: F821
    from datetime import date

    from whatworks.records.refusal import Refused

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text!r} is not a day", "write it as 2025-06-30") from None


def _say(report: "ImportReport") -> None:
    if report.already:
        typer.echo(f"{report.source}: imported before; nothing was done.")
        return
    for block in report.blocks:
        typer.echo(
            f"{report.source} -> {block.table}: {block.rows_in:,} rows in, {block.kept:,} kept, "
            f"{block.quarantined:,} quarantined, {block.excluded:,} excluded"
        )
        if block.change:
            change = block.change
            typer.echo(
                f"  since the extract before: {change.added:,} ids added, {change.removed:,} gone, "
                f"{change.changed:,} with other values"
            )
    for table, rows in report.released.items():
        typer.echo(f"  {rows:,} rows of {table} kept now: their parents have come")
    for table, rows in report.orphaned.items():
        typer.echo(f"  {rows:,} rows of {table} quarantined: their parents are gone from this extract")
    if any(block.quarantined for block in report.blocks):
        typer.echo(f'  see why: whatworks quarantine list --source "{report.source}"')
