"""Cut a paragraph into sentences, keeping where each begins, so that a decision can be quoted by its own lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_STOP = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z£\d(])")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|re|no|nos|para|paras|cllr|cllrs|mr|mrs|ms|dr|prof|rev|st|supt|insp|sgt|ch|cmdr|approx|viz"
    r"|vs|fig|min|max|dept|ltd|inc)|\b[A-Z]|\([Rr]e)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence of a paragraph and where it begins in it."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[TextSentence, ...]:
    """Return the sentences of a text.

    >>> [one.text for one in sentences("It was agreed. Cllr. Example (e.g. in 2.1) asked why. No.")]
    ['It was agreed.', 'Cllr. Example (e.g. in 2.1) asked why.', 'No.']
    """
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[TextSentence]:
    begun = 0
    for stop in _STOP.finditer(text):
        head = text[begun : stop.start() + 1]
        if _SHORT.search(head) and not re.search(r"\b(?:etc)\.$", head):
            continue
        yield TextSentence(text[begun : stop.end()].rstrip(), begun)
        begun = stop.end()
    if text[begun:].strip():
        yield TextSentence(text[begun:].rstrip(), begun)
