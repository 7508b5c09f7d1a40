"""Read what a row or column calls itself: a total, a sub-total, a difference, or what it names."""

import re
from dataclasses import dataclass
from functools import lru_cache

TOTAL = re.compile(r"\b(?:sub[- ]?totals?|totals?|grand total|overall|altogether)\b", re.IGNORECASE)
SUB = re.compile(r"\bsub[- ]?totals?\b", re.IGNORECASE)
GRAND = re.compile(r"\b(?:grand|overall|altogether)\b", re.IGNORECASE)
ALL = re.compile(r"^\s*all\b", re.IGNORECASE)
NET = re.compile(
    r"^\s*(?:(?:net|surplus|deficit|shortfall|balance|gap|residual|remaining|remainder|movement|variance|difference|change"
    r"|headroom|increase)\b|\(?(?:under|over)\)?\s*/?\s*\(?(?:under|over)?\)?\s*spen[dt])",
    re.IGNORECASE,
)
CLOSING = re.compile(r"^\s*(?:closing|carried forward|c/f|balance (?:carried|at (?:the )?end))\b", re.IGNORECASE)
DIFFERENCE = re.compile(r"\b(?:variance|difference|change|under ?spend|over ?spend|remaining)\b", re.IGNORECASE)
NOT_ADDED = re.compile(
    r"%|\b(?:per ?cent|percentage|rate|average|mean|median|ratio|share|unit cost|price|"
    r"per (?:head|place|post|person|day|week|unit|night|case))\b",
    re.IGNORECASE,
)
OF_WHICH = re.compile(r"^\s*(?:of which|including)\b", re.IGNORECASE)
GENERAL = frozenset({"cost", "expenditure", "income", "funding", "spend", "spending", "budget", "resource"})
EMPTY = frozenset(
    {"total", "sub", "subtotal", "grand", "overall", "all", "of", "the", "and", "for", "in", "000", "gbp"}
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label's words; `rank` is 0 for what is no total, 1 for a sub-total, 2 for a total, 3 for a grand total."""

    text: str
    rank: int
    net: bool
    words: frozenset[str]

    @property
    def general(self) -> bool:
        """Say whether the label names nothing in particular, as "Total" or "Total costs"."""
        return self.words <= GENERAL

    def names(self, heading: "Label") -> bool:
        """Say whether this total is that heading's.

        >>> read_label("TOTAL OTHER AGENCIES COSTS").names(read_label("Other agencies"))
        True
        >>> read_label("Total costs").names(read_label("Staff costs"))
        False
        """
        if not heading.words or not self.words:
            return False
        return heading.words <= self.words or (self.words <= heading.words and not self.general)


@lru_cache(maxsize=4096)
def read_label(text: str) -> Label:
    """Return what a label says.

    >>> [read_label(text).rank for text in ("Staff", "Sub-total", "TOTAL MPS COSTS", "Grand total", "Totally Safe")]
    [0, 1, 2, 3, 0]
    """
    rank = 0
    if TOTAL.search(text) or GRAND.search(text):
        rank = 1 if SUB.search(text) else 3 if GRAND.search(text) else 2
    found = re.findall(r"[a-z]+|\d+", text.lower().replace("'s", "").replace("’s", ""))
    words = frozenset(_singular(word) for word in found) - EMPTY
    return Label(text.strip(), rank, bool(NET.search(text)) and rank == 0, words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
