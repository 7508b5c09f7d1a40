"""Numbers that skip, repeat, or hang below a number that is not there."""

import re
from collections.abc import Iterator
from itertools import pairwise

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.parsed import MinuteParagraph

CAPTION = re.compile(r"^\s*((?:Table|Figure|Appendix|Annex) \d+)\s*[:.–-]\s*(\S.*)$")
DOTTED = re.compile(r"\d+[a-z]?(?:\.\d+)+")
QUESTION = "Is something missing, or only misnumbered?"


def numbering(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield faults of numbering in each paper: paragraphs, items, actions, captions."""
    for paper in papers:
        if paper.document.partial is None and not paper.parsed.partial:
            yield from orphans(paper)
            yield from gaps(paper)
        yield from captions(paper)


def printed(paper: RecordPaper, number: str) -> bool:
    """Return whether some line begins with a number, so that only the reading of it was missed."""
    start = re.compile(rf"^\W*{re.escape(number)}(?:\.?\s|\.?$)")
    return any(start.match(line.text) for line in paper.document.lines)


def dotted(paper: RecordPaper) -> list[tuple[tuple[str, ...], MinuteParagraph]]:
    """Return the paragraphs whose numbers have parts, with those parts."""
    return [
        (tuple(paragraph.number.split(".")), paragraph)
        for paragraph in paper.parsed.paragraphs
        if paragraph.number and DOTTED.fullmatch(paragraph.number)
    ]


def orphans(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield each number of three parts or more above which the number of the paragraph is missing."""
    found = dotted(paper)
    known = {parts for parts, _ in found}
    reported: set[tuple[str, ...]] = set()
    for parts, paragraph in found:
        above = parts[:-1]
        if len(parts) < 3 or above in known or above in reported or printed(paper, ".".join(above)):
            continue
        reported.add(above)
        parent = ".".join(above)
        item = next((one for one in paper.parsed.items if one.number == parts[0]), None)
        before = [paper.quote(item.lines)] if item else []
        yield Contradiction(
            "numbering",
            f"{paragraph.number} without {parent}",
            f"A paragraph is numbered {paragraph.number}, but there is no {parent} above it.",
            (*before, paper.quote(paragraph.lines)),
            QUESTION,
        )


def gaps(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield each pair of neighbours between which a number is missing, or which share one."""
    siblings: dict[tuple[str, ...], list[tuple[int, tuple[int, int]]]] = {}
    for parts, paragraph in dotted(paper):
        if parts[-1].isdigit():
            siblings.setdefault(("paragraph", *parts[:-1]), []).append((int(parts[-1]), paragraph.lines))
    for item in paper.parsed.items:
        digits = re.match(r"\d+", item.number or "")
        letters = (item.number or "")[digits.end() :] if digits else ""
        run = siblings.setdefault(("item",), [])
        if digits and not (letters and run and run[-1][0] == int(digits[0])):
            run.append((int(digits[0]), item.lines))
    for promise in paper.parsed.actions:
        if promise.number and promise.number.isdigit():
            siblings.setdefault(("Action",), []).append((int(promise.number), promise.lines))
    for (kind, *above), run in siblings.items():
        for (one, first), (other, second) in pairwise(run):
            fault = skipped(paper, kind, above, one, other)
            if fault and first != second:
                yield Contradiction("numbering", fault, f"{fault} in the numbering of the paper.",
                                    (paper.quote(first), paper.quote(second)), QUESTION)  # fmt: skip


def skipped(paper: RecordPaper, kind: str, above: list[str], one: int, other: int) -> str | None:
    """Return what is wrong between two neighbours, or None."""
    if other == one and kind == "paragraph":
        return f"Two paragraphs {'.'.join((*above, str(one)))}"
    if not one < other - 1 <= one + 5:
        return None
    missing = ".".join((*above, str(one + 1)))
    shown = missing if kind == "paragraph" else f"{kind.capitalize()} {missing}"
    sought = re.compile(rf"\b{kind} {missing}\b", re.IGNORECASE)
    if printed(paper, missing) or any(sought.search(line.text) for line in paper.document.lines):
        return None
    return f"No {shown} between {'.'.join((*above, str(one)))} and {'.'.join((*above, str(other)))}"


def captions(paper: RecordPaper) -> Iterator[Contradiction]:
    """Yield each label, such as Table 1, that two things carry."""
    first: dict[str, tuple[int, str]] = {}
    for line in paper.document.lines:
        found = CAPTION.match(line.text)
        if not found:
            continue
        at, words = first.setdefault(found[1], (line.number, found[2].strip()))
        if words != found[2].strip():
            yield Contradiction(
                "numbering",
                f"Two things are called {found[1]}",
                f"{found[1]} is the caption of two different things, so a reference to it can mean either.",
                (paper.quote((at, at)), paper.quote((line.number, line.number))),
                f"Which {found[1]} is meant where the paper refers to it?",
            )
