"""Bodies whose names are written in two ways."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import plain, word_set
from whatworks.board.register.names import normal

HEADS = "Board|Group|Committee|Panel|Partnership|Forum|Authority|Commission|Council|Service|Agency|Taskforce"
BODY = re.compile(rf"\b[A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|&|and|of))*? (?:{HEADS})\b(?! (?:of|for|on) [A-Z])")
OPENERS = word_set(
    "The A An This That New Each Their All Members Partners Our Its Chair Existing Proposed Former First Full Whole",
    "Minutes Agenda Date Item Action And Of Main Wider Senior Project",
)
"""Words that stand before a body's name without belonging to it."""
JOINING = word_set("and of for on")


def body_names(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield two names of three words or more of which one has a joining word, or an ampersand, that the other lacks.

    A name with a telling word more may be another body's.
    """
    found: dict[tuple[str, ...], tuple[str, RecordPaper, int]] = {}
    for paper in papers:
        people = {plain(person.name) for person in paper.parsed.people}
        for line in paper.document.lines:
            for one in BODY.finditer(plain(line.text)):
                name = " ".join(without_openers(one[0].split()))
                if not any(person in name for person in people):
                    found.setdefault(words(name), (name, paper, line.number))
    for longer, (name, paper, at_line) in found.items():
        for at in range(len(longer) - 1):
            shorter = longer[:at] + longer[at + 1 :]
            if len(shorter) < 3 or shorter not in found or longer[at] not in JOINING:
                continue
            other, elsewhere, there = found[shorter]
            yield Contradiction(
                "body name",
                f"{other}, or {name}?",
                f"The record names {other} and {name}. If they are one body, it has two names.",
                (elsewhere.quote((there, there), other), paper.quote((at_line, at_line), name)),
                "Is that one body, and what is it called?",
            )


def without_openers(name: list[str]) -> list[str]:
    """Return a name's words without those that only stand before it.

    >>> without_openers("Minutes of The Delivery Group".split())
    ['Delivery', 'Group']
    """
    while name and (name[0] in OPENERS or name[0] in ("and", "of", "&")):
        name = name[1:]
    return name


def words(name: str) -> tuple[str, ...]:
    """Return a name's words as compared; joining words count, since names differ by them.

    >>> words("London-wide Crime & Disorder Board")
    ('london', 'wide', 'crime', 'and', 'disorder', 'board')
    """
    return tuple(normal(name).split())
