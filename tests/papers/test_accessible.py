"""Everybody can read the papers: structure, words for pictures, contrast, languages."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from lxml import html as pages

from papers.reading import made
from papers.results import ALL
from whatworks.papers import build, publish
from whatworks.papers.forms.html import TEMPLATES
from whatworks.pictures import palette

CASES = list(ALL)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def page(case: str) -> Any:
    return pages.fromstring(made(case)["html"].decode())


def test_the_page_has_language_title_one_h1_and_no_heading_level_skipped(case: str) -> None:
    document = page(case)
    assert document.get("lang") == "en-GB"
    assert document.findtext(".//title") == ALL[case]().paper.title
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) == {1, 2}
    assert document.xpath("//main")


def test_the_page_needs_nothing_from_elsewhere(case: str) -> None:
    text = made(case)["html"].decode()
    assert not re.findall(r"<(?:link|script|iframe|img)\b", text)
    assert not [at for at in re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?([^\"')\s>]+)", text)
                if not at.startswith(("data:", "#"))]  # fmt: skip
    assert text.count("font/woff;base64,") == 2


def test_every_table_has_a_caption_and_headers_with_scope(case: str) -> None:
    for table in page(case).xpath("//table"):
        assert table.findtext("caption/strong", "").startswith("Table ")
        assert all(header.get("scope") == "col" for header in table.xpath("thead//th"))
        assert all(len(row.xpath("th[@scope='row']")) == 1 for row in table.xpath("tbody/tr"))
        assert {len(row) for row in table.xpath(".//tr")} == {len(table.xpath("thead//th"))}


def test_every_picture_has_words_that_hold_its_estimates_and_intervals(case: str) -> None:
    document = page(case)
    images = document.xpath("//*[@role='img']")
    assert len(images) == len(document.xpath("//svg"))
    assert all(len(image.get("aria-label")) > 30 for image in images)
    forests = [figure for figure in build(publish(ALL[case]())).figures() if figure.name == "forest-plot"]
    for outcome in publish(ALL[case]()).outcomes if forests else ():
        effect = outcome.effect
        if effect.difference is None or outcome.withheld or outcome.design == "descriptive":
            continue
        said = f"{effect.difference} ({effect.ci_low} to {effect.ci_high})".replace("-", "\u2212")
        assert said in forests[0].alternative


def test_ids_are_unique(case: str) -> None:
    ids = page(case).xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("text", "ground"), palette.TEXT_PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert palette.contrast(text, ground) >= 4.5


def test_the_contrast_measure_agrees_with_published_pairs() -> None:
    # WebAIM's contrast checker: #767676 on white 4.54:1, #777777 on white 4.48:1.
    assert round(palette.contrast("#767676", "#FFFFFF"), 2) == 4.54
    assert round(palette.contrast("#777777", "#FFFFFF"), 2) == 4.48


def test_no_template_uses_a_colour_outside_the_palette() -> None:
    known = {value for name, value in vars(palette).items() if name.isupper() and isinstance(value, str)}
    for template in TEMPLATES.iterdir():
        assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", template.read_text())) <= known, template.name


def test_the_pages_text_colours_are_pairs_that_were_measured() -> None:
    style = (TEMPLATES / "paper.css").read_text()
    named = dict(re.findall(r"--(\w+): (#[0-9A-F]{6})", style))
    for rule in re.findall(r"\{([^{}]*)\}", style):
        colours = dict(re.findall(r"(?:^|[;\s])(color|background): ([^;]+)", rule))
        if set(colours) == {"color", "background"}:
            text, ground = (re.sub(r"var\(--(\w+)\)", lambda name: named[name[1]], colours[part]).strip()
                            for part in ("color", "background"))  # fmt: skip
            assert (text, ground) in palette.TEXT_PAIRS


def test_the_pdf_is_tagged_in_british_english_with_title_and_words_for_pictures(case: str) -> None:
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    reader = PdfReader(BytesIO(made(case)["pdf"]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == ALL[case]().paper.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags: list[Any] = []
    words: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            for part in node:
                walk(part)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            tags.append(node["/S"])
            if node["/S"] == "/Figure":
                words.append(str(node.get("/Alt", "")))
            walk(node.get("/K", ArrayObject()))

    walk(root["/StructTreeRoot"]["/K"])
    figures = list(build(publish(ALL[case]())).figures())
    assert tags.count("/H1") == 1
    assert {"/H2", "/Table", "/TH", "/TD"} <= set(tags)
    assert [figure.alternative for figure in figures] == [said for said in words if said]


def test_the_word_document_repeats_header_rows_and_describes_pictures(case: str) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(BytesIO(made(case)["docx"]))
    paper = build(publish(ALL[case]()))
    for table in document.tables:
        marks = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)
    described = [shape.get("descr") for shape in document.element.iter(qn("wp:docPr"))]
    assert described == [figure.alternative for figure in paper.figures()]
    properties = document.core_properties
    assert (properties.title, properties.language) == (paper.title, "en-GB")
    assert properties.created.date() == properties.modified.date() == paper.as_at
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    assert [p.style.name for p in document.paragraphs].count("Heading 1") == 1


def test_the_spreadsheets_hold_one_titled_table_a_sheet_after_a_cover(case: str) -> None:
    import openpyxl

    sheets = build(publish(ALL[case]())).sheets
    book = openpyxl.load_workbook(BytesIO(made(case)["xlsx"]))
    assert book.sheetnames == ["Cover", "Contents", *(sheet.name for sheet in sheets)]
    for sheet in sheets:
        assert book[sheet.name]["A1"].value == sheet.title
        assert len(book[sheet.name].tables) == 1
    with ZipFile(BytesIO(made(case)["ods"])) as box:
        content = etree.fromstring(box.read("content.xml"))
        assert b"<dc:language>en-GB</dc:language>" in box.read("meta.xml")
        assert box.namelist()[0] == "mimetype"
    space = {"table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0"}
    names = content.xpath("//table:table/@table:name", namespaces=space)
    assert names == ["Cover", *(sheet.name for sheet in sheets)]
    assert len(content.xpath("//table:table-header-rows", namespaces=space)) == len(sheets)


def test_word_colours_the_bands_keeps_headers_with_rows_and_carries_the_font(case: str) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(BytesIO(made(case)["docx"]))
    for table in document.tables:
        assert all(part.paragraphs[0].paragraph_format.keep_with_next for part in table.rows[0].cells)
        for cell in (cell for row in table.rows[1:] for cell in row.cells[1:]):
            shade = cell._tc.find(f".//{qn('w:shd')}")
            ground = None if shade is None else f"#{shade.get(qn('w:fill'))}"
            assert ground == palette.BANDS.get(cell.text, (None,))[0]
    with ZipFile(BytesIO(made(case)["docx"])) as box:
        fonts = sorted(name for name in box.namelist() if name.endswith(".odttf"))
        hidden = box.read(fonts[0])
        key = re.search(r'w:fontKey="\{([0-9A-F-]+)\}"', box.read("word/fontTable.xml").decode())
    assert len(fonts) == 2
    # ECMA-376 part 4, 4.2.5: 32 bytes crossed with the key's, last byte first. A TrueType font begins 00 01 00 00.
    assert key is not None
    last_first = bytes.fromhex(key[1].replace("-", ""))[::-1]
    assert bytes(a ^ b for a, b in zip(hidden[:4], last_first[:4], strict=True)) == b"\x00\x01\x00\x00"


def test_the_annex_can_be_reached_in_every_form(case: str) -> None:
    from docx import Document
    from docx.oxml.ns import qn
    from pypdf import PdfReader

    annex = [section for section in build(publish(ALL[case]())).sections if section.annex]
    links = page(case).xpath("//nav//li/a[1]/@href")
    assert [link.removeprefix("#") for link in links] == [section.name for section in annex]
    assert {link.removeprefix("#") for link in page(case).xpath("//nav//a/@href")} <= set(page(case).xpath("//@id"))
    document = Document(BytesIO(made(case)["docx"]))
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    leads = [link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))]
    assert len(leads) == len(annex)
    assert set(leads) <= marks
    pages = PdfReader(BytesIO(made(case)["pdf"])).pages
    texts = [part.extract_text() for part in pages]
    first = next(at for at, text in enumerate(texts) if "Annex: contents" in text)
    assert first <= 2  # two pages for members
    assert sum("/Annots" in part and len(part["/Annots"]) >= len(annex) for part in pages) == 1
    assert all(len(text) > 150 for text in texts)  # no page is empty but for its foot
