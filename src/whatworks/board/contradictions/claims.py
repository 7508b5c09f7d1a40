"""Claims that a figure would settle: one part of a process is said to be the quickest, or the slowest, of all."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import CLAIM, Contradiction, RecordPaper
from whatworks.board.contradictions.wording import sentences

_MOST = r"(?P<most>quickest|fastest|speediest|slowest|shortest|longest)"
_PART = r"(?:part|stage|step|phase)"
_PROCESS = (
    r"(?:of|in) (?:the|our|this|each) (?:(?:[\w'-]+ ){0,3}?(?:process|procedure|pathway)|"
    r"(?:criminal |youth )?(?:justice )?system|(?:case|victim|defendant|offender)(?:'?s'?)? journey)\b"
)
_NAMED = r"(?:charging|court|police|prosecution|investigation|trial|listing|referral|assessment|sentencing|custody)"
_STAGE = rf"(?:{_PART} {_PROCESS}|\b{_NAMED} {_PART}\b)"
_IS = r"(?:is|are|was|were|remains?|has been|takes?|took)"
_END = r"(?=\s*(?:[,.;:)]|$)| (?:and|but|so|while|because|at present|currently|now|overall)\b)"
_REST = rf"(?: {_PART})?(?: {_PROCESS})?{_END}"
CLAIMED = (
    re.compile(rf"{_STAGE}[^.;?]{{0,80}}? {_IS} (?:[\w-]+ ){{0,3}}?(?:the )?{_MOST}{_REST}", re.IGNORECASE),
    re.compile(rf"\bthe {_MOST} {_STAGE} {_IS}\b", re.IGNORECASE),
    re.compile(rf" {_IS} (?:[\w-]+ ){{0,3}}?the {_MOST} {_PART} {_PROCESS}", re.IGNORECASE),
)
NOT_CLAIMED = re.compile(
    r"\?|n't\b|\b(?:not|never|should|would|could|may(?! \d)|might|must|whether|if|until|asked?|aims?|hoped?|targets?"
    rf"|(?:which|what|whichever) {_PART}|ever|since|on record|ensure)\b"
    r"|\d\s?(?:%|per cent|(?:\w+ )?(?:hour|day|week|month|year)s?)",
    re.IGNORECASE,
)
"""Questions, wishes and denials; comparisons with other years; and what a figure stands beside."""


def claims(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each sentence that says a part of a process to be the quickest or slowest of it, without a figure."""
    for paper in papers:
        for paragraph, text in paper.texts:
            for start, end in sentences(text):
                sentence = text[start:end]
                if (most := claimed(sentence)) is None:
                    continue
                yield Contradiction(
                    CLAIM,
                    f"One part of a process is said to be the {most}",
                    f"On {paper.when} one part of a process is said to be the {most}. No figure stands beside it; "
                    "the time that each part takes would settle it.",
                    (paper.quote(paragraph.lines, sentence),),
                    "Do the figures bear it out? `whatworks journeys published FILE --quickest PART --place PLACE` "
                    "puts it to a published table, and gives every part's days (docs/journeys.md).",
                    "nothing: it is a claim to test, and may be true",
                )


def claimed(sentence: str) -> str | None:
    """Return what a sentence says that a part of a process is, compared with the rest of it.

    >>> claimed("Charging is the slowest part of the process."), claimed("It is the longest part of the agenda.")
    ('slowest', None)
    """
    if NOT_CLAIMED.search(sentence):
        return None
    found = next((found for rule in CLAIMED if (found := rule.search(sentence))), None)
    return found["most"].lower() if found else None
