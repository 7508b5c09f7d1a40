"""`whatworks board sheet` and `whatworks board paper export`: the register goes out, and comes back."""

from dataclasses import replace
from pathlib import Path

from whatworks.board.register.export import export as files_of
from whatworks.board.register.office import body_asked, body_name, chosen_body
from whatworks.board.register.proposal import propose_conflict
from whatworks.board.register.sheet import ACTION_SHEET, sheet_rows
from whatworks.cli.answer import View
from whatworks.cli.register import Desk
from whatworks.papers.board.action_sheet import ACTIONS_SHEET, SENT_SHEET, action_sheet
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection
from whatworks.records.register.sheet import read_sheet
from whatworks.records.register.verb import Done
from whatworks.records.showing.counted import counted
from whatworks.records.writing.private_file import private_folder, write_private


def export_sheet(desk: Desk, file: Path, body: str | None = None) -> View:
    """Write the action log to a workbook that owners can fill in."""
    if file.suffix.lower() != ".xlsx":
        raise Refused(Fault("is not the name of a workbook", "end it in .xlsx", file.name))
    rows = sheet_rows(desk.connection, desk.on, body_asked(desk.connection, body))
    name = body_name(desk.connection, chosen_body(desk.connection, body))
    _write(file, action_sheet(rows, name, desk.on))
    return View({"file": str(file), "rows": len(rows)}, [f"{file}: {len(rows)} promises"])


def import_sheet(connection: Connection, author: Author, file: Path) -> Done:
    """Take the good rows of a returned workbook in; bad ones are named, and conflicts wait as proposals."""
    sent, returned = read_sheet(file, ACTION_SHEET.header, ACTIONS_SHEET, SENT_SHEET)
    signed = replace(author, why=author.why or f"sheet {file.name}", source="sheet")
    result = ACTION_SHEET.take(connection, sent, returned, signed, file.name)
    lines = [
        f"{edit.number}: {edit.field.replace('_', ' ')} {edit.sent or 'nothing'} -> {edit.returned or 'nothing'}"
        for edit in result.taken
    ]
    for edit in result.conflicts:
        reference = f"P{propose_conflict(connection, edit, file.name)}"
        lines.append(
            f"{edit.number}: CONFLICT in {edit.field.replace('_', ' ')}: sent {edit.sent or 'nothing'}, returned "
            f"{edit.returned or 'nothing'}, but the register now holds {edit.now or 'nothing'}; not applied: "
            f"`whatworks board proposal accept {reference} --by NAME` takes what came back"
        )
    rows = len({fault.row for fault in result.faults})
    bad = f", {rows} bad row{'' if rows == 1 else 's'} left as they were" if rows else ""
    lines.append(f"{counted(len(result.taken), 'value')} taken, {counted(len(result.conflicts), 'conflict')}{bad}.")
    changed = tuple(sorted({edit.field for edit in result.taken}))
    more = {"taken": result.taken, "conflicts": result.conflicts, "faults": result.faults}
    return Done("\n".join(lines), None, changed, more, result.faults)


def export(desk: Desk, to: Path) -> View:
    """Hand the register over: Popolo JSON, a CSV of each table, and a calendar of meetings and what is due."""
    files = files_of(desk.connection, desk.on)
    for name, text in files.items():
        _write(to / name, text.encode())
    return View(
        {"files": sorted(files)}, [f"{to}: {len(files)} files: popolo.json, board.ics, and a table each in csv/"]
    )


def _write(path: Path, content: bytes) -> None:
    try:
        private_folder(path.parent, close=False)
        write_private(path, content)
    except OSError as fault:
        remedy = "name a folder that is new or may be written, and close the workbook elsewhere"
        raise Refused(f"{path} cannot be written", remedy) from fault
