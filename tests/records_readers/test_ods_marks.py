"""An OpenDocument sheet is read as its author sees it, or it is said why not."""

import zipfile
from pathlib import Path

import pytest

from whatworks.records.documents.opening import read_document
from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
STYLES = (
    '<office:automatic-styles><style:style style:name="up" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="gone" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="flat" style:family="table-row">'
    '<style:table-row-properties style:row-height="0cm"/></style:style></office:automatic-styles>'
)


def cell(text: str, kind: str = "string", more: str = "") -> str:
    value = f' office:value="{text.rstrip("%")}"' if kind != "string" else ""
    return f'<table:table-cell office:value-type="{kind}"{value} {more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def book(path: Path, *rows: str) -> Path:
    head = row(cell("ref"), cell("kind"), cell("cost"))
    sheet = f'<table:table table:name="S">{head}{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        entry = '<manifest:file-entry manifest:full-path="/" manifest:media-type=""/>'
        space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        made.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{entry}</manifest:manifest>")
        made.writestr("content.xml", f"<office:document-content {NAMES}>{STYLES}{body}</office:document-content>")
    return path


def lines(path: Path, settings: FileSettings | None = None) -> list[int]:
    return [int(line) for batch in open_reader(path, settings).batches() for line in batch.lines]


SOUND = row(cell("R1"), cell("theft"), cell("400", "float"))


@pytest.mark.parametrize(
    "hidden", ['table:visibility="filter"', 'table:visibility="collapse"', 'table:style-name="flat"']
)
def test_hidden_rows_are_told_and_can_be_left_out(tmp_path: Path, hidden: str) -> None:
    unseen = row(cell("R2"), cell("theft"), cell("400", "float"), more=f'{hidden} table:number-rows-repeated="2"')
    path = book(tmp_path / "a.ods", SOUND, unseen, row(cell("R4"), cell("fraud"), cell("1", "float")))
    reader = open_reader(path)
    assert "2 rows are hidden or filtered out in the sheet" in " ".join(getattr(reader, "notes", ()))
    assert lines(path) == [2, 3, 4, 5]
    assert lines(path, FileSettings(hidden_rows="leave_out")) == [2, 5]


def test_formulas_without_saved_results_are_one_refusal(tmp_path: Path) -> None:
    lost = '<table:table-cell table:formula="of:=IF(1;1;2)"/>'
    saved = cell("5", "float", 'table:formula="of:=2+3"')
    empty = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"/>'
    rows = [
        SOUND,
        row(cell("R2"), empty, lost),
        row(cell("R3"), cell("theft"), saved),
        row(cell("R4"), cell("x"), lost),
    ]
    with pytest.raises(Refused, match=r"2 cells \(C3, C5\) hold formulas whose results were not saved"):
        open_reader(book(tmp_path / "a.ods", *rows))


def test_note_marks_struck_text_and_shares(tmp_path: Path) -> None:
    marked = cell('400<text:span text:style-name="up">1</text:span>')
    path = book(tmp_path / "a.ods", row(cell("R1"), cell("theft"), marked))
    assert read_document(path).tables[0].texts()[1] == ("R1", "theft", "400")
    struck = cell('Th<text:span text:style-name="gone">eft</text:span>')
    with pytest.raises(Refused, match=r"1 cell \(B2\) holds text that is struck through"):
        open_reader(book(tmp_path / "b.ods", row(cell("R1"), struck, cell("1", "float"))))
    mixed = [row(cell("R1"), cell("a"), cell("0.5", "percentage")), row(cell("R2"), cell("a"), cell("0.5", "float"))]
    with pytest.raises(Refused, match="column C shows 1 numbers in per cent and 1 plain numbers"):
        open_reader(book(tmp_path / "c.ods", *mixed))


def test_header_again_is_no_record(tmp_path: Path) -> None:
    again = row(cell("ref"), cell("kind"), cell("cost"))
    path = book(tmp_path / "a.ods", SOUND, again, row(cell("R2"), cell("fraud"), cell("1", "float")))
    [batch] = open_reader(path).batches()
    assert [(one.line, one.rule) for one in batch.broken] == [(3, "header_again")]
    assert "not_records" in batch.broken[0].remedy
    assert lines(path, FileSettings(not_records=("ref,kind,cost",))) == [2, 4]
