"""Read a Word file: paragraphs and tables in the order of the page, with the numbers that Word draws by itself."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document as open_word
from docx.oxml.ns import qn

from whatworks.records.documents.document import Cell, Grid, Line, check_width
from whatworks.records.documents.list_definition import number, value
from whatworks.records.documents.list_number import ListNumbers
from whatworks.records.documents.note_mark import is_note_mark
from whatworks.records.documents.opening import Content
from whatworks.records.documents.text_table import clean
from whatworks.records.refusal import Fault, Refused

_CAPTION = re.compile(r"^table\s+\w+", re.IGNORECASE)
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = qn("w:txbxContent")
_LEFT_OUT = frozenset({qn("w:del"), qn("w:moveFrom"), f"{_COMPATIBLE}Fallback"})
"""What was taken out under tracked changes, and the second writing of a drawing, for old versions of Word."""
_AROUND = frozenset(
    {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
    | {f"{_COMPATIBLE}AlternateContent", f"{_COMPATIBLE}Choice"}
)
"""What may stand around paragraphs, tables, rows and cells: templates put content controls round what is filled in."""
_NOTES = ((qn("w:footnoteReference"), "footnote"), (qn("w:endnoteReference"), "endnote"))
_TAKEN_BACK = ((qn("w:strike"), "struck-through"), (qn("w:dstrike"), "struck-through"), (qn("w:vanish"), "hidden"))
MOST_SPANNED = 50


def read(data: bytes, path: Path) -> Content:
    """Return one line a paragraph or table row. Text of tracked deletions, comments and headers is left out.

    Notes below the text are not read either, nor what is struck through or hidden, which the content says of itself.
    """
    try:
        word = open_word(io.BytesIO(data))
        body = word.element.body
        numbers = ListNumbers(word)
    except Exception as fault:  # python-docx raises what zipfile, lxml and its own parts raise
        raise _damaged(path) from fault
    if body is None:
        raise _damaged(path)
    lines: list[Line] = []
    tables: list[Grid] = []
    for part in _parts(body):
        if part.tag == qn("w:tbl"):
            _table(part, lines, tables, numbers)
        else:
            for at, text in enumerate(_paragraph(part, numbers)):
                lines.append(Line(len(lines) + 1, text, goes_on=at > 0))
    return Content(tuple(lines), tuple(tables), _partial(body))


def _damaged(path: Path) -> Refused:
    return Refused(
        Fault("cannot be read as a Word file: it is damaged", "open it in Word and save it again", path.name)
    )


def _partial(body: Any) -> str | None:
    counts = [(sum(1 for _ in body.iter(tag)), name) for tag, name in _NOTES]
    ways = [_taken_back(run) for run in body.iter(qn("w:r")) if "".join(run.itertext()).strip()]
    counts += [(ways.count(way), f"{way} text") for way in ("struck-through", "hidden")]
    said = " and ".join(f"{many} {name}{'' if many == 1 else 's'}" for many, name in counts if many)
    one = sum(many for many, _ in counts) == 1
    return f"{said} {'was' if one else 'were'} not read." if said else None


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
    """Yield what stands below `root`, in order, without what is left out; `stop` is yielded but not entered."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if element.tag not in _LEFT_OUT:
            yield element
            if element.tag != stop:
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


def _paragraph(paragraph: Any, numbers: ListNumbers) -> list[str]:
    """Return the paragraph's lines: line breaks made by hand begin new ones. A blank paragraph is a blank line."""
    text = _text(paragraph)
    label = numbers.label(paragraph) if text.strip() else ""
    parts = text.split("\n")
    parts[0] = f"{label} {parts[0].lstrip()}" if label else parts[0]
    return [part.rstrip() for part in parts]


def _text(paragraph: Any) -> str:
    """Return the text with inserted runs, links, fields and content controls, without that of text boxes."""
    texts = []
    for node in _walk(paragraph, _BOX):
        if node.tag == qn("w:t"):
            texts.append("" if _is_note_mark(node) or _taken_back(node.getparent()) else node.text or "")
        elif node.tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
            texts.append("\t")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            texts.append("\n" if node.get(qn("w:type")) != "page" else "")
        elif node.tag == qn("w:noBreakHyphen"):
            texts.append("-")
    return "".join(texts)


def _is_note_mark(text: Any) -> bool:
    """Tell whether a text is raised as the mark of a note is: not the ending of "3rd", nor the square of "m2"."""
    run = text.getparent()
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    if raised is None or raised.get(qn("w:val")) != "superscript":
        return False
    before = run.getprevious()
    return is_note_mark(text.text or "", "" if before is None else "".join(before.itertext()))


def _taken_back(run: Any) -> str:
    """Return how a run of text was taken back: struck through, or hidden; the empty text where it was not."""
    look = run.find(qn("w:rPr"))
    for tag, way in _TAKEN_BACK if look is not None else ():
        mark = look.find(tag)
        if mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off"):
            return way
    return ""


def _table(table: Any, lines: list[Line], tables: list[Grid], numbers: ListNumbers) -> None:
    before = next((line.text for line in reversed(lines) if line.text.strip()), "")
    rows = []
    for row in _held(table, qn("w:tr")):
        texts = []
        for cell in _held(row, qn("w:tc")):
            paragraphs = [one for one in _walk(cell) if one.tag == qn("w:p")]
            texts.append(clean(" ".join(" ".join(_paragraph(one, numbers)) for one in paragraphs)))
            wide = number(value(cell.find(qn("w:tcPr")), "w:gridSpan")) or 1
            texts.extend([""] * (min(wide, MOST_SPANNED) - 1))
            check_width(len(texts))
        lines.append(Line(len(lines) + 1, "\t".join(texts)))
        at = len(lines)
        rows.append(tuple(Cell(text, (at, at), column) for column, text in enumerate(texts)))
    if rows:
        name = clean(before) if _CAPTION.match(before.strip()) else f"table {len(tables) + 1}"
        tables.append(Grid(name, tuple(rows), (rows[0][0].lines[0] if rows[0] else len(lines), len(lines))))
