"""What the board's papers share: where something stands, tables said in a line, and the frame around the sections."""

from collections.abc import Sequence
from datetime import date

from whatworks.papers.paper import Block, Cell, Paper, Section, Table, numbered

NOTICE = "Drawn from the register. Every line names its paper and the lines there, or says that it was entered."


def place(document: str | None, lines: tuple[int | None, int | None]) -> str:
    """Return where something stands: a paper's name and its lines.

    >>> place("june.txt", (12, 14)), place("june.txt", (12, 12)), place(None, (None, None))
    ('june.txt, lines 12 to 14', 'june.txt, line 12', 'entered by hand')
    """
    if document is None:
        return "entered by hand"
    first, last = lines
    if first is None:
        return document
    return f"{document}, line {first}" if last in (None, first) else f"{document}, lines {first} to {last}"


def paper_of(
    title: str,
    body: str,
    as_at: date,
    sections: Sequence[Section | None],
    sheets: Sequence[Table],
    item: str = "For the meeting",
    notice: str = NOTICE,
) -> Paper:
    """Return a paper of the register for a body; sections that are None and sheets without rows are left out."""
    kept = numbered(section for section in sections if section is not None)
    return Paper(title, item, body, as_at, notice, kept, tuple(sheet for sheet in sheets if sheet.rows))


def section(name: str, heading: str, *blocks: Block | None) -> Section | None:
    """Return a section of the blocks that are there; without any there is none."""
    kept = tuple(block for block in blocks if block is not None)
    return Section(name, heading, kept) if kept else None


def page_table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *notes: str,
    right: Sequence[int] = (),
) -> Table | None:
    """Return a table for the page, of which the columns `right` are set to the right; without rows there is none."""
    numeric = tuple(at in right for at in range(len(columns)))
    held = tuple(map(tuple, rows))
    return Table(name, title, tuple(columns), held, numeric, tuple(widths), notes) if held else None


def text_table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | int]],
    widths: Sequence[float],
    notes: Sequence[str] = (),
) -> Table:
    """Return a table for the page: every cell a text; a column of numbers only is set to the right."""
    filled = sheet_of(name, title, columns, rows)
    texts = tuple(tuple(str(cell) for cell in row) for row in filled.rows)
    return Table(name, title, tuple(columns), texts, filled.numeric, tuple(widths), tuple(notes))


def sheet_of(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Table:
    """Return a table for the spreadsheets, whose numbers stay numbers."""
    numeric = tuple(bool(rows) and all(isinstance(row[at], int) for row in rows) for at in range(len(columns)))
    filled = tuple(tuple(cell if cell != "" else "Not stated" for cell in row) for row in rows)
    return Table(name, title, tuple(columns), filled, numeric)
