"""Bodies and agencies whose names are written in two ways."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import STOPS, plain, word_set
from whatworks.board.register.names import is_short_name_of, normal

HEADS = "Board|Group|Committee|Panel|Partnership|Forum|Authority|Commission|Council|Service|Agency|Taskforce"
BODY = re.compile(rf"\b[A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|&|and|of))*? (?:{HEADS})\b(?! (?:of|for|on) [A-Z])")
OPENERS = word_set(
    "The A An This That New Each Their All Members Partners Our Its Chair Existing Proposed Former First Full Whole",
    "Minutes Agenda Date Item Action And Of Main Wider Senior Project",
)
"""Words that stand before a body's name without belonging to it."""
JOINING = word_set("and of for on")


def body_names(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield names of one body that differ by a word, and agencies that a list and the text name in two ways."""
    yield from by_a_word(papers)
    for paper in papers:
        yield from by_person(paper)


def by_a_word(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
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


def by_person(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield people whose agency the attendance list and the text name in two ways that share a word's stem."""
    for person in paper.parsed.people:
        if not person.organisation:
            continue
        said = re.compile(
            rf"{re.escape(plain(person.name))} (?:of|from) (?:the )?((?:[A-Z][\w'&-]*(?: (?:of|for|and|&))? ?)+)"
        )
        for paragraph, text in paper.texts:
            found = said.search(text)
            if found and two_ways(person.organisation, found[1].strip()):
                yield Contradiction(
                    "body name",
                    f"{person.organisation}, or {found[1].strip()}?",
                    f"On {paper.when}, {person.name} is listed for {person.organisation}, and in the text is of "
                    f"{found[1].strip()}.",
                    (paper.quote(person.lines, person.organisation), paper.quote(paragraph.lines, found[0])),
                    f"For which body did {person.name} come?",
                )
                break


def two_ways(listed: str, said: str) -> bool:
    """Return whether two names look like one body's and are not the same; short names of it are.

    >>> two_ways("Victims Commission", "Victim Commissioner's Office"), two_ways("MPS", "Metropolitan Police Service")
    (True, False)
    >>> two_ways("CEO, London Councils", "London Councils")
    False
    """
    if is_short_name_of(listed, said) or is_short_name_of(said, listed):
        return False
    a, b = telling(listed), telling(said)
    fewer, more = sorted((a, b), key=len)
    alike = all(any(one[:6] == other[:6] for other in more) for one in fewer)
    return len(fewer) > 1 and alike and not fewer <= more


def telling(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others."""
    return frozenset(word for word in normal(name).split() if word not in STOPS)
