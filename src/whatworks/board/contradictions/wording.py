"""Sentences, counted words and loose names in the text of a paper."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from whatworks.board.register.names import word_set as word_set

T = TypeVar("T")

NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = rf"(?:{'|'.join(NUMBER_WORDS)}|\d{{1,3}})"
"""A small number in words or digits, as a pattern."""
STOPS = word_set("a an and as at be by for from in into is it its of on or our that the their this to was were with")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|Cllr|Cmdr|St|No|Re|v)|\b[A-Z]|^-? ?\(?\d+(?:\.\d+)*)\.$")
_END = re.compile(r"[.?!][\"'”’)]?(?=\s+[A-Z‘“\"(])")


def plain(text: str) -> str:
    """Return text with one space where any run of spaces stood, and straight apostrophes.

    >>> plain("John  O’Brien\\tLondon\\n Councils")
    "John O'Brien London Councils"
    """
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of a text.

    >>> [("It ended at 12.30. Mr. Hall left. (Re. 4.4) Then all left."[a:b]) for a, b in
    ...  sentences("It ended at 12.30. Mr. Hall left. (Re. 4.4) Then all left.")]
    ['It ended at 12.30.', 'Mr. Hall left.', '(Re. 4.4) Then all left.']
    """
    start = 0
    for found in _END.finditer(text):
        if _ABBREVIATED.search(text[start : found.end()]):
            continue
        yield start, found.end()
        start = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    if text[start:].strip():
        yield start, len(text.rstrip())


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return the start and end of the sentence that holds position `at`."""
    return next(((start, end) for start, end in sentences(text) if start <= at < end), (0, len(text)))


def gathered(items: Iterable[T], joins: Callable[[list[T], T], bool]) -> list[list[T]]:
    """Return items in groups: each in the first that it joins, or in one of its own.

    >>> gathered([1, 12, 2, 13], lambda group, one: abs(group[0] - one) < 5)
    [[1, 2], [12, 13]]
    """
    groups: list[list[T]] = []
    for one in items:
        mine = next((group for group in groups if joins(group, one)), None)
        if mine is None:
            groups.append([one])
        else:
            mine.append(one)
    return groups


def number(word: str) -> int:
    """Return what a number says, in words or digits.

    >>> number("Three"), number("17")
    (3, 17)
    """
    return int(word) if word.isdigit() else NUMBER_WORDS.index(word.lower()) + 1


def stems(text: str) -> frozenset[str]:
    """Return the words that carry meaning, as short stems.

    >>> sorted(stems("Reducing re-offending, and the Offenders"))
    ['offend', 'reduc', 'reoffe']
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"\b(re|co|anti|multi)-", r"\1", plain(text).lower().replace("'s", "")))
    return frozenset(_stem(word) for word in words if word not in STOPS and len(word) > 1)


def _stem(word: str) -> str:
    for ending in ("ing", "ers", "er", "ies", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            word = word.removesuffix(ending)
            break
    return word[:6]
