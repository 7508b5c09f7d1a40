"""A board that agreed not to grow, and grew."""

import re
from collections import Counter
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper, by_body, span
from whatworks.board.parsed import ListedPerson, MinuteDecision

NO_BIGGER = re.compile(
    r"\b(?:not|no|never)\b[^.]{0,30}\b(?:bigger|larger|grow|grown|enlarged?|expand(?:ed)?|"
    r"increase in (?:size|membership))\b",
    re.IGNORECASE,
)
ABOUT_ITSELF = re.compile(r"\b(?:board|membership|[A-Z]{3,6}B|members?|it)\b")


def growth(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each decision not to grow after which more people are listed as the board."""
    for held in by_body(papers):
        for at, paper in enumerate(held):
            for decision in paper.parsed.decisions:
                if NO_BIGGER.search(decision.text) and ABOUT_ITSELF.search(decision.text):
                    base = size(paper)
                    larger = [later for later in held[at + 1 :] if base and len(later.board) > base]
                    if larger:
                        yield contradiction_of(paper, decision, larger)


def apologies(paper: RecordPaper) -> tuple[ListedPerson, ...]:
    """Return who sent apologies."""
    return tuple(person for person in paper.parsed.people if person.capacity == "apologies")


def size(paper: RecordPaper) -> int:
    """Return the board's size at most: members present, and everybody who sent apologies."""
    return len(paper.board) + len(apologies(paper)) if paper.board else 0


def heading(paper: RecordPaper) -> str:
    """Return the heading under which most of the board is listed."""
    found = Counter(one.heading or "no heading" for one in paper.board).most_common(1)
    return found[0][0].strip(" :") if found else "no heading"


def contradiction_of(paper: RecordPaper, decision: MinuteDecision, larger: list[RecordPaper]) -> Contradiction:
    """Return the finding: sizes then and later, and whether the same category was counted."""
    away = len(apologies(paper))
    then = f"{len(paper.board)} present" + (f" and {away} with apologies" if away else "")
    later = " and ".join(f"{len(one.board)} on {one.when}" for one in larger)
    headings = list(dict.fromkeys(heading(one) for one in (paper, *larger)))
    changed = (
        f" The lists have different headings ({', '.join(repr(one) for one in headings)}), so the categories changed, "
        "and the counts are not of the same thing."
        if len(headings) > 1
        else ""
    )
    quotes = [paper.quote(decision.lines, decision.text)]
    for one in (paper, *larger):
        lines = span(person.lines for person in one.board)
        quotes += [one.quote(lines)] if lines else []
    return Contradiction(
        "growth",
        "The board agreed not to grow, and longer lists follow",
        f"On {paper.when} the board agreed not to be bigger; it was {then}. Listed as board: {later}.{changed}",
        tuple(quotes),
        "Who is a member, who advises, and when was the decision not to grow changed?",
    )
