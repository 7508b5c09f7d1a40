"""Write the tables as an OpenDocument spreadsheet: a cover, then one table a sheet with its title above it."""

from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from whatworks.papers.forms.cover import cover_lines
from whatworks.papers.forms.zip_container import settled
from whatworks.papers.paper import Cell, Paper, Table
from whatworks.pictures.palette import DARK_BLUE, INK, PALE

TYPEFACE = "Arial"
WIDEST = 9.0
"""The widest column in centimetres."""
MOST_PLACES = 6
"""The most decimal places that a cell shows; the value in it keeps them all."""


def ods(paper: Paper) -> bytes:
    """Return the spreadsheet of the paper's sheets."""
    from odf.opendocument import OpenDocumentSpreadsheet

    document = OpenDocumentSpreadsheet()
    add_page(document)
    styles = add_styles(document)
    add_cover(document, paper, styles)
    for sheet in paper.sheets:
        add_sheet(document, sheet, styles)
    box = BytesIO()
    document.save(box)
    with ZipFile(BytesIO(box.getvalue())) as found:
        new = {name: ordered(found.read(name)) for name in ("META-INF/manifest.xml", "content.xml", "styles.xml")}
    return settled(box.getvalue(), {**new, "meta.xml": meta(paper)})


def ordered(document: bytes) -> bytes:
    """Return the XML in canonical form: odfpy declares whatever namespaces the process has met, in whatever order."""
    from lxml import etree

    root = etree.fromstring(document)
    etree.cleanup_namespaces(root)
    canonical: bytes = etree.tostring(root, method="c14n")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + canonical


def meta(paper: Paper) -> bytes:
    """Return the document's properties; its times are the data's as-at date, never the clock."""
    at = f"{paper.as_at.isoformat()}T00:00:00"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<office:document-meta xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta>'
        f"<meta:generator>whatworks</meta:generator><dc:title>{escape(paper.title)}</dc:title>"
        f"<dc:subject>{escape(paper.item)}</dc:subject><dc:creator>{escape(paper.prepared_for)}</dc:creator>"
        f"<meta:creation-date>{at}</meta:creation-date><dc:date>{at}</dc:date><dc:language>en-GB</dc:language>"
        "</office:meta></office:document-meta>"
    ).encode()


def add_page(document: Any) -> None:
    """Add the printed page: A4 on its side, a sheet a page."""
    from odf.style import MasterPage, PageLayout, PageLayoutProperties

    layout = PageLayout(name="page")
    properties = PageLayoutProperties(
        pagewidth="29.7cm", pageheight="21cm", printorientation="landscape", margin="1.5cm", scaletopages="1"
    )
    layout.addElement(properties)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name="Default", pagelayoutname=layout))


def add_styles(document: Any) -> dict[str, Any]:
    """Add the styles of cells and columns, and return them by name."""
    from odf.style import (
        DefaultStyle,
        ParagraphProperties,
        Style,
        TableCellProperties,
        TableColumnProperties,
        TextProperties,
    )

    default = DefaultStyle(family="table-cell")
    default.addElement(TextProperties(fontfamily=TYPEFACE, fontsize="11pt", color=INK, language="en", country="GB"))
    document.styles.addElement(default)
    styles: dict[str, Any] = {}
    for name, text, cell, align in (
        ("title", {"fontsize": "16pt", "fontweight": "bold", "color": DARK_BLUE}, {}, None),
        (
            "header",
            {"fontweight": "bold", "color": DARK_BLUE},
            {
                "backgroundcolor": PALE,
                "wrapoption": "wrap",
                "verticalalign": "bottom",
                "borderbottom": f"1pt solid {DARK_BLUE}",
            },
            None,
        ),
        ("text", {}, {"wrapoption": "wrap", "verticalalign": "top"}, None),
        ("right", {}, {"verticalalign": "top"}, "end"),
        ("plain", {}, {}, None),
    ):
        style = Style(name=name, family="table-cell")
        style.addElement(TableCellProperties(**cell))
        style.addElement(TextProperties(**text))
        if align:
            style.addElement(ParagraphProperties(textalign=align))
        document.automaticstyles.addElement(style)
        styles[name] = style
    for width in range(2, int(WIDEST * 2) + 1):
        style = Style(name=f"wide{width}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{width / 2}cm"))
        document.automaticstyles.addElement(style)
        styles[f"wide{width}"] = style
    cover = Style(name="cover", family="table-column")
    cover.addElement(TableColumnProperties(columnwidth="20cm"))
    document.automaticstyles.addElement(cover)
    styles["cover"] = cover
    for at in range(MOST_PLACES + 1):
        styles[f"number{at}"] = number_style(document, at)
    return styles


def number_style(document: Any, places: int) -> Any:
    """Add and return the style of numbers with so many decimal places and thousands separated."""
    from odf.number import Number, NumberStyle
    from odf.style import Style, TableCellProperties

    number = NumberStyle(name=f"places{places}")
    number.addElement(Number(decimalplaces=places, minintegerdigits=1, grouping="true"))
    document.automaticstyles.addElement(number)
    style = Style(name=f"number{places}", family="table-cell", datastylename=f"places{places}")
    style.addElement(TableCellProperties(verticalalign="top"))
    document.automaticstyles.addElement(style)
    return style


def add_cover(document: Any, paper: Paper, styles: dict[str, Any]) -> None:
    """Add the cover sheet: title, what the tables are, how to read them, and which sheets there are."""
    from odf.table import Table as Sheet
    from odf.table import TableColumn

    introduction, reading = cover_lines(paper)
    cover = Sheet(name="Cover")
    cover.addElement(TableColumn(stylename=styles["cover"]))
    cover.addElement(row_of([paper.title], [styles["title"]]))
    for line in introduction:
        cover.addElement(row_of([line], [styles["text"]]))
    for heading, lines in (
        ("How to read the tables", reading),
        ("Tables", [f"{sheet.name}: {sheet.title}" for sheet in paper.sheets]),
    ):
        cover.addElement(row_of([heading], [styles["header"]]))
        for line in lines:
            cover.addElement(row_of([line], [styles["text"]]))
    document.spreadsheet.addElement(cover)


def add_sheet(document: Any, table: Table, styles: dict[str, Any]) -> None:
    """Add one table under its title; the header row is marked as one, so that it repeats in print."""
    from odf.table import Table as Sheet
    from odf.table import TableColumn, TableHeaderRows

    sheet = Sheet(name=table.name)
    for at, column in enumerate(table.columns):
        sheet.addElement(TableColumn(stylename=styles[f"wide{width(column, [row[at] for row in table.rows])}"]))
    sheet.addElement(row_of([table.title], [styles["title"]]))
    sheet.addElement(row_of(["This worksheet contains one table."], [styles["plain"]]))
    header = TableHeaderRows()
    header.addElement(row_of(list(table.columns), [styles["header"]] * len(table.columns)))
    sheet.addElement(header)
    for row in table.rows:
        kinds = [kind(value, table.numeric[at], styles) for at, value in enumerate(row)]
        sheet.addElement(row_of(list(row), kinds))
    document.spreadsheet.addElement(sheet)


def width(heading: str, values: list[Cell]) -> int:
    """Return a column's width in half centimetres: its longest word or number fits, its longest text wraps."""
    words = [len(word) for word in heading.split()]
    longest = max((len(str(value)) for value in values), default=0)
    return max(4, min(int(WIDEST * 2), round(max(*words, min(longest, 38)) * 0.52)))


def kind(value: Cell, numeric: bool, styles: dict[str, Any]) -> Any:
    """Return the style of a cell."""
    if isinstance(value, str):
        return styles["right" if numeric else "text"]
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return styles[f"number{min(max(places, 0), MOST_PLACES)}"]


def row_of(values: list[Cell], styles: list[Any]) -> Any:
    """Return a row of cells."""
    from odf.table import TableCell, TableRow
    from odf.text import P

    row = TableRow()
    for value, style in zip(values, styles, strict=True):
        if isinstance(value, str):
            cell = TableCell(valuetype="string", stylename=style)
        else:
            cell = TableCell(valuetype="float", value=str(value), stylename=style)
        cell.addElement(P(text=f"{value:,}" if not isinstance(value, str) else value))
        row.addElement(cell)
    return row
