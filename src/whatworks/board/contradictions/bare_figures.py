"""Rates that are compared without the people behind them, with a national rate, or without what they are shares of."""

import re
from collections.abc import Iterator

from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper
from whatworks.board.contradictions.wording import sentences
from whatworks.board.parsed import MinuteParagraph

RATE = r"\d+(?:\.\d+)?\s?(?:%|per cent)"
COMPARED = re.compile(
    r"\b(?:higher|lower|less|more|greater|fewer|better|worse|compared?|comparison|control|against|versus|than)\b",
    re.IGNORECASE,
)
OF_PEOPLE = re.compile(r"re-?offen|re-?convict|offend|cohort|crime|victim|convict|breach|custod|arrest", re.IGNORECASE)
BASE = re.compile(
    r"\b\d[\d,]* (?:out )?of (?:the )?\d[\d,]*\b"
    r"|\bof \d[\d,]* (?:people|offenders|participants|cases|victims|women|men)\b"
    r"|\b\d[\d,]* (?:[a-z]+ ){0,2}(?:people|offenders|participants|cases|victims|women|men|children|offences|crimes"
    r"|referrals|respondents|residents|prisoners)\b"
    r"|\bn ?= ?\d|\(\d[\d,]* (?:of|/) ?\d|\b\d[\d,]* \(\d+(?:\.\d+)?%\)",
    re.IGNORECASE,
)
COMPARATOR = re.compile(
    rf"\b(?:than|against|with|to|versus|below|above) (?:the |a )?national\b[^.]*?({RATE})", re.IGNORECASE
)
OF_A_SCHEME = re.compile(
    r"\b(?:cohort|scheme|pilot|programme|project|participants|comparison group|control)", re.IGNORECASE
)
RESPECTIVELY = re.compile(rf"{RATE}[^.]*\brespectively\b|\brespectively\b[^.]*{RATE}", re.IGNORECASE)
DOUBT = re.compile(
    r"\brobust|like for like|like-for-like|\bmethodology|closely matched|drill(?:ing|ed)? down", re.IGNORECASE
)


def bare_figures(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield the rates that cannot be used as they stand."""
    for paper in papers:
        for paragraph, text in paper.texts:
            if not re.search(RATE, text):
                continue
            yield from compared(paper, paragraph, text)
            yield from national(paper, paragraph, text)
            yield from respectively(paper, paragraph, text)


def rates(text: str) -> list[str]:
    """Return the rates that stand in a text.

    >>> rates("46.0% against 45 per cent")
    ['46.0%', '45 per cent']
    """
    return re.findall(RATE, text)


def has_base(paper: RecordPaper, paragraph: MinuteParagraph, text: str) -> bool:
    """Return whether the text itself, or what was read from it, gives numbers of people."""
    first, last = paragraph.lines
    read = any(
        figure.kind == "rate" and figure.base and first <= figure.lines[0] <= last for figure in paper.parsed.figures
    )
    return read or BASE.search(text) is not None


def compared(paper: RecordPaper, paragraph: MinuteParagraph, text: str) -> Iterator[Contradiction]:
    """Yield two rates of people that are set against each other without numbers of people."""
    found = rates(text)
    if len(found) < 2 or not (COMPARED.search(text) and OF_PEOPLE.search(text) and OF_A_SCHEME.search(text)):
        return
    if has_base(paper, paragraph, text) or RESPECTIVELY.search(text):
        return
    yield Contradiction(
        "bare figures",
        f"{found[0]} against {found[1]}, without numbers of people",
        f"On {paper.when}, {found[0]} is set against {found[1]}. Without the people behind each rate nobody can say "
        "whether they differ, nor by how much.",
        (paper.quote(paragraph.lines, found[0]), *doubts(paper, paragraph)),
        "How many people are behind each rate, and were they alike?",
        "no number of people stands beside the rates",
    )


def national(paper: RecordPaper, paragraph: MinuteParagraph, text: str) -> Iterator[Contradiction]:
    """Yield a national rate that a scheme's rate is held against."""
    found = COMPARATOR.search(text)
    others = [rate for rate in rates(text) if found and rate != found[1]]
    if not found or not others or not (COMPARED.search(text) and OF_A_SCHEME.search(text)):
        return
    rate = found[1]
    quotes = [paper.quote(paragraph.lines, rate)]
    worse = next((text[a:b] for a, b in sentences(text) if re.search(r"\bhigher\b|\bworse\b", text[a:b])), None)
    if worse and worse not in quotes[0].text:
        quotes.append(paper.quote(paragraph.lines, worse))
    yield Contradiction(
        "bare figures",
        f"A national rate of {rate} as the comparison",
        f"On {paper.when}, {others[0]} is held against the national rate of {rate}. National rates are of other "
        "people, so they show nothing about the scheme"
        + ("; and the same paper says that the scheme did worse than its own comparison group." if worse else "."),
        tuple(dict.fromkeys(quotes)),
        "What did like people do without the scheme?",
        "a national rate is of other people",
    )


def respectively(paper: RecordPaper, paragraph: MinuteParagraph, text: str) -> Iterator[Contradiction]:
    """Yield shares given `respectively` without numbers, place or period that would say what they are shares of."""
    found = RESPECTIVELY.search(text)
    if found and len(rates(found[0])) > 1 and not has_base(paper, paragraph, text):
        yield Contradiction(
            "bare figures",
            f"{' and '.join(rates(found[0])[:2])} without what they are shares of",
            f"On {paper.when}, shares are given without numbers: what they are shares of, where and when is not said.",
            (paper.quote(paragraph.lines, rates(found[0])[0]),),
            "Shares of how many, of what, in which place and year?",
            "no base is given",
        )


def doubts(paper: RecordPaper, paragraph: MinuteParagraph) -> list[Quote]:
    """Return where the same item speaks of the comparison's soundness: at most two places."""
    near = [
        (one, found[0])
        for one, text in paper.texts
        if one.item == paragraph.item and one.lines != paragraph.lines and (found := DOUBT.search(text))
    ]
    return [paper.quote(one.lines, words) for one, words in near[:2]]
