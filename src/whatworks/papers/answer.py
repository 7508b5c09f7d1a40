"""An answer said once: its sentences and its tables, of which screen, JSON, page and sheets are made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from whatworks.papers.paper import Block, Bullets, Cell, Paper, Section, Table, numbered, printed
from whatworks.papers.words import NONE, WITHHELD

Row = TypeVar("Row")
Value = Decimal | int | str | None
"""What a sheet's cell is made of: None where there is nothing to show, "c" where it is withheld."""
NO_SHEET = ("", "")
"""In place of a sheet's name and title: the table stands on the page only."""
JOINER = "\u2060"
"""Keeps a minus sign on a page beside its pounds; a screen does without."""
WIDE = 110
"""A table of more characters than this is shown on the screen row by row."""


def words_of(value: Any) -> str:
    """Return a value as a page shows it.

    >>> words_of(1200), words_of(None), words_of("c")
    ('1,200', '[z]', '[c]')
    """
    return printed(_cell(value))


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[Row]):
    """One column of a table: what it is of a row, and how it is printed.

    A page and the screen print `words` of the value; without words the column stands on sheets only. A sheet holds the
    value, or the `cells` that are made of it, under `sheet`, its own headings: the same as on the page if not given,
    and none where the column stands on the page only.
    """

    heading: str
    value: Callable[[Row], Any]
    words: Callable[[Any], str] | None = words_of
    numeric: bool = False
    width: float | None = None
    sheet: tuple[str, ...] | None = None
    cells: Callable[[Any], Sequence[Value]] | None = None

    def headings(self) -> tuple[str, ...]:
        """Return what heads its cells on a sheet."""
        return (self.heading,) if self.sheet is None else self.sheet


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """A table of an answer: rows of any kind, and the columns that are made of each.

    `last` are rows that a page adds, such as totals. `sheet` names the sheet, and its title, where they are others than
    the page's.
    """

    name: str
    title: str
    rows: Sequence[Row]
    columns: Sequence[TableColumn[Row]]
    notes: tuple[str, ...] = ()
    last: Sequence[tuple[str, ...]] = ()
    sheet: tuple[str, str] | None = None

    def on_page(self) -> Table:
        """Return the table of the page."""
        shown = [one for one in self.columns if one.words is not None]
        widths = tuple(one.width or 1.0 for one in shown) if any(one.width for one in shown) else ()
        return Table(
            name=self.name,
            title=self.title,
            columns=tuple(one.heading for one in shown),
            rows=(*(tuple(one.words(one.value(row)) for one in shown if one.words) for row in self.rows), *self.last),
            numeric=tuple(one.numeric for one in shown),
            widths=widths,
            notes=self.notes,
        )

    def on_sheet(self) -> Table:
        """Return the sheet; a column is numeric where a number stands in it."""
        name, title = self.sheet or (self.name, self.title)
        held = [one for one in self.columns if one.headings()]
        rows = tuple(tuple(_cell(cell) for one in held for cell in _cells(one, row)) for row in self.rows)
        headings = tuple(heading for one in held for heading in one.headings())
        numeric = tuple(any(not isinstance(row[at], str) for row in rows) for at in range(len(headings)))
        return Table(name=name, title=title, columns=headings, rows=rows, numeric=numeric)

    def on_screen(self) -> Iterator[str]:
        """Yield the table's lines: in columns, or row by row where that would be too wide."""
        table = self.on_page()
        lines = [table.columns, *(tuple(str(cell).replace(JOINER, "") for cell in row) for row in table.rows)]
        widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
        if sum(widths) + 2 * len(widths) > WIDE:
            yield from _row_by_row(table.columns, lines[1:])
            return
        for line in lines:
            cells = [
                f"{cell:>{width}}" if right else f"{cell:<{width}}"
                for cell, width, right in zip(line, widths, table.numeric, strict=True)
            ]
            yield "  ".join(cells).rstrip()

    def document(self) -> list[dict[str, Any]]:
        """Return the rows for JSON, as the sheet holds them: amounts as text, nothing where there is nothing."""
        table = self.on_sheet()
        return [
            {
                heading: None if cell == NONE else str(cell) if isinstance(cell, Decimal) else cell
                for heading, cell in zip(table.columns, row, strict=True)
            }
            for row in table.rows
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers. Sentences and tables are enough; all else says where they stand and what more there is.

    `sections` are the page (one section with all of it, if not given), `screen` the sentences and tables of the screen
    in order, `figures` what `summary.json` holds. `restricted` is what `--json` prints where it holds more than may
    leave. `as_at` is the paper's day; None is the day on which it is written. `sheets` are more of them, ready-made.
    """

    title: str
    sentences: tuple[str, ...]
    tables: tuple[Rows[Any], ...] = ()
    sections: tuple[Section, ...] = ()
    screen: tuple[str | Rows[Any], ...] | None = None
    figures: Any = None
    restricted: Any = None
    item: str = "Money"
    prepared_for: str = "The finance lead"
    notice: str = ""
    as_at: date | None = None
    sheets: tuple[Table, ...] = ()

    def paper(self, as_at: date) -> Paper:
        """Return the paper; a table without rows has no sheet."""
        blocks: tuple[Block, ...] = (Bullets(self.sentences), *(one.on_page() for one in self.tables if one.rows))
        return Paper(
            title=self.title,
            item=self.item,
            prepared_for=self.prepared_for,
            as_at=as_at,
            notice=self.notice,
            sections=numbered(self.sections or (Section("answer", self.title, blocks),)),
            sheets=(*(one.on_sheet() for one in self.tables if one.rows and one.sheet != NO_SHEET), *self.sheets),
        )

    def summary(self) -> Any:
        """Return what `summary.json` holds: the figures, or else the sentences and tables."""
        if self.figures is not None:
            return self.figures
        return {"title": self.title, "sentences": list(self.sentences)} | {
            one.name: one.document() for one in self.tables
        }

    def document(self) -> Any:
        """Return the one document of `--json`."""
        return self.summary() if self.restricted is None else self.restricted

    def lines(self) -> Iterator[str]:
        """Yield the lines of the screen."""
        parts: tuple[str | Rows[Any], ...] = (*self.sentences, *self.tables)
        for part in parts if self.screen is None else self.screen:
            if isinstance(part, str):
                yield part
            elif part.rows:
                yield from part.on_screen()


def _cells(column: TableColumn[Any], row: Any) -> Sequence[Value]:
    value = column.value(row)
    return (value,) if column.cells is None else column.cells(value)


def _cell(value: Any) -> Cell:
    if value is None:
        return NONE
    return WITHHELD if value == "c" else value


def _row_by_row(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield each row under its first cell, or its first two where the first does not tell it from the others."""
    heads = 1 if len({row[0] for row in rows}) == len(rows) else 2
    width = max(len(heading) for heading in columns[heads:])
    for row in rows:
        yield ", ".join(row[:heads])
        for heading, cell in zip(columns[heads:], row[heads:], strict=True):
            yield f"  {heading:<{width}}  {cell}"
