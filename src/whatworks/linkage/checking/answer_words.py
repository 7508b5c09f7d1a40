"""Read the words by which a judge answers whether two records are one person."""

from typing import Literal

Answer = Literal["same", "different", "cannot tell"]
ANSWERS: tuple[Answer, ...] = ("same", "different", "cannot tell")
_WORDS: dict[Answer, tuple[str, ...]] = {
    "same": ("same", "yes", "y", "true", "one person", "same person", "match"),
    "different": ("different", "no", "n", "false", "two people", "different people", "not the same", "no match"),
    "cannot tell": ("cannot tell", "can't tell", "unsure", "not sure", "don't know", "unclear", "maybe", "?"),
}
KNOWN: dict[str, Answer] = {word: answer for answer, words in _WORDS.items() for word in words}
SAME_AS_SAID: dict[Answer, float] = {"same": 1.0, "different": 0.0, "cannot tell": 0.5}
"""What each answer counts for: who cannot tell counts a half."""


def answer_of(text: str) -> Answer | None:
    """Return the answer that a text gives; None where it gives none of the three.

    >>> answer_of(" Yes."), answer_of("Can\u2019t tell"), answer_of("perhaps his brother")
    ('same', 'cannot tell', None)
    """
    return KNOWN.get(" ".join(text.replace("\u2019", "'").casefold().split()).removesuffix("."))
