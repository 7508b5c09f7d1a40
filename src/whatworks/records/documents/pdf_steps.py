"""Take a PDF's page apart into the steps that draw it, those of the forms it draws among them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font

MOST_STEPS = 1_000
MOST_FORMS, MOST_FORM_BYTES, DEEPEST = 100, 2**20, 4
_MOVING = (b"BT", b"ET", b"Td", b"TD", b"Tm", b"T*", b"'", b'"')
_OF_TEXT = frozenset((*_MOVING, *(b"Tj TJ q Q cm Tf Tc Tw Tz TL Ts Tr BDC BMC EMC Do m l re".split())))
Fonts = Mapping[str, Font]
Step = tuple[Any, bytes, Fonts]
"""Operands, operator, and the fonts that its names mean."""


def steps_of(page: PageObject) -> list[Step]:
    """Return what draws the texts and lines of a page, in order."""
    contents = page.get("/Contents")
    if contents is None:
        return []
    budget = [MOST_FORMS]
    return list(_steps(contents.get_object(), page, page._layout_mode_fonts(), _resources(page), budget, 0))


def _steps(
    stream: Any, page: PageObject, fonts: Fonts, resources: DictionaryObject, budget: list[int], depth: int
) -> Iterator[Step]:
    for operands, name in ContentStream(stream, page.pdf, "bytes").operations:
        if name == b"Do" and depth < DEEPEST and budget[0] > 0:
            form = _form(resources, operands)
            if form is not None:
                budget[0] -= 1
                its = _resources(form)
                yield [], b"q", fonts
                if matrix := form.get("/Matrix"):
                    yield list(matrix), b"cm", fonts
                yield from _steps(form, page, {**fonts, **_fonts(its)}, its or resources, budget, depth + 1)
                yield [], b"Q", fonts
        elif name in _OF_TEXT:
            yield operands, name, fonts


def _form(resources: DictionaryObject, operands: Sequence[Any]) -> StreamObject | None:
    """Return the form that is drawn, unless it is a picture, or longer than a page's writing."""
    drawn: Any = resources.get("/XObject", DictionaryObject()).get_object()
    form = drawn.get(operands[0], DictionaryObject()).get_object() if operands else None
    if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
        return None
    return form if len(form.get_data()) <= MOST_FORM_BYTES else None


def _resources(holder: Any) -> DictionaryObject:
    found = holder.get("/Resources", DictionaryObject()).get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _fonts(resources: DictionaryObject) -> Fonts:
    held: Any = resources.get("/Font", DictionaryObject()).get_object()
    fonts = {name: held[name].get_object() for name in held} if isinstance(held, DictionaryObject) else {}
    return {name: Font.from_font_resource(font) for name, font in fonts.items() if isinstance(font, DictionaryObject)}


def is_endless(steps: Sequence[Step]) -> bool:
    """Tell whether a page takes more steps than writing does before it begins another line, or turns back."""
    shown = turns = 0
    for operands, name, _ in steps:
        shown = 0 if name in _MOVING else shown + (len(operands[0]) if name == b"TJ" else 0)
        turns = 0 if name == b"Q" else turns + (name == b"cm")
        if max(shown, turns) > MOST_STEPS:
            return True
    return False


def struck_notes(page: PageObject) -> Iterator[tuple[float, float, float, float]]:
    """Yield the level lines with which notes on a page strike words through, as `pdf_words.Stroke`s."""
    notes: Any = page.get("/Annots", ArrayObject()).get_object()
    for note in (one.get_object() for one in notes):
        if note.get("/Subtype") == "/StrikeOut":
            points = [float(one) for one in note.get("/QuadPoints", note.get("/Rect", [])).get_object()]
            for at in range(0, len(points) - 3, 8):
                x, y = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
                yield min(y) + (max(y) - min(y)) * 0.45, min(x), max(x), 0.0


def tag_of(operands: Any) -> int | None:
    """Return by which number the page's structure knows what follows."""
    properties = operands[-1] if operands else None
    return properties.get("/MCID") if isinstance(properties, DictionaryObject) else None


def raised_tags(page: PageObject) -> set[int]:
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
