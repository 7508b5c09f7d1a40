"""Lists that are longer or shorter than announced."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.finding import Contradiction
from whatworks.board.contradictions.record import Paper
from whatworks.board.contradictions.wording import NUMBER, number
from whatworks.board.parsed import Paragraph

THINGS = (
    r"(?:strands|factors|areas|priorities|parts|themes|points|aims|objectives|recommendations|steps|reasons|risks|"
    r"dependencies|benefits|measures|outcomes|options|principles|stages|questions|issues|tasks|actions)"
)
ANNOUNCED = re.compile(rf"(?<![\w.])({NUMBER}) (?:[\w-]+ ){{0,3}}?{THINGS}\b(?=[^.:]*[.:]?$)", re.IGNORECASE)
MARK = re.compile(
    r"^\W*?(?:(?P<bullet>[-•–*])\s+(?!\d)|[-•–*]?\s*(?P<whole>\d{1,2})(?:[.)]\s*|\s+)(?!\d)|(?P<dotted>\d+(?:\.\d+)+))"
)


def counts(papers: tuple[Paper, ...]) -> Iterator[Contradiction]:
    """Yield each sentence that announces a number of things and is followed by a list of another length."""
    for paper in papers:
        paragraphs = paper.parsed.paragraphs
        for at, (paragraph, text) in enumerate(paper.texts):
            found = ANNOUNCED.search(text)
            entries = listed_below(paper, paragraph, paragraphs[at + 1 :]) if found else []
            if found and len(entries) > 1 and length(paper, entries) != number(found[1]):
                yield Contradiction(
                    "count",
                    f"{found[0]}: {length(paper, entries)} are listed",
                    f"On {paper.when}, the text announces {found[0]}; the list below it has {length(paper, entries)}.",
                    (paper.quote(paragraph.lines, found[0]), paper.quote(entries[-1].lines)),
                    "Is something missing from the list, or is the number wrong?",
                )


def mark(paper: Paper, paragraph: Paragraph) -> tuple[str, str]:
    """Return how a paragraph's first line is marked as a list entry, and the mark."""
    found = MARK.match(paper.document.lines[paragraph.lines[0] - 1].text)
    if paragraph.number and "." in paragraph.number:
        return "dotted", paragraph.number
    if not found:
        return "", ""
    kind = found.lastgroup or ""
    return kind, found[kind]


def listed_below(paper: Paper, above: Paragraph, after: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Return the entries of the list that directly follows a paragraph."""
    entries: list[Paragraph] = []
    kind, own = "", mark(paper, above)
    for paragraph in after:
        this, at = mark(paper, paragraph)
        below = own[0] == "dotted" and this == "dotted"
        if not this or paragraph.item != above.item or (kind and this != kind) or (not below and this == "dotted"):
            break
        if below and not at.startswith(f"{own[1]}."):
            break
        if this == "whole" and int(at) != len(entries) + 1:
            break
        kind = this
        entries.append(paragraph)
    return entries


def length(paper: Paper, entries: list[Paragraph]) -> int:
    """Return how long a list is by its last number, or by its entries."""
    kind, at = mark(paper, entries[-1])
    return int(at) if kind == "whole" else len(entries)
