"""Whatever characters stand in a paper's words, every form of it is written; names of Britain are drawn."""

import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from whatworks.papers.forms.characters import INSTEAD, drawable, holdable
from whatworks.papers.paper import Bullets, Facts, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.writing import FORMS, write_paper
from whatworks.pictures.drawing import FONTS
from whatworks.records.refusal import Refused

NAMES = {
    "Gurmukhi": "ਸਿੰਘ",
    "Urdu": "خان",
    "Hindi": "शर्मा",
    "Bengali": "রহমান",
    "Gujarati": "પટેલ",
    "Tamil": "குமார்",
    "Hebrew": "כהן",
    "Polish": "Łukasz Wiśniewski",
    "Welsh": "Siôn Tŷ'r Ŵy",
    "Greek": "Παπαδόπουλος",
    "Ukrainian": "Шевченко",
    "Georgian": "გიორგი",
    "Armenian": "Հակոբյան",
    "Vietnamese": "Nguyễn",
    "Thai": "สมชาย",
}
ODD = (
    "\x0b",
    "\x00",
    "\x1b[31m",
    "\x85",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\U0001f600",
    "\U0001fffe",
    "中文",
    "\u202e",
    "\u200b",
)


def chart(*names: str) -> dict[str, object]:
    across, down = {"field": "b", "type": "quantitative"}, {"field": "a", "type": "nominal"}
    return {
        "mark": "bar",
        "data": {"values": [{"a": name, "b": 2} for name in names]},
        "encoding": {"x": across, "y": down},
    }


def paper(text: str) -> Paper:
    rows = ((text, 12), ("b", 2))
    table = Table("t", text, (text, "n"), rows, (False, True), notes=(text,))
    blocks = (
        Paragraph(text),
        Bullets((text,)),
        Facts(((text, text),)),
        table,
        Figure("f", text, text, lambda: chart(text)),
    )
    sections = numbered([Section("summary", text, blocks)])
    return Paper(text, text, text, date(2025, 6, 30), text, sections, (table,), (text,), text)


def xml_parts(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as box:
        yield from (box.read(name) for name in box.namelist() if name.endswith((".xml", ".rels")))


@pytest.mark.parametrize("text", ODD)
def test_every_form_is_written_whatever_stands_in_it(text: str, tmp_path: Path) -> None:
    write_paper(paper(f"A{text}B"), tmp_path / "out", {"name": f"A{text}B"})
    assert len(list((tmp_path / "out").iterdir())) == len(FORMS) + 1
    for name in ("paper.docx", "tables.xlsx", "tables.ods"):
        for part in xml_parts(tmp_path / "out" / name):
            etree.fromstring(part)
    held = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["name"]
    assert held == holdable(f"A{text}B") and held[0] == "A" and held[-1] == "B"
    assert "A" in pypdf.PdfReader(tmp_path / "out" / "paper.pdf").pages[0].extract_text()


def test_names_in_the_scripts_of_britain_are_drawn(tmp_path: Path) -> None:
    assert {script: drawable(name) for script, name in NAMES.items()} == NAMES
    plain = paper("A paper")
    figure = Figure("f", "f", "f", lambda: chart(*NAMES.values()))
    sections = numbered([Section("names", "Names", (Bullets(tuple(NAMES.values())), figure))])
    write_paper(replace(plain, sections=sections), tmp_path / "out", {}, forms=["pdf"])
    reader = pypdf.PdfReader(tmp_path / "out" / "paper.pdf")
    fonts = {str(font.get_object()["/BaseFont"]).split("+")[-1]
             for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # fmt: skip
    assert {name.split("-")[0] for name in fonts} >= {
        "NotoSansGurmukhi", "NotoSansArabic", "NotoSansDevanagari", "NotoSansBengali", "NotoSansGujarati",
        "NotoSansTamil", "NotoSansHebrew", "NotoSansGeorgian", "NotoSansArmenian", "NotoSansThai",
    }  # fmt: skip
    said = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in reader.pages))
    assert "Łukasz" in said and INSTEAD not in said


def test_the_fonts_draw_what_another_reader_finds_in_them() -> None:
    codes: set[int] = set()
    for path in FONTS.glob("*-Regular.ttf"):
        codes |= set(TTFont(io.BytesIO(path.read_bytes())).getBestCmap())
    signs = [chr(code) for code in range(0xA0, 0x11000) if not 0xD800 <= code < 0xE000]
    joining = {
        chr(code) for code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, *range(0xFE00, 0xFE10))
    }
    assert {sign for sign in signs if drawable(sign) == sign} == {
        sign for sign in signs if ord(sign) in codes
    } | joining


def test_what_a_library_will_not_write_is_refused_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import whatworks.papers.writing as writing

    def unwilling(*given: object) -> bytes:
        raise ValueError('will not write "Zoë"')

    monkeypatch.setattr(writing, "render", unwilling)
    with pytest.raises(Refused, match=r'paper.html: cannot be written: will not write "Zoë"; correct the text named'):
        write_paper(paper("x"), tmp_path / "out", {}, forms=["html"])
    assert not (tmp_path / "out").exists()
