"""A board that asked for fewer boards and groups, and made more."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper, by_body
from whatworks.board.contradictions.wording import sentences

BODIES = r"(?:boards|groups|bodies|bubbles|partnerships|committees|panels)"
FEWER = re.compile(
    rf"\b(?:reduc\w+|cut|limit|rationali[sz]e|simplify|streamline) (?!re-?offend)"
    rf"(?:the |number |map |of |existing |many ){{0,4}}{BODIES}\b"
    rf"|\b{BODIES} (?:\w+ ){{0,3}}(?:reduced|cut|rationali[sz]ed|simplified|streamlined)\b|\bfewer {BODIES}\b",
    re.IGNORECASE,
)
NEW = re.compile(
    r"\b(?:creat\w+|establish\w*|set(?:ting)? up|hosting|form(?:ing|ation of)|launch\w*|new)\b[^.]{0,80}?\b"
    r"(?:Boards?|Groups?|Panels?|Committees?|Partnerships?|Forums?)\b"
    r"|\b(?:Boards?|Groups?|Panels?|Partnerships?|Forums?)\b[^.A-Z]{0,12}\b"
    r"(?:will|to) be (?:created|established|set up|formed)\b"
)


DECIDER = re.compile(
    r"\b(?:Mayor|Chair|Board|Committee|Partnership|[A-Z]{3,6}B)\b[^.]{0,80}\b(?:asked|agreed|concluded|resolved|decided)\b"
    r"|\bit was agreed\b"
)
CLOSED = re.compile(
    rf"\b(?:clos\w+|disband\w*|dissolv\w+|merg\w+|wound up|replac\w+|in (?:its|their) place)\b[^.]{{0,60}}"
    rf"\b(?:{BODIES[3:-1]}|board|group|committee|panel|partnership)\b"
    rf"|\b(?:{BODIES[3:-1]}|board|group|committee|panel|partnership)\b[^.]{{0,60}}"
    r"\b(?:closed?|disband\w*|dissolved?|merged?|wound up|replaced?|in (?:its|their) place)\b",
    re.IGNORECASE,
)


def more_bodies(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each wish for fewer bodies with the bodies that were made, or agreed to, afterwards."""
    for held in by_body(papers):
        for at, paper in enumerate(held):
            wish = asked(paper)
            made = [quote for later in held[at + 1 :] for quote in created(later)]
            if wish and made and not any(closes(later) for later in held[at:]):
                yield Contradiction(
                    "more bodies",
                    "The board asked for fewer boards, and made more",
                    f"On {paper.when} the board asked how boards could be reduced. Later papers set up others.",
                    (wish, *made),
                    "Which bodies were closed for these, and who keeps the map?",
                )
                break


def asked(paper: RecordPaper) -> Quote | None:
    """Return where the board asks for fewer bodies."""
    for paragraph, text in paper.texts:
        for start, end in sentences(text):
            if FEWER.search(text[start:end]) and DECIDER.search(text[start:end]):
                return paper.quote(paragraph.lines, text[start:end])
    return None


def closes(paper: RecordPaper) -> bool:
    """Return whether a paper closes or merges bodies: others may stand in their place."""
    return any(CLOSED.search(text) for _, text in paper.texts)


def created(paper: RecordPaper) -> list[Quote]:
    """Return where decisions, actions and plain statements set up a body, one place for each set of lines."""
    found: dict[tuple[int, int], Quote] = {}
    parsed = paper.parsed
    said_so = [(decision.lines, decision.text) for decision in parsed.decisions]
    said_so += [(one.lines, one.text) for one in (*parsed.actions, *parsed.deliverables)]
    for lines, words in said_so:
        if NEW.search(words):
            found.setdefault(lines, paper.quote(lines, words))
    for paragraph, text in paper.texts:
        for start, end in sentences(text):
            said = text[start:end]
            if re.search(r"\bwill be (?:established|created|set up|formed)\b", said) and NEW.search(said):
                found.setdefault(paragraph.lines, paper.quote(paragraph.lines, said))
    return list(found.values())
