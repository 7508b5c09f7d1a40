"""An evaluation by a scheme's own agency that later counts as independent."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.programmes import about, programmes
from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper
from whatworks.board.contradictions.wording import sentences

LED = re.compile(
    r"\bevaluat\w+\b.*\b(?:led|conducted|undertaken|carried out|done|run) (?:by|within|in)\b", re.IGNORECASE
)
INSIDE = re.compile(r"\b(?:within|in-house|internal|own|team (?:of|in|within)|head of)\b", re.IGNORECASE)
INDEPENDENT = re.compile(r"\b(?:independent|external|outside|university)\b", re.IGNORECASE)
DONE = re.compile(r"\b(?:has been|have been|had been|was|were|is being|by)\b", re.IGNORECASE)
ANOTHER = re.compile(
    r"\b(?:second|another|further|new|separate|additional|other|follow\w*|also|planned|propos\w+|will|should|would|could)\b",
    re.IGNORECASE,
)
"""Words by which a paper speaks of an evaluation beside the one that is led from inside."""
EVALUATION = re.compile(r"\bevaluat", re.IGNORECASE)


def evaluators(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield schemes whose evaluation one paper has led from inside and another calls independent."""
    for name, named in programmes(papers).items():
        inside = outside = None
        for quote in evaluations(named, name):
            independent = INDEPENDENT.search(quote.text) is not None
            if independent and DONE.search(quote.text) and not ANOTHER.search(quote.text):
                outside = outside or quote
            elif not independent and LED.search(quote.text) and INSIDE.search(quote.text):
                inside = inside or quote
        if inside and outside and inside.file != outside.file:
            yield Contradiction(
                "evaluator",
                f"Who evaluated {name}?",
                f"One paper has the evaluation of {name} led from inside, another calls it independent.",
                (inside, outside),
                "Who evaluated, for whom, and who could stop the findings?",
            )


def evaluations(papers: list[RecordPaper], name: str) -> Iterator[Quote]:
    """Yield the sentences on a scheme's evaluation."""
    for paper in papers:
        for paragraph, text in about(paper, name):
            for start, end in sentences(text):
                if EVALUATION.search(text[start:end]):
                    yield paper.quote(paragraph.lines, text[start:end])
