"""Find a table's shape: which column names the rows, which columns hold figures, and what each row is."""

import re
from dataclasses import dataclass
from typing import Literal

from whatworks.money.tables.fault import Place
from whatworks.money.tables.figure import Figure, is_year, read_figure
from whatworks.money.tables.label import NOT_ADDED, Label, read_label
from whatworks.records.documents import Cell, Grid
from whatworks.records.documents.text_table import clean

LEADING_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*(?:\d{4}|\d\d))?(?=\s|$)")
RowKind = Literal["blank", "heading", "figures"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. `parts` are its headings from the top; `added` is False for rates, shares and the like."""

    at: int
    parts: tuple[str, ...]
    added: bool

    @property
    def label(self) -> Label:
        """Return what the column calls itself."""
        return read_label(" ".join(self.parts))

    @property
    def year(self) -> str:
        """Return the year that the column is of, without its unit; its whole heading where it names none."""
        name = " ".join(self.parts)
        found = LEADING_YEAR.match(name)
        return found[0].strip() if found else name


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `indent` is the number of spaces before its label."""

    at: int
    kind: RowKind
    label: Label
    indent: int
    line: int
    figures: dict[int, Figure]
    group: Label | None = None
    """The heading that begins with this row, where an outer label column starts a new group on it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as rows and columns of figures."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    def place(self, row: Row, column: Column) -> Place:
        """Return the name of a cell."""
        return Place(row.at, column.at, row.label.text, " ".join(column.parts), row.line)


def read_layout(grid: Grid) -> Layout | None:
    """Return the table's shape, or None where it holds no figures with labels beside them."""
    rows = [{cell.column: cell for cell in row} for row in grid.rows]
    value_columns, label_columns = _column_kinds(rows)
    if not value_columns:
        return None
    headers = _header_rows(rows, value_columns, label_columns)
    columns = tuple(_column(rows[:headers], at, value_columns) for at in value_columns)
    read = _rows(rows, headers, label_columns, value_columns)
    return Layout(tuple(read), columns) if any(row.kind == "figures" for row in read) else None


def _column_kinds(rows: list[dict[int, Cell]]) -> tuple[list[int], list[int]]:
    """Return the columns of figures, on either side of the names, and those that name the rows."""
    width = max((max(row) for row in rows if row), default=-1) + 1
    kinds = [[read_figure(row[at].text).kind if at in row else "blank" for row in rows] for at in range(width)]
    numbers = [sum(kind in ("number", "nil", "unknown") for kind in column) for column in kinds]
    texts = [sum(kind == "text" for kind in column) for column in kinds]
    names = [at for at in range(width) if texts[at] > numbers[at]]
    if not names:
        return [], []
    held = [at for at in range(width) if "number" in kinds[at] and numbers[at] >= texts[at] and at not in names]
    after = [at for at in held if at > names[0]]
    before = [at for at in held if at < names[0] and not _counts(rows, at) and (not after or _is_money(rows, at))]
    values = sorted(before + after)
    labels = [at for at in names if before or not values or at < values[0]]
    return values, labels or names[:1]


def _texts(rows: list[dict[int, Cell]], at: int) -> list[str]:
    return [text for row in rows if at in row and (text := clean(row[at].text))]


def _counts(rows: list[dict[int, Cell]], at: int) -> bool:
    """Tell whether a column numbers or codes the rows: by its heading, or because it counts on."""
    texts = _texts(rows, at)
    whole = [int(text) for text in texts if text.isdecimal() and len(text) < 9]
    return any(NUMBERING.fullmatch(text) for text in texts[:2]) or (
        len(whole) > 1 and whole == list(range(whole[0], whole[0] + len(whole)))
    )


def _is_money(rows: list[dict[int, Cell]], at: int) -> bool:
    texts = _texts(rows, at)
    return any(is_year(text) for text in texts[:2]) or any(re.search(r"[£$€]|\d,\d{3}|\d\.\d", text) for text in texts)


def _header_rows(rows: list[dict[int, Cell]], columns: list[int], labels: list[int]) -> int:
    """Return how many rows at the top are headings: those up to the last with words before the first figures."""
    headers = 0
    for count, row in enumerate(rows, 1):
        figures = [read_figure(row[at].text) for at in columns if at in row]
        labelled = any(row[at].text.strip() for at in labels if at in row)
        years = 0 if headers and labelled else sum(one.kind == "number" and is_year(one.text) for one in figures)
        numbers = sum(one.printed or _miswritten(one) for one in figures) - years
        words = sum(one.kind == "text" and not _miswritten(one) for one in figures) + years
        if numbers and (numbers > words or (headers and numbers == words)):
            return headers
        if words:
            headers = count
    return headers


def _column(headers: list[dict[int, Cell]], at: int, columns: list[int]) -> Column:
    parts: list[str] = []
    for row in headers:
        text = clean(row[at].text) if at in row else ""
        if not text and row is not headers[-1]:  # a merged heading stands over the columns to its right
            beside = [one for one in reversed(columns) if one <= at and set(range(one, at)) <= set(columns)]
            text = next((clean(row[one].text) for one in beside if one in row and row[one].text), "")
        if text and text not in parts:
            parts.append(text)
    return Column(at, tuple(parts), NOT_ADDED.search(" ".join(parts)) is None)


NUMBERING = re.compile(
    r"(?:no\.?|nr\.?|ref(?:erence)?\.?|code|id|#|row|line|item no\.?|account(?: code| no\.?)?|cost cent(?:re|er))", re.I
)


def _rows(rows: list[dict[int, Cell]], headers: int, named_by: list[int], columns: list[int]) -> list[Row]:
    found, group = [], ""
    for at, row in enumerate(rows[headers:], headers):
        labels = [row[one].text for one in named_by if one in row]
        texts = [clean(text) for text in labels]
        figures = {one: read_figure(row[one].text) if one in row else read_figure("") for one in columns}
        named = [text for text in texts if text]
        outer = texts[0] if len(named) > 1 and len(texts) > 1 and texts[0] else ""
        starts = bool(outer) and outer != group and read_label(" ".join(named)).rank == 0
        group = outer or group
        raw = next((text for text in labels if text.strip()), "")
        found.append(
            Row(
                at=at,
                kind=_kind(figures, named),
                label=read_label(" ".join(dict.fromkeys(named)) if read_label(" ".join(named)).rank else _last(named)),
                indent=len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip()),
                line=min((cell.lines[0] for cell in row.values()), default=0),
                figures=figures,
                group=read_label(outer) if starts else None,
            )
        )
    return found


def _kind(figures: dict[int, Figure], named: list[str]) -> RowKind:
    if any(one.printed or _miswritten(one) for one in figures.values()):
        return "figures"
    return "heading" if named else "blank"


def _miswritten(one: Figure) -> bool:
    """Say whether a text was meant for a number: most of it is digits, and it names no year or unit."""
    digits = sum(c.isdigit() for c in one.text)
    letters = sum(c.isalpha() for c in one.text)
    return one.kind == "text" and digits > letters and not is_year(one.text) and "000" not in one.text


def _last(named: list[str]) -> str:
    return named[-1] if named else ""
