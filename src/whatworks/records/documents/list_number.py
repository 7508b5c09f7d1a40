"""Work out the numbers that Word draws before paragraphs: they are not in the text, and minutes are cited by them."""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from whatworks.records.documents.list_definition import Level, lists, place_in, styles, value

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 30


def roman(number: int) -> str:
    """Return a small Roman number; decimal where there is none.

    >>> roman(4), roman(13), roman(49), roman(0), roman(4000)
    ('iv', 'xiii', 'xlix', '0', '4000')
    """
    if not 1 <= number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for amount, sign in _ROMAN:
        text, number = text + sign * (number // amount), number % amount
    return text


def letter(number: int) -> str:
    """Return the letter Word draws for a number: a to z, then aa; decimal where there is none.

    >>> letter(1), letter(27), letter(0)
    ('a', 'aa', '0')
    """
    if not 1 <= number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


class ListNumbers:
    """Counts list entries as Word does: by list and level; a higher level restarts the lower ones."""

    def __init__(self, word: WordDocument) -> None:
        self.styles = styles(word)
        self.lists = lists(word, self.styles)
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """Return the number or mark before this paragraph (`w:p`); empty without one. Call in the page's order."""
        name, depth = self._place(paragraph)
        found = self.lists.get(name or "")
        if name is None or found is None or depth not in found.levels:
            return ""
        counts = self.counts.setdefault(found.counter, {})
        level = found.levels[depth]
        if depth in found.restarts and (name, depth) not in self.begun:
            counts[depth] = found.restarts[depth] - 1
        self.begun.add((name, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return "-" if level.form == "bullet" else ""
        text = level.text
        for above in range(depth + 1):
            its = found.levels.get(above, Level("decimal", "", 1))
            text = text.replace(f"%{above + 1}", _drawn(its.form, counts.get(above, its.start)))
        return text.strip()

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """Return list and level: each from the paragraph, or from the nearest of its styles that names it."""
        properties = paragraph.find(qn("w:pPr"))
        name, depth = place_in(properties)
        wanted = value(properties, "w:pStyle")
        seen: set[str | None] = set()
        style = self.styles.get(wanted, self.styles.get(None))
        while style is not None and name is None and wanted not in seen:
            seen.add(wanted)
            name = style.list
            depth = style.level if depth is None else depth
            wanted = style.base
            style = self.styles.get(wanted) if wanted is not None else None
        return name, depth or 0


def _drawn(form: str, number: int) -> str:
    """Return a number in Word's form of it; decimal where the form is none of the usual ones.

    >>> _drawn("upperLetter", 3), _drawn("lowerRoman", 9), _drawn("decimal", 12)
    ('C', 'ix', '12')
    """
    small = letter(number) if form.endswith("Letter") else roman(number) if form.endswith("Roman") else str(number)
    return small.upper() if form.startswith("upper") else small
