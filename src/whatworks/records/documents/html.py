"""Read an HTML page: one line a block, list entries with their marks, tables' cells kept apart by tabs."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from lxml import etree

from whatworks.records.documents.document import PARAGRAPH, Aside, Cell, Grid, Line, check_width, unread
from whatworks.records.documents.html_look import Left, is_mark, left_out
from whatworks.records.documents.list_definition import MOST_DIGITS
from whatworks.records.documents.opening import Content
from whatworks.records.documents.plain import MOST_CHARACTERS
from whatworks.records.documents.text_table import clean, find_grids, name_cell
from whatworks.records.readers.encoding import detect_encoding, text_encoding
from whatworks.records.refusal import Fault, Refused

_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = re.compile(r"head|script|style|template|noscript|svg|math|iframe|object|select|button")
_HEADING = re.compile(r"h[1-6]|b|strong|u|th")
MOST_SPANNED = 50
FEWEST_BLOCKS = 3
_SIZE = re.compile(r"\s*\(?(?:PDF|DOCX?|XLSX?|PPTX?),? ?[\d.,]+ ?[KM]B\)?$")
"""What a site adds to the name of an item that has a paper."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,4})(?:\.\w{1,3})*[.)]{1,2}|\d{1,2}(?:\.\d{1,2}){1,2}")
_CELL_NUMBER = re.compile(rf"{_NUMBER.pattern}|\d{{1,3}}[a-z]?")
_SPACES = re.compile(r"[ \t\r\n\f]+")
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
    page = _Page(left_out(root))
    page.walk(root)
    page.flush()
    lines = tuple(Line(number, text, heading=number in page.headings) for number, text in enumerate(page.lines, 1))
    tables = tuple(page.tables) or tuple(find_grids(lines))
    said = ["Only the first part of the page was read: it is very long."] if cut else []
    said += [taken_back] if (taken_back := unread(page.asides)) else []
    return Content(lines, tables, " ".join(said) or None, tuple(page.asides))


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)


class _Page:
    """Walks the tree and keeps lines, tables and asides."""

    def __init__(self, left: Left) -> None:
        self.left = left
        self.asides: list[Aside] = []
        self.lines: list[str] = []
        self.tables: list[Grid] = []
        self.open = self.number = ""
        self.plain = False
        """Whether some word of the open line is neither bold nor in a heading."""
        self.headings: set[int] = set()
        self.entries: dict[etree._Element, tuple[etree._Element, int]] = {}
        """How many entries of each list were met; the element is kept, for lxml makes another where it is not."""

    def flush(self, cell: bool = False) -> None:
        """End the line that is being put together; an entry's number alone, as in a cell, goes before the next one."""
        text = clean(self.open)
        self.open = ""
        if size := _SIZE.search(text):
            self.asides.append(Aside("navigation", size[0].strip(), len(self.lines) + 1))
            text = text[: size.start()]
        if text and (_NUMBER if not cell else _CELL_NUMBER).fullmatch(text):
            self.number = f"{self.number} {text}".strip()
        elif text:
            self.lines.append(f"{self.number} {text}".strip())
            self.number = ""
            self.headings |= set() if self.plain else {len(self.lines)}
        self.plain = False

    def walk(self, top: etree._Element) -> None:
        """Take in an element; without recursion, for pages nested deeper than Python's stack."""
        stack: list[tuple[etree._Element, bool]] = [(top, True)]
        while stack:
            element, entering = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if not entering:
                if _BLOCKS.fullmatch(tag):
                    self.flush(cell=tag == "td")
                if tag in ("tr", "body") and self.number:
                    self.lines.append(self.number)
                    self.number = ""
                self._say(element.tail, element.getparent())
                continue
            if not tag or self._is_unsaid(element, self.open):
                self._say(element.tail, element.getparent())
                continue
            if _BLOCKS.fullmatch(tag):
                self.flush()
            if tag == "table" and _is_data(element):
                self._table(element)
                self._say(element.tail, element.getparent())
                continue
            if tag in ("caption", "tr") and _heads_layout(element):
                self.asides.append(Aside("navigation", clean(" ".join(element.itertext())), len(self.lines) + 1))
                continue
            if tag == "li":
                self.open += self._mark(element)
            self._say(element.text, element)
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))

    def _say(self, text: str | None, within: etree._Element | None) -> None:
        """Add words to the open line, and keep whether they look like those of a heading."""
        self.open += text or ""
        while text and text.strip() and within is not None and not _HEADING.fullmatch(str(within.tag)):
            within = within.getparent()
            self.plain = self.plain or within is None

    def _is_unsaid(self, element: etree._Element, before: str) -> bool:
        """Tell whether an element says nothing behind this text; what is left out of what the page says is kept."""
        if _UNSEEN.fullmatch(str(element.tag)) or is_mark(element, before):
            return True
        if (kind := self.left.get(element)) is None:
            return False
        if text := clean(" ".join(element.itertext())):
            self.asides.append(Aside(kind, text, len(self.lines) + 1))
        return True

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
            texts = [text for at, cell in enumerate(row) for text in self._cells(cell, first=at == 0)]
            check_width(len(texts))
            self.lines.append("\t".join(texts).strip(" "))
            at = len(self.lines)
            cells = (text.replace(PARAGRAPH, " ") for text in texts)
            rows.append(tuple(Cell(text, (at, at), column) for column, text in enumerate(cells)))
        if rows:
            span = (rows[0][0].lines[0], len(self.lines))
            self.tables.append(Grid(name or f"table {len(self.tables) + 1}", tuple(rows), span))

    def _cells(self, cell: etree._Element, *, first: bool) -> list[str]:
        """Return the cell's text, and blank cells for the further columns that it spans."""
        text, stack = "", [(cell, True)]
        while stack:
            element, entering = stack.pop()
            if entering and isinstance(element.tag, str) and not self._is_unsaid(element, text):
                text += PARAGRAPH if _BLOCKS.fullmatch(element.tag) else ""
                text = (
                    f"{text.rstrip()}; " if element.tag == "li" and text.strip() else text
                )  # entries of a list stay apart
                text += element.text or ""
                stack.append((element, False))
                stack.extend((child, True) for child in reversed(element))
            else:
                text += (PARAGRAPH if not entering and _BLOCKS.fullmatch(str(element.tag)) else "") + (
                    element.tail or ""
                )
        span = str(cell.get("colspan") or "1")
        parts = [_SPACES.sub(" ", part) for part in text.split(PARAGRAPH) if part.strip()] or [""]
        said = PARAGRAPH.join([name_cell(parts[0].strip(" ")) if first else clean(parts[0]), *map(clean, parts[1:])])
        return [said, *[""] * (min(_whole(span) or 1, MOST_SPANNED) - 1)]


def _is_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only lays out the page."""
    if table.find(".//table") is not None or table.get("role") in ("presentation", "none"):
        return False
    rows = list(_rows(table))
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    fewest = 2 if _lists_items(rows) else FEWEST_BLOCKS
    return 2 * sum(any(_blocks(cell) >= fewest for cell in row) for row in rows) <= len(rows)


def _lists_items(rows: list[list[etree._Element]]) -> bool:
    """Tell whether each row is an item of an agenda: its number, what is said on it, and at most papers to it."""
    items = [row for row in rows if any(cell.tag == "td" for cell in row)]
    return bool(items) and all(
        _CELL_NUMBER.fullmatch(clean("".join(row[0].itertext()))) is not None
        and sum(bool("".join(cell.itertext()).strip()) and cell.find(".//a") is None for cell in row[1:]) < 2
        for row in items
    )


def _heads_layout(element: etree._Element) -> bool:
    """Tell whether this is the caption, or the row of headings, of a table that only lays out the page."""
    cells = list(element)
    return element.tag == "caption" or (len(cells) > 1 and all(cell.tag == "th" for cell in cells))


def _blocks(cell: etree._Element) -> int:
    """Return how many blocks with words stand in a cell one below another: several are a part of the page, not data."""
    ends = [
        one
        for one in cell.iter("p", "div", "li", "h1", "h2", "h3", "h4", "h5")
        if not any(_BLOCKS.fullmatch(str(child.tag)) for child in one)
    ]
    return sum(bool("".join(one.itertext()).strip()) for one in ends)


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if cells:
            yield cells


def _whole(text: str) -> int | None:
    """Return a whole number of zero or more; None for what is none, or longer than any page's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
