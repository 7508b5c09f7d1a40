"""Find every figure of a table that is the sum of others: down its columns, along its rows, and as differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.tables.fault import Part, Sum, Unchecked
from whatworks.money.tables.figure import Figure
from whatworks.money.tables.label import DIFFERENCE, read_label
from whatworks.money.tables.layout import Column, Layout, Row
from whatworks.money.tables.scope import Line, Signed, plus, read_totals


@dataclass(frozen=True, slots=True)
class Relation:
    """A row (or column) that adds others in every column (or row)."""

    at: int
    parts: Signed


@dataclass(frozen=True, slots=True)
class Found:
    """The sums of a table, and the totals that could not be checked."""

    sums: tuple[Sum, ...]
    unchecked: tuple[Unchecked, ...]


class Figures:
    """The table's figures by row and column, and how often a relation holds."""

    def __init__(self, layout: Layout) -> None:
        self.rows = {row.at: row for row in layout.rows if row.kind == "figures"}
        self.columns = {column.at: column for column in layout.columns if column.added}
        self.layout = layout

    def at(self, row: int, column: int) -> Figure:
        """Return a cell's figure."""
        return self.rows[row].figures[column]

    def down(self, at: int, parts: Signed) -> int:
        """Return in how many columns a row is the signed sum of others, those all blank left out."""
        return sum(
            _holds(self.at(at, column), [(self.at(row, column), sign) for row, sign in parts])
            for column in self.columns
        )

    def along(self, at: int, parts: Signed) -> int:
        """Return in how many rows a column is the signed sum of others."""
        return sum(
            _holds(self.at(row, at), [(self.at(row, column), sign) for column, sign in parts]) for row in self.rows
        )


def find_sums(layout: Layout) -> Found:
    """Return the sums of a table: those of its total rows in each column, and of its total columns in each row."""
    figures = Figures(layout)
    down, doubtful_rows = _row_relations(layout, figures)
    along, doubtful_columns = _column_relations(layout, figures)
    sums: list[Sum] = []
    unchecked: list[Unchecked] = []
    down, along = ([one for one in some if len(one.parts) > 1] for some in (down, along))  # one part is no sum
    for relation in down:
        for column in figures.columns.values():
            row = figures.rows[relation.at]
            parts = [(figures.rows[at], column, sign) for at, sign in relation.parts]
            _sort_out(layout, (row, column), parts, "column", sums, unchecked)
    for relation in along:
        for row in figures.rows.values():
            column = figures.columns[relation.at]
            parts = [(row, figures.columns[at], sign) for at, sign in relation.parts]
            _sort_out(layout, (row, column), parts, "row", sums, unchecked)
    reason = "calls itself a total, or stands above indented lines, but is the sum of those in no column or row"
    some = next(iter(figures.columns.values()), None)
    unchecked += [Unchecked(layout.place(figures.rows[at], some), reason) for at in doubtful_rows if some is not None]
    first = next(iter(figures.rows.values()))
    unchecked += [Unchecked(layout.place(first, figures.columns[at]), reason) for at in doubtful_columns]
    order = sorted(sums, key=lambda one: (one.place.row, one.place.column, one.along))
    return Found(tuple(order), tuple(unchecked))


def _row_relations(layout: Layout, figures: Figures) -> tuple[list[Relation], list[int]]:
    reading = read_totals(list(_row_lines(layout)), figures.down, len(figures.columns))
    return [Relation(at, parts) for at, parts in reading.found], list(reading.doubtful)


def _row_lines(layout: Layout) -> Iterator[Line]:
    for row in layout.rows:
        if row.group is not None:
            yield Line(row.group, None, row.indent)
        if row.kind == "figures":
            yield Line(row.label, row.at, row.indent)
        else:
            yield Line(row.label, None, row.indent, blank=row.kind == "blank")


def _column_relations(layout: Layout, figures: Figures) -> tuple[list[Relation], list[int]]:
    columns = [column for column in layout.columns if column.added]
    differences = dict(_column_differences(columns, figures))
    plain = [column for column in columns if column.at not in differences]
    found = [Relation(at, parts) for at, parts in differences.items()]
    parts = _telling_parts(plain)
    deep = {at: words for at, words in parts.items() if len(words) > 1}
    if deep:
        return found + list(_crossed(plain, parts, figures)), []
    lines = [Line(column.label, column.at) for column in plain]
    reading = read_totals(lines, figures.along, len(figures.rows))
    return found + [Relation(at, added) for at, added in reading.found], list(reading.doubtful)


def _column_differences(columns: Sequence[Column], figures: Figures) -> Iterator[tuple[int, Signed]]:
    """Yield the columns of variances: those that are the difference of the two before them in most rows."""
    for at, column in enumerate(columns):
        if at < 2 or not DIFFERENCE.search(" ".join(column.parts)) or column.label.rank:
            continue
        one, other = columns[at - 2].at, columns[at - 1].at
        best = max(_differences(one, other)[:2], key=lambda parts: figures.along(column.at, parts))
        if 2 * figures.along(column.at, best) >= len(figures.rows):
            yield column.at, best


def _telling_parts(columns: Sequence[Column]) -> dict[int, tuple[str, ...]]:
    """Return each column's headings without those that all columns share, such as the unit."""
    shared = set.intersection(*(set(column.parts) for column in columns)) if len(columns) > 1 else set()
    return {column.at: tuple(part for part in column.parts if part not in shared) for column in columns}


def _crossed(columns: Sequence[Column], parts: dict[int, tuple[str, ...]], figures: Figures) -> Iterator[Relation]:
    """Yield the totals of a table whose headings stand over headings: of a year, or of one kind over the years."""
    for column in columns:
        words = parts[column.at]
        level = next((at for at, word in enumerate(words) if read_label(word).rank), None)
        if level is None:
            continue
        rest = words[:level] + words[level + 1 :]
        added = [
            other.at
            for other in columns
            if other.at != column.at and _matches(parts[other.at], rest, level) and not _is_total(parts[other.at])
        ]
        if len(added) > 1 or (added and figures.along(column.at, plus(added))):
            yield Relation(column.at, plus(added))


def _matches(words: tuple[str, ...], rest: tuple[str, ...], level: int) -> bool:
    return not rest or (len(words) > level and words[:level] + words[level + 1 :] == rest)


def _is_total(words: tuple[str, ...]) -> bool:
    """Say whether any of a column's headings calls it a total."""
    return any(read_label(word).rank for word in words)


def _differences(one: int, other: int) -> tuple[Signed, ...]:
    return ((one, 1), (other, -1)), ((other, 1), (one, -1)), ((one, 1), (other, 1))


def _holds(target: Figure, parts: list[tuple[Figure, int]]) -> bool:
    if target.kind == "blank" or target.value is None or any(one.value is None for one, _ in parts):
        return False
    return target.value == sum((sign * (one.value or 0) for one, sign in parts), Decimal(0))


def _sort_out(
    layout: Layout,
    target: tuple[Row, Column],
    parts: list[tuple[Row, Column, int]],
    along: str,
    sums: list[Sum],
    unchecked: list[Unchecked],
) -> None:
    """Add a sum to those to be checked, or to those that cannot be."""
    place, printed = layout.place(*target), target[0].figures[target[1].at]
    values = [(layout.place(row, column), row.figures[column.at], sign) for row, column, sign in parts]
    unread = [where for where, one, _ in values if one.value is None]
    if printed.kind == "blank":
        if any(one.kind != "blank" for _, one, _ in values):
            unchecked.append(Unchecked(place, "no figure is printed for this total"))
    elif printed.value is None or unread:
        reason = f"not known: {'; '.join(str(where) for where in unread) or place}"
        unchecked.append(Unchecked(place, reason))
    else:
        added = tuple(
            Part(where, one.value or Decimal(0), sign, one.text) for where, one, sign in values if one.kind != "blank"
        )
        sums.append(Sum(place, printed.value, added, "row" if along == "row" else "column"))
