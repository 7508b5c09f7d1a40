"""`whatworks casework sheet`: the cases go out to a spreadsheet until a day, and come back."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from whatworks.casework.case import person_of
from whatworks.casework.looking import named
from whatworks.casework.sheet import CASE_SHEET, check_returned, sheet_cases, sheet_row
from whatworks.papers.forms.register_workbook import SENT_SHEET, register_workbook
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger
from whatworks.records.register.sheet import read_sheet
from whatworks.records.register.verb import Done
from whatworks.records.showing.counted import counted
from whatworks.records.writing.private_file import write_private

CASES_SHEET = "Cases"
_HELP = (
    "Change the day of review, borough and scheme in the sheet Cases, and send the workbook back.",
    "It names people: keep it where only those who work with them can read it, and delete it when it has come back.",
)


def export_sheet(
    connection: Connection,
    ledger: Ledger,
    here: Partnership,
    author: Author,
    file: Path,
    purpose: str,
    expires_on: date,
) -> Done:
    """Write the cases to a workbook for its owner only, which is taken back until its last day."""
    if file.suffix.lower() != ".xlsx":
        raise Refused(Fault("is not the name of a workbook", "end it in .xlsx", file.name))
    if not author.on <= expires_on:
        raise Refused(Fault("lies before the day on which it goes out", "name a later day", field="--expires-on"))
    cases = sheet_cases(connection)
    people = tuple(sorted(map(person_of, cases)))
    kept = named(connection, here, author, purpose, people, ["casefile"])
    number = ledger.add(connection, "sheet", {"sent_on": author.on, "expires_on": expires_on}, author=author)
    rows = [sheet_row(case, number) for case in cases]
    title = f"Sheet {number} of cases, taken back until {expires_on}"
    write_private(file, register_workbook(CASE_SHEET, rows, (CASES_SHEET, title), author.on, _HELP))
    says = f"{file}: sheet {number} with {counted(len(rows), 'case')}, taken back until {expires_on}"
    return Done(says, number, ("*",), people=people, kept=kept | {"expires_on": str(expires_on)})


def import_sheet(connection: Connection, author: Author, file: Path) -> Done:
    """Take the good rows of a returned workbook in; bad ones and conflicts are named and left as they were."""
    sent, returned = read_sheet(file, CASE_SHEET.header, CASES_SHEET, SENT_SHEET)
    check_returned(connection, sent, author.true_day, file.name)
    signed = replace(author, why=author.why or f"sheet {file.name}", source="sheet")
    result = CASE_SHEET.take(connection, sent, returned, signed, file.name)
    lines = [f"case {each.number}: {each.field} {_said(each.sent)} -> {_said(each.returned)}" for each in result.taken]
    for each in result.conflicts:
        lines.append(
            f"case {each.number}: CONFLICT in {each.field}: sent {_said(each.sent)}, returned {_said(each.returned)}, "
            f"but it is now {_said(each.now)}; not applied: to take what came back, whatworks casework correct case "
            f"{each.number} --set {each.field}={each.returned or 'none'}"
        )
    lines.append(f"{counted(len(result.taken), 'value')} taken, {counted(len(result.conflicts), 'conflict')}.")
    more = {"taken": [asdict(edit) for edit in result.taken], "conflicts": [asdict(edit) for edit in result.conflicts]}
    changed = tuple(sorted({edit.field for edit in result.taken}))
    return Done("\n".join(lines), None, changed, more, result.faults)


def _said(text: str) -> str:
    return text or "nothing"
