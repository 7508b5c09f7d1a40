"""A sheet is read as its author sees it, or it is said why not."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import Reader, open_reader
from whatworks.records.refusal import Refused

ROWS = [["ref", "kind", "share"], ["R1", "theft", 0.125], ["R2", "fraud", 0.5], ["R3", "theft", 1.0]]
RAISED = InlineFont(vertAlign="superscript")


def book(path: Path, change: Callable[[Any], None], corner: str = "A1") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    first = sheet[corner]
    for down, row in enumerate(ROWS):
        for across, value in enumerate(row):
            sheet.cell(first.row + down, first.column + across).value = value
    change(sheet)
    made.save(path)
    return path


def rows(reader: Reader) -> list[tuple[str | None, ...]]:
    return [row for batch in reader.batches() for row in batch.texts.iter_rows()]


def notes(reader: Reader) -> str:
    return " ".join(getattr(reader, "notes", ()))


def test_formulas_without_saved_results_are_one_refusal(tmp_path: Path) -> None:
    def formulas(sheet: Any) -> None:
        for row in (2, 4):
            sheet.cell(row, 2).value = '=IF(1=1,"theft","")'

    with pytest.raises(
        Refused, match=r"2 cells \(B2, B4\) hold formulas whose results were not saved; open it in Excel"
    ):
        open_reader(book(tmp_path / "a.xlsx", formulas))


@pytest.mark.parametrize(("result", "read"), [(0, False), ("theft", True)])
def test_a_zero_that_a_writer_put_for_an_unknown_result_is_no_result(tmp_path: Path, result: Any, read: bool) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["ref", "kind"])
        for at in (1, 2):
            sheet.write_row(at, 0, [f"R{at}"])
            sheet.write_formula(at, 1, '=IF(1=1,"theft","")', None, result)
    if read:
        assert rows(open_reader(tmp_path / "a.xlsx")) == [("R1", "theft"), ("R2", "theft")]
    else:
        with pytest.raises(Refused, match=r"2 cells .B2, B3. hold formulas"):
            open_reader(tmp_path / "a.xlsx")


def test_hidden_rows_are_told_and_can_be_left_out(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True  # nothing stands there

    path = book(tmp_path / "a.xlsx", hide)
    reader = open_reader(path)
    assert len(rows(reader)) == 3
    assert "1 row is hidden or filtered out in the sheet; it was read all the same" in notes(reader)
    assert notes(open_reader(path, FileSettings(hidden_rows="read"))) == ""
    reader = open_reader(path, FileSettings(hidden_rows="leave_out"))
    assert [row[0] for row in rows(reader)] == ["R1", "R3"]
    batches = list(reader.batches())
    assert (reader.rows_in, [(one.line, one.reason) for batch in batches for one in batch.left_out]) == (
        3,
        [(3, "is hidden in the sheet")],
    )


@pytest.mark.parametrize("corner", ["A1", "C4"])
def test_struck_through_cells_need_a_setting(tmp_path: Path, corner: str) -> None:
    def strike(sheet: Any) -> None:
        cell = sheet[corner].offset(2, 1)
        cell.font = Font(strike=True)

    path = book(tmp_path / "a.xlsx", strike, corner)
    with pytest.raises(Refused, match="text that is struck through") as refused:
        open_reader(path)
    setting = re.search(r'struck_out = "(\w+)"', str(refused.value))
    assert setting
    found = rows(open_reader(path, FileSettings.model_validate({"struck_out": setting[1]})))
    assert [row[1] for row in found] == ["theft", "", "theft"]
    assert [row[1] for row in rows(open_reader(path, FileSettings(struck_out="read")))] == ["theft", "fraud", "theft"]


@pytest.mark.parametrize("corner", ["A1", "C4"])
def test_a_raised_note_mark_is_not_part_of_a_value(tmp_path: Path, corner: str) -> None:
    def note(sheet: Any) -> None:
        sheet[corner].offset(1, 1).value = CellRichText("12", TextBlock(RAISED, "1"))
        sheet[corner].offset(0, 1).value = CellRichText("kind", TextBlock(RAISED, "a"))

    reader = open_reader(book(tmp_path / "a.xlsx", note, corner))
    assert reader.header == ("ref", "kind", "share")
    assert [row[1] for row in rows(reader)] == ["12", "fraud", "theft"]
    assert "raised note mark" in notes(reader)


def test_percentages_are_shares_and_said_so(tmp_path: Path) -> None:
    def show(sheet: Any) -> None:
        for row in (2, 3, 4):
            sheet.cell(row, 3).number_format = "0.0%"

    reader = open_reader(book(tmp_path / "a.xlsx", show))
    assert [row[2] for row in rows(reader)] == ["0.125", "0.5", "1"]
    assert "column C is shown in per cent and read as a share" in notes(reader)


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (("0%", "General", "General"), "column C shows 2 plain numbers and 1 numbers in per cent"),
        (("£#,##0", "[$€-2] #,##0", "£#,##0"), "column C shows 2 amounts in £ and 1 amounts in €"),
        (("£#,##0", "General", "£#,##0"), None),
    ],
)
def test_a_column_of_two_meanings_is_refused(tmp_path: Path, formats: tuple[str, ...], said: str | None) -> None:
    def show(sheet: Any) -> None:
        for row, code in enumerate(formats, 2):
            sheet.cell(row, 3).number_format = code

    path = book(tmp_path / "a.xlsx", show)
    if said is None:
        assert [row[2] for row in rows(open_reader(path))] == ["0.125", "0.5", "1"]
    else:
        with pytest.raises(Refused, match=re.escape(said)):
            open_reader(path)


def test_numbers_keep_the_zeros_that_their_format_shows(tmp_path: Path) -> None:
    def pad(sheet: Any) -> None:
        sheet["A2"].value, sheet["A2"].number_format = 123, "000000"

    assert [row[0] for row in rows(open_reader(book(tmp_path / "a.xlsx", pad)))] == ["000123", "R2", "R3"]


def test_trailers_of_a_sheet_are_left_out(tmp_path: Path) -> None:
    def total(sheet: Any) -> None:
        sheet.append(["Total", 3])

    reader = open_reader(book(tmp_path / "a.xlsx", total), FileSettings(not_records=("Total",)))
    assert [row[0] for row in rows(reader)] == ["R1", "R2", "R3"]
    assert [one.line for batch in reader.batches() for one in batch.left_out] == [5]


def rewritten(path: Path, old: str, new: str) -> Path:
    """Return a copy of a workbook with another text in its sheet."""
    copy = path.with_name("b.xlsx")
    with zipfile.ZipFile(path) as held, zipfile.ZipFile(copy, "w") as made:
        for name in held.namelist():
            text = held.read(name)
            made.writestr(name, text.replace(old.encode(), new.encode()) if "sheet1" in name else text)
    return copy


@pytest.mark.parametrize(
    ("old", "new", "said", "seen"),
    [
        ('<row r="3"', '<row r="3" ht="0" customHeight="1"', "1 row is hidden", ["R1", "R3"]),
        ("<sheetFormatPr", '<sheetFormatPr zeroHeight="1"', "3 rows are hidden", []),
    ],
)
def test_rows_of_no_height_are_hidden(tmp_path: Path, old: str, new: str, said: str, seen: list[str]) -> None:
    path = rewritten(book(tmp_path / "a.xlsx", lambda sheet: None), old, new)
    assert said in notes(open_reader(path))
    assert [row[0] for row in rows(open_reader(path, FileSettings(hidden_rows="leave_out")))] == seen


def test_a_header_again_is_named_and_can_be_left_out(tmp_path: Path) -> None:
    def again(sheet: Any) -> None:
        sheet.append(ROWS[0])

    path = book(tmp_path / "a.xlsx", again)
    [batch] = open_reader(path).batches()
    assert [(one.line, one.rule) for one in batch.broken] == [(5, "header_again")]
    assert len(rows(open_reader(path, FileSettings(not_records=("ref,kind,share",))))) == 3
