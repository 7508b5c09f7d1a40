"""`whatworks init` and `mapping suggest`: make ready for agencies' files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption, printable, read_day

if TYPE_CHECKING:
    from datetime import date

    from whatworks.records.file_settings import FileSettings


def init(
    directory: Annotated[Path | None, typer.Argument(help="A folder that is new or empty.")] = None,
    name: Annotated[str, typer.Option(help="The partnership's name.")] = "A crime reduction partnership",
    as_at: Annotated[str, typer.Option(help="The day up to which extracts are complete; today if not given.")] = "",
    extracts: Annotated[
        Path | None, typer.Option("--from", help="A folder of extracts, from which settings and mappings are drafted.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Make a partnership's folder, with --from drafted from the extracts themselves."""
    from datetime import date

    from whatworks.records.partnership import init_partnership
    from whatworks.records.refusal import Refused

    if extracts is not None:
        _found(directory, extracts, name, as_at, json)
        return
    if directory is None:
        raise Refused("no folder is named", "name one, as in `whatworks init ourtown --from exports`")
    made = init_partnership(directory, name=name, as_at=read_day(as_at) if as_at else date.today())
    if json:
        print_json({"directory": str(made.root), "name": made.config.name, "as_at": made.config.as_at})
        return
    typer.echo(f"Made {made.root}. Next: name the agencies in {made.root / 'whatworks.toml'}, put their extracts into")
    typer.echo(f"{made.extracts}, and run `whatworks import` there. To have all of it drafted from the extracts:")
    typer.echo("whatworks init DIR --from FOLDER --as-at DAY")


def _found(directory: Path | None, extracts: Path, name: str, as_at: str, json: bool) -> None:
    """Draft a partnership from a folder of extracts, and list what only a person can tell."""
    from whatworks.cli.progress import bars
    from whatworks.records.founding import found_partnership
    from whatworks.records.refusal import Refused

    if directory is None and extracts.resolve().name != "extracts":
        remedy = f"name it: whatworks init ourtown --from {extracts}"
        raise Refused("no folder is named, and the extracts do not lie in one called extracts", remedy)
    day = as_at or _asked("On which day did the agencies make the extracts (as 2025-06-30)?")
    if not day:
        remedy = (
            "give --as-at, the day on which the agencies made them: what has no year of follow-up by it is left out"
        )
        raise Refused("the day up to which the extracts are complete is not told", remedy)
    root = directory or extracts.resolve().parent
    with bars() as progress:
        made = found_partnership(root, extracts, name=name, as_at=read_day(day, latest=_today()), progress=progress)
    if json:
        files = {file.name: {"tables": file.tables, "agency": file.kind} for file in made.files}
        print_json({"directory": str(root), "files": files, "unread": made.unread, "to_tell": made.to_tell})
        return
    for file, mapping in zip(made.files, made.mappings, strict=True):
        typer.echo(f"{file.name}: {', '.join(file.tables)}, from {file.kind or 'an agency to be named'} ({mapping})")
    for bad, reason in made.unread.items():
        typer.echo(f"{bad}: not drafted: {printable(reason)}")
    typer.echo(f"\nMade {root}. To be told or confirmed there (each is marked CHECK):")
    for asked in made.to_tell:
        typer.echo(f"  {asked.file}, {printable(asked.place)}: {printable(asked.question)}")
    typer.echo(f"\nNext: look through these, then `cd {root}` and `whatworks import`.")


def _asked(question: str) -> str:
    """Return what a person answers on a terminal; nothing where there is none."""
    import sys

    return str(typer.prompt(question)).strip() if sys.stdin.isatty() else ""


def _today() -> "date":
    from datetime import date

    return date.today()


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
    setting: Annotated[
        list[str] | None,
        typer.Option(help="A setting of [file] in a mapping, as not_records = ['END']; may be repeated."),
    ] = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Draft a mapping from a file's headers and values, for a person to check."""
    from whatworks.records.suggesting import draft

    kind, day = _agency_and_day(organisation, as_at, partnership)
    given = {"header_row": header_row, "sheet": sheet, "delimiter": delimiter}
    settings = _file_settings({name: value for name, value in given.items() if value is not None}, setting or [])
    made = draft(file, None if tables in (None, ["auto"]) else tables, day, kind, settings)
    if json:
        print_json({"mapping": made.toml(), "tables": made.tables, "undecided": made.undecided, "unused": made.unused})
        return
    typer.echo(made.toml(), nl=False)
    drafts = ", ".join(f"{table.table} ({table.confidence:.0%} of what it must have)" for table in made.tables)
    typer.echo(printable(f"{made.file} fills {drafts}."), err=True)
    if made.titled:
        row = made.settings.header_row
        typer.echo(f"  Row {row} was taken for the header, since what stands above it looks like titles.", err=True)
    if made.ends:
        words = ", ".join(f'"{end}"' for end in made.ends)
        said = f"Its last lines begin with {words}: they are left out as the end of a report (not_records)"
        typer.echo(printable(f"  {said}."), err=True)
    for asked in made.undecided:
        among = f": {', '.join(asked.candidates)}" if asked.candidates else ""
        need = "An import needs" if asked.needed else "Left open:"
        typer.echo(printable(f"  {need} {asked.table}.{asked.column}; {asked.question}{among}"), err=True)


def _file_settings(given: dict[str, Any], lines: list[str]) -> "FileSettings":
    """Return how the file is written, as options and lines of --setting say; their faults are refused at once."""
    from pydantic import ValidationError

    from whatworks.records.file_settings import OptionSettings
    from whatworks.records.model_fault import place_of, problem_of
    from whatworks.records.refusal import Fault, Refused
    from whatworks.records.toml_file import parse_toml

    told = given | parse_toml("\n".join(lines), "--setting")
    if len(given.get("delimiter", ";")) != 1:
        raise Refused(f"a delimiter is one character, not {given['delimiter']!r}", "name one, as in --delimiter ';'")
    try:
        return OptionSettings.model_validate(told)
    except ValidationError as fault:
        names = ", ".join(OptionSettings.model_fields)
        raise Refused(
            [
                Fault(problem_of(one), f"the settings are {names}", "--setting", field=place_of(one))
                for one in fault.errors()
            ]
        ) from None


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
