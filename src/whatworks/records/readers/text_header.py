"""Find the header of a text file among its first lines: past Excel's `sep=` line, and never a title for a header."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.records.file_settings import FileSettings
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import HeaderBelow, shown_header
from whatworks.records.visible import visible

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 40
"""Filled lines among which the header is looked for, and by which its width is judged."""
FEWEST_LINES = 3
"""Lines below a header, of which nearly all must be of another width before the header is doubted."""
NEARLY_ALL = 0.8
_SEP = re.compile(r'^"?sep=(.)"?[,;\t ]*$', re.IGNORECASE)

NumberedLine = tuple[int, str]


@dataclass(frozen=True, slots=True)
class TextHeader:
    """Where a text file's header stands (a line from 1) and what it says.

    `padding` is how many delimiters stand at the end of the lines with nothing behind them.
    """

    line: int
    names: tuple[str, ...]
    delimiter: str
    padding: int = 0


def find_text_header(lines: Sequence[NumberedLine], settings: FileSettings, file: str) -> TextHeader:
    """Return the header among a file's first lines: line `header_row`, else the first that is filled.

    Excel's line `sep=;` is passed over and believed. Refused, in one sentence: a first line of another width than the
    lines below it.

    >>> find_text_header([(1, "sep=;"), (2, "id;day;"), (3, "7;2024-01-31;")], FileSettings(), "a.csv")
    TextHeader(line=2, names=('id', 'day'), delimiter=';', padding=1)
    >>> report = [(1, "Crimes of 2024"), (3, "id,day"), (4, "a,1"), (5, "b,2"), (6, "c,3")]
    >>> find_text_header(report, FileSettings(), "a.csv")
    Traceback (most recent call last):
    whatworks.records.showing.header.HeaderBelow: a.csv, row 1: has 1 field where the lines below have 2, as a \
title does; row 3 looks like the header (id, day): put header_row = 3 under [file] in the mapping
    """
    filled = [(number, visible(text)) for number, text in lines if text.strip()]
    sep = _SEP.match(filled[0][1]) if filled else None
    if sep:
        filled = filled[1:]
    if settings.header_row is not None:
        filled = [one for one in filled if one[0] >= settings.header_row]
        if filled and filled[0][0] != settings.header_row:
            remedy = f"{settings.setting('the line of the column names as header_row')}, or take header_row out"
            raise Refused(Fault("is blank, but is called the header", remedy, file, settings.header_row))
    filled = filled[:LOOKED_AT]
    if not filled:
        raise Refused(Fault("has no header", "begin the file with a line of column names", file))
    delimiter = settings.delimiter or (sep.group(1) if sep else sniff_delimiter([text for _, text in filled]))
    fields = _records([text for _, text in filled], delimiter)
    if not fields or not _fields(filled[0][1], delimiter):
        raise Refused(Fault("has a header that cannot be read", "write it on one line", file))
    usual = _usual_width(fields[1:])
    width = len(fields[0])
    named = _named(fields[0])
    ends = ["".join(row[named:]).strip() for row in fields[1:] if len(row) == usual]
    if usual and ends.count("") >= NEARLY_ALL * len(ends) and named < usual and (usual == width or usual - named == 1):
        return TextHeader(filled[0][0], tuple(fields[0][:named]), delimiter, usual - named)
    titled = named == 1 and len(fields) > 2 and len(fields[1]) == usual and _is_header(fields[1])
    if usual > 1 and usual != width and (len(fields) > FEWEST_LINES or titled):
        raise _doubt(filled, delimiter, usual, settings, file)
    return TextHeader(filled[0][0], tuple(fields[0]), delimiter)


def _records(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the fields of records, each on one line or, in quotes, over several, as far as they can be read."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
    except csv.Error:
        return rows
    return rows


def _named(header: Sequence[str]) -> int:
    """Return how many columns a header has up to the last that has a name."""
    return max((at for at, name in enumerate(header, start=1) if name.strip()), default=0)


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the width of nearly all of these lines, or 0 where they are of no one width.

    Lines above one that reads like a header, and is wider than they are, are titles, and do not count.
    """
    counts = Counter(len(row) for row in rows)
    usual = max(counts, key=lambda width: (counts[width], width), default=0)
    if counts[usual] >= NEARLY_ALL * len(rows):
        return usual
    wide = max((width for width in counts if width > 1), default=0)
    for width in sorted({usual, wide}, reverse=True):
        start = next((at for at, row in enumerate(rows) if len(row) == width), 0)
        below = rows[start:]
        titles = all(len(row) < width for row in rows[:start]) and bool(below) and _is_header(below[0])
        if titles and len(below) > 1 and sum(1 for row in below if len(row) == width) >= NEARLY_ALL * len(below):
            return width
    return 0


def _doubt(lines: Sequence[NumberedLine], delimiter: str, usual: int, settings: FileSettings, file: str) -> Refused:
    rows = [_fields(text, delimiter) for _, text in lines]
    first, width = lines[0][0], len(rows[0])
    likely = next((at for at, row in enumerate(rows) if len(row) == usual and _is_header(row)), None)
    has = f"has {width} field{'s' * (width != 1)} where the lines below have {usual}"
    if width < usual and likely is not None:
        shown = ", ".join(shown_header(rows[likely])[:6])
        remedy = f"row {lines[likely][0]} looks like the header ({shown}): "
        remedy += settings.setting(f"header_row = {lines[likely][0]}")
        return HeaderBelow(Fault(f"{has}, as a title does", remedy, file, first), lines[likely][0])
    remedy = "give every column a name in the header"
    if settings.header_row is None:
        remedy += f"; if another line is the header, {settings.setting('its number as header_row')}"
    return Refused(Fault(f"{has}: the header does not fit the file", remedy, file, first))


def _is_header(row: Sequence[str]) -> bool:
    names = [name.strip() for name in row if name.strip()]
    wordy = sum(1 for name in names if any(c.isalpha() for c in name)) >= 0.8 * len(names)
    return len(names) >= 0.8 * len(row) and wordy and len(set(names)) == len(names)


def sniff_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter of a file from its header and some lines after it.

    It is the one that splits most of the lines into one number of fields, and into most fields.

    >>> sniff_delimiter(["id;name, first", "1;Ann", "2;Bea"])
    ';'
    >>> sniff_delimiter(["Crimes, thefts and robberies", "id\\tday", "1\\t2", "3\\t4"])
    '\\t'
    """

    def score(delimiter: str) -> tuple[float, int]:
        widths = [len(_fields(line, delimiter)) for line in lines]
        usual, count = max(Counter(widths).items(), key=lambda pair: (pair[1], pair[0]))
        return (count / len(widths) if usual > 1 else 0.0, usual)

    return max(DELIMITERS, key=score)


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return []
