"""Find the names of bodies in a paper: by their last word, by their topic, by their initials."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whatworks.board.bodies.body import Kind
from whatworks.board.contradictions.body_names import without_openers
from whatworks.board.contradictions.priorities import same
from whatworks.board.contradictions.record import RecordPaper
from whatworks.board.contradictions.wording import plain, sentences
from whatworks.board.parsed import Lines

HEADS: dict[str, Kind] = {
    "board": "board", "group": "group", "panel": "panel", "committee": "committee", "partnership": "partnership",
    "forum": "forum", "taskforce": "task and finish group",
}  # fmt: skip
_HEAD = "Board|Group|Panel|Committee|Partnership|Forum|Taskforce"
_WORD = r"(?:[A-Z][\w'-]*|[a-z]+-wide)"
NAME = re.compile(rf"\b({_WORD}(?: (?:{_WORD}|and|&|of))*?) ((?:{_HEAD})s?|(?<=[A-Z] )(?:board|group)s?)\b")
TASK = re.compile(r"\btask (?:and|&) finish groups?\b", re.IGNORECASE)
CHALLENGE = re.compile(r"\bchallenge boards?\b", re.IGNORECASE)
TOPICAL: tuple[tuple[re.Pattern[str], Kind, str], ...] = (
    (TASK, "task and finish group", "Task and Finish Group"),
    (CHALLENGE, "challenge board", "Challenge Board"),
)
ON_TOPIC = re.compile(r"^ on ((?:the )?[\w&' -]+?)(?=[.,;:)]| but | which | that |$)")
QUOTED = re.compile(r"(?:both |either )?((?:'[\w& -]+'(?:,| and|)? ?)+)$")
AGENCIES = frozenset({"youth justice board", "parole board"})
"""Agencies whose names end like a body's."""


PRONOUN = re.compile(r"^(?:It|This|They|These|The (?:Group|group|Board|groups)(?:'s|') |Its|Their)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as found: the body's plain name, its kind, the sentence, and where that stands.

    `subject` says whether what the sentence tells is told of this body, rather than of another that it names too.
    """

    name: str
    kind: Kind
    sentence: str
    lines: Lines
    paper: RecordPaper
    several: bool = False
    subject: bool = True


Found = tuple[int, str, Kind, bool]
"""A name in a sentence: where it begins, the name, its kind, and whether it is a plural without topic."""


def mentions(paper: RecordPaper, shorts: Mapping[str, str]) -> Iterator[Mention]:
    """Yield the mentions of bodies in a paper's paragraphs; "it" and "this" go on about the body named before."""
    for lines, text in paper.statements:
        raw = " ".join(text.replace("‘", "'").replace("’", "'").split())
        about: list[Found] = []
        for start, end in sentences(raw):
            said = raw[start:end]
            every = (*topical(paper, said, lines), *proper(said), *by_initials(said, shorts))
            found = sorted(dict.fromkeys(every), key=lambda fromkey: fromkey[0])
            goes_on = bool(about) and PRONOUN.match(said) is not None
            first = about if goes_on else [one for one in found if one[0] == found[0][0]]
            for one in dict.fromkeys((*first, *found)):
                yield Mention(
                    one[1], one[2], unquoted(said), lines, paper, one[3], any(one[1] == of[1] for of in first)
                )
            about = first or about


def proper(said: str) -> Iterator[Found]:
    """Yield bodies whose names are written with capitals and end in Board, Group and their like."""
    for found in NAME.finditer(unquoted(said)):
        words = without_openers(found[1].split())
        head = found[2].removesuffix("s")
        name = " ".join((*words, head.capitalize()))
        if words and not (TASK.search(name) or CHALLENGE.search(name) or name.lower() in AGENCIES):
            yield found.start(), name, HEADS[head.lower()], found[2].endswith("s")


def by_initials(said: str, shorts: Mapping[str, str]) -> Iterator[Found]:
    """Yield bodies named by their initials alone."""
    for found in re.finditer(r"\b[A-Z]{2,6}\b(?! [A-Z][a-z]+ (?:Board|Group|Panel))", unquoted(said)):
        full = shorts.get(found[0], "")
        if full and full.split()[-1].lower() in HEADS and full.lower() not in AGENCIES:
            yield found.start(), full, HEADS[full.split()[-1].lower()], False


def topical(paper: RecordPaper, said: str, lines: Lines) -> Iterator[Found]:
    """Yield task-and-finish groups and challenge boards, each by its topic; without a topic by its plain name."""
    for pattern, kind, plain_name in TOPICAL:
        for found in pattern.finditer(said):
            before, after = said[: found.start()].rstrip(" '"), said[found.end() :].lstrip("'s")
            for topic in topics(paper, said, found.start(), before, after, lines) or [""]:
                yield found.start(), f"{topic} {plain_name}".strip(), kind, not topic


def topics(paper: RecordPaper, said: str, at: int, before: str, after: str, lines: Lines) -> list[str]:
    """Return the topics of a group: what follows "on", what is quoted before it, a priority, or the sub-heading."""
    follows = ON_TOPIC.match(after)
    if follows:
        return [titled(follows[1])]
    quoted = QUOTED.search(said[:at].rstrip())
    if quoted:
        return [titled(one) for one in re.findall(r"'([\w& -]+)'", quoted[1])]
    for count in (4, 3, 2, 1):
        words = re.findall(r"[\w&-]+", before)[-count:]
        found = [
            priority.name
            for priority in paper.parsed.priorities
            if len(words) == count and same(priority.name, " ".join(words))
        ]
        if found and len(" ".join(words)) <= len(found[0]) + 8:
            return [titled(found[0])]
    heads = [heading for heading in paper.parsed.subheadings if heading.lines[1] < lines[0]]
    named = [priority.name for priority in paper.parsed.priorities if heads and same(priority.name, heads[-1].title)]
    return [titled(named[0])] if named else []


def titled(topic: str) -> str:
    """Return a topic as a name begins.

    >>> titled("the reducing re-offending"), titled("ASB")
    ('Reducing re-offending', 'ASB')
    """
    words = topic.strip(" '.").removeprefix("the ")
    return words if words.isupper() else words[:1].upper() + words[1:].lower().replace(" and ", " & ")


def unquoted(text: str) -> str:
    """Return text without quotation marks around words; apostrophes within words stay.

    >>> unquoted("the 'Delivery Group' and London's groups'")
    "the Delivery Group and London's groups"
    """
    return re.sub(r"(?<!\w)'|'(?!\w)", "", plain(text))
