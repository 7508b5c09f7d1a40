"""See how far a workbook's sheets reach, before a cell for each place between is made."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from whatworks.records.refusal import Fault, Refused

MOST_PLACES = 20_000_000
"""Places, filled or not, that a sheet may span where most of them are empty."""
MOST_EMPTY = 100
"""Places for each value that records which name their own columns may span."""
LAST_COLUMN, LAST_ROW = "XFD", 1_048_576
_BLOCK = 4 * 2**20
_COLUMN = re.compile(rb'<c [^>]*?r="([A-Z]+)\d')
_ROW = re.compile(rb'<(?:row|c) [^>]*?r="[A-Z]*(\d+)"')


def check_extent(container: ZipFile, file: str) -> None:
    """Refuse a workbook with a cell beyond any sheet's end, or far from all others: each place between costs."""
    for name in container.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_sheet(container, name, file)


def _check_sheet(container: ZipFile, name: str, file: str) -> None:
    widest, last, cells = "A", 1, 0
    for block in _blocks(container, name):
        columns = {column.decode("ascii") for column in set(_COLUMN.findall(block))}
        widest = max([widest, *columns], key=lambda column: (len(column), column))
        rows = [int(row) if len(row) < 9 else LAST_ROW + 1 for row in set(_ROW.findall(block))]
        last, cells = max([last, *rows]), cells + block.count(b"<c ")
        if len(widest) > len(LAST_COLUMN) or (len(widest) == 3 and widest > LAST_COLUMN) or last > LAST_ROW:
            problem = f"names a cell beyond {LAST_COLUMN}{LAST_ROW}, the end of any sheet"
            raise Refused(Fault(problem, "open it, save it as .xlsx and send that", file))
    places = last * column_number(widest)
    if places > MOST_PLACES and places > 4 * cells:
        problem = f"reaches to column {widest} and row {last:,}, but nearly all of that is empty"
        remedy = "delete the rows and columns beyond the last record (Ctrl+End shows where it ends), or save it as CSV"
        raise Refused(Fault(problem, remedy, file))


def check_spread(rows: int, columns: int, values: int, file: str) -> None:
    """Refuse records whose names are so many that nearly every place of their table would be empty.

    >>> check_spread(20_000, 20_000, 40_000, "a.jsonl")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: a.jsonl: names 20,000 columns over 20,000 lines, of which nearly all are empty; \
give every line the same names
    """
    if rows * columns > MOST_PLACES and rows * columns > MOST_EMPTY * values:
        problem = f"names {columns:,} columns over {rows:,} lines, of which nearly all are empty"
        raise Refused(Fault(problem, "give every line the same names", file))


def column_number(letters: str) -> int:
    """Return the number of a column.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _blocks(container: ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part piece by piece, each ending where a tag does."""
    left = b""
    with container.open(name) as part:
        while block := part.read(_BLOCK):
            whole, end, left = (left + block).rpartition(b">")
            yield whole + end
    yield left
