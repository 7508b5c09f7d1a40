"""Find the words of a PDF's page with their places: without notes' raised marks, and with what is hidden or struck."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams

from whatworks.records.documents.note_mark import is_note_mark
from whatworks.records.documents.pdf_steps import Step, is_endless, raised_tags, struck_notes, tag_of
from whatworks.records.documents.printed_row import Mark, Stroke, Word, without_leaders

SMALLER = 0.85
"""A mark's letters are at most this share of the height of those that it follows."""
LEAST_RISE, MOST_RISE = 0.12, 0.9
"""How far a mark stands above the line, in heights of the letters that it follows."""
WIDEST_GAP = 0.4
UNSEEN = 3
"""The way of showing letters that neither fills nor draws them."""
THICKEST, LOWEST, HIGHEST, LEAST_STRUCK = 0.15, 0.15, 0.5, 0.6
"""Of a line that strikes words through: its thickness and height in heights of the letters; the part that it covers."""
MOST_STROKES = 5_000
"""A page with more level lines is a drawing, and which of them strike words is not asked."""
MOST_UNSEEN = 0.5
"""Where more of a page is drawn unseen, a scanner laid there what it recognised in the picture."""
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
"""In the name of a font."""
_MOVING = (b"Td", b"TD", b"Tm", b"T*", b"'", b'"')
_SHOWING = (b"Tj", b"TJ", b"'", b'"')


@dataclass(slots=True)
class _Shown:
    """A text as one operator shows it, and where each of its letters begins."""

    text: str
    edges: list[float]
    base: float
    height: float
    space: float
    rise: float
    tagged: bool
    unseen: bool
    turned: bool
    bold: bool

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]

    def follows(self, other: "_Shown") -> bool:
        """Tell whether this stands right behind the other, on its line or raised above it."""
        gap = (self.left - other.right) / (other.height or 1)
        return -WIDEST_GAP <= gap <= WIDEST_GAP and abs(self.base - other.base) <= MOST_RISE * other.height

    def is_raised(self, line: "_Shown") -> bool:
        """Tell whether this is raised above the text of its line."""
        rise = (self.base - line.base) / (line.height or 1)
        small = self.height <= SMALLER * line.height or self.rise > 0
        return self.tagged or (small and LEAST_RISE <= rise <= MOST_RISE)


def words_of(page: PageObject, steps: Sequence[Step]) -> tuple[list[Word], list[Stroke]] | None:
    """Return the words and level lines of a page; None where its lines take more steps than writing does.

    Words turned on their side have a mark; none are returned of a page all of whose words are.
    """
    if is_endless(steps):
        return None
    strokes: list[Stroke] = list(struck_notes(page))
    texts = list(_shown(steps, raised_tags(page), strokes))
    if all(one.turned for one in texts):
        return [], strokes
    marks = {id(one) for one in _marks([one for one in texts if not one.turned])}
    strokes = sorted(strokes) if len(strokes) <= MOST_STROKES else []
    unseen = sum(len(one.text) for one in texts if one.unseen)
    scanned = unseen > MOST_UNSEEN * sum(len(one.text) for one in texts)
    return list(_words([one for one in texts if id(one) not in marks], strokes, scanned=scanned)), strokes


def _words(texts: Sequence[_Shown], strokes: Sequence[Stroke], *, scanned: bool) -> Iterator[Word]:
    """Yield the pieces of words between spaces; one drawn twice, to look bold, once."""
    drawn: set[tuple[str, int, int]] = set()
    for text in texts:
        at, said = 0, without_leaders(text.text)
        for part in said.split():
            at = said.index(part, at)
            left, right = text.edges[at], text.edges[at + len(part)]
            at += len(part)
            spots = [(part, round(left) + x, round(text.base) + y) for x in (0, -1, 1) for y in (0, -1, 1)]
            if not drawn.isdisjoint(spots):
                continue
            drawn.add(spots[0])
            struck = _is_struck(left, right, text.base, text.height, strokes)
            mark: Mark = "hidden" if text.unseen and not scanned else "struck-through" if struck else None
            mark = "sideways" if text.turned else mark
            yield Word(part, left, right, text.base, text.height, text.space, mark, text.bold)


def _is_struck(left: float, right: float, base: float, height: float, strokes: Sequence[Stroke]) -> bool:
    at = bisect_left(strokes, (base + LOWEST * height,))
    while at < len(strokes) and strokes[at][0] <= base + HIGHEST * height:
        _, begin, end, thickness = strokes[at]
        covered = min(right, end) - max(left, begin)
        if thickness <= THICKEST * height and covered >= LEAST_STRUCK * (right - left) > 0:
            return True
        at += 1
    return False


def _marks(texts: Sequence[_Shown]) -> Iterator[_Shown]:
    """Yield what is raised behind a text and, as far as it is raised, is a note's mark."""
    line: _Shown | None = None
    before, raised = "", list[_Shown]()
    for text in texts:
        last = raised[-1] if raised else line
        if line and last and text.follows(last) and text.is_raised(line):
            raised.append(text)
            continue
        yield from _if_mark(raised, before)
        before = before + text.text if last and text.follows(last) else text.text
        line, raised = text, []
    yield from _if_mark(raised, before)


def _if_mark(raised: list[_Shown], before: str) -> list[_Shown]:
    return raised if is_note_mark("".join(one.text for one in raised), before) else []


def _shown(steps: Sequence[Step], raised: set[int], strokes: list[Stroke]) -> Iterator[_Shown]:
    """Yield every text of a page in the order in which it is drawn; its level lines are added to `strokes`."""
    state, open_tags = TextStateManager(), list[bool]()
    modes, point = [0], (0.0, 0.0)
    for operands, name, fonts in steps:
        if name in (b"BDC", b"BMC"):
            open_tags.append(name == b"BDC" and tag_of(operands) in raised)
        elif name == b"EMC" and open_tags:
            open_tags.pop()
        elif name == b"Tr":
            modes[-1] = int(operands[0])
        elif name in (b"q", b"Q"):
            modes = [*modes, modes[-1]] if name == b"q" else modes[:-1] or [0]
        elif name in (b"m", b"l", b"re"):
            point = _stroke(state, operands, name, point, strokes)
        for text in _step(state, fonts, operands, name):
            shown = state.text_state_params(text)
            if shown.text.strip() and shown.font.interpretable:
                yield _placed(shown, tagged=any(open_tags), unseen=modes[-1] == UNSEEN)
            _advance(state, shown)


def _placed(shown: TextStateParams, *, tagged: bool, unseen: bool) -> _Shown:
    raw, scale = shown._raw_chars, abs(shown.transform[0])
    edges = [shown.tx]
    if len(raw) == len(shown.text):
        for letter in raw:
            edges.append(edges[-1] + shown.word_tx(letter) * scale)
    else:
        wide = (shown.displaced_tx - shown.tx) / len(shown.text)
        edges += [shown.tx + wide * at for at in range(1, len(shown.text) + 1)]
    base = shown.ty * (-1 if shown.flip_vertical else 1)
    return _Shown(
        shown.text, edges, base, shown.font_height, shown.space_tx * scale, shown.Ts, tagged, unseen, shown.rotated,
        _BOLD.search(shown.font.name) is not None,
    )  # fmt: skip


def _stroke(
    state: TextStateManager, operands: Any, name: bytes, point: tuple[float, float], strokes: list[Stroke]
) -> tuple[float, float]:
    """Add a level line or flat bar, and return where the pen is."""
    a, b, c, d, e, f = state.effective_transform[:6]
    x, y, *size = (float(one) for one in operands)
    here = (a * x + c * y + e, b * x + d * y + f)
    if name == b"re" and len(size) == 2:
        wide, high = a * size[0], d * size[1]
        strokes.append((here[1] + high / 2, min(here[0], here[0] + wide), max(here[0], here[0] + wide), abs(high)))
    elif name == b"l" and abs(here[1] - point[1]) < 1:
        strokes.append(((here[1] + point[1]) / 2, min(here[0], point[0]), max(here[0], point[0]), 0.0))
    return here


def _step(state: TextStateManager, fonts: Any, operands: Any, name: bytes) -> Iterator[bytes]:
    """Put one operation to the state of the page, and yield the texts that it shows."""
    if name == b"q":
        state.add_q()
    elif name == b"Q" and state.font_stack:
        state.remove_q()
    elif name == b"cm":
        state.add_cm(*operands)
    elif name in (b"BT", b"ET"):
        state.reset_tm()
    elif name == b"Tf" and operands[0] in fonts:
        state.set_font(fonts[operands[0]], float(operands[1]))
    elif name in _MOVING:
        _move(state, operands, name)
    elif name not in _SHOWING:
        state.set_state_param(name, operands)
    if name == b"TJ":
        for part in operands[0]:
            if isinstance(part, bytes):
                yield part
            else:
                _advance(state, state.text_state_params(), float(part))
    elif name in _SHOWING and isinstance(operands[-1], bytes):
        yield operands[-1]


def _advance(state: TextStateManager, text: TextStateParams, back: float = 0.0) -> None:
    """Go behind a text, and back by so many thousandths of its size; what was gone before is added up."""
    width, last = text.word_tx(text.value, back), state.transform_stack.maps[0]
    if last["is_render"]:
        last[4] += width
    else:
        state.add_trm([width, 0.0])


def _move(state: TextStateManager, operands: Any, name: bytes) -> None:
    """Begin another line, or set the place of the next text."""
    state.reset_trm()
    if name == b"Tm":
        state.reset_tm()
    elif name == b"TD":
        state.set_state_param(b"TL", -float(operands[1]))
    elif name == b'"':
        state.set_state_param(b"Tw", operands[0])
        state.set_state_param(b"Tc", operands[1])
    state.add_tm(operands if name in (b"Td", b"TD", b"Tm") else [0, -state.TL])
