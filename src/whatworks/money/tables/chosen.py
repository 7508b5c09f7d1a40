"""Choose the table of a document that is meant, and find its lines and years by name."""

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from whatworks.money.tables.layout import Column, Layout, Row, read_layout
from whatworks.records.documents import Document, Grid
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table of money: its lines by name, the columns of its years, and the column of its total."""

    name: str
    file: str
    layout: Layout
    years: tuple[Column, ...]
    total: Column | None

    def line(self, name: str, field: str, asked_in: str | None = None) -> Row:
        """Return the line of that name, or refuse a name that is not there, or there more than once.

        `asked_in` is the file that names it, where that is another than the table's own.
        """
        rows = [row for row in self.layout.rows if row.kind == "figures"]
        found = [row for row in rows if _same(row.label.text, name)]
        if len(found) == 1:
            return found[0]
        if found:
            lines = ", ".join(str(row.line) for row in found)
            raise Refused(
                Fault(
                    f"stands more than once (lines {lines})",
                    "give the lines different names",
                    self.file,
                    None,
                    field,
                    name,
                )
            )
        near = get_close_matches(name, [row.label.text for row in rows], 1, 0.5)
        remedy = f'did you mean "{near[0]}"?' if near else "write it as the table does"
        problem = f"is not a line of {self.file}" if asked_in else "is not a line of the table"
        raise Refused(Fault(problem, remedy, asked_in or self.file, None, field, name))

    def amount(self, row: Row, column: Column) -> Decimal:
        """Return a figure, or refuse one that is not known or no number."""
        found = row.figures[column.at]
        if found.value is None:
            where = f"{row.label.text}, {' '.join(column.parts)}"
            raise Refused(
                Fault("is not a known figure", "put the figure there", self.file, row.line, where, found.text)
            )
        return found.value


def choose_table(document: Document, name: str | None = None) -> Grid:
    """Return the table of that name or number (from 1), or the only one that holds money; else refuse.

    >>> from whatworks.money.tables.sample import sample_grid
    >>> choose_table(Document("a.csv", "csv", "", (), (sample_grid(),))).name
    'made up'
    """
    readable = [grid for grid in document.tables if read_layout(grid) is not None]
    if name is not None:
        by_number = document.tables[int(name) - 1 : int(name)] if name.isdigit() else ()
        found = [grid for grid in readable if _same(grid.name, name)] or [
            grid for grid in by_number if grid in readable
        ]
        if len(found) == 1:
            return found[0]
        names = "; ".join(f'{at} "{grid.name}"' for at, grid in enumerate(document.tables, 1) if grid in readable)
        raise Refused(
            Fault(
                "is not a table with figures",
                f"choose from {names or 'none'}",
                document.name,
                field="table",
                value=name,
            )
        )
    if not readable:
        raise Refused(Fault("holds no table with figures", "send the table as CSV or Excel", document.name))
    if len(readable) > 1:
        names = "; ".join(f'{at} "{grid.name}"' for at, grid in enumerate(document.tables, 1) if grid in readable)
        raise Refused(
            Fault("holds more than one table with figures", f"choose one with --table: {names}", document.name)
        )
    return readable[0]


def read_ledger(grid: Grid, file: str) -> Ledger:
    """Return the table's lines and years; a table without figures is refused."""
    layout = read_layout(grid)
    if layout is None:
        raise Refused(Fault("holds no figures with names beside them", "send the table as CSV or Excel", file))
    added = [column for column in layout.columns if column.added]
    total = next((column for column in added if column.label.rank), None)
    return Ledger(grid.name, file, layout, tuple(column for column in added if not column.label.rank), total)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
