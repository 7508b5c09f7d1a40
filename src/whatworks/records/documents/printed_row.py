"""Put words with their places together into printed rows, and rows into text that keeps its columns apart."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

SAME_ROW = 0.45
"""How far two words of one row may stand above one another, in heights of the larger."""
COLUMN_GAP = 0.75
"""The least space between two cells of a row, in heights of its letters: more than between words."""
Stroke = tuple[float, float, float, float]
"""A level line: its height on the page, where it begins and ends, and its thickness."""
Mark = Literal["hidden", "struck-through", "sideways"] | None
_WORD = re.compile(r"\S+")
_LEADERS = re.compile(r"\.{4,}|(?:\s\.){3,}|…{2,}")
"""The dots that lead the eye from a name to its figure."""
SOFT_HYPHEN = "\xad"
WIDEST = 200
"""The most spaces of a gap."""
NEAR_EDGE, FEWEST_FULL = 0.1, 2
_CHARACTER = 2.5
"""The height of a letter of a text file, in its widths: two spaces part columns there, and one does not."""


@dataclass(slots=True)
class Word:
    """A word, or a piece of one, and its place; `base` grows upwards. `mark` says how the paper takes it back."""

    text: str
    left: float
    right: float
    base: float
    height: float
    space: float
    """How wide a space is beside it."""
    mark: Mark = None
    bold: bool = False


@dataclass(slots=True)
class Segment:
    """Words of a row with no column's gap between them."""

    text: str
    left: float
    right: float
    base: float = 0.0


@dataclass(slots=True)
class Row:
    """A printed row, from the left."""

    words: list[Word]
    step: float = 0.0
    """How far it stands below the row before, in heights of its letters."""
    number: int = 0
    """Of the line that it becomes, from 1."""
    ruled: bool = False
    """Whether a line is drawn between it and the row before."""
    segments: list[Segment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = _glued(sorted(self.words, key=lambda word: word.left))
        self.segments = segments_of(self.words, COLUMN_GAP * self.height)

    @property
    def height(self) -> float:
        """Return the height of most of its letters."""
        return median(word.height for word in self.words) or 1.0

    @property
    def base(self) -> float:
        """Return the height on the page at which most of its words stand."""
        return median(word.base for word in self.words)

    @property
    def text(self) -> str:
        """Return its words."""
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        """Tell whether all its words are."""
        return all(word.bold for word in self.words)


def segments_of(words: Sequence[Word], gap: float) -> list[Segment]:
    """Return the words of a row put together where less than a gap is between them."""
    found: list[Segment] = []
    for word in words:
        last = found[-1] if found else None
        if last is None or word.left - last.right >= gap:
            found.append(Segment(word.text, word.left, word.right, word.base))
        else:
            last.text, last.right = f"{last.text} {word.text}", max(last.right, word.right)
    return found


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Return the rows of a page or column from the top."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.base):
        top = rows[-1][0] if rows else None
        if top and top.base - word.base <= SAME_ROW * max(top.height, word.height):
            rows[-1].append(word)
        else:
            rows.append([word])
    found = [Row(row) for row in rows]
    for above, row in pairwise(found):
        near = min(word.base for word in above.words) - max(word.base for word in row.words)
        row.step = near / min(above.height, row.height)
    return found


def rule(rows: Sequence[Row], strokes: Sequence[Stroke]) -> None:
    """Say of each row whether drawn lines part it from the row before: over half of its width or more."""
    levels = sorted(strokes)
    for above, row in pairwise(rows):
        left, right = row.words[0].left, row.words[-1].right
        between = levels[bisect_left(levels, (row.base + 0.3 * row.height,)) : bisect_left(levels, (above.base,))]
        covered = sum(max(0.0, min(right, end) - max(left, begin)) for _, begin, end, _ in between)
        row.ruled = 2 * covered >= right - left


def rows_of_text(lines: Iterable[tuple[int, str]]) -> list[Row]:
    """Return the rows of a text file's lines, given by number: each character is as wide as another."""
    rows: list[Row] = []
    for number, text in lines:
        spans = _WORD.finditer(without_leaders(text))
        words = [Word(one[0], *one.span(), -number * _CHARACTER, _CHARACTER, 1.0) for one in spans]
        if words:
            rows.append(Row(words, number - rows[-1].number if rows else 0.0, number))
    return rows


def wrapped_rows(rows: Sequence[Row]) -> set[int]:
    """Return the places of the rows of a column that go on with a full row above: their first word had no room there.

    How wide the column is is known where prose fills it: where sentences run on from rows that end close to its edge.
    """
    if not rows:
        return set()
    left, edge = min(row.words[0].left for row in rows), max(row.words[-1].right for row in rows)
    full = [above.words[-1].right >= edge - NEAR_EDGE * (edge - left) for above in rows]
    if sum(near and row.text[0].islower() for near, row in zip(full, rows[1:], strict=False)) < FEWEST_FULL:
        return set()
    tight = min((row.step for row in rows[1:]), default=0.0)
    return {
        at
        for at, (above, row) in enumerate(pairwise(rows), 1)
        if row.step <= 1.1 * tight
        and edge - above.words[-1].right < row.words[0].right - row.words[0].left + 0.2 * row.height
    }


def without_leaders(text: str) -> str:
    """Return a text with spaces for the dots that lead to a figure.

    >>> without_leaders("Staff.......100"), without_leaders("And so on... 5")
    ('Staff       100', 'And so on... 5')
    """
    return _LEADERS.sub(lambda dots: " " * len(dots[0]), text)


def _glued(words: Sequence[Word]) -> list[Word]:
    """Return the words of a row, each whole: writers draw some letter by letter."""
    whole: list[Word] = []
    for word in words:
        last = whole[-1] if whole else None
        if last and last.mark == word.mark and word.left - last.right < max(0.5 * last.space, 0.05 * last.height):
            glued = Word(f"{last.text}{word.text}", last.left, max(last.right, word.right), last.base, last.height,
                         last.space, last.mark, last.bold)  # fmt: skip
            whole[-1] = glued
        else:
            whole.append(word)
    return whole


def unhyphened(rows: Sequence[Row]) -> Sequence[Row]:
    """Put words together that a writer parted at the ends of a column's rows, as its own sign for that says."""
    for above, row in pairwise(rows):
        last = above.words[-1]
        if last.text.endswith(SOFT_HYPHEN) and len(row.words) > 1:
            last.text = last.text.removesuffix(SOFT_HYPHEN) + row.words.pop(0).text
    return rows


def laid_out(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield each row's text with as many spaces as its gaps are wide, and how many blank lines stand before it."""
    if not rows:
        return
    words = [word for row in rows for word in row.words]
    wide = sum(word.right - word.left for word in words) / max(1, sum(len(word.text) for word in words)) or 1.0
    left = min(word.left for word in words)
    steps = sorted(row.step for row in rows if row.step > 0) or [1.0]
    usual = max(steps[len(steps) // 12], 0.5)
    for row in rows:
        text, last = "", 0.0
        for word in row.words:
            gap = word.left - last >= COLUMN_GAP * row.height
            at = round((word.left - left) / wide)
            text += " " * (min(max(at - len(text), 2 if text else 0), WIDEST) if gap or not text else 1) + word.text
            last = word.right
        yield max(0, min(3, round(row.step / min(usual, 2.5)) - 1 if row.step > 1.3 * usual else 0)), text
