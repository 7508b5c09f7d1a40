"""Read an HTML page: one line a block, list entries with their marks, tables' cells kept apart by tabs."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from lxml import etree

from whatworks.records.documents.document import Cell, Grid, Line, check_width
from whatworks.records.documents.list_definition import MOST_DIGITS
from whatworks.records.documents.note_mark import is_note_mark
from whatworks.records.documents.opening import Content
from whatworks.records.documents.plain import MOST_CHARACTERS
from whatworks.records.documents.text_table import clean, find_grids
from whatworks.records.readers.encoding import detect_encoding, text_encoding
from whatworks.records.refusal import Fault, Refused

_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = re.compile(r"head|script|style|template|noscript|svg|math|iframe|object|select|button")
MOST_SPANNED = 50
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read(data: bytes, path: Path) -> Content:
    """Return the page's blocks as lines, and its tables."""
    named = _CHARSET.search(data[:4000])
    encoding, skip = detect_encoding(path, text_encoding(named.group(1).decode("ascii")) if named else None)
    text = data[skip:].decode(encoding, "replace")
    cut = len(text) > 5 * MOST_CHARACTERS
    try:
        root = lxml.html.document_fromstring(text[: 5 * MOST_CHARACTERS].encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(Fault("cannot be read as HTML: it is damaged", "send it again", path.name)) from None
    struck = _without_struck(root)
    page = _Page()
    page.walk(root)
    page.flush()
    lines = tuple(Line(number, text) for number, text in enumerate(page.lines, start=1))
    tables = tuple(page.tables) or tuple(find_grids(lines))
    said = ["Only the first part of the page was read: it is very long."] if cut else []
    if struck:
        said.append(f"{struck} struck-through text{'s were' if struck > 1 else ' was'} not read.")
    return Content(lines, tables, " ".join(said) or None)


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)


def _without_struck(root: etree._Element) -> int:
    """Take out what the page strikes through, and return how many texts it was."""
    struck = [one for one in root.iter("s", "strike", "del") if _text(one).strip()]
    for element in struck:
        element.drop_tree()
    return len(struck)


class _Page:
    """Walks the tree and keeps lines and tables."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[Grid] = []
        self.open = ""
        self.entries: dict[etree._Element, tuple[etree._Element, int]] = {}
        """How many entries of each list were met; the element is kept, for lxml makes another where it is not."""

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
            if not tag or _UNSEEN.fullmatch(tag) or (tag == "sup" and is_note_mark(_text(element), self.open)):
                self.open += element.tail or ""
                continue
            if _BLOCKS.fullmatch(tag):
                self.flush()
            if tag == "table" and _is_data(element):
                self._table(element)
                self.open += element.tail or ""
                continue
            if tag == "li":
                self.open += self._mark(element)
            self.open += element.text or ""
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))

    def _mark(self, entry: etree._Element) -> str:
        """Return the number or dash before an entry; asked in the page's order, it counts as it goes."""
        parent = entry.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        start = _whole(str(parent.get("start") or "1"))
        _, before = self.entries.get(parent, (parent, 0))
        self.entries[parent] = (parent, before + 1)
        own = _whole(str(entry.get("value") or ""))
        return f"{own if own is not None else (1 if start is None else start) + before}. "

    def _table(self, table: etree._Element) -> None:
        caption = table.find("caption")
        name = clean("".join(caption.itertext())) if caption is not None else ""
        if name:
            self.lines.append(name)
        rows = []
        for row in _rows(table):
            check_width(len(row))
            texts = [text for cell in row for text in _cells(cell)]
            check_width(len(texts))
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
    marks = [one for one in cell.iter("sup") if is_note_mark(_text(one), _before(one))]
    for mark in marks:
        mark.drop_tree()
    text = clean(" ".join(cell.itertext()))
    span = str(cell.get("colspan") or "1")
    return [text, *[""] * (min(_whole(span) or 1, MOST_SPANNED) - 1)]


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _before(element: etree._Element) -> str:
    """Return the text right before an element, within its parent."""
    sibling, parent = element.getprevious(), element.getparent()
    if sibling is not None:
        return _text(sibling) + (sibling.tail or "")
    return (parent.text or "") if parent is not None else ""


def _whole(text: str) -> int | None:
    """Return a whole number of zero or more; None for what is none, or longer than any page's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
