"""Read a page that is printed in two columns one column after the other, as its reader does."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

GUTTER = 4
"""Spaces between two columns of a page as it is laid out."""
FEWEST_LINES, FEWEST_WORDS, FEWEST_RUNNING = 6, 3.0, 2
_GAP = re.compile(rf" {{{GUTTER},}}(?=\S)")
_NUMBERED = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?[.)]?\s+[A-Z]")

Columns = Literal["one", "two", "unclear"]


def in_order(text: str) -> tuple[str, Columns]:
    """Return a page's text with its second column below its first, and how the page is printed.

    Two columns of prose, each of whose sentences run over its lines, are parted where the numbers of the second go on
    from those of the first: a table of two columns is not. Prose without such numbers is unclear, and stays.

    >>> left = ["1. We met", "and went on", "to speak of", "all the matters", "of the year", "and its end"]
    >>> right = ["2. We ended", "and left for", "home by the", "road to it", "in the rain", "as it was"]
    >>> page, columns = in_order("\\n".join(f"{a:<20}{b}" for a, b in zip(left, right)))
    >>> columns, page.split("\\n")[5:7]
    ('two', ['and its end', '2. We ended'])
    """
    lines = text.split("\n")
    at = _right_edge(lines)
    rows = [number for number, line in enumerate(lines) if at and _parts(line, at)[1]]
    if at is None or len(rows) < FEWEST_LINES:
        return text, "one"
    first, last = rows[0], rows[-1]
    while last + 1 < len(lines) and lines[last + 1].strip() and len(lines[last + 1]) < at:
        last += 1  # the first column may be the longer one
    cut = [_parts(line, at) for line in lines[first : last + 1]]
    left, right = [one for one, _ in cut if one], [other for _, other in cut if other]
    if not (_is_prose(left) and _is_prose(right)):
        return text, "one"
    if not _goes_on(left, right):
        return text, "unclear"
    return "\n".join([*lines[:first], *left, *right, *lines[last + 1 :]]), "two"


def _right_edge(lines: Sequence[str]) -> int | None:
    """Return where most texts behind the only gap of their line begin."""
    begins = Counter(gaps[0] for line in lines if len(gaps := [gap.end() for gap in _GAP.finditer(line)]) == 1)
    return max(begins, key=lambda at: (begins[at], -at)) if begins else None


def _parts(line: str, at: int) -> tuple[str, str]:
    """Return what stands in the first and the second column of a line."""
    gaps = [gap.end() for gap in _GAP.finditer(line)]
    return (line[:at].strip(), line[at:].strip()) if gaps == [at] else (line.strip(), "")


def _is_prose(column: Sequence[str]) -> bool:
    running = sum(
        not before.endswith((".", ":", ";", "?", "!")) and after[0].islower() for before, after in pairwise(column)
    )
    words = sum(len(text.split()) for text in column)
    return len(column) >= FEWEST_LINES and words >= FEWEST_WORDS * len(column) and running >= FEWEST_RUNNING


def _goes_on(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether the numbers of the second column go on from those of the first."""
    ours, theirs = _numbers(left), _numbers(right)
    return bool(ours and theirs) and max(ours) < min(theirs)


def _numbers(column: Sequence[str]) -> list[tuple[int, int]]:
    return [(int(found[1]), int(found[2] or 0)) for text in column if (found := _NUMBERED.match(text))]
