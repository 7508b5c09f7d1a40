"""`whatworks board sheet` and `board export`: the register goes out as a workbook and comes back, or is handed over."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from whatworks.board.verbs import BODY_NAMED
from whatworks.cli.board.opening import DAY
from whatworks.cli.register import ON, Desk, View
from whatworks.records.register.verb import Done, Entity, Verb, VerbOption

if TYPE_CHECKING:
    from whatworks.records.register.entry import Author
    from whatworks.records.register.ledger import Connection

SHEET = Entity("sheet", "The action log as a workbook that goes out and comes back.", is_kept=False)


def export_sheet(desk: Desk, file: Path, body: str | None = None) -> View:
    """Write the action log to a workbook that owners can fill in."""
    from whatworks.board.register.office import body_name, chosen_body
    from whatworks.board.register.sheet import sheet_rows
    from whatworks.papers.board.action_sheet import action_sheet
    from whatworks.records.refusal import Fault, Refused

    if file.suffix.lower() != ".xlsx":
        raise Refused(Fault("is not the name of a workbook", "end it in .xlsx", file.name))
    rows = sheet_rows(desk.connection, desk.on)
    name = body_name(desk.connection, chosen_body(desk.connection, body))
    _write(file, action_sheet(rows, name, desk.on))
    return View({"file": str(file), "rows": len(rows)}, [f"{file}: {len(rows)} promises"])


def import_sheet(connection: "Connection", author: "Author", file: Path) -> Done:
    """Take a returned workbook in; values that were changed in the register meanwhile are listed and not applied."""
    from whatworks.board.register.sheet import ACTION_SHEET
    from whatworks.papers.board.action_sheet import ACTIONS_SHEET, SENT_SHEET
    from whatworks.records.register.sheet import read_sheet

    sent, returned = read_sheet(file, ACTION_SHEET.header, ACTIONS_SHEET, SENT_SHEET)
    signed = replace(author, why=author.why or f"sheet {file.name}", source="sheet")
    result = ACTION_SHEET.take(connection, sent, returned, signed, file.name)
    lines = [
        f"{edit.number}: {edit.field.replace('_', ' ')} {edit.sent or 'nothing'} -> {edit.returned or 'nothing'}"
        for edit in result.taken
    ]
    lines += [
        f"{edit.number}: CONFLICT in {edit.field.replace('_', ' ')}: sent {edit.sent or 'nothing'}, returned "
        f"{edit.returned or 'nothing'}, but the register now holds {edit.now or 'nothing'}; not applied"
        for edit in result.conflicts
    ]
    lines.append(f"{len(result.taken)} values taken, {len(result.conflicts)} conflicts.")
    changed = tuple(sorted({edit.field for edit in result.taken}))
    return Done("\n".join(lines), None, changed, {"taken": result.taken, "conflicts": result.conflicts})


def export(desk: Desk, to: Path) -> View:
    """Hand the register over: Popolo JSON, a CSV of each table, and a calendar of meetings and what is due."""
    from whatworks.board.register.export import export as files_of

    files = files_of(desk.connection, desk.on)
    for name, text in files.items():
        _write(to / name, text.encode())
    return View(
        {"files": sorted(files)}, [f"{to}: {len(files)} files: popolo.json, board.ics, and a table each in csv/"]
    )


def _write(path: Path, content: bytes) -> None:
    from whatworks.records.refusal import Refused
    from whatworks.records.writing.private_file import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as fault:
        remedy = "name a folder that is new or may be written, and close the workbook elsewhere"
        raise Refused(f"{path} cannot be written", remedy) from fault


def _file(help: str) -> VerbOption:
    return VerbOption("file", help, Path, required=True, argument=True)


VERBS = (
    Verb(SHEET, "export", "Write the action log to a workbook that owners can fill in.", export_sheet,
         (_file("The workbook to write, ending in .xlsx."), ON, BODY_NAMED), signed=False),
    Verb(SHEET, "import", "Take a returned workbook in; values that were changed in the register meanwhile are listed.",
         import_sheet, (_file("A workbook that `whatworks board sheet export` made, filled in."),)),
    Verb(DAY, "export",
         "Hand the register over: Popolo JSON, a CSV of each table, a calendar of meetings and what is due.",
         export, (VerbOption("to", "The folder to write to.", Path, required=True), ON), signed=False),
)  # fmt: skip
