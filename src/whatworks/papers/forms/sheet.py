"""One sheet of a paper's spreadsheets: its cells, and whether a column holds numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal

from whatworks.papers.disclosure.published import Group
from whatworks.papers.paper import Cell, Table
from whatworks.papers.words import NONE, WITHHELD

PER_CENT = "per cent"


def cell(value: Decimal | int | str | None) -> Cell:
    """Return a sheet's cell: a number as a number, a printed p-value too, else text or its shorthand."""
    if value is None or value == "":
        return NONE
    if isinstance(value, str) and re.fullmatch(r"\d\.\d\d", value):
        return Decimal(value)
    return WITHHELD if value == "c" else value


def sheet(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Decimal | int | str | None]]) -> Table:
    """Return a sheet; a column is numeric where a number stands in it."""
    filled = tuple(tuple(cell(value) for value in row) for row in rows)
    numeric = tuple(any(not isinstance(row[at], str) for row in filled) for at in range(len(columns)))
    return Table(name=name, title=title, columns=tuple(columns), rows=filled, numeric=numeric)


def group(found: Group | None) -> list[Decimal | int | str | None]:
    """Return a group's cells."""
    return [found.n, found.value, found.ci_low, found.ci_high] if found else [None] * 4
