"""Read Excel and OpenDocument sheets as text: dates in ISO form, whole numbers without their decimal point."""

import json
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import fastexcel
import polars as pl
from lxml import etree

from whatworks.records.file_settings import FileSettings
from whatworks.records.guarding.container import check_container
from whatworks.records.guarding.workbook_extent import check_extent
from whatworks.records.readers.reading import (
    BrokenRecord,
    LeftOut,
    RawBatch,
    begins_with,
    check_header,
    headers_again,
    raws_from_batches,
)
from whatworks.records.readers.record_line import record_line, text_batch
from whatworks.records.readers.sheet_header import find_header
from whatworks.records.readers.sheet_marks import as_shown, notes, read_marks, refuse_unclear
from whatworks.records.refusal import Fault, Refused
from whatworks.records.visible import visible_texts

BATCH_ROWS = 50_000
LARGEST_UNPACKED_BYTES = 4 * 2**30
_OLD_OR_LOCKED = bytes.fromhex("D0CF11E0A1B11AE1")
_REAL_DATE = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d"
_ERRORS = {
    "Error(Div0)": "#DIV/0!",
    "Error(NA)": "#N/A",
    "Error(Name)": "#NAME?",
    "Error(Null)": "#NULL!",
    "Error(Num)": "#NUM!",
    "Error(Ref)": "#REF!",
    "Error(Value)": "#VALUE!",
    "": "#ERROR!",
}


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook, opened for reading: a `Reader`. Rows without any content are not records."""

    header: tuple[str, ...]
    rows: pl.DataFrame
    """The rows below the header that hold anything; the first column, `line`, is the row's number in the sheet."""
    wrong: dict[int, list[str]]
    """Row number -> the columns in which a formula failed."""
    longest: int
    dates: frozenset[str] = frozenset()
    """Columns that hold real dates, which are written as 2024-02-28."""
    notes: Sequence[str] = ()
    """What a person should be told of how the sheet was read."""
    settings: FileSettings = field(default_factory=FileSettings)
    hidden: frozenset[int] = frozenset()
    """Rows that are left out as hidden."""
    delimiter: str = ","
    """What separates the values of the raw text that is put together for quarantine."""
    rows_in: int = 0
    size: int = 0
    done: int = 0

    def batches(self) -> Iterator[RawBatch]:
        """Yield the rows, in the sheet's order."""
        self.rows_in = self.done = 0
        for part in self.rows.iter_slices(BATCH_ROWS):
            self.rows_in += part.height
            self.done += part.height
            part, left_out = self._leave_out(part)
            failed = part["line"].is_in(list(self.wrong))
            sound, broken = part.filter(~failed), part.filter(failed)
            again = self._headers_again(sound)
            sound = sound.filter(~pl.col("line").is_in([one.line for one in again]))
            yield text_batch(
                sound["line"],
                sound.drop("line"),
                [*again, *(_failed(int(row[0]), row[1:], self.wrong[int(row[0])]) for row in broken.iter_rows())],
                self.longest,
                left_out,
            )

    def _headers_again(self, part: pl.DataFrame) -> list[BrokenRecord]:
        """Return the rows that only repeat the header, as where two sheets were joined or a page began."""
        near = part.filter(part.to_series(1).str.strip_chars() == self.header[0])
        raws = [record_line(values) for _, *values in near.iter_rows()]
        return headers_again(near.drop("line"), near["line"].to_list(), raws, self.settings)[0]

    def _leave_out(self, part: pl.DataFrame) -> tuple[pl.DataFrame, list[LeftOut]]:
        """Return the rows that are records, and those that the settings leave out."""
        if not (self.hidden or self.settings.not_records):
            return part, []
        left_out = []
        for line, *values in part.iter_rows():
            raw = record_line(values)
            begin = next((one for one in self.settings.not_records if begins_with(raw, one)), None)
            if begin is not None or line in self.hidden:
                left_out.append(LeftOut(line, raw, f'begins with "{begin}"' if begin else "is hidden in the sheet"))
        return part.filter(~pl.col("line").is_in([one.line for one in left_out])), left_out

    def raws(self, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
        """Yield the line and text of the records of these lines."""
        return raws_from_batches(self, lines)


def open_reader(
    path: Path, settings: FileSettings, longest_record_bytes: int, asked: Collection[str] | None = None
) -> Sheet:
    """Open the sheet that `settings` names, else the only one that holds anything.

    Refused are files that cannot be read, workbooks whose sheet or header row has to be chosen, and empty sheets.
    """
    _check_container(path)
    try:
        workbook = fastexcel.read_excel(path)
        name = _choose_sheet(workbook, settings, path.name)
        cells, wrong = _cells(workbook, name)
        marks = read_marks(path, name)
    except Refused:
        raise
    except (fastexcel.FastExcelError, etree.XMLSyntaxError, KeyError, ValueError) as fault:
        raise _unreadable(path.name) from fault
    dated = [bool(column.str.contains(_REAL_DATE).any()) for column in cells.iter_columns()]
    cells = cells.with_columns(_as_seen(column) for column in cells.iter_columns())
    cells = as_shown(cells, marks, settings)
    at, names = find_header(cells, settings, path.name)
    used = [n for n, name in enumerate(names) if name or not _is_empty(cells[at + 1 :, n])]
    header = check_header([names[n] for n in used], path.name)
    matter = {n: name for n, name in zip(used, header, strict=True) if asked is None or name in asked}
    refuse_unclear(marks, settings, path.name, at + 1, {n + marks.first_column for n in matter})
    below = cells[at + 1 :, used]
    below.columns = list(header)
    below = below.insert_column(0, pl.Series("line", range(at + 2, cells.height + 1), dtype=pl.Int64))
    below = below.filter(pl.any_horizontal(pl.exclude("line").str.strip_chars() != ""))
    if below.is_empty():
        raise Refused(Fault("has a header but no rows", "send the extract again", path.name))
    named = {row: [matter[n] for n in columns if n in matter] for row, columns in wrong.items() if row > at + 1}
    failed = {row: columns for row, columns in named.items() if columns}
    dates = frozenset(header[at] for at, column in enumerate(used) if dated[column])
    hidden = marks.hidden & set(below["line"])
    return Sheet(
        header,
        visible_texts(below),
        failed,
        longest_record_bytes,
        dates,
        notes(marks, settings, len(hidden), below.height),
        settings,
        frozenset(hidden) if settings.hidden_rows == "leave_out" else frozenset(),
        size=below.height,
    )


def _is_empty(column: pl.Series) -> bool:
    return not (column.fill_null("").str.strip_chars() != "").any()


def _check_container(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Refused(Fault("is empty", "send the extract again", path.name))
    if start == _OLD_OR_LOCKED:
        raise Refused(
            Fault("is locked by a password, or an Excel file of before 2007", "save it as .xlsx, unlocked", path.name)
        )
    if not zipfile.is_zipfile(path):
        if start.startswith(b"PK") or set(start) & set(range(9)):
            raise _unreadable(path.name)
        raise Refused(Fault("looks like text, not a spreadsheet", "give it the ending .csv", path.name))
    with zipfile.ZipFile(path) as container:
        check_container(container, path.name, LARGEST_UNPACKED_BYTES)
        check_extent(container, path.name)
        manifest = "META-INF/manifest.xml"
        if manifest in container.namelist() and b"encryption-data" in container.read(manifest):
            raise Refused(Fault("is locked by a password", "save it without one", path.name))


def _unreadable(file: str) -> Refused:
    return Refused(
        Fault("cannot be read as a spreadsheet: it is damaged", "open it, save it as .xlsx or CSV and send that", file)
    )


def _choose_sheet(workbook: fastexcel.ExcelReader, settings: FileSettings, file: str) -> str:
    named = settings.sheet
    if named is not None:
        if named in workbook.sheet_names:
            return named
        raise Refused(Fault(f"has no sheet {named!r}", f"its sheets are {', '.join(workbook.sheet_names)}", file))
    filled = [name for name in workbook.sheet_names if _is_filled(workbook, name)]
    if len(filled) == 1:
        return str(filled[0])
    if not filled:
        raise Refused(Fault("is empty", "send the extract again", file))
    listed = ", ".join(repr(name) for name in filled[:10])
    raise Refused(
        Fault(
            f"has {len(filled)} filled sheets ({listed})",
            f"choose one: {settings.setting(f'sheet = {json.dumps(filled[0], ensure_ascii=False)}')}",
            file,
        )
    )


def _is_filled(workbook: fastexcel.ExcelReader, name: str) -> bool:
    sheet = workbook.load_sheet(name, header_row=None, n_rows=1, dtypes="string")
    return bool(sheet.visible == "visible" and sheet.total_height > 0)


def _cells(workbook: fastexcel.ExcelReader, name: str) -> tuple[pl.DataFrame, dict[int, list[int]]]:
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    table, errors = sheet.to_arrow_with_errors()
    cells = pl.DataFrame(pl.from_arrow(table)).with_columns(pl.all().cast(pl.String))
    cells.columns = [str(number) for number in range(cells.width)]
    lost: dict[int, dict[int, str]] = {}
    for error in errors.errors if errors is not None else ():
        row, column = error.position
        lost.setdefault(column, {})[row] = _seen_instead(error.detail)
    for column, texts in lost.items():
        filled = cells[:, column].scatter(list(texts), list(texts.values()))
        cells = cells.with_columns(filled.alias(str(column)))
    wrong: dict[int, list[int]] = {}
    for column, texts_of in enumerate(cells.iter_columns()):
        for row in texts_of.is_in(list(_ERRORS.values())).fill_null(False).arg_true():
            wrong.setdefault(int(row) + 1, []).append(column)
    return cells, wrong


def _seen_instead(detail: str) -> str:
    """Return what a cell shows that the library gives no text for: a failed formula, or a time of ODS."""
    kind = detail.split("'")[1] if "'" in detail else detail
    return kind.split('"')[1] if kind.startswith("DurationIso") else _ERRORS.get(kind, "#ERROR!")


def _as_seen(column: pl.Series) -> pl.Series:
    """Take the time of day off a column's dates, unless one of them has one; and the date off times of day."""
    texts = column.str.replace(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)", "$1 $2").str.replace(r"^1899-12-3[01] ", "")
    timed = texts.str.contains(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d") & ~texts.str.ends_with(" 00:00:00")
    return texts if timed.any() else texts.str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1")


def _failed(line: int, values: Sequence[str | None], columns: Sequence[str]) -> BrokenRecord:
    return BrokenRecord(
        line,
        record_line(values),
        f"a formula failed in {', '.join(columns)}",
        "correct the formula, or put the value there",
        "failed_formula",
    )
