"""Read a text file: lines numbered as an editor numbers them, whatever encoding it was saved in."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from whatworks.records.documents.document import Aside, Line
from whatworks.records.documents.opening import Content
from whatworks.records.documents.page_edge import is_page
from whatworks.records.documents.placed_table import find_tables
from whatworks.records.documents.printed_row import rows_of_text
from whatworks.records.documents.text_table import find_grids, grid_of
from whatworks.records.readers.encoding import detect_encoding
from whatworks.records.refusal import Fault, Refused

MOST_CHARACTERS = 500_000
"""About two hundred and fifty pages: what lies behind is not read, and the document says so."""
_DELIMITED = re.compile(r"\t|\||(?:^| )\xa0")
"""What parts cells, or stands for a blank one, besides spaces."""
_LINE_END = re.compile(r"\r\n|\n|\r")


def read(data: bytes, path: Path) -> Content:
    """Return the lines of a text file and the tables that are clearly delimited in it."""
    text, damage = decoded(data, path)
    partial = damage
    if len(text) > MOST_CHARACTERS:
        text = text[: text.rfind("\n", 0, MOST_CHARACTERS) + 1] or text[:MOST_CHARACTERS]
        partial = (
            f"Only the first {MOST_CHARACTERS:,} characters were read (to line {text.count(chr(10)):,}): "
            "the file is longer than any minutes."
        )
    lines = number_lines(text)
    lines, feet = without_feet(lines)
    rows = rows_of_text((line.number, line.text) for line in lines if not _DELIMITED.search(line.text))
    placed = [grid_of(table, lines) for table in find_tables(rows)]
    return Content(lines, find_grids(lines, placed), partial, feet)


def without_feet(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Aside, ...]]:
    """Return the lines with those blank that only say their page, and these."""
    feet = tuple(Aside("foot", line.text.strip(), line.number, line.page) for line in lines if is_page(line.text))
    numbers = {foot.line for foot in feet}
    return tuple(replace(line, text="") if line.number in numbers else line for line in lines), feet


def number_lines(text: str) -> tuple[Line, ...]:
    r"""Return the lines of a text, counted from 1; a form feed begins a page.

    >>> [(line.number, line.text, line.page) for line in number_lines("a\r\nb\n\x0cc\n")]
    [(1, 'a', 1), (2, 'b', 1), (3, '\x0cc', 2)]
    """
    parts = _LINE_END.split(text)
    if parts and not parts[-1]:
        parts.pop()
    paged = "\f" in text
    page, lines = 1, []
    for number, part in enumerate(parts, start=1):
        page += part.count("\f")
        lines.append(Line(number, part, page if paged else None))
    return tuple(lines)


def decoded(data: bytes, path: Path) -> tuple[str, str | None]:
    """Return the text of a file's bytes, and a sentence where characters of it are lost; binary data is refused."""
    encoding, skip = detect_encoding(path)
    text = data[skip:].decode(encoding, "replace")
    strange = sum(text.count(chr(code)) for code in range(32) if code not in (7, 9, 10, 11, 12, 13))
    if strange > max(4, len(text) // 200):
        raise Refused(
            Fault("is not text: it holds binary data", "send it as text, HTML, Word, PDF or a spreadsheet", path.name)
        )
    lost = text.count("\ufffd")
    if lost > len(text) // 5:
        raise Refused(Fault("is in an encoding that cannot be told", "save it as UTF-8 text", path.name))
    return text, f"{lost} characters could not be read: the file mixes encodings." if lost else None
