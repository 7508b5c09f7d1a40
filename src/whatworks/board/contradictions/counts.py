"""Lists that are longer or shorter than announced."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import NUMBER, number, plain
from whatworks.board.parsed import MinuteParagraph

THINGS = (
    r"(?:strands|factors|areas|priorities|parts|themes|points|aims|objectives|recommendations|steps|reasons|risks|"
    r"dependencies|benefits|measures|outcomes|options|principles|stages|questions|issues|tasks|actions)"
)
ANNOUNCED = re.compile(rf"(?<![\w.])({NUMBER}) (?:[\w-]+ ){{0,3}}?{THINGS}\b(?=[^.:]*:$)", re.IGNORECASE)
MARK = re.compile(
    r"^\W*?(?:(?P<bullet>[-•–*])\s+(?!\d)|[-•–*]?\s*(?P<dotted>\d+(?:\.\d+)+)|[-•–*]?\s*(?P<whole>\d{1,2})(?:[.)]\s*|\s+)(?!\d))"
)
Lines = tuple[int, int]
Mark = tuple[str, str, Lines]
"""How a list entry is marked (bullet, whole or dotted), its number, and its lines."""


def counts(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each sentence that announces a number of things and is followed by a list of another length."""
    for paper in papers:
        for at, paragraph in enumerate(paper.parsed.paragraphs):
            head, inside = divided(paper, paragraph)
            found = ANNOUNCED.search(head)
            if not found:
                continue
            entries = run(paragraph, inside or [mark(paper, one) for one in following(paper, paragraph, at)])
            if len(entries) > 1 and len(entries) != number(found[1]):
                yield Contradiction(
                    "count",
                    f"{found[0]}: {len(entries)} are listed",
                    f"On {paper.when}, the text announces {found[0]}; the list below it has {len(entries)}.",
                    (paper.quote((paragraph.lines[0], paragraph.lines[0])), paper.quote(entries[-1][2])),
                    "Is something missing from the list, or is the number wrong?",
                )


def divided(paper: RecordPaper, paragraph: MinuteParagraph) -> tuple[str, list[Mark]]:
    """Return a paragraph's text before any list that stands within it, and that list's marks."""
    first, last = paragraph.lines
    inside = [found for line in range(first + 1, last + 1) if (found := marked(paper, (line, line)))]
    text = plain(paragraph.text) if not inside else paper.quote((first, inside[0][2][0] - 1)).text
    return text, inside


def marked(paper: RecordPaper, lines: Lines) -> Mark | None:
    """Return how a line is marked as a list entry, or None."""
    found = MARK.match(paper.document.lines[lines[0] - 1].text)
    return (found.lastgroup or "", found[found.lastgroup or 0], lines) if found else None


def mark(paper: RecordPaper, paragraph: MinuteParagraph) -> Mark | None:
    """Return how a paragraph is marked as a list entry, or None."""
    if paragraph.number and "." in paragraph.number:
        return "dotted", paragraph.number, paragraph.lines
    return marked(paper, paragraph.lines)


def following(paper: RecordPaper, above: MinuteParagraph, at: int) -> Iterator[MinuteParagraph]:
    """Yield the paragraphs of the same item after one."""
    for paragraph in paper.parsed.paragraphs[at + 1 :]:
        if paragraph.item != above.item:
            return
        yield paragraph


def run(above: MinuteParagraph, marks: list[Mark | None] | list[Mark]) -> list[Mark]:
    """Return the marks, from the first on, that make one list: of one kind, counted from one, or below a number."""
    entries: list[Mark] = []
    for found in marks:
        if found is None or (entries and found[0] != entries[0][0]):
            break
        kind, at, _ = found
        if kind == "whole" and int(at) != len(entries) + 1:
            break
        if kind == "dotted" and not (above.number and at.startswith(f"{above.number}.")):
            break
        entries.append(found)
    return entries
