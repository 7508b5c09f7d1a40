"""Put a PDF's page right before its layout is read: the raised 1 of a note would be read as a digit of its figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DictionaryObject, FloatObject, NameObject

from whatworks.records.documents.note_mark import is_note_mark

SMALLER = 0.85
"""A mark's letters are at most this share of the height of those that it follows."""
LEAST_RISE, MOST_RISE = 0.12, 0.9
"""How far a mark stands above the line, in heights of the letters that it follows."""
WIDEST_GAP = 0.4
_MOVING = (b"BT", b"ET", b"Td", b"TD", b"Tm", b"T*", b"'", b'"')
MOST_STEPS = 1_000
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_OF_TEXT = frozenset((*_MOVING, *_SHOWING, *(b"q Q cm Tf Tc Tw Tz TL Ts BDC BMC EMC Do".split())))
Operation = tuple[Any, bytes]


@dataclass(slots=True)
class _Shown:
    """A text as one operator shows it; the last two say where it stands in the page's operations."""

    text: str
    left: float
    right: float
    base: float
    height: float
    rise: float
    tagged: bool
    operation: int
    part: int | None = None
    unmoved: float = 0.0
    """Where it only follows another text: the step behind that, as TJ takes it."""

    def follows(self, other: "_Shown") -> bool:
        """Tell whether this stands right behind the other, on its line or raised above it."""
        gap = (self.left - other.right) / (other.height or 1)
        return -WIDEST_GAP <= gap <= WIDEST_GAP and abs(self.base - other.base) <= MOST_RISE * other.height

    def is_raised(self, line: "_Shown") -> bool:
        """Tell whether this is raised above the text of its line."""
        rise = (self.base - line.base) / (line.height or 1)
        small = self.height <= SMALLER * line.height or self.rise > 0
        return self.tagged or (small and LEAST_RISE <= rise <= MOST_RISE)


def put_right(page: PageObject) -> bool:
    """Leave of what draws the page its texts and their places: without notes' marks, each text with its beginning.

    The layout takes a text that only follows another to begin where the other does. False says that lines of the page
    take more steps than writing does: the layout's cost grows with their square.
    """
    contents = page.get("/Contents")
    if contents is None:
        return True
    stream = ContentStream(contents.get_object(), page.pdf, "bytes")
    operations: list[Operation] = [one for one in stream.operations if one[1] in _OF_TEXT]
    if _is_endless(operations):
        return False
    texts = list(_shown(page, operations))
    for mark in _marks(texts):
        operands, _ = operations[mark.operation]
        if mark.part is None:
            operands[-1] = b""
        else:
            operands[0][mark.part] = b""
    stream.operations = list(_written(operations, {text.operation: text.unmoved for text in texts if text.unmoved}))
    page[NameObject("/Contents")] = stream
    return True


def _is_endless(operations: list[Operation]) -> bool:
    """Tell whether the page takes more steps than writing does before it begins another line, or turns back."""
    steps = turns = 0
    for operands, name in operations:
        steps = 0 if name in _MOVING else steps + (len(operands[0]) if name == b"TJ" else 0)
        turns = 0 if name == b"Q" else turns + (name == b"cm")
        if max(steps, turns) > MOST_STEPS:
            return True
    return False


def _written(operations: list[Operation], behind: dict[int, float]) -> Iterator[Operation]:
    """Yield the operations as they can be written to a page, with a step before the texts that only follow others."""
    for at, (operands, name) in enumerate(operations):
        if at in behind:
            yield [ArrayObject([FloatObject(behind[at])])], b"TJ"
        yield (_writable(operands) if name in _SHOWING else operands), name


def _writable(operands: Any) -> Any:
    """Return a text operator's operands with texts that can be written to a page."""
    if isinstance(operands, list):
        return ArrayObject(_writable(one) for one in operands)
    return ByteStringObject(operands) if isinstance(operands, bytes) else operands


def _marks(texts: list[_Shown]) -> Iterator[_Shown]:
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


def _shown(page: PageObject, operations: list[Operation]) -> Iterator[_Shown]:
    """Yield every text of a page in the order in which it is drawn, with its place."""
    state, fonts = TextStateManager(), page._layout_mode_fonts()
    raised_tags, open_tags, unmoved = _raised_tags(page), list[bool](), 0.0
    for at, (operands, name) in enumerate(operations):
        if name in (b"BDC", b"BMC"):
            open_tags.append(name == b"BDC" and _number(operands) in raised_tags)
        elif name == b"EMC" and open_tags:
            open_tags.pop()
        unmoved = 0.0 if name in _MOVING else unmoved
        for nth, (part, text) in enumerate(_step(state, fonts, operands, name)):
            shown = state.text_state_params(text)
            scale = shown.font_size * shown.Tz / 100_000
            step = -unmoved / scale if nth == 0 and scale else 0.0
            ends = part is None or part == len(operands[0]) - 1
            unmoved = shown.word_tx(text) if ends else 0.0
            if shown.text.strip() and not shown.rotated:
                base = shown.ty * (-1 if shown.flip_vertical else 1)
                place = (shown.tx, shown.displaced_tx, base, shown.font_height, shown.Ts)
                yield _Shown(shown.text, *place, any(open_tags), at, part, step)
            _advance(state, shown)


def _step(state: TextStateManager, fonts: Any, operands: Any, name: bytes) -> Iterator[tuple[int | None, bytes]]:
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
    elif name in (b"Td", b"TD", b"Tm", b"T*", b"'", b'"'):
        _move(state, operands, name)
    elif name not in _SHOWING:
        state.set_state_param(name, operands)
    if name == b"TJ":
        for at, part in enumerate(operands[0]):
            if isinstance(part, bytes):
                yield at, part
            else:
                _advance(state, state.text_state_params(), float(part))
    elif name in _SHOWING and isinstance(operands[-1], bytes):
        yield None, operands[-1]


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


def _number(operands: Any) -> int | None:
    """Return by which number the page's structure knows what follows."""
    properties = operands[-1] if operands else None
    return properties.get("/MCID") if isinstance(properties, DictionaryObject) else None


def _raised_tags(page: PageObject) -> set[int]:
    """Return the numbers of what the document's structure calls raised, as writers do whose font has raised digits."""
    document: Any = page.pdf
    tree = document.trailer["/Root"].get("/StructTreeRoot") if document else None
    own: Any = page.get("/StructParents")
    if tree is None or own is None:
        return set()
    elements = dict(_numbered(tree.get_object().get("/ParentTree"))).get(int(own))
    found = elements.get_object() if elements is not None else None
    if not isinstance(found, ArrayObject):
        return set()
    return {number for number, element in enumerate(found) if _is_raised(element.get_object())}


def _numbered(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a tree of numbers."""
    open_nodes, seen = [tree], set[int]()
    while open_nodes:
        node = open_nodes.pop()
        node = node.get_object() if node is not None else None
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        numbers = node.get("/Nums", ArrayObject()).get_object()
        yield from zip((int(one) for one in numbers[::2]), numbers[1::2], strict=False)
        open_nodes.extend(node.get("/Kids", ArrayObject()).get_object())


def _is_raised(element: Any) -> bool:
    if not isinstance(element, DictionaryObject):
        return False
    attributes = element.get("/A", ArrayObject()).get_object()
    listed = attributes if isinstance(attributes, ArrayObject) else [attributes]
    return any(
        isinstance(one, DictionaryObject) and (one.get("/BaselineShift", 0) > 0 or one.get("/TextPosition") == "/Sup")
        for one in (entry.get_object() for entry in listed)
    )
