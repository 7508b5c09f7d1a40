"""Put tables whose columns are kept apart by spaces into tabs, so that an action table of a PDF is read as one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from whatworks.board.reading.action import head_columns
from whatworks.board.reading.attendance import is_attendance_head
from whatworks.board.reading.block import plain
from whatworks.records.documents import Document, Line

_GAP = re.compile(r"\s{2,}")


def align(document: Document) -> tuple[Document, dict[int, int]]:
    """Return the document with such tables in tabs, and for each row the last line that it took in."""
    if document.kind not in ("text", "pdf"):
        return document, {}
    lines = list(document.lines)
    spans: dict[int, int] = {}
    at = 0
    while at < len(lines):
        starts = _header(lines[at])
        at += 1
        if starts:
            lines[at - 1] = replace(lines[at - 1], text="\t".join(_cut(lines[at - 1].text, starts)))
            at = _rows(lines, at, starts, spans)
    return (replace(document, lines=tuple(lines)), spans) if spans else (document, {})


def _header(line: Line) -> tuple[int, ...] | None:
    """Return where the columns begin, if a line is the header of an action or attendance table set with spaces."""
    if "\t" in line.text or "|" in line.text or not _GAP.search(line.text.strip()):
        return None
    cells = [plain(cell) for cell in _GAP.split(line.text.strip())]
    if not (head_columns(cells) or is_attendance_head(cells)):
        return None
    starts, begun = [], 0
    for cell in cells:
        begun = line.text.index(cell, begun)
        starts.append(begun)
        begun += len(cell)
    return tuple(starts)


def _rows(lines: list[Line], at: int, starts: Sequence[int], spans: dict[int, int]) -> int:
    """Turn the rows below a header into tabs; a line that lies within the columns goes on with the row above it."""
    row: int | None = None
    blanks = 0
    while at < len(lines):
        text = lines[at].text
        if not text.strip():
            blanks += 1
            if blanks > 2:
                return at
            at += 1
            continue
        cells = _cut(text, starts)
        filled = sum(bool(cell) for cell in cells)
        if filled < 2 and blanks and (row is None or text[:1].strip()):
            return at
        begins = filled >= 2 and bool(cells[0]) and (blanks > 0 or filled > len(cells) // 2 or row is None)
        if begins:
            row = at
            lines[at] = replace(lines[at], text="\t".join(cells))
            spans[lines[at].number] = lines[at].number
        elif row is None:
            return at
        else:
            merged = [f"{a} {b}".strip() for a, b in zip(lines[row].text.split("\t"), cells, strict=True)]
            lines[row] = replace(lines[row], text="\t".join(merged))
            spans[lines[row].number] = lines[at].number
            lines[at] = replace(lines[at], text="")
        blanks = 0
        at += 1
    return at


def _cut(text: str, starts: Sequence[int]) -> list[str]:
    """Cut a line at the columns, moving each cut to the gap nearest to it so that no word is split."""
    cuts = [0]
    for start in starts[1:]:
        gaps = [found.end() for found in _GAP.finditer(text)]
        near = min(gaps, key=lambda gap: abs(gap - start), default=start)
        cuts.append(max(cuts[-1], near if abs(near - start) <= 6 else min(start, len(text))))
    ends = [*cuts[1:], len(text)]
    return [plain(text[begun:end]) for begun, end in zip(cuts, ends, strict=True)]
