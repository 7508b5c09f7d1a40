"""Read a Word file: paragraphs and tables in the order of the page, with the numbers that Word draws by itself."""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx import Document as open_word
from docx.oxml.ns import qn

from whatworks.records.documents.document import PARAGRAPH, Aside, AsideKind, Cell, Grid, Line, check_width, unread
from whatworks.records.documents.list_definition import number, part_roots, value
from whatworks.records.documents.list_number import ListNumbers
from whatworks.records.documents.opening import Content
from whatworks.records.documents.text_table import clean, name_cell
from whatworks.records.documents.word_look import Looks
from whatworks.records.refusal import Fault, Refused

_CAPTION = re.compile(r"^table\s+\w+", re.IGNORECASE)
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = qn("w:txbxContent")
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
_LEFT_OUT = frozenset({*_DELETED, f"{_COMPATIBLE}Fallback"})
"""What was taken out under tracked changes, and the second writing of a drawing, for old versions of Word."""
_AROUND = frozenset(
    {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
    | {f"{_COMPATIBLE}AlternateContent", f"{_COMPATIBLE}Choice"}
)
"""What may stand around paragraphs, tables, rows and cells: templates put content controls round what is filled in."""
_NOTES = ((qn("w:footnoteReference"), "footnote"), (qn("w:endnoteReference"), "endnote"))
_BESIDE: tuple[tuple[AsideKind, str], ...] = (("head", "header"), ("foot", "footer"))
MOST_SPANNED = 50


def read(data: bytes, path: Path) -> Content:
    """Return one line a paragraph or table row. Comments, and notes below the text, are not read.

    What is struck through, hidden or deleted under tracked changes, and the heads and feet of pages, are asides.
    """
    try:
        word = open_word(io.BytesIO(data))
        body = word.element.body
        page = _Page(ListNumbers(word), Looks(word))
        beside = [
            Aside(kind, text, 0)
            for kind, part in _BESIDE
            for root in part_roots(word, part)
            if (text := clean(" ".join(page.text(one) for one in root.iter(qn("w:p")))))
        ]
    except Exception as fault:  # python-docx raises what zipfile, lxml and its own parts raise
        raise _damaged(path) from fault
    if body is None:
        raise _damaged(path)
    page.asides = list(dict.fromkeys(beside))
    for part in _parts(body):
        page.take(part)
    said = " ".join(one for one in (_notes(body), unread(page.asides)) if one)
    return Content(tuple(page.lines), tuple(page.tables), said or None, tuple(page.asides))


def _damaged(path: Path) -> Refused:
    return Refused(
        Fault("cannot be read as a Word file: it is damaged", "open it in Word and save it again", path.name)
    )


def _notes(body: Any) -> str | None:
    counts = [(sum(1 for _ in body.iter(tag)), name) for tag, name in _NOTES]
    said = " and ".join(f"{many} {name}{'' if many == 1 else 's'}" for many, name in counts if many)
    return f"{said} {'was' if sum(many for many, _ in counts) == 1 else 'were'} not read." if said else None


def _parts(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, also those inside content controls; a text box follows what it is fixed to."""
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        if element.tag == qn("w:p"):
            yield element
            boxes = [one for box in _walk(element) if box.tag == _BOX for one in box]
            stack.extend(reversed(boxes))
        elif element.tag == qn("w:tbl") and _is_layout(element):
            cells = [cell for row in _held(element, qn("w:tr")) for cell in _held(row, qn("w:tc"))]
            stack.extend(reversed([part for cell in cells for part in cell]))
        elif element.tag == qn("w:tbl"):
            yield element
        elif element.tag in _AROUND:
            stack.extend(reversed(element))


def _is_layout(table: Any) -> bool:
    """Tell whether a table only lays out the page: a table of rows and columns stands within it."""
    return any(
        len(rows := [list(_held(row, qn("w:tc"))) for row in _held(one, qn("w:tr"))]) > 1 and max(map(len, rows)) > 1
        for one in table.iter(qn("w:tbl"))
        if one is not table
    )


def _walk(root: Any, stop: str = "") -> Iterator[Any]:
    """Yield what stands below `root`, in order; `stop` and what is left out are yielded but not entered."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        yield element
        if element.tag != stop and element.tag not in _LEFT_OUT:
            stack.extend(reversed(element))


def _held(element: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    stack = list(reversed(element))
    while stack:
        one = stack.pop()
        if one.tag == tag:
            yield one
        elif one.tag in _AROUND:
            stack.extend(reversed(one))


class _Page:
    """Keeps lines, tables and asides in the order of the page."""

    def __init__(self, numbers: ListNumbers, looks: Looks) -> None:
        self.numbers, self.looks = numbers, looks
        self.lines: list[Line] = []
        self.tables: list[Grid] = []
        self.asides: list[Aside] = []
        self.leaving = False
        """Whether the last words were left out, so that what is left out next goes on with them."""

    def take(self, part: Any) -> None:
        """Take in a paragraph or a table."""
        if part.tag == qn("w:tbl"):
            self._table(part)
            return
        heading = self.looks.is_heading(part)
        for at, text in enumerate(self._paragraph(part)):
            self.lines.append(Line(len(self.lines) + 1, text, goes_on=at > 0, heading=heading))

    def text(self, paragraph: Any) -> str:
        """Return the text with inserted runs, links, fields and content controls, without that of text boxes."""
        texts = []
        for node in _walk(paragraph, _BOX):
            if node.tag in _DELETED:
                self._leave("deleted", "".join(one.text or "" for one in node.iter(qn("w:delText"), qn("w:t"))))
            elif node.tag == qn("w:t"):
                texts.append(self._run(node))
            elif node.tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
                texts.append("\t")
            elif node.tag in (qn("w:br"), qn("w:cr")):
                texts.append("\n" if node.get(qn("w:type")) != "page" else "")
            elif node.tag == qn("w:noBreakHyphen"):
                texts.append("-")
        return "".join(texts)

    def _run(self, text: Any) -> str:
        run, said = text.getparent(), text.text or ""
        if way := self.looks.taken_back(run):
            self._leave(way, said)
            return ""
        self.leaving = False
        return "" if self.looks.is_note_mark(run) else said

    def _leave(self, kind: AsideKind, text: str) -> None:
        """Keep words as an aside; those of one line, taken back in one way, together."""
        line, last = len(self.lines) + 1, self.asides[-1] if self.asides else None
        if last and self.leaving and (last.kind, last.line) == (kind, line):
            self.asides[-1] = Aside(kind, last.text + text, line)
        elif text.strip():
            self.asides.append(Aside(kind, text, line))
        self.leaving = True

    def _paragraph(self, paragraph: Any) -> list[str]:
        """Return the paragraph's lines: line breaks made by hand begin new ones. A blank paragraph is a blank line."""
        text = self.text(paragraph)
        label = self.numbers.label(paragraph) if text.strip() else ""
        parts = text.split("\n")
        parts[0] = f"{label} {parts[0].lstrip()}" if label else parts[0]
        return [part.rstrip() for part in parts]

    def _table(self, table: Any) -> None:
        before = next((line.text for line in reversed(self.lines) if line.text.strip()), "")
        rows = []
        for row in _held(table, qn("w:tr")):
            texts = list[str]()
            for cell in _held(row, qn("w:tc")):
                paragraphs = [one for one in _walk(cell) if one.tag == qn("w:p")]
                parts = [part for one in paragraphs for part in self._paragraph(one) if part.strip()] or [""]
                first = clean(parts[0]) if texts else name_cell(parts[0], _inwards(paragraphs))
                texts.append(PARAGRAPH.join([first, *map(clean, parts[1:])]))
                wide = number(value(cell.find(qn("w:tcPr")), "w:gridSpan")) or 1
                texts.extend([""] * (min(wide, MOST_SPANNED) - 1))
                check_width(len(texts))
            at = len(self.lines) + 1
            self.lines.append(Line(at, "\t".join(texts).strip(" ")))
            cells = (text.replace(PARAGRAPH, " ") for text in texts)
            rows.append(tuple(Cell(text, (at, at), column) for column, text in enumerate(cells)))
        if rows:
            name = clean(before) if _CAPTION.match(before.strip()) else f"table {len(self.tables) + 1}"
            self.tables.append(Grid(name, tuple(rows), (rows[0][0].lines[0] if rows[0] else at, at)))


def _inwards(paragraphs: Sequence[Any]) -> int:
    """Return how many spaces the first paragraph of a cell is set in by: one for every 5 points."""
    properties = paragraphs[0].find(qn("w:pPr")) if paragraphs else None
    indent = properties.find(qn("w:ind")) if properties is not None else None
    left = indent.get(qn("w:left")) or indent.get(qn("w:start")) if indent is not None else None
    return min(number(left) or 0, 2_000) // 100
