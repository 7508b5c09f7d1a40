"""`whatworks init` and `mapping suggest`: make ready for agencies' files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption, read_day

if TYPE_CHECKING:
    from datetime import date


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
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

    made = init_partnership(directory, name=name, as_at=read_day(as_at) if as_at else date.today())
    if json:
        print_json({"directory": str(made.root), "name": made.config.name, "as_at": made.config.as_at})
        return
    typer.echo(f"Made {made.root}. Next: name the agencies in {made.root / 'whatworks.toml'}, put their extracts into")
    typer.echo(f"{made.extracts}, and run `whatworks import` there.")


def suggest(
    file: Annotated[Path, typer.Argument(help="The extract.")],
    tables: Annotated[
        list[str] | None,
        typer.Option("--as", help="The table that its records are for, or auto: all that it can fill."),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option("--from", help="The agency (organisation_id), whose kind tells which number is its own."),
    ] = None,
    as_at: Annotated[str | None, typer.Option(help="Day of the extract; by default that of whatworks.toml.")] = None,
    header_row: Annotated[int | None, typer.Option(min=1, help="The row of the headers.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet, of a spreadsheet with several.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="What separates values, if it is not found out.")] = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Draft a mapping from a file's headers and values, for a person to check."""
    from whatworks.records.mapping import FileSettings
    from whatworks.records.refusal import Refused
    from whatworks.records.suggesting import draft

    if delimiter is not None and len(delimiter) != 1:
        raise Refused(f"a delimiter is one character, not {delimiter!r}", "name one, as in --delimiter ';'")
    kind, day = _agency_and_day(organisation, as_at, partnership)
    settings = FileSettings(delimiter=delimiter, header_row=header_row, sheet=sheet)
    made = draft(file, None if tables in (None, ["auto"]) else tables, day, kind, settings)
    if json:
        print_json({"mapping": made.toml(), "tables": made.tables, "undecided": made.undecided, "unused": made.unused})
    else:
        typer.echo(made.toml(), nl=False)


def _agency_and_day(
    organisation: str | None, as_at: str | None, folder: Path | None
) -> "tuple[str | None, date | None]":
    """Return the agency's kind and the day of the extract, as far as the command or the partnership says."""
    from whatworks.records.partnership import SETTINGS_FILE, Partnership

    told = folder is not None or organisation is not None
    if not told and not any((place / SETTINGS_FILE).is_file() for place in (Path.cwd(), *Path.cwd().parents)):
        return None, read_day(as_at) if as_at else None
    here = Partnership.open(folder)
    kind = here.agency(organisation).kind if organisation is not None else None
    return kind, read_day(as_at) if as_at else here.config.as_at
