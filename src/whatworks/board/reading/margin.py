"""Put owners who stand in the margin of a page behind the actions beside which they stand."""

import re
from dataclasses import replace

from whatworks.board.reading.block import ACTION_LABEL
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.owner import split_owners
from whatworks.records.documents import Line

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
