"""Part a page that is printed in columns, so that each is read down before the next, as its reader does."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from whatworks.records.documents.printed_row import Row, Word, rows_of

GUTTER = 0.8
"""The least width between two columns, in heights of letters."""
FEWEST_LINES, FEWEST_WORDS, FEWEST_RUNNING = 6, 3.0, 2
ALIKE = 0.75
_NUMBERED = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?[.)]?\s+[A-Z]")
_LIST = re.compile(
    r"(?:(?:members|officers|others|also|those) )?(?:present|in attendance|attending|attendees|apologies|absent)"
    r"(?: for absence)?:?|(?:members|officers|observers|guests):?",
    re.IGNORECASE,
)
"""Headings of the lists of who was there."""
WIDEST_STEP = 3.0
_ENDS = (".", ":", ";", "?", "!")

Columns = Literal["one", "several", "unclear"]


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of a page in which a gutter stands free, with the words on its two sides."""

    rows: tuple[int, int]
    left: list[Row]
    right: list[Row]


def in_columns(words: Sequence[Word], gutters: list[float], depth: int = 0) -> tuple[list[list[Row]], Columns]:
    """Return the parts of a page in the order of reading, each as its rows, and how the page is printed.

    Two columns of prose stand beside each other where a gutter runs down the page, the sentences of both run over
    their lines, and their paragraphs do not begin side by side as a table's rows do. `gutters` are those of the pages
    before, which later pages need less of; a gutter that is found is added.
    """
    rows = rows_of(words)
    if (lists := _lists(rows)) is not None:
        return [part for some in lists if some for part in in_columns(some, gutters, depth + 1)[0]], "several"
    unclear = False
    for at in _edges(rows, 2 if depth else FEWEST_LINES):
        for band in _bands(rows, at):
            known = any(abs(at - one) < 4 for one in gutters) or (depth > 0 and _is_prose(band.left))
            kind = _kind(band, known=known)
            unclear = unclear or kind == "unclear"
            if kind != "several" or depth > 2:
                continue
            gutters.append(at)
            parts: list[list[Row]] = []
            first, last = band.rows
            above, below = ([word for row in some for word in row.words] for some in (rows[:first], rows[last + 1 :]))
            sides = [[word for row in side for word in row.words] for side in (band.left, band.right)]
            for part in (above, *sides, below):
                if part:
                    parts += in_columns(part, gutters, depth + 1)[0]
            return parts, "several"
    return [rows] if rows else [], "unclear" if unclear else "one"


def _lists(rows: Sequence[Row]) -> list[list[Word]] | None:
    """Return the words above lists of people that stand side by side, of each list, and below; None where none do.

    They are known by their headings, which stand in one row; they end where a row is numbered, or crosses from one list
    to the next. Where they only seem to end, they are left as they stand: the present are never put under apologies.
    """
    heads = (at for at, row in enumerate(rows) if len(row.segments) > 1)
    first = next((at for at in heads if all(_LIST.fullmatch(one.text) for one in rows[at].segments)), None)
    if first is None:
        return None
    edges = [segment.left - rows[first].height for segment in rows[first].segments[1:]]
    last = first
    while last + 1 < len(rows) and _is_listed(rows[last + 1], rows[first].words[0].left, edges):
        last += 1
        if rows[last].step > WIDEST_STEP:
            return None
    columns: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for row in rows[first : last + 1]:
        for word in row.words:
            columns[sum(word.left >= edge for edge in edges)].append(word)
    above, below = ([word for row in some for word in row.words] for some in (rows[:first], rows[last + 1 :]))
    return [above, *columns, below] if all(len(column) > 1 for column in columns) else None


def _is_listed(row: Row, left: float, edges: Sequence[float]) -> bool:
    crosses = any(segment.left < edge < segment.right for segment in row.segments for edge in edges)
    return not crosses and row.words[0].left >= left - 2 and _NUMBERED.match(row.text) is None


def _edges(rows: Sequence[Row], fewest: int) -> list[float]:
    """Return where a second column may begin: where most rows or segments begin that do not begin a page's row."""
    left = min((row.words[0].left for row in rows), default=0.0)
    begins = Counter(
        round(segment.left)
        for row in rows
        for at, segment in enumerate(row.segments)
        if at or segment.left > left + 5 * row.height
    )
    near = {at: begins[at - 1] + begins[at] + begins[at + 1] for at in begins}
    return sorted((float(at) for at in near if near[at] >= fewest), key=lambda at: (-near[round(at)], at))[:4]


def _bands(rows: Sequence[Row], at: float) -> Iterator[_Band]:
    """Yield the runs of rows through which a gutter left of this place stands free."""
    cut = [_sides(row, at) for row in rows]
    begun = 0
    while begun < len(rows):
        end = begun
        while end < len(rows) and cut[end] is not None:
            end += 1
        sides = [side for side in cut[begun:end] if side is not None]
        held = [number for number, (_, right) in enumerate(sides, begun) if right]
        if held:
            first, last = held[0], held[-1]
            while last + 1 < end and (end == len(rows) or rows[last + 1].step < 1.8):
                last += 1  # the first column may be the longer one
            both = [side for side in cut[first : last + 1] if side is not None]
            left, right = (rows_of([word for side in both for word in side[part]]) for part in (0, 1))
            if left and right:
                yield _Band((first, last), left, right)
        begun = end + 1


def _sides(row: Row, at: float) -> tuple[list[Word], list[Word]] | None:
    """Return the words of a row left and right of a gutter; None where they cross it."""
    slack = 0.3 * row.height
    left = [word for word in row.words if word.left < at - slack]
    right = row.words[len(left) :]
    edge = max((word.right for word in left), default=0.0)
    free = not left or edge <= (right[0].left if right else at) - GUTTER * row.height
    return (left, right) if free else None


def _kind(band: _Band, *, known: bool) -> Columns:
    left, right = band.left, band.right
    if known and len(left) > 1 and right and not _side_by_side(left, right):
        return "several"
    if not (_is_prose(left) and _is_prose(right)):
        return "several" if _is_prose(right) and _is_list(left, right) else "one"
    ours, theirs = _numbers(left), _numbers(right)
    if ours and theirs and max(ours) < min(theirs):
        return "several"
    if _side_by_side(left, right):
        return "one"
    filled = all(_is_filled(side) for side in (left, right))
    return "several" if filled else "unclear"


def _is_prose(column: Sequence[Row]) -> bool:
    texts = [row.text for row in column]
    running = sum(not before.endswith(_ENDS) and after[0].islower() for before, after in pairwise(texts))
    words = sum(len(text.split()) for text in texts)
    return len(texts) >= FEWEST_LINES and words >= FEWEST_WORDS * len(texts) and running >= FEWEST_RUNNING


def _is_list(column: Sequence[Row], prose: Sequence[Row]) -> bool:
    """Tell whether a column lists names beside prose: its lines are no heads of the paragraphs beside them."""
    starts, slack = _starts(prose), 0.3 * prose[0].height
    beside = sum(any(abs(row.base - start) <= slack for start in starts) for row in column)
    words = sum(len(row.text.split()) for row in column)
    return len(column) >= FEWEST_LINES and 2 * words >= FEWEST_WORDS * len(column) and 2 * beside < len(column)


def _is_filled(column: Sequence[Row]) -> bool:
    """Tell whether most lines reach as far as the column is wide, as prose does."""
    edge, left = max(row.words[-1].right for row in column), min(row.words[0].left for row in column)
    full = sum(row.words[-1].right - left >= 0.8 * (edge - left) for row in column)
    return 2 * full >= len(column)


def _side_by_side(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Tell whether the paragraphs of two columns begin side by side, as the cells of a table's rows do."""
    ours, theirs = _starts(left), _starts(right)
    slack = 0.3 * left[0].height
    met = [sum(any(abs(one - two) <= slack for two in some) for one in others) / len(others)
           for some, others in ((ours, theirs), (theirs, ours))]  # fmt: skip
    return min(len(ours), len(theirs)) > 1 and min(met) >= ALIKE


def _starts(column: Sequence[Row]) -> list[float]:
    """Return the heights at which paragraphs begin: below a larger gap, or where none is, behind a sentence's end."""
    usual = min((row.step for row in column[1:]), default=1.0)
    gapped = [row.base for row in column[1:] if row.step > 1.12 * usual]
    ended = [row.base for before, row in pairwise(column) if before.text.endswith(_ENDS) or not row.text[0].islower()]
    return [column[0].base, *(gapped or ended)]


def _numbers(column: Sequence[Row]) -> list[tuple[int, int]]:
    return [(int(one[1]), int(one[2] or 0)) for row in column if (one := _NUMBERED.match(row.text))]
