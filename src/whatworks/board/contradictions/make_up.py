"""A body whose partners one place lists in one way and another place in another."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper
from whatworks.board.register.names import KNOWN_NAMES, is_short_name_of, normal
from whatworks.records.listing import listed

FROM = re.compile(
    r"\b(?:attendees|members|partners|representatives|membership|people|colleagues)\b (?:drawn )?from (?:the )?"
    r"([A-Za-z][^.;:]*?)(?= (?:and (?:be|would|will)|will|would|to|should|are|were|shall|who|meet)\b|[.;:]|$)",
    re.IGNORECASE,
)
BODY = re.compile(r"\b([A-Z][\w-]+ (?:Board|Group|Panel|Partnership|Forum|Committee|board|group))\b")
MORE = re.compile(r"\b(?:also|in addition|additional|further|as well as)\b", re.IGNORECASE)
FULL = {normal(short): normal(full) for full, others in KNOWN_NAMES.items() for short in (full, *others)}


def make_up(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield bodies of which, within one item, two lists of partners differ both ways."""
    for paper in papers:
        lists = [
            (paragraph.item, body, partners(found[1]), found[0], paper.quote(paragraph.lines, found[0]))
            for paragraph, text in paper.texts
            for found in FROM.finditer(text)
            for body in dict.fromkeys(BODY.findall(text))
        ]
        lists += [
            (action.item, body, partners(found[1]), found[0], paper.quote(action.lines, found[0]))
            for action in paper.parsed.actions
            for found in FROM.finditer(action.text)
            for body in dict.fromkeys(BODY.findall(action.text))
        ]
        seen: set[tuple[Quote, Quote]] = set()
        for at, (item, body, first, _, quote) in enumerate(lists):
            for other_item, other_body, second, _, other in lists[at + 1 :]:
                if (
                    (item, body.lower()) != (other_item, other_body.lower())
                    or quote.lines == other.lines
                    or (quote, other) in seen
                ):
                    continue
                only, lacking = without(first, second), without(second, first)
                joined = MORE.search(quote.text) or MORE.search(other.text)
                if only and lacking and len(first) > 1 and len(second) > 1 and not joined:
                    seen.add((quote, other))
                    yield contradiction_of(paper, body, only, lacking, quote, other)


def partners(words: str) -> tuple[str, ...]:
    """Return the partners that a list names.

    >>> partners("the police, NOMS, Health and MoJ/HO")
    ('police', 'NOMS', 'Health', 'MoJ', 'HO')
    """
    parts = re.split(r",| and |/|&", words)
    return tuple(name for part in parts if (name := re.sub(r"^(?:the|from) ", "", part.strip())))


def without(some: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """Return those of `some` that no name of `others` means."""
    return [one for one in some if not any(one_partner(one, other) for other in others)]


def one_partner(one: str, other: str) -> bool:
    """Return whether two names mean one partner: full and short names, and "police" for a police force.

    >>> one_partner("police", "MPS"), one_partner("Home Office", "HO"), one_partner("NOMS", "MoJ")
    (True, True, False)
    """
    a, b = (FULL.get(normal(name), normal(name)) for name in (one, other))
    if a == b or is_short_name_of(one, other) or is_short_name_of(other, one):
        return True
    return set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())


def contradiction_of(
    paper: RecordPaper, body: str, only: list[str], lacking: list[str], quote: Quote, other: Quote
) -> Contradiction:
    """Return the finding."""
    return Contradiction(
        "make-up",
        f"Who belongs to the {body}: {listed(only)}, or {listed(lacking)}?",
        f"On {paper.when}, two lists of partners for one body differ: {listed(only)} on the first only, "
        f"{listed(lacking)} on the second only.",
        (quote, other),
        "Who is to take part?",
    )
