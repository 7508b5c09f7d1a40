"""Bring headings to the same words, so that D.O.B., DoB and Date of Birth are one."""

import re
import unicodedata
from functools import cache, lru_cache

from whatworks.records.suggesting.tables_of_words import rows_of

_STOP = frozenset({"a", "an", "and", "at", "f", "for", "in", "into", "is", "m", "n", "of", "s", "the", "y"})
PERSON = "person"
"""What every word for the person whom a record is about becomes: offender, nominal, defendant, patient."""
OTHER = "other"
"""What every word for somebody else becomes: victim, officer, next of kin."""


@lru_cache(maxsize=4096)
def heading_words(heading: str) -> frozenset[str]:
    """Return the words that a heading comes down to, in no order; none where it holds no letters.

    Two digits are the year of an edition, as in LSOA21CD, and are left out.
    """
    words = {word for word in words_in_order(heading) if not re.fullmatch(r"\d\d", word)}
    return frozenset(words - {"time"} if "date" in words else words)


def words_in_order(heading: str) -> list[str]:
    """Return the words that a heading comes down to, in its own order.

    >>> words_in_order("Last Name, First Name")
    ['surname', 'forename']
    """
    text = " ".join(word for part in _parts(heading) for word in _apart(part))
    for phrase, means in _meanings():
        text = re.sub(rf"\b{phrase}\b", means, text)
    return [word for word in map(_singular, text.split()) if word not in _STOP]


def _parts(heading: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", heading)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"_[fv]\d+$", "", plain)
    plain = re.sub(r"\b((?:[A-Za-z]\.)+[A-Za-z])\b\.?", lambda found: found[1].replace(".", ""), plain)
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", plain)]


@lru_cache(maxsize=4096)
def _apart(word: str) -> tuple[str, ...]:
    """Return a word of several known ones written together, as "releasedate", in parts; any other as it is."""
    known = _vocabulary()
    if len(word) < 6 or word in known or _singular(word) in known:
        return (word,)
    for at in range(2, len(word) - 1):
        rest = word[at:]
        after = (rest,) if rest in known else _apart(rest)
        if word[:at] in known and all(part in known for part in after):
            return (word[:at], *after)
    return (word,)


@cache
def _vocabulary() -> frozenset[str]:
    told = [text for row in rows_of("words") for text in (row["word"], row["means"])]
    headings = [part for row in rows_of("headings") for part in _parts(row["heading"])]
    return frozenset({word for text in told for word in text.split() if len(word) > 1} | {*headings, "of"})


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "noms")) else word


@cache
def _meanings() -> tuple[tuple[str, str], ...]:
    pairs = [(row["word"], row["means"]) for row in rows_of("words")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
