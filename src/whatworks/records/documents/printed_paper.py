"""Put the pages of a printed paper together: its lines in the order of reading, its tables, and what is set aside."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from whatworks.records.documents.document import Aside, AsideKind, Grid, Line
from whatworks.records.documents.page_edge import edges_of
from whatworks.records.documents.placed_table import PlacedTable, edges_match, find_tables
from whatworks.records.documents.printed_row import Row, Stroke, Word, laid_out, rows_of, rule, unhyphened, wrapped_rows
from whatworks.records.documents.reading_order import in_columns
from whatworks.records.documents.text_table import find_grids, grid_of

LARGER = 1.15
"""The least height of a heading's letters, in heights of most of the page's."""
Page = str | tuple[list[Word], list[Stroke]]
"""The words and level lines of a page; or only its text."""


class PrintedPaper:
    """Keeps the lines, tables and asides of the pages that it took in."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.asides: list[Aside] = []
        self._tables: list[PlacedTable] = []
        self._unclear: list[int] = []
        self._gutters: list[float] = []
        self._open = False
        """Whether the last table may go on at the top of the next page."""

    def take(self, pages: Sequence[Page]) -> None:
        """Take in the pages of a paper."""
        held = [[] if isinstance(page, str) else rows_of(word for word in page[0] if not word.mark) for page in pages]
        edges = edges_of(held)
        for number, (page, rows, (head, foot)) in enumerate(zip(pages, held, edges, strict=True), start=1):
            if number > 1:
                self._line("", number - 1)
            if isinstance(page, str):
                for text in page.split("\n") if page else ():
                    self._line(text.rstrip(), number)
                continue
            self._aside("head", [rows[at].text for at in sorted(head)], number)
            first = len(self.lines) + 1
            body = [word for at, row in enumerate(rows) if at not in head and at not in foot for word in row.words]
            placed = self._body(body, page[1], number)
            self._taken_back([word for word in page[0] if word.mark], placed, first, number)
            self._aside("foot", [rows[at].text for at in sorted(foot)], number)

    def grids(self) -> tuple[Grid, ...]:
        """Return the tables."""
        return find_grids(self.lines, [grid_of(table, self.lines) for table in self._tables])

    def unclear(self) -> str | None:
        """Return a sentence on the pages of which it is unclear in how many columns they are printed."""
        found = [str(number) for number in self._unclear]
        more = f" and {len(found) - 10} more" if len(found) > 10 else ""
        said = "perhaps printed in two columns, which were read across: send the Word file."
        return f"Page {', '.join(found[:10])}{more}: {said}" if found else None

    def _line(self, text: str, page: int, *, wrapped: bool = False, heading: bool = False) -> int:
        self.lines.append(Line(len(self.lines) + 1, text, page, wrapped=wrapped, heading=heading))
        return len(self.lines)

    def _aside(self, kind: AsideKind, texts: Iterable[str], page: int) -> None:
        self.asides += [Aside(kind, text, max(1, len(self.lines)), page) for text in texts]

    def _body(self, words: Sequence[Word], strokes: Sequence[Stroke], page: int) -> list[Row]:
        """Add a page's text in the order of reading, and return its rows with their lines."""
        parts, columns = in_columns(words, self._gutters)
        usual = median(word.height for word in words) if words else 1.0
        if columns == "unclear":
            self._unclear.append(page)
        for at, rows in enumerate(parts):
            if at and (parts[at - 1][-1].text.endswith((".", ":", ";")) or not rows[0].text[:1].islower()):
                self._line("", page)
            wrapped = wrapped_rows(rows)
            for place, (row, (blank, text)) in enumerate(zip(rows, laid_out(unhyphened(rows)), strict=True)):
                for _ in range(blank):
                    self._line("", page)
                heading = row.bold or row.height >= LARGER * usual
                row.number = self._line(text, page, wrapped=place in wrapped, heading=heading)
            rule(rows, strokes)
            for table in find_tables(rows):
                self._table(table, top=at == 0 and table.first == 0)
            self._open = bool(self._tables) and self._tables[-1].rows[-1][1][1] == len(self.lines)
        return [row for rows in parts for row in rows]

    def _table(self, table: PlacedTable, *, top: bool) -> None:
        """Keep a table; at the top of a page it goes on with that at the end of the page before, if it is alike."""
        last = self._tables[-1] if self._tables else None
        if last and top and self._open and edges_match(last.edges, table.edges):
            last.rows += table.rows[1:] if table.rows[0][0] == last.rows[0][0] else table.rows
        else:
            self._tables.append(table)

    def _taken_back(self, words: Sequence[Word], rows: Sequence[Row], first: int, page: int) -> None:
        """Keep as asides the words that a page hides or strikes through, those of one row and kind together."""
        for mark, some in groupby(words, key=lambda word: word.mark):
            for row in rows_of(some) if mark else ():
                near = min(rows, key=lambda one: abs(one.base - row.base), default=None)
                self.asides.append(Aside(mark, row.text, near.number if near else first, page))
