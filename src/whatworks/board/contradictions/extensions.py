"""A scheme that works in more places than it was agreed for, without the report that this required."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper
from whatworks.board.contradictions.wording import NUMBER, number, plain, sentences, word_set
from whatworks.board.parsed import MinuteParagraph

PLACES = r"(?:sites?|pilots|districts|boroughs|wards|areas|neighbourhoods|localities)"
COUNT = re.compile(rf"\b({NUMBER}) (?:pilot |priority |selected |new )?{PLACES}\b", re.IGNORECASE)
REQUIRED = re.compile(
    r"\b(?:exten[ds]|expan)\w*\b.*\b(?:further|new|another|separate) (?:report|approval|decision)\b"
    r"|\b(?:further|new|another|separate) (?:report|approval|decision)\b.*\b(?:exten[ds]|expan)\w*\b",
    re.IGNORECASE,
)

REPORTED = re.compile(r"\b(?:reports?|agreed|approved|decision|paper)\b", re.IGNORECASE)

Count = tuple[int, Quote]
KINDS = r"(?:Initiative|Programme|Program|Scheme|Project|Pilot|initiative|programme|scheme|model|pilot|cohort)"
NAMED = re.compile(rf"\b((?:[A-Z][a-z]+ ){{1,3}}){KINDS}\b")
NO_NAME = word_set(
    "the a an this that our new london national reform key joint local multi pan young youth action safer pilot",
    "evaluation first current existing proposed work north south east west central health core community",
)


def extensions(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each scheme that a later paper has in more places, where an earlier one required a report for that."""
    for name, named in programmes(papers).items():
        for at, earlier in enumerate(named):
            required = requirement(earlier, name)
            agreed = places(earlier, name)
            later = [(paper, found) for paper in named[at + 1 :] if (found := places(paper, name))]
            wider = [(paper, found) for paper, found in later if agreed and found[0] > agreed[0]]
            if not (required and agreed and wider) or reported(named[at + 1 :], wider[0][0], name):
                continue
            paper, found = wider[0]
            yield Contradiction(
                "extension",
                f"{name}: {agreed[0]} places became {found[0]}, and no further report is held",
                f"On {earlier.when}, {name} was to work in {agreed[0]} places, and more would need a further report. "
                f"On {paper.when} it works in {found[0]}. No such report is in the record.",
                (agreed[1], required, found[1]),
                "Who agreed the extension, on which report, and at what cost?",
            )


def requirement(paper: RecordPaper, name: str) -> Quote | None:
    """Return where a paper requires a further report before the scheme is extended."""
    for paragraph, text in about(paper, name):
        for start, end in sentences(text):
            if REQUIRED.search(text[start:end]):
                return paper.quote(paragraph.lines, text[start:end])
    return None


def places(paper: RecordPaper, name: str) -> Count | None:
    """Return in how many places a paper has the scheme: the number that it gives most often, and first."""
    counts: dict[int, list[Quote]] = {}
    for paragraph, text in about(paper, name):
        for found in COUNT.finditer(text):
            counts.setdefault(number(found[1]), []).append(paper.quote(paragraph.lines, found[0]))
    counts.pop(1, None)
    if not counts:
        return None
    most = max(counts, key=lambda count: len(counts[count]))
    return most, counts[most][0]


def reported(between: list[RecordPaper], until: RecordPaper, name: str) -> bool:
    """Return whether a report about extending the scheme is held, or spoken of, up to the wider count."""
    spoken = any(
        REPORTED.search(text) and re.search(r"\b(?:exten[ds]|expan)", text, re.IGNORECASE)
        for paper in between
        if (paper.day or until.day) <= until.day  # type: ignore[operator]
        for _, text in about(paper, name)
    )
    return spoken or any(
        paper.parsed.kind == "report"
        and (paper.day or until.day) <= until.day  # type: ignore[operator]
        and any(
            re.search(r"\b(?:exten[ds]|expan)", recommendation.text, re.IGNORECASE)
            for recommendation in paper.parsed.recommendations
        )
        for paper in between
        if paper is not until and name
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
