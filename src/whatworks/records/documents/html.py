"""Read an HTML page: one line a block, list entries with their marks, tables' cells kept apart by tabs."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from lxml import etree

from whatworks.records.documents.document import Cell, Grid, Line
from whatworks.records.documents.opening import Content
from whatworks.records.documents.plain import MOST_CHARACTERS
from whatworks.records.documents.text_table import clean, find_grids
from whatworks.records.encoding import detect_encoding
from whatworks.records.refusal import Fault, Refused

_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = re.compile(r"head|script|style|template|noscript|svg|math|iframe|object|select|button")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read(data: bytes, path: Path) -> Content:
    """Return the page's blocks as lines, and its tables."""
    named = _CHARSET.search(data[:4000])
    try:
        encoding, skip = detect_encoding(path, named.group(1).decode("ascii") if named else None)
    except LookupError:
        encoding, skip = detect_encoding(path)
    text = data[skip:].decode(encoding, "replace")
    cut = len(text) > 5 * MOST_CHARACTERS
    try:
        root = lxml.html.document_fromstring(text[: 5 * MOST_CHARACTERS].encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(Fault("cannot be read as HTML: it is damaged", "send it again", path.name)) from None
    page = _Page()
    page.walk(root)
    page.flush()
    lines = tuple(Line(number, text) for number, text in enumerate(page.lines, start=1))
    tables = tuple(page.tables) or tuple(find_grids(lines))
    return Content(lines, tables, "Only the first part of the page was read: it is very long." if cut else None)


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)


class _Page:
    """Walks the tree and keeps lines and tables."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[Grid] = []
        self.open = ""

    def flush(self) -> None:
        """End the line that is being put together."""
        text = clean(self.open)
        self.open = ""
        if text:
            self.lines.append(text)

    def walk(self, top: etree._Element) -> None:
        """Take in an element; without recursion, for pages nested deeper than Python's stack."""
        stack: list[tuple[etree._Element, bool]] = [(top, True)]
        while stack:
            element, entering = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if not entering:
                if _BLOCKS.fullmatch(tag):
                    self.flush()
                self.open += element.tail or ""
                continue
            if not tag or _UNSEEN.fullmatch(tag):
                self.open += element.tail or ""
                continue
            if _BLOCKS.fullmatch(tag):
                self.flush()
            if tag == "table" and _is_data(element):
                self._table(element)
                self.open += element.tail or ""
                continue
            if tag == "li":
                self.open += _mark(element)
            self.open += element.text or ""
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))

    def _table(self, table: etree._Element) -> None:
        caption = table.find("caption")
        name = clean("".join(caption.itertext())) if caption is not None else ""
        if name:
            self.lines.append(name)
        rows = []
        for row in _rows(table):
            texts = [text for cell in row for text in _cells(cell)]
            self.lines.append("\t".join(texts))
            at = len(self.lines)
            rows.append(tuple(Cell(text, (at, at), column) for column, text in enumerate(texts)))
        if rows:
            span = (rows[0][0].lines[0], len(self.lines))
            self.tables.append(Grid(name or f"table {len(self.tables) + 1}", tuple(rows), span))


def _is_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only lays out the page."""
    if table.find(".//table") is not None:
        return False
    rows = list(_rows(table))
    return len(rows) > 1 and max((len(row) for row in rows), default=0) > 1


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if cells:
            yield cells


def _cells(cell: etree._Element) -> list[str]:
    """Return the cell's text, and blank cells for the further columns that it spans."""
    text = clean(" ".join(cell.itertext()))
    span = str(cell.get("colspan") or "1")
    return [text, *[""] * (min(int(span), 50) - 1)] if span.isdigit() else [text]


def _mark(entry: etree._Element) -> str:
    parent = entry.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = str(parent.get("start") or "1")
    before = sum(1 for one in entry.itersiblings("li", preceding=True))
    own = str(entry.get("value") or "")
    number = int(own) if own.isdigit() else (int(start) if start.isdigit() else 1) + before
    return f"{number}. "
