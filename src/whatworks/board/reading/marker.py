"""Read the mark at the head of a line: a bullet, a paragraph's number, a list entry's, or an item's."""

import re
from dataclasses import dataclass
from typing import Literal

from whatworks.records.calendar_names import MONTHS

MarkerKind = Literal["bullet", "decimal", "number", "bare", "letter", "item", "section"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark and how it is written. `text` is the number without its stop: "4.10.3", "3a"."""

    kind: MarkerKind
    text: str
    style: str
    """The mark with its number as 1: "1.", "1)", "(1)"; so that entries of one list can be told."""
    bulleted: bool = False
    """Whether a bullet stood before the number."""

    @property
    def key(self) -> tuple[int, str]:
        """Return what sorts numbers: 3a is (3, "a").

        >>> Marker("number", "3a", "1").key, Marker("section", "B", "A.").key
        ((3, 'a'), (2, ''))
        """
        if self.style == "1/20":
            numbers = [int(number) for number in re.findall(r"\d+", self.text)]
            return numbers[numbers[0] >= 1000], ""
        if self.kind in ("section", "letter"):
            low = self.text.lower()
            roman = low in _ROMAN and (self.kind == "letter" or self.style == "I.")
            return _ROMAN.index(low) + 1 if roman else ord(low[0]) - ord("a") + 1, ""
        found = re.match(r"(\d+)([a-z]?)", self.text)
        return (int(found.group(1)), found.group(2)) if found else (0, self.text)


_ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii",
)  # fmt: skip
_BULLET = re.compile(r"(?:[-–—•*·▪◦○●■➢✓\uf0b7\uf0a7]|o(?=\s+[A-Z]))[\s\xa0]+")
_MONTHS = (*MONTHS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_ITEM = re.compile(r"(?:agenda\s+)?item\s+(?:no\.?\s*)?(\d{1,3}[a-z]?)\b\s*[.:)–—-]*\s*", re.IGNORECASE)
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4}[a-z]?)[.)]?:?\s+(?=\S)")
_NUMBER = re.compile(r"(\(?)(\d{1,3}(?:/\d{2,4})?[a-z]?)([.):])\s+(?=\S)")
_REFERENCE = re.compile(
    r"((?:[A-Z]{1,6}[ /-]?\d{1,4}[/-]\d{1,4}|\d{1,4}/\d{2}(?:\d{2})?))(?![/\d])"
    r"(?:\s*[.:–—-]\s*|\s+)(?=[A-Z]|\d{1,3}\.\s+[A-Z])"
)
_SECTION_ROMAN = re.compile(r"([IVX]{1,5})(?:[.):]|\s[–—-]|(?=\s[A-Z]{2}|(?<=[IVX]{2})\s))\s+(?=[A-Z])")
_DASHED = re.compile(r"(\d{1,3}[a-z]?)\s[–—-]\s+(?=[A-Z])")
_BARE = re.compile(rf"(\d{{1,3}}[a-z]?)\s+(?!(?i:{'|'.join(_MONTHS)})\b)(?=[A-Z\"'‘“(])")
_LETTER = re.compile(r"(\(?)([a-z]|[ivx]{1,5})([.)])\s+(?=\S)")
_SECTION = re.compile(r"([A-Z])([.)])\s+(?=[A-Z])")
_QUANTITY = re.compile(
    r"(?:million|billion|m\b|%|per\s?cent|am\b|pm\b|noon|hours|years?|months?|weeks?|days?|people|of\b|and\b|to\b|in\b|on\b|at\b|hrs\b)",
    re.IGNORECASE,
)


def read_marker(text: str) -> tuple[Marker | None, str]:
    """Return the mark at the head of a line, and the rest of the line.

    >>> read_marker("- 4.10.3. Will come back")[1], read_marker("ITEM 2 – Stock take")[0].text
    ('Will come back', '2')
    >>> read_marker("2.2 million was spent")
    (None, '2.2 million was spent')
    """
    text = text.strip()
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    marker, body = _numbered(rest)
    if marker:
        return (Marker(marker.kind, marker.text, marker.style, bulleted=bullet is not None), body)
    if bullet:
        return Marker("bullet", bullet.group().strip(), bullet.group().strip(), bulleted=True), rest
    return None, text


def _numbered(text: str) -> tuple[Marker | None, str]:
    if found := _ITEM.match(text):
        return Marker("item", found.group(1).lower(), "item"), text[found.end() :]
    if (found := _DECIMAL.match(text)) and not _is_quantity(text[found.end() :]):
        return Marker("decimal", found.group(1), "1.1"), text[found.end() :]
    if found := _NUMBER.match(text):
        return Marker("number", found.group(2), f"{found.group(1)}1{found.group(3)}"), text[found.end() :]
    if found := _DASHED.match(text):
        return Marker("number", found.group(1), "1 –"), text[found.end() :]
    if found := _REFERENCE.match(text):
        rest = text[found.end() :]
        return Marker("number", found.group(1), "1/20"), rest[again.end() :] if (again := _NUMBER.match(rest)) else rest
    if (found := _SECTION_ROMAN.match(text)) and found.group(1).lower() in _ROMAN:
        return Marker("section", found.group(1), "I."), text[found.end() :]
    if found := _SECTION.match(text):
        return Marker("section", found.group(1), f"A{found.group(2)}"), text[found.end() :]
    if found := _LETTER.match(text):
        return Marker("letter", found.group(2), f"{found.group(1)}a{found.group(3)}"), text[found.end() :]
    if found := _BARE.match(text):
        return Marker("bare", found.group(1), "1"), text[found.end() :]
    return None, text


def _is_quantity(text: str) -> bool:
    return bool(_QUANTITY.match(text)) and not text[:1].isupper()
