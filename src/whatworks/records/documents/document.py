"""A paper as it stands: its lines and its tables, each with its place, so that every later statement can be traced."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whatworks.records.refusal import Refused

Kind = Literal["text", "html", "docx", "pdf", "csv", "xlsx", "ods"]
Lines = tuple[int, int]
"""First and last line, counted from 1."""


PARAGRAPH = "\v"
"""Parts the paragraphs of a cell in its line; in the cell itself a space does."""
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
    wrapped: bool = False
    """Whether the line before it was full, as its place on a printed page shows: its first word had no room there."""
    heading: bool = False
    """Whether it looks like a heading: by its element or style, or because all its words are bold or larger."""


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


AsideKind = Literal["struck-through", "deleted", "hidden", "sideways", "head", "foot", "navigation"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that stand in a paper and are no part of what it says; they are in no line and no cell.

    Struck through; deleted under tracked changes; hidden from its reader; turned on its side; printed at the head or
    foot of every page; or the navigation of a web page.
    """

    kind: AsideKind
    text: str
    line: int
    """The line in or before which they stand; 0 where they stand beside the text, as a Word file's page heads do."""
    page: int | None = None


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
    asides: tuple[Aside, ...] = ()
    """What was taken out of the lines, in the order of the paper."""

    def between(self, lines: Lines) -> str:
        r"""Return the text of these lines, as it stands.

        >>> Document("a.txt", "text", "", (Line(1, "one"), Line(2, "two"), Line(3, "three"))).between((2, 3))
        'two\nthree'
        """
        return "\n".join(line.text for line in self.lines[lines[0] - 1 : lines[1]])


def unread(asides: Sequence[Aside]) -> str | None:
    """Return the sentence on the words that a paper takes back or hides; None where it does neither.

    >>> unread([Aside("hidden", "A note", 3), Aside("struck-through", "Agreed.", 4), Aside("foot", "Page 1", 5)])
    '1 struck-through text and 1 hidden text were not read.'
    """
    counts = [(sum(one.kind == kind for one in asides), kind) for kind in ("struck-through", "hidden")]
    said = " and ".join(f"{many} {kind} text{'' if many == 1 else 's'}" for many, kind in counts if many)
    return f"{said} {'was' if sum(many for many, _ in counts) == 1 else 'were'} not read." if said else None
