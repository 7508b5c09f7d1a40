"""Sheets are read as the agency sees them, and refused with the remedy where they cannot be."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from whatworks.records.mappings.mapping import FileSettings
from whatworks.records.readers.reading import Reader, open_reader
from whatworks.records.refusal import Refused


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def ods(path: Path, rows: list[list[tuple[str, dict[str, str]]]]) -> Path:
    """Write an ODS sheet; a cell is its displayed text and its attributes."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for shown, attributes in row:
            cell = TableCell(**(attributes or {"valuetype": "string"}))
            cell.addElement(P(text=shown))
            line.addElement(cell)
        table.addElement(line)
    tail = TableRow(numberrowsrepeated=1_000_000)
    tail.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(tail)
    document.spreadsheet.addElement(table)
    document.save(path)
    return path


def read(reader: Reader) -> list[tuple[int, tuple[str | None, ...]]]:
    found: list[tuple[int, tuple[str | None, ...]]] = []
    for batch in reader.batches():
        found += zip((int(line) for line in batch.lines), batch.texts.iter_rows(), strict=True)
    return found


def test_cells_become_the_text_that_people_see(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Crimes=[
            ["id", "born", "seen", "number", "half", "yes", "at", "note"],
            ["007", date(1987, 2, 28), datetime(2024, 2, 29, 13, 5, 7), 12, 1.5, True, time(8, 30), "line\nbreak, Zoë"],
            [8, date(1988, 1, 1), datetime(2024, 3, 1), 123456789012, 0.1, False, None, None],
        ],
    )
    reader = open_reader(path)
    assert reader.header == ("id", "born", "seen", "number", "half", "yes", "at", "note")
    assert read(reader) == [
        (2, ("007", "1987-02-28", "2024-02-29 13:05:07", "12", "1.5", "true", "08:30:00", "line\nbreak, Zoë")),
        (3, ("8", "1988-01-01", "2024-03-01 00:00:00", "123456789012", "0.1", "false", None, None)),
    ]
    assert reader.rows_in == 2


def test_ods_cells_hold_their_values_not_their_display(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "a.ods",
        [
            [("id", {}), ("born", {}), ("n", {}), ("long", {})],
            [
                ("007", {}),
                ("31 Jan 24", {"valuetype": "date", "datevalue": "2024-01-31"}),
                ("12,345", {"valuetype": "float", "value": "12345"}),
                ("10:00", {"valuetype": "time", "timevalue": "PT10H00M00S"}),
            ],
        ],
    )
    assert read(open_reader(path)) == [(2, ("007", "2024-01-31", "12345", "PT10H00M00S"))]


def test_lines_are_the_sheets_own_and_empty_rows_are_none(tmp_path: Path) -> None:
    rows = [[], ["Crimes of 2024"], [], ["id", "day"], ["a", "x"], [], ["b", "y"], ["  ", None]]
    path = workbook(tmp_path / "a.xlsx", S=rows)
    reader = open_reader(path, FileSettings(header_row=4))
    assert read(reader) == [(5, ("a", "x")), (7, ("b", "y"))]
    assert reader.rows_in == 2


def test_columns_without_header_or_content_are_none(tmp_path: Path) -> None:
    rows = [["id", None, "day", None, " "], ["a", None, "x", "note", None], ["#N/A", " ", "y", None, None]]
    reader = open_reader(workbook(tmp_path / "a.xlsx", S=rows))
    assert reader.header == ("id", "day", "(column 3)")
    [batch] = reader.batches()
    assert batch.texts.rows() == [("a", "x", "note")]
    assert batch.broken[0].problem == "a formula failed in id"


def test_titles_on_top_are_refused_naming_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Northbank Police: crimes of 2024"
    sheet.merge_cells("A1:C1")
    for row in ([], ["CrimeNo", "Person", "Date"], ["c1", "p1", date(2024, 1, 1)]):
        sheet.append(row)
    book.save(path)
    with pytest.raises(
        Refused, match=r"row 1: .*row 3 looks like the header \(CrimeNo, Person, Date\).*header_row = 3"
    ):
        open_reader(path)


def test_a_failed_formula_sets_its_row_aside(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", S=[["id", "pnc"], ["a", "#N/A"], ["b", "22/1A"], ["c", "#DIV/0!"]])
    reader = open_reader(path)
    [batch] = reader.batches()
    assert batch.texts.rows() == [("b", "22/1A")]
    assert [(one.line, one.raw, one.problem) for one in batch.broken] == [
        (2, "a,#N/A", "a formula failed in pnc"),
        (4, "c,#DIV/0!", "a formula failed in pnc"),
    ]
    assert reader.rows_in == 3


def test_raw_text_can_be_split_again(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", S=[["id", "note"], ["a", 'say "no", twice'], ["b", None]])
    reader = open_reader(path)
    assert list(reader.raws([2, 3])) == [([2, 3], ['a,"say ""no"", twice"', "b,"])]


def test_of_several_filled_sheets_one_has_to_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Crimes=[["id"], ["a"]], Notes=[["Read me"], ["b"]], Empty=[])
    with pytest.raises(Refused, match=r"2 filled sheets .*'Crimes', 'Notes'"):
        open_reader(path)
    assert read(open_reader(path, FileSettings(sheet="Notes"))) == [(2, ("b",))]
    with pytest.raises(Refused, match="its sheets are Crimes, Notes, Empty"):
        open_reader(path, FileSettings(sheet="crime"))


def test_a_record_that_is_too_long_is_set_aside_by_its_beginning(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", S=[["id", "note"], ["a", "x" * 3000], ["b", "y"]])
    [batch] = open_reader(path, None, 2000).batches()
    assert batch.texts.rows() == [("b", "y")]
    [broken] = batch.broken
    assert (broken.line, broken.rule, broken.raw) == (2, "record_length", "a," + "x" * 198)


ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "is empty"),
        ("a.xlsx", b"PK\x03\x04 and then rubbish", "damaged"),
        ("a.xlsx", b"id,day\na,b\n", "looks like text"),
        ("a.xls", b"<html><table>", "looks like text"),
        ("a.xlsx", ENCRYPTED, "locked by a password"),
        ("a.xls", ENCRYPTED, "Excel file of before 2007"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=said):
        open_reader(tmp_path / name)


def test_a_cut_or_locked_container_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", S=[["id"], *[[f"row {n}"] for n in range(500)]]).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as container:
        container.writestr("readme.txt", "no sheet in here")
    with zipfile.ZipFile(tmp_path / "locked.ods", "w") as container:
        container.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    for name, said in (("cut.xlsx", "damaged"), ("odd.xlsx", "damaged"), ("locked.ods", "locked by a password")):
        with pytest.raises(Refused, match=said):
            open_reader(tmp_path / name)


@pytest.mark.parametrize(
    ("rows", "said"),
    [([], "is empty"), ([["id", "day"]], "no rows"), ([["id", "day", "id"], ["a", "b", "c"]], "in the header 2 times")],
)
def test_sheets_without_rows_or_with_equal_headers_are_refused(
    tmp_path: Path, rows: list[list[Any]], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        open_reader(workbook(tmp_path / "a.xlsx", S=rows))
