"""See in an OpenDocument sheet what its author sees: hidden rows, lost results, note marks, text struck through."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from whatworks.records.documents.note_mark import is_note_mark
from whatworks.records.readers.excel_marks import Place, SheetMarks, says

_NAMESPACES = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}
_VALUES = ("value", "date-value", "time-value", "boolean-value", "string-value")
_WORDS = (
    b"visibility=",
    b"table:formula",
    b"text-position",
    b"line-through",
    b'"percentage"',
    b'"currency"',
    b'height="0',
)
_NO_HEIGHT = re.compile(r"0(?:\.0*)?[a-z]*")
_MOST_REPEATED = 10_000
"""A row or cell repeated more often than this fills a sheet's empty end."""


@dataclass(slots=True)
class _Styles:
    struck: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    flat: set[str] = field(default_factory=set)
    """Of rows without height."""


def read_ods_marks(container: zipfile.ZipFile, sheet: str) -> SheetMarks:
    """Return what the sheet of that name shows besides its values."""
    marks, number = SheetMarks(), 0
    if not says(container, "content.xml", _WORDS):
        return marks
    styles = _styles(container)
    with container.open("content.xml") as file:
        for row in _rows(file, sheet):
            again = _repeated(row, "number-rows-repeated")
            if row.get(_name("table:visibility")) in ("collapse", "filter") or _style(row, "table") in styles.flat:
                marks.hidden.update(range(number + 1, number + 1 + min(again, _MOST_REPEATED)))
            for column, cell in _cells(row):
                for at in range(number + 1, number + 1 + min(again, _MOST_REPEATED)):
                    _mark(marks, (at, column), cell, styles)
            number += again
    return marks


def _name(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _rows(file: Any, sheet: str) -> Iterator[Any]:
    """Yield the rows of the sheet, and let go of each part that is done with."""
    inside = False
    wanted = (_name("table:table"), _name("table:table-row"))
    for event, element in etree.iterparse(file, events=("start", "end"), tag=wanted, resolve_entities=False):
        if element.tag == wanted[0]:
            inside = event == "start" and element.get(_name("table:name")) == sheet
        elif event == "end":
            if inside:
                yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells that hold anything, with their columns, from 1."""
    column = 1
    for cell in row:
        again = _repeated(cell, "number-columns-repeated")
        if len(cell) or cell.get(_name("table:formula")) or cell.get(_name("office:value-type")):
            yield from ((column + at, cell) for at in range(min(again, _MOST_REPEATED)))
        column += again


def _mark(marks: SheetMarks, place: Place, cell: Any, styles: _Styles) -> None:
    paragraphs = cell.findall(_name("text:p"))
    text = "\n".join("".join(one.itertext()) for one in paragraphs)
    valued = any(cell.get(_name(f"office:{value}")) is not None for value in _VALUES)
    formula = cell.get(_name("table:formula")) is not None
    kind = cell.get(_name("office:value-type"))
    if formula and not valued and not text and kind != "string":
        marks.unsaved.append(place)
    if not text and not valued:
        return
    column = place[1]
    marks.first_column = min(marks.first_column or column, column)
    if kind in ("float", "percentage", "currency"):
        sign = str(cell.get(_name("office:currency"), ""))
        shown = {"percentage": "%", "currency": _SIGNS.get(sign, sign)}.get(kind, "")
        marks.kinds.setdefault(column, Counter())[shown] += 1
    unstruck, unraised = _parts(paragraphs, styles)
    if _style(cell, "table") in styles.struck:
        marks.struck[place] = ""
    elif unstruck != unraised:
        marks.struck[place] = unstruck
    if unraised != text:
        marks.texts[place] = unraised


def _parts(paragraphs: list[Any], styles: _Styles) -> tuple[str, str]:
    """Return a cell's text without notes' marks: what is not struck through of it, and all of it."""
    unstruck, unraised = [], []
    for paragraph in paragraphs:
        left, whole = paragraph.text or "", paragraph.text or ""
        for part in paragraph:
            text, style = "".join(part.itertext()), _style(part, "text")
            is_mark = style in styles.raised and is_note_mark(text, whole)
            whole += ("" if is_mark else text) + (part.tail or "")
            left += ("" if is_mark or style in styles.struck else text) + (part.tail or "")
        unstruck.append(left)
        unraised.append(whole)
    return "\n".join(unstruck), "\n".join(unraised)


def _styles(container: zipfile.ZipFile) -> _Styles:
    found = _Styles()
    for part in ("styles.xml", "content.xml"):
        if part in container.namelist():
            with container.open(part) as file:
                for _, style in etree.iterparse(file, tag=_name("style:style"), resolve_entities=False):
                    _note(style, found)
    return found


def _note(style: Any, found: _Styles) -> None:
    name = str(style.get(_name("style:name")))
    for look in style:
        values = {etree.QName(key).localname: str(value) for key, value in look.attrib.items()}
        if values.get("text-line-through-style", "none") != "none" or values.get("text-line-through-type") == "single":
            found.struck.add(name)
        if values.get("text-position", "").startswith("super"):
            found.raised.add(name)
        if _NO_HEIGHT.fullmatch(values.get("row-height", "")):
            found.flat.add(name)


def _style(element: Any, prefix: str) -> str:
    return str(element.get(_name(f"{prefix}:style-name")))


def _repeated(element: Any, name: str) -> int:
    text = str(element.get(_name(f"table:{name}"), "1"))
    return int(text) if text.isdecimal() and len(text) < 10 else 1
