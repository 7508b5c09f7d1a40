"""A register's sheet as a workbook that goes out and comes back, with what stood when it was sent."""

import io
from collections.abc import Collection, Sequence
from datetime import date, datetime, time

import xlsxwriter

from whatworks.papers.forms.zip_container import settled
from whatworks.records.register.sheet import RegisterSheet

SENT_SHEET, ABOUT_SHEET = "As sent (do not change)", "About"


def register_workbook(
    sheet: RegisterSheet,
    rows: Sequence[Sequence[str]],
    titled: tuple[str, str],
    as_at: date,
    about: Sequence[str],
    wide: Collection[str] = (),
) -> bytes:
    """Return the workbook of a sheet's rows, in the order of its header; the same rows give the same bytes.

    `titled` is the name of the sheet that comes back, and the workbook's title; `about` says how it is filled in, and
    `wide` which headings hold sentences.
    """
    name, title = titled
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": datetime.combine(as_at, time())})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"})
        free = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#E8F1F8"})
        for tab in (name, SENT_SHEET):
            page = book.add_worksheet(tab)
            page.freeze_panes(1, 1)
            for column, heading in enumerate(sheet.header):
                page.set_column(column, column, 50 if heading in wide else 18, text)
                page.write_string(0, column, heading, head)
            for at, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    own = tab == name and sheet.header[column] in sheet.editable
                    page.write_string(at, column, value, free if own else text)
        page = book.add_worksheet(ABOUT_SHEET)
        page.set_column(0, 0, 100)
        for at, line in enumerate((f"{title}, as at {as_at}", *about)):
            page.write_string(at, 0, line)
    return settled(out.getvalue())
