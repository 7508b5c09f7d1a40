"""See in a workbook what its author sees and a table of values does not show: hidden rows, lost results, marks.

The sheet's own text is looked through once for words that say so, and read cell by cell only where one stands there.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from whatworks.records.documents.note_mark import is_note_mark

_BLOCK = 1 << 20
_WORDS = (b"<f", b":f>", b":f ", b'hidden="', b' ht="0', b'zeroHeight="', b"vertAlign", b"<strike", b":strike")
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {9: "0%", 10: "0.00%", 5: "£", 6: "£", 7: "£", 8: "£", 42: "£", 44: "£"}
_TRUE = ("1", "true")
_CURRENCIES = "£$€"

Place = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(slots=True)
class SheetMarks:
    """What a sheet shows besides its values."""

    hidden: set[int] = field(default_factory=set)
    unsaved: list[Place] = field(default_factory=list)
    """Formulas whose result was not saved."""
    struck: dict[Place, str] = field(default_factory=dict)
    """Cells of which all or a part is struck through, with the text that is not."""
    texts: dict[Place, str] = field(default_factory=dict)
    """Cells that show another text than their value: without a note's raised mark, or with leading zeros."""
    kinds: dict[int, Counter[str]] = field(default_factory=dict)
    """Of each column's numbers, how many are shown as "%", as a currency, or plain ("")."""
    first_column: int = 0
    zeros: dict[int, list[Place]] = field(default_factory=dict)
    """By column, formulas with the result 0 in a workbook that asks to be worked out anew: some writers put it there
    for a result that they do not know."""
    worked_out: dict[int, list[Place]] = field(default_factory=dict)
    """The formulas of such a workbook that have another result."""


@dataclass(frozen=True, slots=True)
class _Look:
    struck: bool
    kind: str
    zeros: int

    @property
    def is_marked(self) -> bool:
        return self.struck or bool(self.kind) or self.zeros > 1


@dataclass(frozen=True, slots=True)
class _Text:
    unstruck: str
    unraised: str
    is_struck: bool
    is_raised: bool


def read_excel_marks(container: zipfile.ZipFile, sheet: str) -> SheetMarks:
    """Return what the sheet of that name shows besides its values."""
    workbook = _tree(container, "xl/workbook.xml")
    part = _sheet_part(container, workbook, sheet)
    if part is None:
        return SheetMarks()
    looks = _looks(container)
    shared = _shared_texts(container)
    if not (shared or any(look.is_marked for look in looks) or says(container, part, _WORDS)):
        return SheetMarks()
    asks = any(one.get("fullCalcOnLoad") in _TRUE for one in workbook.iter("{*}calcPr"))
    with container.open(part) as file:
        return _scan(file, looks, shared, asks)


def _tree(container: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(container.read(name), parser)


def _sheet_part(container: zipfile.ZipFile, workbook: Any, sheet: str) -> str | None:
    link = next((one.get(_LINKS) for one in workbook.iter("{*}sheet") if one.get("name") == sheet), None)
    links = "xl/_rels/workbook.xml.rels"
    for one in _tree(container, links) if link and links in container.namelist() else ():
        if one.get("Id") == link:
            target = str(one.get("Target"))
            name = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            return name if name in container.namelist() else None
    return None


def says(container: zipfile.ZipFile, part: str, words: Sequence[bytes]) -> bool:
    """Tell whether one of these words stands in a part."""
    tail = b""
    with container.open(part) as file:
        while block := file.read(_BLOCK):
            if any(word in tail + block for word in words):
                return True
            tail = block[-16:]
    return False


def _looks(container: zipfile.ZipFile) -> list[_Look]:
    if "xl/styles.xml" not in container.namelist():
        return []
    styles = _tree(container, "xl/styles.xml")
    struck = [_is_on(font.find("{*}strike")) for fonts in styles.iter("{*}fonts") for font in fonts]
    codes = {int(one.get("numFmtId")): str(one.get("formatCode")) for one in styles.iter("{*}numFmt")}
    return [
        _look(codes.get(number := int(one.get("numFmtId") or 0), _BUILT_IN.get(number, "")), struck, one)
        for group in styles.iter("{*}cellXfs")
        for one in group
    ]


def _look(code: str, struck: list[bool], style: Any) -> _Look:
    bare = re.sub(r'"[^"£$€]*"|\\.|\[[^$\]][^\]]*\]', "", re.sub(r"\[\$([^-\]]*)[^\]]*\]", r"\1", code))
    kind = "%" if "%" in bare else next((sign for sign in _CURRENCIES if sign in bare), "")
    font = int(style.get("fontId") or 0)
    zeros = len(bare) if re.fullmatch("0+", bare) else 0
    return _Look(font < len(struck) and struck[font], kind, zeros)


def _is_on(element: Any) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")


def _shared_texts(container: zipfile.ZipFile) -> dict[int, _Text]:
    """Return the shared texts of which a part is raised or struck through, by their number."""
    name = "xl/sharedStrings.xml"
    if name not in container.namelist():
        return {}
    if not says(container, name, _WORDS):
        return {}
    found = {}
    with container.open(name) as file:
        for at, (_, item) in enumerate(etree.iterparse(file, tag="{*}si", resolve_entities=False)):
            text = _rich(item)
            if text.is_struck or text.is_raised:
                found[at] = text
            item.clear()
    return found


def _rich(item: Any) -> _Text:
    runs = [run for run in item if etree.QName(run).localname == "r"]
    plain = "".join(one.text or "" for one in item.iter("{*}t")) if not runs else ""
    unstruck, unraised, struck, raised = plain, plain, False, False
    for run in runs:
        text = "".join(one.text or "" for one in run.iter("{*}t"))
        is_struck, above = _marks(run)
        is_mark = above and is_note_mark(text, unraised)
        struck, raised = struck or (is_struck and bool(text.strip())), raised or is_mark
        unraised += "" if is_mark else text
        unstruck += "" if is_mark or is_struck else text
    return _Text(unstruck, unraised, struck, raised)


def _marks(run: Any) -> tuple[bool, bool]:
    """Tell whether a part of a text is struck through, and whether it is raised."""
    look = run.find("{*}rPr")
    if look is None:
        return False, False
    raised = look.find("{*}vertAlign")
    return _is_on(look.find("{*}strike")), raised is not None and raised.get("val") == "superscript"


def _scan(file: Any, looks: list[_Look], shared: dict[int, _Text], asks: bool) -> SheetMarks:
    """Read the sheet cell by cell; `asks` says that the workbook wants its formulas worked out when it is opened."""
    marks = SheetMarks()
    number, unsaid = 0, False
    for _, row in etree.iterparse(file, tag=("{*}sheetFormatPr", "{*}row"), resolve_entities=False):
        if etree.QName(row).localname == "sheetFormatPr":
            unsaid = row.get("zeroHeight") in _TRUE
            continue
        number = int(row.get("r") or number + 1)
        if _is_hidden(row, unsaid):
            marks.hidden.add(number)
        for place, cell in _cells(row, number):
            _mark(marks, place, cell, looks, shared, asks)
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]
    for column, places in marks.zeros.items():
        marks.unsaved += places if column not in marks.worked_out else []
    return marks


def _is_hidden(row: Any, unsaid: bool) -> bool:
    """Tell whether nothing is seen of a row: it is hidden, or of no height; `unsaid` is so where it says neither."""
    height = row.get("ht")
    shown = row.get("hidden", "0") not in _TRUE and (not height or float(height) > 0)
    return not shown or (unsaid and height is None and row.get("hidden") is None)


def _cells(row: Any, number: int) -> Iterator[tuple[Place, Any]]:
    column = 0
    for cell in row:
        letters = re.match("[A-Z]+", cell.get("r") or "")
        column = _column(letters.group()) if letters else column + 1
        yield (number, column), cell


def _mark(marks: SheetMarks, place: Place, cell: Any, looks: list[_Look], shared: dict[int, _Text], asks: bool) -> None:
    value, formula, kind = cell.find("{*}v"), cell.find("{*}f"), cell.get("t")
    text = (value.text or "") if value is not None else ""
    inline = cell.find("{*}is")
    if formula is not None and not text and kind != "str":
        marks.unsaved.append(place)
    elif formula is not None and asks:
        (marks.zeros if text == "0" else marks.worked_out).setdefault(place[1], []).append(place)
    if not text and inline is None:
        return
    column = place[1]
    marks.first_column = min(marks.first_column or column, column)
    at = int(cell.get("s") or 0)
    look = looks[at] if at < len(looks) else _Look(False, "", 0)
    rich = _rich(inline) if inline is not None else shared.get(int(text)) if kind == "s" else None
    if look.struck or (rich and rich.is_struck):
        marks.struck[place] = "" if look.struck or rich is None else rich.unstruck
    if rich and rich.is_raised:
        marks.texts[place] = rich.unraised
    if kind in (None, "n"):
        marks.kinds.setdefault(column, Counter())[look.kind] += 1
        if look.zeros > 1 and text.isdigit():
            marks.texts[place] = text.zfill(look.zeros)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def cell_name(place: Place) -> str:
    """Return what Excel calls a cell.

    >>> cell_name((7, 28))
    'AB7'
    """
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
