"""Write the tables as an Excel workbook in the Analysis Function's layout: a cover, contents, one table a sheet."""

import warnings
from datetime import datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

from whatworks.papers.cover import cover_lines
from whatworks.papers.paper import Cell, Paper, Table
from whatworks.papers.zip_container import settled

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Text stays text, whatever sign it begins with."""

A4 = 9
"""Excel's number of the paper size."""


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
    box = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = gptables.produce_workbook(
            box,
            sheets={sheet.name: good_practice_table(sheet, reading) for sheet in paper.sheets},
            cover=gptables.Cover(title=paper.title, intro=introduction, about=reading),
            workbook_options=OPTIONS,
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
        book.close()
    return settled(box.getvalue())


def good_practice_table(sheet: Table, reading: list[str]) -> Any:
    """Return one sheet's table with its title, shorthand and number formats."""
    import pandas as pd

    rows = [[plain(value) for value in row] for row in sheet.rows]
    used = [line for line in reading if any(line.startswith(str(value)) for row in rows for value in row if value)]
    return library().GPTable(
        table=pd.DataFrame(rows, columns=list(sheet.columns), dtype=object),
        table_name=f"table_{sheet.name.lower().replace(' ', '_')}",
        title=sheet.title,
        instructions="This worksheet contains one table.",
        legend=used,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": [column], "format": {"num_format": number_format([row[at] for row in sheet.rows])}}}
            for at, column in enumerate(sheet.columns)
            if sheet.numeric[at]
        ],
    )


def plain(value: Cell) -> str | int | float:
    """Return a cell as a workbook holds it."""
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
