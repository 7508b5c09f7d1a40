"""Read from a Word file how its lists are numbered; what is missing or makes no sense there numbers nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

MOST_DIGITS = 9
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is drawn: the form of its number, the text round it (`%1.%2`), and where it begins."""

    form: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list: lists with one `counter` go on counting where another left off, save at the levels in `restarts`."""

    counter: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says of lists: its list and level, where it has them, and the style it is based on."""

    list: str | None
    level: int | None
    base: str | None


def styles(word: WordDocument) -> dict[str | None, Style]:
    """Return the styles by their id; None is the style of paragraphs that name none."""
    found: dict[str | None, Style] = {}
    root = part_root(word, "styles")
    for one in root.findall(qn("w:style")) if root is not None else ():
        style = Style(*place_in(one.find(qn("w:pPr"))), value(one, "w:basedOn"))
        found[one.get(qn("w:styleId"), "")] = style
        if one.get(qn("w:type")) == "paragraph" and one.get(qn("w:default")) in ("1", "true", "on"):
            found[None] = style
    return found


def lists(word: WordDocument, known: Mapping[str | None, Style]) -> dict[str, ListDefinition]:
    """Return the lists by their id; `known` are the styles, on which a list may rest."""
    root = part_root(word, "numbering")
    if root is None:
        return {}
    abstract = {one.get(qn("w:abstractNumId"), ""): one for one in root.findall(qn("w:abstractNum"))}
    chosen = {one.get(qn("w:numId"), ""): one for one in root.findall(qn("w:num"))}
    found = {}
    for name, one in chosen.items():
        counter = value(one, "w:abstractNumId")
        levels = _levels(abstract.get(counter or ""))
        style = known.get(value(abstract.get(counter or ""), "w:numStyleLink") or "")
        if not levels and style is not None:
            levels = _levels(abstract.get(value(chosen.get(style.list or ""), "w:abstractNumId") or ""))
        if counter is not None and levels:
            restarts = {}
            for over in one.findall(qn("w:lvlOverride")):
                levels |= _levels(over)
                start, at = number(value(over, "w:startOverride")), number(over.get(qn("w:ilvl")))
                if start is not None and at is not None:
                    restarts[at] = start
            found[name] = ListDefinition(counter, levels, restarts)
    return found


def place_in(properties: Any) -> tuple[str | None, int | None]:
    """Return the list and the level that a paragraph's or a style's properties name; None where they do not."""
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    return value(numbering, "w:numId"), number(value(numbering, "w:ilvl"))


def value(element: Any, tag: str) -> str | None:
    """Return what an element's child says; None where there is no element, no child, or it says nothing."""
    child = element.find(qn(tag)) if element is not None else None
    said = child.get(qn("w:val")) if child is not None else None
    return None if said is None else str(said)


def number(text: str | None) -> int | None:
    """Return a count of zero or more; None for what is none, or has more digits than any list is long.

    >>> number("3"), number("three"), number("-1"), number(None), number("9" * 10)
    (3, None, None, None, None)
    """
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def _levels(holder: Any) -> dict[int, Level]:
    found = {}
    for one in holder.findall(qn("w:lvl")) if holder is not None else ():
        at = number(one.get(qn("w:ilvl")))
        if at is not None:
            start = number(value(one, "w:start"))
            found[at] = Level(
                value(one, "w:numFmt") or "decimal", value(one, "w:lvlText") or "", 1 if start is None else start
            )
    return found


def part_root(word: WordDocument, kind: str) -> Any:
    """Return the root of a part of the document ("styles"), or None where it has none, or one that is not XML."""
    return next(iter(part_roots(word, kind)), None)


def part_roots(word: WordDocument, kind: str) -> Iterator[Any]:
    """Yield the roots of all parts of a kind ("header")."""
    for relation in word.part.rels.values():
        its = relation.reltype == f"{_KINDS}/{kind}" and not relation.is_external
        if its and isinstance(relation.target_part, XmlPart):
            yield relation.target_part.element
