"""`whatworks board sheet` and `board export`: the register goes out as a workbook and comes back, or is handed over."""

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.board.opening import BodyOption, ByOption, OnOption, WhyOption, author, day, register_of, say
from whatworks.cli.options import FolderOption, JsonOption


def register(group: typer.Typer) -> None:
    """Add the commands."""
    sheet = typer.Typer(help="The action log as a workbook that goes out and comes back.", no_args_is_help=True)
    sheet.command("export")(export_sheet)
    sheet.command("import")(import_sheet)
    group.add_typer(sheet, name="sheet")
    group.command("export")(export)


def export_sheet(
    file: Annotated[Path, typer.Argument(help="The workbook to write, ending in .xlsx.")],
    on: OnOption = "",
    body: BodyOption = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Write the action log to a workbook that owners can fill in."""
    from whatworks.board.register.body import body_name, chosen_body
    from whatworks.board.register.sheet import sheet_rows
    from whatworks.papers.board.action_sheet import action_sheet
    from whatworks.records.refusal import Fault, Refused

    if file.suffix.lower() != ".xlsx":
        raise Refused(Fault("is no name of a workbook", "end it in .xlsx", file.name))
    with register_of(partnership) as connection:
        rows = sheet_rows(connection, day(on))
        name = body_name(connection, chosen_body(connection, body))
    _write(file, action_sheet(rows, name, day(on)))
    if json:
        print_json({"file": str(file), "rows": len(rows)})
        return
    say(f"{file}: {len(rows)} promises")


def import_sheet(
    file: Annotated[Path, typer.Argument(help="A workbook that `sheet export` made, filled in.")],
    by: ByOption,
    why: WhyOption = "",
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Take a returned workbook in; values that were changed in the register meanwhile are listed and not applied."""
    from whatworks.board.register.sheet import HEADER, take_sheet
    from whatworks.papers.board.action_sheet import ACTIONS_SHEET, SENT_SHEET
    from whatworks.records.register.entry import Author
    from whatworks.records.register_sheet import read_register_sheet

    who = author(by, on, why or f"sheet {file.name}")
    sent, returned = read_register_sheet(file, HEADER, ACTIONS_SHEET, SENT_SHEET)
    with register_of(partnership, writing=True) as connection:
        found = take_sheet(connection, sent, returned, Author(who.by, who.on, who.why, "sheet"), file.name)
    if json:
        print_json(found)
        return
    for edit in found.taken:
        say(f"{edit.number}: {edit.field.replace('_', ' ')} {edit.sent or 'nothing'} -> {edit.returned or 'nothing'}")
    for edit in found.conflicts:
        say(
            f"{edit.number}: CONFLICT in {edit.field.replace('_', ' ')}: sent {edit.sent or 'nothing'}, returned "
            f"{edit.returned or 'nothing'}, but the register now holds {edit.now or 'nothing'}; not applied"
        )
    say(f"{len(found.taken)} values taken, {len(found.conflicts)} conflicts.")


def export(
    to: Annotated[Path, typer.Option("--to", help="The folder to write to.")],
    on: OnOption = "",
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Hand the register over: Popolo JSON, a CSV of each table, and a calendar of meetings and what is due."""
    from whatworks.board.register.export import export as files_of

    with register_of(partnership) as connection:
        files = files_of(connection, day(on))
    for name, text in files.items():
        _write(to / name, text.encode())
    if json:
        print_json({"files": sorted(files)})
        return
    say(f"{to}: {len(files)} files: popolo.json, board.ics, and a table each in csv/")


def _write(path: Path, content: bytes) -> None:
    from whatworks.records.refusal import Refused
    from whatworks.records.writing.private_file import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as fault:
        remedy = "name a folder that is new or may be written, and close the workbook elsewhere"
        raise Refused(f"{path} cannot be written", remedy) from fault
