"""Work out the numbers that Word draws before paragraphs: they are not in the text, and minutes are cited by them."""

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """Return a small Roman number.

    >>> roman(4), roman(13)
    ('iv', 'xiii')
    """
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def letter(number: int) -> str:
    """Return the letter Word draws for a number: a to z, then aa.

    >>> letter(1), letter(27)
    ('a', 'aa')
    """
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


class ListNumbers:
    """Counts list entries as Word does: by list and level; a higher level restarts the lower ones."""

    def __init__(self, word: WordDocument) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.lists: dict[str, str] = {}
        self.styles = {style.style_id: style for style in word.styles}
        root = _definitions(word)
        if root is None:
            return
        for abstract in root.findall(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.findall(qn("w:lvl"))
            }
        for one in root.findall(qn("w:num")):
            self.lists[one.get(qn("w:numId"))] = one.find(qn("w:abstractNumId")).get(qn("w:val"))

    def label(self, paragraph: Paragraph) -> str:
        """Return the number or mark before this paragraph; empty where there is none. Call in the page's order."""
        found = self._place(paragraph)
        if found is None:
            return ""
        name, depth = found
        levels = self.levels.get(self.lists.get(name, ""), {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.lists[name], {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        form, text, _ = levels[depth]
        if form in ("bullet", "none"):
            return "-" if form == "bullet" else ""
        for level in range(depth + 1):
            its_form, _, start = levels.get(level, ("decimal", "", 1))
            text = text.replace(f"%{level + 1}", _drawn(its_form, counts.get(level, start)))
        return text.strip()

    def _place(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """Return list and level, from the paragraph itself or from its style."""
        found = _place_in(paragraph._p.pPr)
        style = paragraph.style
        while found is None and style is not None:
            found = _place_in(style.element.find(qn("w:pPr")))
            style = style.base_style
        return found if found and found[0] != "0" else None


def _definitions(word: WordDocument) -> Any:
    """Return the root of the document's numbering part, or None where it has none, or one that is not XML."""
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            return relation.target_part.element if isinstance(relation.target_part, XmlPart) else None
    return None


def _place_in(properties: Any) -> tuple[str, int] | None:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None or numbering.find(qn("w:numId")) is None:
        return None
    level = numbering.find(qn("w:ilvl"))
    return str(numbering.find(qn("w:numId")).get(qn("w:val"))), int(level.get(qn("w:val"))) if level is not None else 0


def _level(level: Any) -> tuple[str, str, int]:
    def value(tag: str, default: str) -> str:
        found = level.find(qn(tag))
        return str(found.get(qn("w:val"))) if found is not None else default

    return value("w:numFmt", "decimal"), value("w:lvlText", ""), int(value("w:start", "1"))


def _drawn(form: str, number: int) -> str:
    """Return a number in Word's form of it; decimal where the form is none of the usual ones.

    >>> _drawn("upperLetter", 3), _drawn("lowerRoman", 9), _drawn("decimal", 12)
    ('C', 'ix', '12')
    """
    small = letter(number) if form.endswith("Letter") else roman(number) if form.endswith("Roman") else str(number)
    return small.upper() if form.startswith("upper") else small
