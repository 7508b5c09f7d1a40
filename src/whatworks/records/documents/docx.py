"""Read a Word file: paragraphs and tables in the order of the page, with the numbers that Word draws by itself."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from whatworks.records.documents.document import Cell, Grid, Line
from whatworks.records.documents.list_number import ListNumbers
from whatworks.records.documents.opening import Content
from whatworks.records.documents.text_table import clean
from whatworks.records.refusal import Fault, Refused

_CAPTION = re.compile(r"^table\s+\w+", re.IGNORECASE)


def read(data: bytes, path: Path) -> Content:
    """Return one line a paragraph or table row. Text of tracked deletions, comments and headers is left out."""
    try:
        word = open_word(io.BytesIO(data))
    except Exception as fault:  # python-docx raises what zipfile, lxml and its own parts raise
        raise Refused(
            Fault("cannot be read as a Word file: it is damaged", "open it in Word and save it again", path.name)
        ) from fault
    lines: list[Line] = []
    tables: list[Grid] = []
    numbers = ListNumbers(word)
    for part in _parts(word):
        if isinstance(part, Table):
            _table(part, lines, tables, numbers)
        else:
            for text in _paragraph(part, numbers):
                lines.append(Line(len(lines) + 1, text))
    return Content(tuple(lines), tuple(tables))


def _parts(word: WordDocument) -> Iterator[Paragraph | Table]:
    """Yield paragraphs and tables, also those inside content controls, which templates put around what is filled in."""
    stack = list(reversed(word.element.body))
    while stack:
        element = stack.pop()
        if element.tag == qn("w:p"):
            yield Paragraph(element, word)
        elif element.tag == qn("w:tbl"):
            yield Table(element, word)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            stack.extend(reversed(element))


def _paragraph(paragraph: Paragraph, numbers: ListNumbers) -> list[str]:
    """Return the paragraph's lines: line breaks made by hand begin new ones. A blank paragraph is a blank line."""
    text = _text(paragraph)
    label = numbers.label(paragraph) if text.strip() else ""
    parts = text.split("\n")
    parts[0] = f"{label} {parts[0].lstrip()}" if label else parts[0]
    return [part.rstrip() for part in parts]


def _text(paragraph: Paragraph) -> str:
    """Return the text with inserted runs, links, fields and content controls, which `Paragraph.text` leaves out."""
    texts = []
    for node in paragraph._p.iter():
        if node.tag == qn("w:t"):
            texts.append(node.text or "")
        elif node.tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
            texts.append("\t")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            texts.append("\n" if node.get(qn("w:type")) != "page" else "")
        elif node.tag == qn("w:noBreakHyphen"):
            texts.append("-")
    return "".join(texts)


def _table(table: Table, lines: list[Line], tables: list[Grid], numbers: ListNumbers) -> None:
    before = next((line.text for line in reversed(lines) if line.text.strip()), "")
    rows = []
    for row in table._tbl.tr_lst:
        texts = []
        for cell in row.tc_lst:
            paragraphs = [Paragraph(one, table) for one in cell.iter(qn("w:p"))]
            texts.append(clean(" ".join(" ".join(_paragraph(one, numbers)) for one in paragraphs)))
            texts.extend([""] * (min(cell.grid_span, 50) - 1))
        lines.append(Line(len(lines) + 1, "\t".join(texts)))
        at = len(lines)
        rows.append(tuple(Cell(text, (at, at), column) for column, text in enumerate(texts)))
    if rows:
        name = clean(before) if _CAPTION.match(before.strip()) else f"table {len(tables) + 1}"
        tables.append(Grid(name, tuple(rows), (rows[0][0].lines[0] if rows[0] else len(lines), len(lines))))
