"""A paper as it stands: its lines and its tables, each with its place, so that every later statement can be traced."""

from dataclasses import dataclass
from typing import Literal

from whatworks.records.refusal import Refused

Kind = Literal["text", "html", "docx", "pdf", "csv", "xlsx", "ods"]
Lines = tuple[int, int]
"""First and last line, counted from 1."""


MOST_COLUMNS = 200


def check_width(columns: int) -> None:
    """Refuse a table's row that no page could hold; who reads the file names it.

    >>> check_width(50)
    """
    if columns > MOST_COLUMNS:
        raise Refused(f"has a table of more than {MOST_COLUMNS} columns", "send the table by itself, as a spreadsheet")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper. Of Word and HTML a line is a paragraph, a list entry or a table's row (cells by tabs)."""

    number: int
    """Counted from 1 over the whole document."""
    text: str
    """As it stands: with its spaces, tabs and no-break spaces, without its line end."""
    page: int | None = None
    """Counted from 1, where the form has pages (PDF)."""
    goes_on: bool = False
    """Whether only a line break made by hand parts it from the line before, as Word knows it within a paragraph."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. A blank cell holds the empty text."""

    text: str
    lines: Lines
    column: int
    """Counted from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells. Rows may differ in length; the first row is the header where there is one."""

    name: str
    """Its caption or sheet name; "table 1" and so on where none is printed."""
    rows: tuple[tuple[Cell, ...], ...]
    lines: Lines

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells' texts, row by row.

        >>> Grid("a", ((Cell("x", (1, 1), 0), Cell("2", (1, 1), 1)),), (1, 1)).texts()
        (('x', '2'),)
        """
        return tuple(tuple(cell.text for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Document:
    """What `read_document` found in a file."""

    name: str
    kind: Kind
    sha256: str
    """Of the file's bytes."""
    lines: tuple[Line, ...]
    tables: tuple[Grid, ...] = ()
    partial: str | None = None
    """Why not all of the file was read, as a sentence; None where all was."""

    def between(self, lines: Lines) -> str:
        r"""Return the text of these lines, as it stands.

        >>> Document("a.txt", "text", "", (Line(1, "one"), Line(2, "two"), Line(3, "three"))).between((2, 3))
        'two\nthree'
        """
        return "\n".join(line.text for line in self.lines[lines[0] - 1 : lines[1]])
