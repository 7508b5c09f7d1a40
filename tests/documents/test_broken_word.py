"""A Word file that other programs wrote, or that is damaged, is read as far as it can be or refused in a sentence."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document as NewWord
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.documents import PARAGRAPH, read_document
from whatworks.records.refusal import Refused

Edit = Callable[[str], str]
HEAD = ["Anytown Partnership", "Minutes of the meeting held on 3 March 2025"]
NUMBERED = ["1. Welcome", "- point", "2. Minutes"]
BARE = ["Welcome", "point", "Minutes"]


def word_file() -> bytes:
    word, held = NewWord(), io.BytesIO()
    for text in HEAD:
        word.add_paragraph(text)
    for text, style in [("Welcome", "List Number"), ("point", "List Bullet"), ("Minutes", "List Number")]:
        word.add_paragraph(text, style=style)
    word.add_paragraph("HERE")
    word.save(held)
    return held.getvalue()


WHOLE = word_file()


def edited(**parts: Edit) -> bytes:
    """Return the file with its parts' text changed; each change must change something."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            change = parts.get(name.removeprefix("word/").removesuffix(".xml")) if name.startswith("word/") else None
            if change is not None:
                new = change(data.decode()).encode()
                assert new != data, name
                data = new
            after.writestr(name, data)
    return held.getvalue()


def each(pattern: str, text: str) -> Edit:
    return lambda xml: re.sub(pattern, text, xml, flags=re.DOTALL)


def here(xml: str) -> Edit:
    """Put `xml` in place of the last paragraph."""
    return lambda whole: re.sub(r"<w:p>(?:(?!</w:p>).)*HERE.*?</w:p>", lambda _: xml, whole, flags=re.DOTALL)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def entry(numbering: str) -> str:
    return paragraph("entry", f"<w:numPr>{numbering}</w:numPr>")


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(xml: str) -> str:
    return f"<w:sdt><w:sdtContent>{xml}</w:sdtContent></w:sdt>"


def lines(folder: Path, data: bytes) -> list[str]:
    """Return what follows the head."""
    (folder / "m.docx").write_bytes(data)
    found = [line.text.replace(PARAGRAPH, " ") for line in read_document(folder / "m.docx").lines]
    assert found[:2] == HEAD
    return found[2:]


far = each(r'<w:start w:val="\d+"', '<w:start w:val="900000000"')
NUMBERINGS: dict[str, tuple[Edit, list[str]]] = {
    "no abstractNumId": (each(r"<w:abstractNumId[^>]*/>", ""), BARE),
    "abstractNumId that says nothing": (each(r'<w:abstractNumId w:val="\d+"\s*/>', "<w:abstractNumId/>"), BARE),
    "numbering that points nowhere": (each(r"<w:abstractNum .*?</w:abstractNum>", ""), BARE),
    "abstractNum without id": (each(r'(<w:abstractNum) w:abstractNumId="\d+"', r"\1"), BARE),
    "num without id": (each(r'<w:num w:numId="\d+"', "<w:num"), BARE),
    "no levels": (each(r"<w:lvl .*?</w:lvl>", ""), BARE),
    "levels without ilvl": (each(r'(<w:lvl) w:ilvl="\d+"', r"\1"), BARE),
    "ilvl in words": (each(r'w:ilvl="\d+"', 'w:ilvl="first"'), BARE),
    "no numFmt": (each(r'<w:numFmt w:val="decimal"\s*/>', ""), NUMBERED),
    "no lvlText": (each(r"<w:lvlText[^>]*/>", ""), ["Welcome", "- point", "Minutes"]),
    "lvlText that says nothing": (each(r"<w:lvlText[^>]*/>", "<w:lvlText/>"), ["Welcome", "- point", "Minutes"]),
    "start in words": (each(r'<w:start w:val="\d+"', '<w:start w:val="one"'), NUMBERED),
    "start at four": (each(r'<w:start w:val="\d+"', '<w:start w:val="4"'), ["4. Welcome", "- point", "5. Minutes"]),
    "start beyond all letters": (
        lambda xml: far(each('"decimal"', '"lowerLetter"')(xml)),
        ["900000000. Welcome", "- point", "900000001. Minutes"],
    ),
    "start beyond Roman numbers": (
        lambda xml: far(each('"decimal"', '"lowerRoman"')(xml)),
        ["900000000. Welcome", "- point", "900000001. Minutes"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NUMBERINGS)
def test_numbering_that_makes_no_sense_numbers_nothing(case: str, tmp_path: Path) -> None:
    change, expected = NUMBERINGS[case]
    assert lines(tmp_path, edited(numbering=change)) == [*expected, "HERE"]


STYLES: dict[str, tuple[Edit, str, list[str]]] = {
    "numbering that is missing": (each(r'<w:numId w:val="\d+"', '<w:numId w:val="999"'), "", BARE),
    "numbering in words": (each(r'<w:numId w:val="\d+"', '<w:numId w:val="q"'), "", BARE),
    "an unknown type": (each('w:type="numbering"', 'w:type="odd"'), "", NUMBERED),
    "no type": (each(r'<w:style w:type="\w+"', "<w:style"), "", NUMBERED),
    "no names": (each(r' w:styleId="\w+"', ""), "", BARE),
    "a circle": (
        each(r'<w:basedOn w:val="Normal"\s*/>', '<w:basedOn w:val="ListParagraph"/>'),
        '<w:pStyle w:val="ListParagraph"/>', NUMBERED),
    "a base that is missing": (each(r'<w:basedOn w:val="Normal"\s*/>', '<w:basedOn w:val="Nope"/>'), "", NUMBERED),
    "a style that is missing": (each("Heading 9", "Heading nine"), '<w:pStyle w:val="Nope"/>', NUMBERED),
}  # fmt: skip


@pytest.mark.parametrize("case", STYLES)
def test_styles_that_make_no_sense_number_nothing(case: str, tmp_path: Path) -> None:
    change, properties, expected = STYLES[case]
    made = edited(styles=change, document=here(paragraph("last", properties)))
    assert lines(tmp_path, made) == [*expected, "last"]


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        ('<w:ilvl w:val="0"/><w:numId w:val="0"/>', "entry"),
        ('<w:ilvl w:val="0"/><w:numId w:val="777"/>', "entry"),
        ('<w:ilvl w:val="0"/><w:numId w:val="x"/>', "entry"),
        ('<w:ilvl w:val="0"/><w:numId/>', "entry"),
        ('<w:ilvl w:val="0"/>', "entry"),
        ('<w:ilvl w:val="40"/><w:numId w:val="1"/>', "entry"),
        ('<w:ilvl w:val="x"/><w:numId w:val="1"/>', "- entry"),
        ('<w:ilvl/><w:numId w:val="1"/>', "- entry"),
    ],
)
def test_a_paragraphs_own_numbering_may_make_no_sense(numbering: str, expected: str, tmp_path: Path) -> None:
    assert lines(tmp_path, edited(document=here(entry(numbering)))) == [*NUMBERED, expected]


def test_a_list_that_is_begun_again_counts_from_its_own_start(tmp_path: Path) -> None:
    """Word's "restart at": a second w:num of the same list with a startOverride; its first entry is that number."""
    number = re.search(r'w:styleId="ListNumber">.*?<w:numId w:val="(\d+)"', _styles(), re.DOTALL)
    assert number is not None
    again = '<w:num w:numId="500">{list}<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'

    def added(xml: str) -> str:
        found = re.search(rf'<w:num w:numId="{number[1]}"[^>]*>\s*(<w:abstractNumId[^>]*/>)', xml)
        assert found is not None
        return xml.replace("</w:numbering>", again.format(list=found[1]) + "</w:numbering>")

    second = entry('<w:ilvl w:val="0"/><w:numId w:val="500"/>')
    assert lines(tmp_path, edited(numbering=added, document=here(second * 2))) == [*NUMBERED, "7. entry", "8. entry"]


def _styles() -> str:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as word:
        return word.read("word/styles.xml").decode()


BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<mc:Choice Requires="wps"><w:drawing><w:txbxContent>{paragraph("In the box")}{paragraph("its second line")}'
    f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{paragraph('In the box')}"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
)
TRACKED = (
    '<w:p><w:r><w:t>kept</w:t></w:r><w:ins w:id="1"><w:r><w:t> added</w:t></w:r></w:ins>'
    '<w:del w:id="2"><w:r><w:delText> gone</w:delText></w:r></w:del>'
    '<w:moveFrom w:id="3"><w:r><w:t> moved</w:t></w:r></w:moveFrom></w:p>'
    '<w:p><w:moveTo w:id="4"><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>'
)
A, B, C, D = (paragraph(letter) for letter in "abcd")
NESTED = table(row(cell(A), cell(table(row(cell(B), cell(C))) + D)))
CONTROLS = table(row(cell(A), control(cell(B))), control(row(cell(C), cell(D))))
BOXED = f"<w:p><w:r><w:t>Fixed here</w:t>{BOX}</w:r></w:p>"


def spanned(properties: str) -> str:
    return table(row(cell(A, properties), cell(B)))


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (BOXED, ["Fixed here", "In the box", "its second line"]),
        (table(row(cell(BOXED))), ["Fixed here In the box its second line"]),
        (TRACKED, ["kept added", "moved"]),
        (NESTED, ["a\tb c d"]),
        (CONTROLS, ["a\tb", "c\td"]),
        (spanned('<w:gridSpan w:val="x"/>'), ["a\tb"]),
        (spanned("<w:gridSpan/>"), ["a\tb"]),
        (spanned('<w:gridSpan w:val="2"/>'), ["a\t\tb"]),
        (table(row()), [""]),
        (table(), []),
    ],
    ids=["text box", "text box in a table", "tracked changes", "nested tables", "rows and cells in content controls",
         "span in words", "span that says nothing", "span", "row without cells", "table without rows"],
)  # fmt: skip
def test_text_is_read_once_wherever_it_stands(xml: str, expected: list[str], tmp_path: Path) -> None:
    assert lines(tmp_path, edited(document=here(xml))) == [*NUMBERED, *expected]


def test_a_huge_table_is_read_whole(tmp_path: Path) -> None:
    rows = "".join(row(cell(paragraph("row")), cell(paragraph(str(n)))) for n in range(3_000))
    (tmp_path / "m.docx").write_bytes(edited(document=here(table(rows))))
    (found,) = read_document(tmp_path / "m.docx").tables
    assert [texts[1] for texts in found.texts()] == [str(n) for n in range(3_000)]


def run(*words: str) -> Any:
    return CliRunner().invoke(build(), list(words))


def test_notes_that_are_not_read_are_said(tmp_path: Path) -> None:
    note = '<w:p><w:r><w:t>Agreed</w:t><w:{0}noteReference w:id="1"/></w:r></w:p>'
    (tmp_path / "m.docx").write_bytes(edited(document=here(note.format("foot") * 2 + note.format("end"))))
    answer = run("board", "read", str(tmp_path / "m.docx"), "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["partial"] == "2 footnotes and 1 endnote were not read."


def _zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as container:
        for name, text in parts.items():
            container.writestr(name, text)
    return held.getvalue()


def _locked_zip() -> bytes:
    """Return the file with the mark of a zip password on its parts."""
    locked = bytearray(WHOLE)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(sign), WHOLE):
            locked[found.start() + place] |= 1
    return bytes(locked)


REFUSED: dict[str, tuple[bytes, str]] = {
    "cut off": (WHOLE[: len(WHOLE) // 2], "is damaged: it breaks off or was changed; send it again"),
    "overwritten": (WHOLE[:2000] + bytes(200) + WHOLE[2200:], "it is damaged; open it in Word and save it again"),
    "a plain zip": (_zipped(**{"a.txt": "x"}), "is a container of files, not a paper; unpack it"),
    "an empty zip": (_zipped(), "has the ending .docx but is no such file"),
    "locked by Word": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(5_000), "is locked by a password, or a Word or Excel"),
    "locked zip": (_locked_zip(), "cannot be read as a Word file"),
    "no text at all": (edited(document=each("<w:body>.*</w:body>", "<w:body/>")), "holds no text"),
    "no body": (edited(document=each("<w:body>.*</w:body>", "")), "cannot be read as a Word file: it is damaged"),
    "another root": (edited(document=lambda _: "<a/>"), "cannot be read as a Word file: it is damaged"),
    "styles that are no XML": (edited(styles=lambda _: "<w:styles"), "cannot be read as a Word file: it is damaged"),
    "numbering that is no XML": (edited(numbering=lambda _: "junk"), "cannot be read as a Word file: it is damaged"),
    "controls without end": (
        edited(document=here("<w:sdt><w:sdtContent>" * 600 + "</w:sdtContent></w:sdt>" * 600)),
        "cannot be read as a Word file: it is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_word_file_is_refused_in_a_sentence(case: str, tmp_path: Path) -> None:
    data, said = REFUSED[case]
    (tmp_path / "m.docx").write_bytes(data)
    answer = run("board", "read", str(tmp_path / "m.docx"), "--json")
    assert isinstance(answer.exception, Refused)
    assert said in str(answer.exception)
    assert str(answer.exception).startswith("m.docx: ")
    assert answer.stdout == ""
