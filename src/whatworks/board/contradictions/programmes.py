"""Find the programmes that papers name, and what papers say of each."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import RecordPaper
from whatworks.board.contradictions.wording import plain, word_set
from whatworks.board.parsed import MinuteParagraph

KINDS = r"(?:Initiative|Programme|Program|Scheme|Project|Pilot|initiative|programme|scheme|model|pilot|cohort)"
NAMED = re.compile(rf"\b((?:[A-Z][a-z]+ ){{1,3}}){KINDS}\b")
NO_NAME = word_set(
    "the a an this that our new london national reform key joint local multi pan young youth action safer pilot",
    "evaluation first current existing proposed work north south east west central health core community",
)


def programmes(papers: tuple[RecordPaper, ...]) -> dict[str, list[RecordPaper]]:
    """Return each programme's name with the papers that name it so."""
    found: dict[str, list[RecordPaper]] = {}
    for paper in papers:
        text = plain(" ".join(line.text for line in paper.document.lines))
        for name in {core(one[1]) for one in NAMED.finditer(text)} - {""}:
            found.setdefault(name, []).append(paper)
    return found


def core(name: str) -> str:
    """Return the part of a name that tells one programme from another: its last proper word.

    >>> core("The London Keystone "), core("The ")
    ('Keystone', '')
    """
    kept = [word for word in name.split() if word.lower() not in NO_NAME]
    return kept[-1] if kept else ""


def about(paper: RecordPaper, name: str) -> Iterator[tuple[MinuteParagraph, str]]:
    """Yield the paragraphs on a programme: those that name it, or all of a report whose heading does."""
    whole = paper.parsed.kind == "report" and any(name in line.text for line in paper.document.lines[:15])
    yield from ((one, text) for one, text in paper.texts if whole or re.search(rf"\b{name}\b", text))
