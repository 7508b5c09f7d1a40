"""A raised mark beside a figure is a note's, not a digit of the figure."""

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from whatworks.records.documents.opening import read_document


def runs(paragraph: Any, *texts: str) -> None:
    """Write texts, those that begin with ^ raised."""
    for text in texts:
        paragraph.add_run(text.removeprefix("^")).font.superscript = text.startswith("^")


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["Reoffending fell by 12", "^1", " per cent"], "Reoffending fell by 12 per cent"),
        (["45", "^2", " offences cost £20", "^(4)", " million"], "45 offences cost £20 million"),
        (["by 3 June", "^1,2", "."], "by 3 June."),
        (["A Person", "^*", " agreed"], "A Person agreed"),
        (["by 3", "^rd", " June"], "by 3rd June"),
        (["an office of 90 m", "^2", " is let"], "an office of 90 m2 is let"),
        (["a fund of £20m", "^2", " is spent"], "a fund of £20m is spent"),
    ],
)
def test_word_notes(tmp_path: Path, texts: list[str], read: str) -> None:
    paper = docx.Document()
    runs(paper.add_paragraph(), *texts)
    cell = paper.add_table(1, 1).cell(0, 0)
    runs(cell.paragraphs[0], *texts)
    paper.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert document.lines[0].text == read
    assert document.tables[0].texts() == ((read,),)


def test_workbook_notes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Cost", CellRichText("400", TextBlock(InlineFont(vertAlign="superscript"), "1"))])
    book.save(tmp_path / "a.xlsx")
    assert read_document(tmp_path / "a.xlsx").tables[0].texts() == (("Cost", "400"),)
    book.worksheets[0].append(["Room", CellRichText("90 m", TextBlock(InlineFont(vertAlign="superscript"), "2"))])
    book.save(tmp_path / "b.xlsx")
    assert read_document(tmp_path / "b.xlsx").tables[0].texts() == (("Cost", "400"), ("Room", "90 m2"))


def test_page_notes(tmp_path: Path) -> None:
    rows = "<tr><td>Cost<td>400<sup>1</sup><tr><td>Room<td>90 m<sup>2</sup>"
    text = "It fell by £20<sup>(4)</sup> million on the 3<sup>rd</sup> of June."
    (tmp_path / "a.html").write_text(f"<body><p>{text}<table>{rows}</table></body>", encoding="utf-8")
    page = read_document(tmp_path / "a.html")
    assert page.lines[0].text == "It fell by £20 million on the 3rd of June."
    assert page.tables[0].texts() == (("Cost", "400"), ("Room", "90 m2"))


def test_marks_that_are_signs_of_their_own(tmp_path: Path) -> None:
    text = "It fell by 12%¹ to £20m², and 45³ live in an office of 90 m² or 2km²."
    read = "It fell by 12% to £20m, and 45 live in an office of 90 m² or 2km²."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.html").write_text(f"<body><p>{text}", encoding="utf-8")
    (tmp_path / "a.csv").write_text("Cost,2025/26\nStaff¹,400²\n", encoding="utf-8")
    assert [read_document(tmp_path / name).lines[0].text for name in ("a.txt", "a.html")] == [read, read]
    assert read_document(tmp_path / "a.csv").tables[0].texts()[1] == ("Staff", "400")


def test_marks_of_a_style_and_raised_by_hand(tmp_path: Path) -> None:
    """Word names a style for a note's number; some raise a small digit by points instead."""
    paper = docx.Document()
    style = paper.styles.add_style("NoteNumber", WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    first = paper.add_paragraph("It fell by 12")
    first.add_run("1", style=style)
    first.add_run("% to £20")
    raised = first.add_run("2")
    raised._r.get_or_add_rPr().append(OxmlElement("w:position", attrs={qn("w:val"): "6"}))
    first.add_run("m")
    paper.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx").lines[0].text == "It fell by 12% to £20m"
