"""Hand quarantined rows back to the agency as a spreadsheet: its own columns, with what is wrong beside each row."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import polars as pl
import xlsxwriter

from whatworks.records.audit.export import begin_export, check_export
from whatworks.records.engine import Engine, Store
from whatworks.records.file_settings import FileSettings
from whatworks.records.imports.how_read import HowRead, recall
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import write_private

LINE = "Line in the file (do not change)"
FAULTS = "What is wrong (not read)"
ROWS_SHEET, ABOUT_SHEET = "Rows", "About"
EXPORT = "quarantined rows"
"""What the audit calls such a workbook."""
MOST_ROWS = 500_000
LONGEST_CELL = 32_000
_HELP = (
    "Correct the values in the sheet Rows and send the workbook back: it is read with",
    "whatworks quarantine import FILE",
    "Rows that you delete from the sheet stay in quarantine. Of rows that stand twice, keep the right one.",
    "Cells are text, so that numbers keep their zeros and dates their form: write as the file itself does.",
    "These rows are about people: treat the workbook as you treat the extract.",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A workbook that came back: whose rows, and their values in the order of the file's header."""

    source: str
    sha256: str
    lines: pl.Series
    texts: pl.DataFrame
    dates: frozenset[str]
    """Columns into which somebody put real dates."""
    export: int
    """The number of the export that came back."""


def workbook_name(source: str) -> str:
    """Return the file name of a source's workbook; different sources have different ones.

    >>> workbook_name("police: crimes (2024)")
    'police_crimes_2024_-c46f.xlsx'
    """
    plain = re.sub(r"[^A-Za-z0-9]+", "_", source)
    return f"{plain[:60]}-{hashlib.sha256(source.encode()).hexdigest()[:4]}.xlsx"


def write_corrections(connection: Store, source: str, path: Path, at: date) -> int:
    """Write the quarantined rows of `source` to an .xlsx workbook; return how many rows it holds.

    Refused are unknown sources, sources none of whose rows is in quarantine, and a `path` that cannot be written. Only
    its owner may read the workbook: it holds personal data. It is a numbered export of the time or day `at`.
    """
    how = recall(connection, source)
    rows = _rows(connection, source, how)
    if not rows:
        raise Refused(Fault(f"no row of {source!r} is in quarantine", "there is nothing to correct"))
    organisation, sha256, as_at = connection.rows(
        "SELECT organisation_id, sha256, as_at FROM source WHERE name = ? LIMIT 1", [source]
    )[0]
    with connection.transaction():
        export = begin_export(
            connection,
            EXPORT,
            path.name,
            version=f"{as_at} {sha256[:12]}",
            people=held_people(connection, source, organisation),
            at=at,
        )
        write_private(path, _workbook(how, rows, [("Source", source), ("Agency", organisation), ("File", how.file),
                                                  ("sha256", sha256), *export.lines], as_at))  # fmt: skip
    return len(rows)


def held_people(
    connection: Engine, source: str, organisation: str, lines: Sequence[int] | None = None
) -> set[tuple[str, str]]:
    """Return the people whom quarantined rows of a source name, all or some lines, as far as a row could be read."""
    rows = connection.rows(
        "SELECT h.row_values FROM held_row AS h JOIN source AS s ON s.source_id = h.source_id "
        "WHERE s.name = $source AND ($lines IS NULL OR h.line IN (SELECT unnest($lines)))",
        {"source": source, "lines": lines},
    )
    numbers = (json.loads(values).get("person_id") for (values,) in rows)
    return {(organisation, number) for number in numbers if number}


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    values: Sequence[str]
    wrong: frozenset[str]
    """Columns of theirs at fault."""
    faults: str


def _workbook(how: HowRead, rows: Sequence[_Row], said: Sequence[tuple[str, str]], as_at: date) -> bytes:
    source, content = said[0][1], BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        book.set_properties({"title": f"Quarantined rows: {source}", "created": datetime.combine(as_at, time())})
        about = book.add_worksheet(ABOUT_SHEET)
        for at, values in enumerate([("About", "these rows"), *said, *((line, "") for line in _HELP)]):
            for column, value in enumerate(values):
                about.write_string(at, column, value)
        _write_rows(book, how, rows)
    return content.getvalue()


def _rows(connection: Engine, source: str, how: HowRead) -> list[_Row]:
    order = "ORDER BY q.source_id, q.field, q.rule"
    found = connection.rows(
        f'SELECT q.line, list(q.raw {order}), list(s."table" {order}), list(q.field {order}), '
        f"list(coalesce(q.value, '') {order}), list(q.problem || '; ' || q.remedy {order}) "
        "FROM quarantine q JOIN source s USING (source_id) WHERE s.name = ? GROUP BY q.line ORDER BY q.line LIMIT ?",
        [source, MOST_ROWS],
    )
    theirs = {block.table: block.theirs() for block in how.mapping.table}
    rows = []
    for line, (raw, *_), tables, fields, values, texts in found:
        names = [theirs.get(table, {}).get(field, field) for table, field in zip(tables, fields, strict=True)]
        said = dict.fromkeys(
            f'{name} "{value[:100]}": {text}' if name else text
            for name, value, text in zip(names, values, texts, strict=True)
        )
        rows.append(_Row(line, _cells(how, raw), frozenset(name for name in names if name), "\n".join(said)))
    return rows


def _cells(how: HowRead, raw: str) -> list[str]:
    """Return the row's cells: empty where the raw text cannot be split or is too long for a sheet."""
    fields = how.fields(raw) or []
    if any(len(value) > LONGEST_CELL for value in fields):
        fields = []
    width = len(how.header)
    return [*fields, *[""] * (width - len(fields))] if len(fields) <= width else fields


def _write_rows(book: xlsxwriter.Workbook, how: HowRead, rows: Sequence[_Row]) -> None:
    sheet = book.add_worksheet(ROWS_SHEET)
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    wrong = book.add_format({"num_format": "@", "bg_color": "#FFE8A3"})
    sheet.freeze_panes(1, 1)
    for column, name in enumerate((LINE, FAULTS, *how.header)):
        sheet.set_column(column, column, 60 if name == FAULTS else 18, text)
        sheet.write_string(0, column, name, head)
    for at, row in enumerate(rows, 1):
        sheet.write_string(at, 0, str(row.line), text)
        sheet.write_string(at, 1, row.faults[:LONGEST_CELL], text)
        for column, value in enumerate(row.values):
            faulty = column < len(how.header) and how.header[column] in row.wrong
            sheet.write_string(at, column + 2, value, wrong if faulty or column >= len(how.header) else text)


def read_corrections(connection: Store, path: Path, on: date) -> Correction:
    """Read a workbook that came back on a day.

    Refused are other workbooks, one whose export expired, one made before its source was replaced by a newer extract,
    changed headers, and line numbers that are not in quarantine or stand twice. Rows whose cells are all empty are
    passed over.
    """
    said = _about(path)
    source, sha256 = said["Source"], said["sha256"]
    export = check_export(connection, said, EXPORT, path.name, on)
    how = recall(connection, source)
    [(held,)] = connection.rows("SELECT DISTINCT sha256 FROM source WHERE name = ?", [source])
    if held != sha256:
        raise Refused(
            Fault(f"corrects an older extract of {source!r}", "export the quarantine again and correct that", path.name)
        )
    reader = open_reader(path, FileSettings(sheet=ROWS_SHEET, header_row=1))
    wanted = (LINE, FAULTS, *how.header)
    if reader.header[: len(wanted)] != wanted:
        missing = [name for name in wanted if name not in reader.header] or ["the order of the columns"]
        raise Refused(
            [Fault("is not as it was exported", "leave the header as it is", path.name, field=name) for name in missing]
        )
    batches = list(reader.batches())
    faults = [Fault(one.problem, one.remedy, path.name, one.line) for batch in batches for one in batch.broken]
    texts = pl.concat([batch.texts for batch in batches])
    texts = texts.with_columns(pl.concat_list(wanted[2:]).list.drop_nulls().list.join("").alias("all of it"))
    texts = texts.filter(pl.col("all of it").str.strip_chars() != "")
    lines, unknown = _lines(connection, source, texts[LINE], path.name)
    if faults or unknown:
        raise Refused([*faults, *unknown])
    return Correction(
        source, sha256, lines, texts.select(wanted[2:]), getattr(reader, "dates", frozenset()), export.number
    )


def _about(path: Path) -> dict[str, str]:
    other = Refused(
        Fault("is not a workbook of quarantined rows", "use one that `whatworks quarantine export` made", path.name)
    )
    try:
        reader = open_reader(path, FileSettings(sheet=ABOUT_SHEET, header_row=1))
    except Refused as refused:
        raise (other if "has no sheet" in str(refused) else refused) from None
    said = {str(row[0]): str(row[1] or "") for batch in reader.batches() for row in batch.texts.iter_rows()}
    if not {"Source", "sha256"} <= set(said):
        raise other
    return said


def _lines(connection: Engine, source: str, texts: pl.Series, file: str) -> tuple[pl.Series, list[Fault]]:
    lines = texts.str.strip_chars().cast(pl.Int64, strict=False)
    held = connection.rows(
        "SELECT DISTINCT line FROM quarantine JOIN source USING (source_id) WHERE name = ?", [source]
    )
    unknown = texts.filter(~lines.is_in([line for (line,) in held]).fill_null(False))
    twice = texts.filter(lines.is_duplicated())
    faults = [
        Fault(
            "is not a line that is in quarantine", "leave the column as it was exported", file, field=LINE, value=text
        )
        for text in unknown.fill_null("").to_list()[:20]
    ] + [
        Fault("stands twice", "keep one row of each line", file, field=LINE, value=text)
        for text in twice.fill_null("").unique(maintain_order=True).to_list()[:20]
    ]
    return lines, faults
