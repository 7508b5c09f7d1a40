"""Bring a written name into the form in which two records are compared."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whatworks.records.missing_words import means_missing

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i"})
_SILENT = re.compile(r"['’‘`ʼʻ.]")
_BREAKS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class StandardName:
    """A forename or a surname: empty where nothing is known."""

    parts: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Return all parts written together."""
        return "".join(self.parts)

    @property
    def root(self) -> str:
        """Return the name of which the first part is a form: `william` for `bill`.

        >>> standard_name("Billy Joe").root
        'william'
        """
        return _forms().get(self.parts[0], self.parts[0]) if self.parts else ""

    @property
    def sound(self) -> str:
        """Return the consonants of the first part as other alphabets' spellings have them in common.

        >>> {standard_name(name).sound for name in ("Muhammad", "Mohammed", "Mohamad")}
        {'mhmd'}
        """
        return _sound(self.parts[0]) if self.parts else ""


def standard_name(written: str | None) -> StandardName:
    """Return a name in lower case without accents, titles and words for what is not known, in its parts.

    >>> standard_name("Dr. Siân O'Neill-Ó Briain").parts, standard_name("MRS").parts, standard_name("(Not known)").parts
    (('sian', 'oneill', 'o', 'briain'), (), ())
    """
    if not written or (means_missing(written) and len(written.strip()) > 2):
        return StandardName(())
    plain = unicodedata.normalize("NFKD", _SILENT.sub("", written)).casefold().translate(_LETTERS)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = [part for part in _BREAKS.split(plain) if part and part not in _words("unknown")]
    while parts and parts[0] in _words("title"):
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in _words("title"):
        parts.pop()
    return StandardName(tuple(parts))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("whatworks.linkage.model").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("name_words.csv") if row["kind"] == kind)


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in _rows("forename_forms.csv"):
        for form in row["forms"].split():
            forms.setdefault(form, row["name"])
    return forms


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((row["written"], row["as"]) for row in _rows("spellings.csv"))


def _sound(part: str) -> str:
    for written, alike in _spellings():
        part = part.replace(written, alike)
    consonants = part[:1] + re.sub("[aeiouyw]", "", part[1:])
    return re.sub(r"(.)\1+", r"\1", consonants)
