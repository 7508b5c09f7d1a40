"""A scheme that works in more places than it was agreed for, without the report that this required."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.programmes import about, programmes
from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper
from whatworks.board.contradictions.wording import NUMBER, number, sentences

PLACES = r"(?:sites?|pilots|districts|boroughs|wards|areas|neighbourhoods|localities)"
COUNT = re.compile(rf"\b({NUMBER}) (?:pilot |priority |selected |new )?{PLACES}\b", re.IGNORECASE)
REQUIRED = re.compile(
    r"\b(?:exten[ds]|expan)\w*\b.*\b(?:further|new|another|separate) (?:report|approval|decision)\b"
    r"|\b(?:further|new|another|separate) (?:report|approval|decision)\b.*\b(?:exten[ds]|expan)\w*\b",
    re.IGNORECASE,
)

REPORTED = re.compile(r"\b(?:reports?|agreed|approved|decision|paper)\b", re.IGNORECASE)

Count = tuple[int, Quote]


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
