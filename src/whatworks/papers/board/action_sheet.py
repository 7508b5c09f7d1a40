"""The action log as a workbook that goes out to owners and comes back, with what stood when it was sent."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time

import xlsxwriter

from whatworks.board.register.sheet import ACTION_SHEET, EDITABLE
from whatworks.papers.forms.zip_container import settled

ACTIONS_SHEET, SENT_SHEET, ABOUT_SHEET = "Actions", "As sent (do not change)", "About"
_HELP = (
    "Change owners, dates, state, closing day, evidence and update in the sheet Actions, and send the workbook back.",
    "It is read with: whatworks board sheet import FILE --by NAME",
    "A state is open, in progress, done or dropped. What is done needs evidence, or an update that says what was done.",
    "Days are written as 30/06/2025. Several owners are parted by semicolons.",
    "Rows that you delete stay as they are. New promises are entered with: whatworks board action add",
)


def action_sheet(rows: Sequence[Sequence[str]], body: str, as_at: date) -> bytes:
    """Return the workbook of the rows of `sheet_rows`; the same rows give the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": f"Action log of {body}", "created": datetime.combine(as_at, time())})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"})
        free = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#E8F1F8"})
        for name in (ACTIONS_SHEET, SENT_SHEET):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for column, heading in enumerate(ACTION_SHEET.header):
                sheet.set_column(column, column, 50 if heading in ("Promise", "Standing") else 18, text)
                sheet.write_string(0, column, heading, head)
            for at, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    own = name == ACTIONS_SHEET and ACTION_SHEET.header[column] in EDITABLE
                    sheet.write_string(at, column, value, free if own else text)
        about = book.add_worksheet(ABOUT_SHEET)
        about.set_column(0, 0, 100)
        for at, line in enumerate((f"Action log of {body}, as at {as_at}", *_HELP)):
            about.write_string(at, 0, line)
    return settled(out.getvalue())
