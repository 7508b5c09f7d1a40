"""Find where one file holds the minutes of several meetings, so that each is read by itself."""

import re
from collections.abc import Sequence

from whatworks.board.reading.attendance_label import read_label
from whatworks.board.reading.block import plain
from whatworks.board.reading.printed_date import find_dates
from whatworks.records.documents import Line

_HEAD = re.compile(r"\b(?:minutes|board|partnership|committee|panel|group|council|forum)\b", re.IGNORECASE)
NEAR = 14


def meeting_ranges(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """Return (first, last) line of each meeting in a file; one range where it holds one.

    A meeting begins where a full date stands in a head above a list of those present, and the date is a new one.
    """
    filled = [line for line in lines if plain(line.text)]
    begins: list[int] = []
    dates: list[object] = []
    for at, line in enumerate(filled):
        label = read_label(plain(line.text))
        if not label or label.printed.lower() not in ("present", "attendees", "attendance", "members present"):
            continue
        above = filled[max(0, at - NEAR) : at]
        dated = [n for n, one in enumerate(above) if any(day.year for day in find_dates(plain(one.text)))]
        if not dated:
            continue
        day = next(day.on() for day in find_dates(plain(above[dated[-1]].text)) if day.year)
        if day in dates:
            continue
        dates.append(day)
        begins.append(_head(filled, max(0, at - NEAR) + dated[-1]))
    if len(begins) < 2:
        return ((1, len(lines)),)
    starts = [1, *begins[1:]]
    return tuple(zip(starts, [*(start - 1 for start in starts[1:]), len(lines)], strict=True))


def _head(filled: Sequence[Line], at: int) -> int:
    """Return the line with which a head begins, going up from its date over its title lines."""
    first = filled[at].number
    for line in reversed(filled[max(0, at - 5) : at]):
        text = plain(line.text)
        if not _HEAD.search(text) or len(text.split()) > 14 or text.endswith(".") or re.search(r"\bnext\b", text, re.I):
            break
        first = line.number
    return first
