"""The styles of the Word paper, and the few things of Word's format that need setting by hand."""

from typing import Any

from whatworks.pictures.drawing import FONT, FONTS
from whatworks.pictures.palette import DARK_BLUE, GREY, INK

PAGE_WIDTH = 6_300_000
"""The text's width in EMU: A4 less margins of 17.5 mm."""


def blank() -> Any:
    """Return an empty A4 document in British English with the paper's styles."""
    from docx import Document
    from docx.shared import Emu, Mm

    document = Document()
    embed_fonts(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Emu((page.page_width - PAGE_WIDTH) // 2)
    page.top_margin = page.bottom_margin = Mm(20)
    set_language(document)
    set_styles(document)
    return document


def set_language(document: Any) -> None:
    """Set British English as the language of the whole document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "en-GB")


def set_styles(document: Any) -> None:
    """Set the styles that the paper uses: sizes in points, spaces after in points."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Emu, Mm, Pt

    styles = document.styles
    known = {style.name for style in styles}
    for name, size, after, colour in (
        ("Normal", 11, 6, INK),
        ("Heading 1", 22, 4, DARK_BLUE),
        ("Heading 2", 15, 6, DARK_BLUE),
        ("Caption", 10, 4, INK),
        ("List Bullet", 11, 4, INK),
        ("Paper item", 11, 4, GREY),
        ("Paper lead", 13, 8, INK),
        ("Paper numbered", 11, 6, INK),
        ("Paper contents", 11, 6, INK),
        ("Paper cell", 9, 0, INK),
        ("Paper note", 9, 2, GREY),
    ):
        style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.paragraph_format.space_after = Pt(size), Pt(after)
        typeface(style)
        coloured(style, colour)
        style.font.bold = name.startswith("Heading")
        style.font.italic = False
    styles["Paper cell"].paragraph_format.space_before = styles["Paper cell"].paragraph_format.space_after = Pt(1.5)
    bullets = styles["List Bullet"].paragraph_format
    bullets.left_indent, bullets.first_line_indent = Mm(17), -Mm(6)
    styles["Heading 2"].paragraph_format.space_before = Pt(18)
    hanging = styles["Paper numbered"].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Mm(11), -Mm(11)
    hanging.tab_stops.add_tab_stop(Mm(11))
    styles["Paper item"].paragraph_format.tab_stops.add_tab_stop(Emu(PAGE_WIDTH), 2)


def typeface(style: Any) -> None:
    """Set a style's typeface for all scripts, over the theme's."""
    from docx.oxml.ns import qn

    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)


def coloured(run: Any, colour: str) -> None:
    """Set the colour of a run or a style."""
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))


def shade(properties: Any, ground: str) -> None:
    """Set the ground of a paragraph or a cell, given its properties."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", ground.removeprefix("#"))):
        shading.set(qn(name), value)
    if properties.tag == qn("w:pPr"):
        properties.insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    else:
        properties.append(shading)


def pad(paragraph: Any, ground: str) -> None:
    """Widen a paragraph's ground by edges of the same colour."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge_of = OxmlElement(f"w:{side}")
        for name, value in (
            ("w:val", "single"),
            ("w:sz", "48"),
            ("w:space", "1"),
            ("w:color", ground.removeprefix("#")),
        ):
            edge_of.set(qn(name), value)
        borders.append(edge_of)
    paragraph._p.pPr.find(qn("w:shd")).addprevious(borders)


def narrow(table: Any) -> None:
    """Set fixed columns and narrow margins, so that ten columns fit a page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "50")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def edge(cell: Any, colour: str) -> None:
    """Rule a cell's lower edge."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", colour.removeprefix("#"))):
        bottom.set(qn(name), value)
    borders.append(bottom)
    properties = cell._tc.get_or_add_tcPr()
    shading = properties.find(qn("w:shd"))
    if shading is None:
        properties.append(borders)
    else:
        shading.addprevious(borders)


def repeat(row: Any, *, header: bool) -> None:
    """Keep a row whole, and repeat the header on every page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def describe(thing: Any, title: str, words: str) -> None:
    """Give a picture, or a table, the words that stand for it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if hasattr(thing, "_inline"):
        properties = thing._inline.docPr
        properties.set("descr", words)
        properties.set("title", title)
        return
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    thing._tbl.tblPr.append(caption)


def mark(paragraph: Any, name: str) -> None:
    """Give a paragraph an address that a link can lead to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(len(paragraph.part.element.findall(f".//{qn('w:bookmarkStart')}")) + 1)
    for mark_of in (start, end):
        mark_of.set(qn("w:id"), number)
    start.set(qn("w:name"), f"section_{name.replace('-', '_')}")
    paragraph._p.append(start)
    paragraph._p.append(end)


def link(paragraph: Any, name: str, words: str) -> None:
    """Add words that lead to an address in the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    leads = OxmlElement("w:hyperlink")
    leads.set(qn("w:anchor"), f"section_{name.replace('-', '_')}")
    run = paragraph.add_run(words)
    coloured(run, DARK_BLUE)
    run.underline = True
    leads.append(run._r)
    paragraph._p.append(leads)


GUID = "{6F2A3C1E-5B7D-4E90-8A1C-2D3E4F506172}"
"""The key by which ECMA-376 (part 4, section 4.2.5) hides an embedded font; it is no secret."""
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:font w:name="{font}">'
    '<w:altName w:val="Arial"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    "{embedded}</w:font></w:fonts>"
)
KINDS = {"embedRegular": "OpenSans-Regular.ttf", "embedBold": "OpenSans-Bold.ttf"}


def embed_fonts(document: Any) -> None:
    """Embed the regular and the bold font; where Word may not use them, Arial stands in."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement

    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    embedded = ""
    for number, (kind, file) in enumerate(KINDS.items(), start=1):
        name = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(name, OBFUSCATED, obfuscated((FONTS / file).read_bytes()), document.part.package)
        embedded += f'<w:{kind} r:id="{table.relate_to(part, RELATION)}" w:fontKey="{GUID}"/>'
    table._blob = TABLE.format(font=FONT, embedded=embedded).encode()
    document.settings.element.insert(0, OxmlElement("w:embedTrueTypeFonts"))


def obfuscated(font: bytes) -> bytes:
    """Return a font as Word embeds it: its first 32 bytes crossed with the key, twice over.

    >>> obfuscated(obfuscated(bytes(range(40)))) == bytes(range(40))
    True
    """
    key = bytes.fromhex(GUID.strip("{}").replace("-", ""))[::-1]
    return bytes(one ^ other for one, other in zip(font[:32], key * 2, strict=True)) + font[32:]
