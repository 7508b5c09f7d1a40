"""The challenge pack as a paper: what the record holds on one item, and questions with room for their answers."""

from collections.abc import Sequence
from datetime import date
from math import isinf
from typing import Any

from whatworks.board.challenge import Challenge, Said
from whatworks.board.contradictions import Quote
from whatworks.board.contradictions import differing as clashing
from whatworks.board.watched import WatchedFigure
from whatworks.papers.board.contradiction_report import sources
from whatworks.papers.board.record_words import page_table, paper_of, section
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Nested
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.paper import Block, Paper, Paragraph, Section, Table
from whatworks.papers.words import WITHHELD
from whatworks.records.calendar_names import long_date

NOT_SAID = "not said"
WATCHED = ("Figure", "Now (95% interval)", "Of", "Period", "Expected", "What it says")


def challenge_paper(
    found: Challenge, *, as_at: date, prepared_for: str, item: str = "Challenge", minimum: int = 10
) -> tuple[Paper, dict[str, Any]]:
    """Return the paper of a challenge, and its figures as `summary.json` holds them."""
    sections = [
        _summary(found),
        _questions(found),
        _watched(found, minimum),
        _said("promises", "What was promised", "Due", found.promises),
        _said("decisions", "What was decided", "On condition", found.decisions),
        _differing(found),
        _said("figures", "Figures that lack a base", "Due", found.figures, short=True),
        _said("few", "Rates of so few people that chance moves them", "Due", found.not_a_challenge, short=True),
    ]
    paper = paper_of(f"Challenge: {found.item}", prepared_for, as_at, sections, _sheets(found), item, "")
    return paper, _figures(found, minimum)


def _summary(found: Challenge) -> Section | None:
    """Return what there is to challenge."""
    lead = (
        f"On {found.item} the record holds {len(found.promises)} promises, {len(found.decisions)} decisions, "
        f"{len(clashing(found.contradictions))} places that do not agree, and {len(found.figures)} rates without a "
        "base."
    )
    rule = (
        "Each question below is answered, or carried to a named meeting; none is dropped in silence. A rate of few "
        "people that stands out may be chance, and is no ground for a challenge."
    )
    return section("summary", "Summary", Paragraph(lead, "verdict"), Paragraph(rule))


def _questions(found: Challenge) -> Section | None:
    """Return the questions with room for an answer, who gives it, and where it is carried."""
    rows = [(str(at), one.text, one.to, "", "") for at, one in enumerate(found.questions, 1)]
    columns, widths = ("Number", "Question", "To", "Answer", "Carried to"), (0.6, 3.4, 1.3, 1.6, 1.0)
    table = page_table("questions", "Questions, to be answered or carried", columns, rows, widths)
    return section("questions", "Questions to ask", table)


def _watched(found: Challenge, minimum: int) -> Section | None:
    """Return the figures that are watched, small counts withheld."""
    rows = [watched_row(one, minimum) for one in found.watched]
    lead = (
        "A figure outside of its range is a ground for a challenge only where its 95% interval lies outside too. Where "
        "they meet, chance may be all of it: too few to tell, and no challenge."
    )
    table = page_table("watched", "Held against what is expected", WATCHED, rows, (1.8, 1.6, 0.8, 1.4, 1.0, 1.2))
    return section("watched", "Figures that are watched", Paragraph(lead), table) if rows else None


def watched_row(one: WatchedFigure, minimum: int) -> tuple[str, ...]:
    """Return a watched figure in words, in the order of `WATCHED`; what few are behind is withheld."""
    small = Nested(minimum).sensitive
    parts = [one.n] if one.in_days or one.value is None else [one.n * one.value, one.n - one.n * one.value]
    few = any(map(small, [one.n, *parts])) or (one.in_days and one.n < FEWEST_FOR_DAYS)
    low, high = (number(end, "none") for end in (one.low, one.high))
    figure = f"{number(one.value, 'none')} ({low} to {high})"
    if one.low is None and one.high is None:
        figure = "not reached in the time seen" if one.value is None else f"{number(one.value)} (no interval)"
    base = f"fewer than {minimum}" if small(one.n) else f"{one.n:,}"
    least, most = (number(end) for end in one.expected)
    return (one.name, WITHHELD if few or (one.value is None and not one.in_days) else figure, base, one.period,
            f"{least} to {most}", one.verdict)  # fmt: skip


def number(value: float | None, none: str = "") -> str:
    """Return a number to three figures.

    >>> number(0.12345), number(1234.5), number(float("inf")), number(None, "none")
    ('0.123', '1,234', 'any', 'none')
    """
    if value is None:
        return none
    if isinf(value):
        return "any"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _said(name: str, heading: str, last: str, quoted: Sequence[Said], *, short: bool = False) -> Section | None:
    """Return a table of what papers say, each with its place; `short` leaves owner and last column out."""
    columns = ("What", "Source", "Words") if short else ("What", "By", last, "Source")
    rows = [
        (one.text, one.quote.place, one.quote.text)
        if short
        else (one.text, one.to or "nobody named", one.due or NOT_SAID, _place(one.quote, one.day))
        for one in quoted
    ]
    widths = (1.0, 1.6, 3.8) if short else (3.4, 1.3, 1.4, 1.6)
    return section(name, heading, page_table(name, heading, columns, rows, widths))


def _place(quote: Quote, day: date | None) -> str:
    return f"{quote.place} ({long_date(day)})" if day else quote.place


def _differing(found: Challenge) -> Section | None:
    """Return the contradictions on the item."""
    blocks: list[Block | None] = []
    for at, one in enumerate(clashing(found.contradictions), 1):
        blocks += [Paragraph(one.sentence), sources(f"differs-{at}", one)]
    return section("differs", "What does not agree", *blocks)


def _sheets(found: Challenge) -> tuple[Table, ...]:
    """Return questions and promises as plain tables."""
    asked = [
        [at, one.text, one.to, one.quote.place if one.quote else None, "", ""]
        for at, one in enumerate(found.questions, 1)
    ]
    promised = [[promise.text, promise.to, promise.due, promise.quote.place] for promise in found.promises]
    return (
        sheet("Questions", "Questions", ["Number", "Question", "To", "Source", "Answer", "Carried to"], asked),
        sheet("Promises", "Promises", ["Promise", "By", "Due", "Source"], promised),
    )


def _figures(found: Challenge, minimum: int) -> dict[str, Any]:
    """Return what `summary.json` holds."""
    return {
        "paper": "challenge pack",
        "item": found.item,
        "promises": [
            {"text": one.text, "to": one.to, "due": one.due, "from": one.quote.place} for one in found.promises
        ],
        "decisions": [{"text": one.text, "condition": one.due, "from": one.quote.place} for one in found.decisions],
        "contradictions": [contradiction.title for contradiction in clashing(found.contradictions)],
        "figures_without_base": [figure.text for figure in found.figures],
        "questions": [{"text": question.text, "to": question.to} for question in found.questions],
        "watched": [dict(zip(WATCHED, watched_row(one, minimum), strict=True)) for one in found.watched],
    }
