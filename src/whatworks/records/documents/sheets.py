"""Read spreadsheets and CSV files as tables of a paper: every cell as seen, row by row."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from whatworks.records.documents.document import Aside, Cell, Grid, Line, unread
from whatworks.records.documents.opening import Content
from whatworks.records.documents.text_table import clean, name_cell
from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.excel_marks import SheetMarks
from whatworks.records.readers.sheet_marks import as_shown, read_marks
from whatworks.records.refusal import Fault, Refused

MOST_ROWS = 100_000
LONGEST_FIELD = 131_072
_END = "\x04"
"""Written behind a CSV's last row: where it comes back within a field, a quote was never closed."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as it is seen: its rows, its struck-through cells by the place of their row, and how many are hidden."""

    name: str
    rows: list[list[str]]
    struck: tuple[tuple[int, str], ...] = ()
    hidden: int = 0


def read(data: bytes, path: Path) -> Content:
    """Return one table a filled sheet; a line is a row, its cells kept apart by tabs.

    Cells that are struck through are asides; rows that the sheet hides are read, which the content says of itself.
    """
    sheets = [_Sheet(path.stem, _csv_rows(data, path))] if not data.startswith(b"PK") else _sheets(data, path)
    lines: list[Line] = []
    tables: list[Grid] = []
    asides: list[Aside] = []
    for sheet in sheets:
        first = len(lines) + 1
        cells = []
        for row in sheet.rows[:MOST_ROWS]:
            number = len(lines) + 1
            texts = [clean(text) if at else name_cell(text) for at, text in enumerate(row)]
            lines.append(Line(number, "\t".join(texts).strip(" ")))
            cells.append(tuple(Cell(text, (number, number), column) for column, text in enumerate(texts)))
        asides += [Aside("struck-through", text, first + at) for at, text in sheet.struck if at < MOST_ROWS]
        if cells:
            tables.append(Grid(sheet.name, tuple(cells), (first, len(lines))))
    return Content(tuple(lines), tuple(tables), _partial(sheets, asides), tuple(asides))


def _partial(sheets: Sequence[_Sheet], asides: Sequence[Aside]) -> str | None:
    cut = any(len(sheet.rows) > MOST_ROWS for sheet in sheets)
    hidden = sum(sheet.hidden for sheet in sheets)
    said = [f"Only the first {MOST_ROWS:,} rows of a sheet were read." if cut else None, unread(asides)]
    said.append(f"{hidden} hidden row{'s were' if hidden > 1 else ' was'} read with the rest." if hidden else None)
    return " ".join(one for one in said if one) or None


def _csv_rows(data: bytes, path: Path) -> list[list[str]]:
    from whatworks.records.documents.plain import decoded
    from whatworks.records.readers.delimited import sniff_delimiter

    text, _ = decoded(data, path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else sniff_delimiter(text.splitlines()[:50])
    ended = text if not text or text.endswith(("\n", "\r")) else f"{text}\n"
    reader = csv.reader(io.StringIO(ended + _END, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    begun = 1
    try:
        for row in islice(reader, MOST_ROWS + 1):
            if any(len(field) > LONGEST_FIELD for field in row):
                raise _endless(path, begun)
            if row == [_END]:
                break
            if row and row[-1].endswith(_END):
                raise Refused(Fault("opens a quote that is never closed", "close it", path.name, begun))
            rows.append(row)
            begun = reader.line_num + 1
    except csv.Error:
        raise _endless(path, begun) from None
    return rows


def _endless(path: Path, line: int) -> Refused:
    problem = "has a field without end: a quote is not closed, or a line end is missing"
    return Refused(Fault(problem, "look there, and save it again", path.name, line))


def _sheets(data: bytes, path: Path) -> list[_Sheet]:
    import fastexcel

    if b"encryption-data" in _manifest(data):
        raise Refused(Fault("is locked by a password", "save it without one", path.name))
    try:
        workbook = fastexcel.read_excel(data)
        return [_sheet(workbook, name, read_marks(io.BytesIO(data), name)) for name in workbook.sheet_names]
    except fastexcel.FastExcelError as fault:
        raise Refused(Fault("cannot be read as a spreadsheet: it is damaged", "save it again", path.name)) from fault


def _manifest(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        name = "META-INF/manifest.xml"
        return container.read(name) if name in container.namelist() else b""


def _sheet(workbook: "object", name: str, marks: SheetMarks) -> _Sheet:
    import fastexcel
    import polars as pl

    assert isinstance(workbook, fastexcel.ExcelReader)  # noqa: S101
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if sheet.visible != "visible" or sheet.total_height == 0:
        return _Sheet(name, [])
    table, _ = sheet.to_arrow_with_errors()
    frame = pl.DataFrame(pl.from_arrow(table)).with_columns(pl.all().cast(pl.String).fill_null(""))
    struck = [(row - 1, str(frame[row - 1, column - marks.first_column])) for row, column in sorted(marks.struck)]
    frame = as_shown(frame, marks, FileSettings(struck_out="empty"))
    rows = [[_as_seen(str(value)) for value in row] for row in frame.iter_rows()]
    hidden = sum(number <= len(rows) and any(rows[number - 1]) for number in marks.hidden)
    return _Sheet(name, rows, tuple((at, text) for at, text in struck if text.strip()), hidden)


def _as_seen(text: str) -> str:
    """Take the midnight off a date, which the sheet does not show."""
    return text[:10] if text.endswith(("T00:00:00", " 00:00:00")) and len(text) == 19 else text
