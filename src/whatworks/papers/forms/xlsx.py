"""Write the tables as an Excel workbook in the Analysis Function's layout: a cover, contents, one table a sheet."""

import warnings
from datetime import datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from textwrap import wrap
from typing import Any

from whatworks.papers.forms.cover import cover_lines
from whatworks.papers.forms.zip_container import settled
from whatworks.papers.paper import Cell, Paper, Table
from whatworks.papers.words import NONE

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Text stays text, whatever sign it begins with."""

A4 = 9
"""Excel's number of the paper size."""
WIDEST, COVER = 44, 100
"""The widest column of a table, and the text column of cover and contents, in characters."""
LINE = 16
"""The height of one line of text, in points."""


@cache
def library() -> Any:
    """Return gptables, which leaves a file of its own open for the moment of its import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        import gptables
    return gptables


def xlsx(paper: Paper) -> bytes:
    """Return the workbook of the paper's sheets."""
    gptables = library()
    introduction, reading = cover_lines(paper)
    tables = {sheet.name: good_practice_table(sheet, reading) for sheet in paper.sheets}
    box = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = gptables.produce_workbook(
            box,
            sheets=tables,
            cover=gptables.Cover(title=paper.title, intro=introduction, about=reading),
            workbook_options=OPTIONS,
            auto_width=False,
        )
        book.set_properties(
            {
                "title": paper.title,
                "subject": paper.item,
                "author": paper.prepared_for,
                "created": datetime.combine(paper.as_at, time()),
            }
        )
        for page in book.worksheets():
            page.set_landscape()
            page.set_paper(A4)
            page.fit_to_pages(1, 0)
        for sheet in paper.sheets:
            lay_out(book.get_worksheet_by_name(sheet.name), sheet, tables[sheet.name].data_range[0])
        first, second = book.worksheets()[:2]
        first.set_column(0, 0, COVER)
        second.set_column(0, 0, 18)
        second.set_column(1, 1, COVER)
        book.close()
    return settled(box.getvalue())


def good_practice_table(sheet: Table, reading: list[str]) -> Any:
    """Return one sheet's table with its title, shorthand and number formats."""
    import pandas as pd

    rows = [[plain(value) for value in row] for row in sheet.rows]
    numbers = [
        {"cell": {"cells": (1 + row, at), "format": {"num_format": number_format([value])}}}
        for row, values in enumerate(sheet.rows)
        for at, value in enumerate(values)
        if not isinstance(value, str)
    ]
    after_numbers = [column for at, column in enumerate(sheet.columns) if at and not sheet.numeric[at]]
    used = [line for line in reading if any(line.startswith(str(value)) for row in rows for value in row if value)]
    return library().GPTable(
        table=pd.DataFrame(rows, columns=list(sheet.columns), dtype=object),
        table_name=f"table_{sheet.name.lower().replace(' ', '_')}",
        title=sheet.title,
        instructions="This worksheet contains one table.",
        legend=used,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": list(sheet.columns), "format": {"text_wrap": True, "valign": "top"}}},
            *({"column": {"columns": [column], "format": {"indent": 1}}} for column in after_numbers),
            *numbers,
        ],
    )


def lay_out(page: Any, sheet: Table, header: int) -> None:
    """Set the columns' widths and the rows' heights of a sheet whose headings stand in row `header`, from zero."""
    wide = widths(sheet)
    for at, characters in enumerate(wide):
        page.set_column(at, at, characters)
    for down, values in enumerate((sheet.columns, *sheet.rows)):
        lines = max(len(wrap(str(value), int(wide[at]))) for at, value in enumerate(values))
        page.set_row(header + down, LINE * max(1, lines))


def widths(sheet: Table) -> list[float]:
    """Return the columns' widths in characters: the longest word or number fits, long text wraps.

    >>> widths(Table("a", "A", ("Name", "What it means"), (("x", "long " * 30),), (False, False)))
    [10.0, 44.0]
    """
    found = []
    for at, heading in enumerate(sheet.columns):
        texts = [str(row[at]) for row in sheet.rows]
        words = [len(word) for text in (heading, *texts) for word in text.split()]
        longest = max((len(text) for text in texts), default=0)
        found.append(float(max(10, min(WIDEST, max(longest + 2, *(word + 2 for word in words))))))
    return found


def plain(value: Cell) -> str | int | float:
    """Return a cell as a workbook holds it; an empty one, which the layout does not allow, as its shorthand.

    >>> plain(Decimal("1.5")), plain(""), plain("-")
    (1.5, '[z]', '[z]')
    """
    if isinstance(value, str):
        return value if any(character.isalnum() for character in value) else NONE
    return float(value) if isinstance(value, Decimal) else value


def places(values: list[Cell]) -> int:
    """Return the most decimal places among a column's numbers.

    >>> places([12, Decimal("1.25"), "[c]"]), places([1200, "[z]"])
    (2, 0)
    """
    found = (-int(value.as_tuple().exponent) for value in values if isinstance(value, Decimal))
    return max(found, default=0)


def number_format(values: list[Cell]) -> str:
    """Return the Excel format of a column: thousands separated, as many places as its numbers have."""
    after = places(values)
    return "#,##0" + ("." + "0" * after if after else "")
