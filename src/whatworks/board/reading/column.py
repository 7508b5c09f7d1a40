"""Put tables and margins that places alone make into tabs and lines, so that actions of a PDF are read as one table."""

import re
from collections.abc import Sequence
from dataclasses import replace

from whatworks.board.reading.action_table import head_columns
from whatworks.board.reading.attendance.table import people_columns
from whatworks.board.reading.block import ACTION_LABEL
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.minutes_table import minutes_columns
from whatworks.board.reading.owner import split_owners
from whatworks.records.documents import Document, Line

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
    return bool(head_columns(texts) or people_columns(texts) or minutes_columns(texts))


_CHUNK = re.compile(r"\S+(?: \S+)*")
_MARKED = re.compile(
    rf"\s*(?:\(?[\d.]+[a-z]?[.)]?\s+|[•*-]\s+)?(?:actions?\b(?: point| item)?[^:–—-]{{0,12}}[:–—-]|{ACTION_LABEL}:)",
    re.IGNORECASE,
)
_MARGIN_HEAD = re.compile(r"actions?(?: by| owner)?|by whom|lead|owner|who", re.IGNORECASE)
_BY_INITIALS = re.compile(r"[A-Z][A-Za-z'’]{1,3}(?:\s*[/,&]\s*[A-Z][A-Za-z'’]{1,3})*")


def take_in_margin(lines: list[Line], spans: dict[int, int]) -> None:
    """Put whoever stands in the margin beside an action, or under a margin's heading "Action", behind the words."""
    margin: int | None = None
    for at, line in enumerate(lines):
        chunks = [(found.start(), found.group()) for found in _CHUNK.finditer(line.text)]
        if not chunks:
            continue
        start, last = chunks[-1]
        if start > 40 and len(chunks) < 3 and _MARGIN_HEAD.fullmatch(last.strip(" :")):
            margin = start
            lines[at] = replace(line, text=line.text[:start].rstrip())
        elif (
            len(chunks) == 2 and start > 40 and last[:1].isupper() and len(last.split()) < 7 and not last.endswith(".")
        ):
            if _MARKED.match(line.text):
                _join_action(lines, at, start, spans)
            elif margin and abs(start - margin) < 6 and (_BY_INITIALS.fullmatch(last) or split_owners(last, ())):
                lines[at] = replace(line, text=f"{line.text[:start].rstrip()} [Action: {last}]")


def _join_action(lines: list[Line], at: int, margin: int, spans: dict[int, int]) -> None:
    """Put an action's lines together: what stands left of the margin, and then who stands in it."""
    what, who = [lines[at].text[:margin].strip()], [lines[at].text[margin:].strip()]
    end = at + 1
    while end < len(lines) and end < at + 5 and lines[end].text.strip():
        text = lines[end].text
        left, right = text[: margin - 2].strip(), text[margin - 2 :].strip()
        if read_marker(left)[0] or _MARKED.match(text) or (left and what[-1].endswith(".")):
            break
        what += [left] if left else []
        who += [right] if right else []
        lines[end] = replace(lines[end], text="")
        end += 1
    lines[at] = replace(lines[at], text=f"{' '.join(what).rstrip('.')} – {' '.join(who)}")
    spans[lines[at].number] = lines[end - 1].number
