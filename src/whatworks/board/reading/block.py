"""Put printed lines together into blocks: a paragraph, a list entry, a heading or a table's row, with its lines."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from whatworks.board.parsed import Lines
from whatworks.board.reading.marker import Marker, read_marker
from whatworks.records.documents import PARAGRAPH, Document, Line

LONGEST_LINE = 20_000
"""Characters: no paragraph of minutes is longer, and what is stays unplaced."""
MOST_WORDS = 20
"""Of a heading."""
_END = re.compile(r"[.!?:;][\"'”’)\]*]*$")
_ROW = re.compile(r"\S\s*\t\s*\S|^\s*\||\S\s*\|\s*\S|^\t+\S")
_DECORATION = re.compile(r"\*\*|__|^#{1,6}\s+|^\s*>\s+")
_HYPHENED = re.compile(r"\w-$")
"""A word broken at its own hyphen: it goes on in the next line without a space."""
_RULE = re.compile(r"^[\s*_=|+:–—-]{3,}$")
_OPENS = re.compile(
    r"\b(?:by|the|a|an|of|and|or|to|in|for|with|from|at|on|as|that|which|he|she|they|we|is|are|was|were)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A run of lines that belong together. `text` has one space for every run of white space and no mark."""

    text: str
    lines: Lines
    marker: Marker | None
    starts: tuple[tuple[int, int], ...]
    """(offset in `text`, line) where each line's own text begins."""
    gap: bool = False
    """Whether a blank line stands before it."""
    row: bool = False
    """Whether it is a row of a table: its cells are in `cells`."""
    cells: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    """The paragraphs of each cell."""
    heading: bool = False
    """Whether the paper sets it as a heading."""

    def lines_of(self, start: int, end: int) -> Lines:
        """Return the lines on which the characters from `start` to `end` of the text stand."""
        offsets = [offset for offset, _ in self.starts]
        first = self.starts[max(0, bisect_right(offsets, start) - 1)][1]
        last = self.starts[max(0, bisect_right(offsets, max(start, end - 1)) - 1)][1]
        return first, last


def ends_sentence(text: str) -> bool:
    """Tell whether a line could end a sentence.

    >>> ends_sentence("as agreed.”"), ends_sentence("the quality of the")
    (True, False)
    """
    return bool(_END.search(text.strip()))


def plain(text: str) -> str:
    """Return a line without markdown's decoration and with single spaces.

    >>> plain("## **Present**:  A  B")
    'Present: A B'
    """
    return " ".join(_DECORATION.sub("", text).replace("\xa0", " ").replace("\u200b", "").split())


def _without_frame(text: str) -> str:
    """Take off the bars at both ends of a row; one at one end stands beside an empty cell."""
    return text[1:-1] if text.startswith("|") and text.endswith("|") and len(text) > 1 else text


def _is_row(text: str) -> bool:
    """Tell a table's row from a line of text; an action may hold a bar."""
    return bool(_ROW.search(text)) and not (
        text.count("|") == 1 and re.match(r"\W*actions?\b[^|]*:", text, re.IGNORECASE)
    )


def is_shout(text: str) -> bool:
    """Tell whether a line is in capitals, as headings are.

    >>> is_shout("RURAL CRIME (24 March)"), is_shout("MPS")
    (True, False)
    """
    letters = re.sub(r"\([^)]*\)", "", text)
    return letters.isupper() and len(re.findall(r"[A-Z]", letters)) > 4


def make_blocks(document: Document, first: int, last: int) -> tuple[PaperBlock, ...]:
    """Return the blocks of the lines from `first` to `last` of a document."""
    lines = [line for line in document.lines[first - 1 : last] if not _RULE.match(line.text)]
    wrapped = document.kind == "pdf" or (document.kind == "text" and is_wrapped(lines))
    spacing = 2 if wrapped and _is_double_spaced(lines) else 1
    width = _width(lines) if document.kind == "pdf" else 0
    blocks: list[PaperBlock] = []
    previous: Line | None = None
    for line in lines:
        if not plain(line.text) or len(line.text) > LONGEST_LINE:
            continue
        distance = line.number - previous.number if previous else 99
        if blocks and previous and _joins(blocks[-1], previous, line, distance, spacing, wrapped=wrapped, width=width):
            blocks[-1] = _joined(blocks[-1], line)
        else:
            blocks.append(_begun(line, gap=distance > spacing))
        previous = line
    parts = tuple(part for block in blocks for part in _split(block)) if wrapped else tuple(blocks)
    return tuple(part for block in parts for part in _titled(block))


_TITLE_FIRST = re.compile(
    r"(?P<title>(?:call to order|roll call|(?:approval of )?(?:the )?(?:previous )?minutes"
    r"|apologies(?: for absence)?|welcome|adjournment"
    r"|declarations? of interests?|any other business|introductions?|public comments?"
    r"|matters arising)\b[^.:–]{0,30})(?:\.|:|\s[–—-])\s+"
    r"(?=[A-Z])",
    re.IGNORECASE,
)


def _titled(block: PaperBlock) -> Iterator[PaperBlock]:
    """Part "2. Apologies. Two were received" into the item's title and what is said under it."""
    found = (
        _TITLE_FIRST.match(block.text) if block.marker and block.marker.kind in ("number", "bare", "section") else None
    )
    if found is None or len(block.text) - found.end() < 12:
        yield block
        return
    line = block.lines_of(found.end(), len(block.text))[0]
    starts = [(0, line)] + [(offset - found.end(), at) for offset, at in block.starts if offset > found.end()]
    before = tuple(start for start in block.starts if start[0] < found.end())
    yield replace(block, text=found.group("title").strip(), lines=(block.lines[0], line), starts=before)
    yield PaperBlock(block.text[found.end() :], (line, block.lines[1]), None, tuple(starts))


_INNER_HEADING = re.compile(r"(?<=[.!?])\s(?P<mark>\d{1,2}[a-z]?\.?)\s(?P<rest>[A-Z][A-Z\s&’'/-]{9,})$")


def _split(block: PaperBlock) -> Iterator[PaperBlock]:
    """Part what wrapping joined: a heading in capitals after a sentence, and entries that count on within an entry."""
    at = _seam(block)
    if at is None:
        yield block
        return
    first, last = block.lines_of(0, at), block.lines_of(at, len(block.text))
    before = tuple(start for start in block.starts if start[0] < at)
    marker, text = read_marker(block.text[at:].strip())
    cut = len(block.text) - len(text)
    starts = [(0, last[0])] + [(offset - cut, line) for offset, line in block.starts if offset > cut]
    yield replace(block, text=block.text[:at].strip(), lines=(block.lines[0], first[1]), starts=before)
    yield from _split(PaperBlock(text, (last[0], block.lines[1]), marker, tuple(starts)))


def _seam(block: PaperBlock) -> int | None:
    if heading := _INNER_HEADING.search(block.text):
        return heading.start("mark")
    marker = block.marker
    if marker is None or block.row:
        return None
    if marker.kind == "number" and marker.text.isdigit():
        sign = re.escape(marker.style.replace("1", str(int(marker.text) + 1)))
        found = re.search(rf"(?<=[\w;.,)])\s(?={sign}\s[A-Z])", block.text)
    elif marker.kind == "bullet" and marker.text == "-":
        found = re.search(r"(?<=[\w.;’”)])\s(?=-\s[A-Z][a-z]+\s)", block.text)
    else:
        return None
    return found.end() if found else None


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether sentences run over printed lines, so that a line's end means nothing."""
    filled = [line for line in lines if line.text.strip()]
    pairs = [
        (one.text.strip(), two.text.strip())
        for one, two in pairwise(filled)
        if two.number - one.number <= 2 and len(one.text.strip()) >= 45 and not _ROW.search(one.text)
    ]
    broken = sum(not ends_sentence(one) and two[:1].islower() for one, two in pairs)
    long = sum(len(line.text) > 260 for line in filled)
    return broken >= 3 and long * 10 <= len(filled)


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line stands after every printed line, within paragraphs too."""
    filled = [line for line in lines if line.text.strip()]
    gaps = [two.number - one.number for one, two in pairwise(filled)]
    broken = [
        two.number - one.number
        for one, two in pairwise(filled)
        if len(one.text.strip()) >= 45 and not ends_sentence(one.text) and two.text.strip()[:1].islower()
    ]
    return bool(broken) and broken.count(2) > 0.8 * len(broken) and gaps.count(1) < 0.1 * len(gaps)


def _width(lines: Sequence[Line]) -> int:
    """Return how long the lines are that a sentence runs over, or else all lines."""
    held = [line.text.strip() for line in lines if line.text.strip()]
    broken = [
        len(one) for one, two in pairwise(held) if two[:1].islower() and not ends_sentence(one) and len(one) < 200
    ]
    return max([*broken, *sorted(map(len, held))[: len(held) * 9 // 10 or 1][-1:]], default=0)


def _joins(
    block: PaperBlock, previous: Line, line: Line, distance: int, spacing: int, *, wrapped: bool, width: int
) -> bool:
    """Tell whether a line goes on with the block before it."""
    text, before = line.text.strip(), previous.text.strip()
    if block.row or _is_row(line.text) or line.text.lstrip().startswith("#"):
        return False
    if line.heading != previous.heading:
        return line.goes_on and not ends_sentence(before)
    if _begins_entry(block, before, line.text, adjacent=distance <= spacing):
        return False
    unfinished = not ends_sentence(before)
    if is_shout(block.text) and not is_shout(text) and (block.marker or not text[:1].islower()):
        return False
    if line.goes_on and unfinished and (text[:1].islower() or _OPENS.search(before) or _ONLY_A_NAME.match(before)):
        return True
    if distance > spacing or not wrapped:
        return distance <= 4 and unfinished and _goes_on(before, text)
    if line.wrapped:
        return True
    if width and len(before) + len(text.split()[0]) < 0.75 * width:
        return unfinished and text[:1].islower()
    return True


def _goes_on(before: str, text: str) -> bool:
    """Tell whether a sentence goes on over a page break: in small letters, or because the line before it must."""
    if len(before) < 45:
        return text[:1].islower() and len(before) >= 20
    opened = before.count("(") > before.count(")") or bool(_OPENS.search(before))
    return text[:1].islower() or opened


def _begins_entry(block: PaperBlock, before: str, text: str, *, adjacent: bool) -> bool:
    """Tell whether a line begins a new entry by its mark, and not by a number that chanced to come first."""
    marker, rest = read_marker(plain(text))
    if marker is None:
        return bool(LABEL.match(plain(text))) or (
            ends_sentence(before) and is_shout(plain(text)) and not is_shout(before)
        )
    if not adjacent or marker.kind == "item" or marker.style == "1/20":
        return True
    finished = ends_sentence(before) or before.endswith((" and", " or")) or bool(LABEL.fullmatch(before))
    shouted = rest.isupper() and len(rest) > 3
    if marker.kind in ("bullet", "decimal") and not (marker.kind == "bullet" and marker.text in "–—"):
        return finished or not rest[:1].islower()
    if marker.kind == "bullet":
        return finished
    before_it = block.marker
    follows = before_it is not None and (
        before_it.kind == "bullet" or (before_it.style, before_it.key[0] + 1) == (marker.style, marker.key[0])
    )
    if marker.kind == "bare":
        return shouted or (follows and finished)
    titled = rest[:1].isupper() and len(rest.split()) <= 10 and not ends_sentence(rest)
    return shouted or follows or (finished and (titled or marker.text in ("1", "a", "i")))


ACTION_LABEL = (
    r"(?:(?:for|new|agreed|further|urgent|immediate|staff|officers?|management|administration|board|council"
    r"|committee|panel|group|clerk|member) )?(?:actions?(?: points?| items?| notes?)?|directions?|tasks?"
    r"|follow[- ]ups?)(?: required| agreed| needed| requested)?"
)
"""What a short label in front of an action may say, before its colon."""
LABEL = re.compile(
    r"(?:action(?: points?| items?)?(?: \d+[\w./]*)?\s*[:–-]|" + ACTION_LABEL + r"\s*:|(?:key )?deliverables\s*:"
    r"|(?:it was )?resolved\b|(?:date of )?next (?:\w+ )?meeting\s*:"
    r"|(?:proposed|moved|seconded)(?: by)?\s*:|motion\s*:|decisions?\s*:|agreed\s*:"
    r"|(?:apologies|absent)\b[^:.]{0,40}:|present\s*:|in attendance\s*:"
    r"|recommendations?\s*:|the meeting (?:finished|closed|ended|concluded)\b)",
    re.IGNORECASE,
)
"""Beginnings of lines that always begin a block."""
_ONLY_A_NAME = re.compile(
    r"(?:new )?action(?: points?| items?)?(?: \d+[\w./]*)?\s*[:–-]\s*\w+(?: \w+)?$", re.IGNORECASE
)
"""An action of which no more is said than who is to do it."""


def _begun(line: Line, *, gap: bool) -> PaperBlock:
    if _is_row(line.text):
        delimiter = "|" if "|" in line.text and "\t" not in line.text else "\t"
        text = _without_frame(line.text.strip()) if delimiter == "|" else line.text
        cells = tuple(plain(cell) for cell in text.split(delimiter))
        parts = tuple(tuple(filter(None, map(plain, cell.split(PARAGRAPH)))) for cell in text.split(delimiter))
        whole, place = plain(line.text), (line.number,) * 2
        return PaperBlock(whole, place, None, ((0, line.number),), gap, row=True, cells=cells, parts=parts)
    marker, text = read_marker(plain(line.text))
    heading = line.text.lstrip().startswith("#") or (line.heading and len(text.split()) <= MOST_WORDS)
    return PaperBlock(text, (line.number, line.number), marker, ((0, line.number),), gap, heading=heading)


def _joined(block: PaperBlock, line: Line) -> PaperBlock:
    text = plain(line.text)
    glue = "" if _HYPHENED.search(block.text) and re.match(r"(?!(?:and|or|to)\b)\w", text) else " "
    at = len(block.text) + len(glue)
    return replace(
        block,
        text=f"{block.text}{glue}{text}",
        lines=(block.lines[0], line.number),
        starts=(*block.starts, (at, line.number)),
    )
