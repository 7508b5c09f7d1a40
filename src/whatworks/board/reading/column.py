"""Put tables that places alone make into tabs, so that an action table of a PDF is read as one."""

from collections.abc import Sequence
from dataclasses import replace

from whatworks.board.reading.action import head_columns
from whatworks.board.reading.attendance_table import is_attendance_head
from whatworks.board.reading.margin import take_in_margin
from whatworks.board.reading.minutes_table import minutes_columns
from whatworks.records.documents import Document

_DEEPEST_HEAD = 3
"""Rows at a table's top among which its headings are."""


def align(document: Document) -> tuple[Document, dict[int, int]]:
    """Return the document with such tables of actions, people and minutes in tabs, and each row's last line."""
    lines = list(document.lines)
    spans: dict[int, int] = {}
    if document.kind in ("text", "pdf"):
        take_in_margin(lines, spans)
    for grid in document.tables if document.kind in ("text", "pdf") else ():
        heads = [at for at, texts in enumerate(grid.texts()[:_DEEPEST_HEAD]) if _is_head(texts)]
        for row in grid.rows[heads[0] :] if heads else ():
            first, last = row[0].lines
            if "\t" in lines[first - 1].text or "|" in lines[first - 1].text:
                continue
            for number in range(first, last + 1):
                text = "\t".join(cell.text for cell in row) if number == first else ""
                lines[number - 1] = replace(lines[number - 1], text=text)
            spans[first] = last
    return (replace(document, lines=tuple(lines)), spans) if spans else (document, {})


def _is_head(texts: Sequence[str]) -> bool:
    return bool(head_columns(texts) or is_attendance_head(texts) or minutes_columns(texts))
