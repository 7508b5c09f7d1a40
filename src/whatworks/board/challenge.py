"""A challenge pack: for one item, what was promised, what differs, which figures lack a base, and what to ask."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from whatworks.board.contradictions import Contradiction, Quote, contradictions
from whatworks.board.contradictions.record import RecordPaper, in_order
from whatworks.board.contradictions.wording import plain, stems
from whatworks.board.parsed import MinuteDecision, ParsedPaper, PrintedFigure, Promise
from whatworks.board.watched import WatchedFigure
from whatworks.records.calendar_names import long_date
from whatworks.records.documents import Document
from whatworks.records.listing import listed
from whatworks.records.refusal import Fault, Refused

FEW = 100
"""Behind fewer people than this, a rate moves by more than a point with each one."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a paper says of the item; `to` is whoever answers for it, where that is said."""

    day: date | None
    text: str
    quote: Quote
    to: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question for somebody, and the place that gives rise to it."""

    text: str
    to: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """All that the record holds on an item, and what to ask. Answers are written in by hand."""

    item: str
    promises: tuple[Said, ...]
    decisions: tuple[Said, ...]
    contradictions: tuple[Contradiction, ...]
    figures: tuple[Said, ...]
    questions: tuple[Question, ...]
    not_a_challenge: tuple[Said, ...]
    """Rates of so few people that chance moves them: no ground for a challenge."""
    watched: tuple[WatchedFigure, ...] = ()
    """Figures held against what is expected; only one that is outside for sure gives rise to a question."""


def challenge(
    papers: Sequence[tuple[Document, ParsedPaper]], item: str, *, as_at: date, watched: Sequence[WatchedFigure] = ()
) -> Challenge:
    """Return the pack for an item; promises whose time has come by `as_at` are asked for.

    Raises `Refused` where no paper speaks of the item, and no figure is watched.
    """
    held = in_order(papers)
    wanted = stems(item)
    spoken = {paper.name: [one.lines for one, text in paper.texts if wanted <= stems(text)] for paper in held}
    headed = {paper.name: [*spoken[paper.name], *under(paper, wanted)] for paper in held}
    if not watched and (not wanted or not any(headed.values())):
        raise Refused(Fault("is spoken of in no paper", "name the item as the papers do", field="item", value=item))
    found = tuple(contradiction for contradiction in contradictions(papers) if concerns(contradiction, headed, wanted))
    promised = tuple(promise for paper in held for promise in promises(paper, headed[paper.name], wanted))
    decided = tuple(decision for paper in held for decision in decisions(paper, headed[paper.name], wanted))
    bare, few = rates(held, headed)
    giver, why = "whoever gave it", "Why is it outside of what is expected"
    asked = (
        *(Question(one.question, "whoever answers for the record", one.quotes[0]) for one in found),
        *(promise_question(one, as_at) for one in promised),
        *(Question(f"Of how many people, and compared with whom: {one.text}?", giver, one.quote) for one in bare),
        *(Question(f"{why}, of {one.period}: {one.name}?", one.to) for one in watched if one.verdict == "outside"),
    )
    return Challenge(item, promised, decided, found, bare, tuple(dict.fromkeys(asked)), few, tuple(watched))


def under(paper: RecordPaper, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Return the paragraphs of the items and sub-headings whose titles name the item."""
    named = [one.number or one.title for one in paper.parsed.items if wanted <= stems(one.title)]
    heads = sorted((heading.lines[0], wanted <= stems(heading.title)) for heading in paper.parsed.subheadings)
    found = []
    for one in paper.parsed.paragraphs:
        above = [hit for line, hit in heads if line < one.lines[0]]
        if one.item in named or (above and above[-1]):
            found.append(one.lines)
    return found


def touches(lines: tuple[int, int], places: Sequence[tuple[int, int]]) -> bool:
    """Return whether some lines meet any of the places."""
    return any(first <= lines[1] and lines[0] <= last for first, last in places)


def concerns(one: Contradiction, places: dict[str, list[tuple[int, int]]], wanted: frozenset[str]) -> bool:
    """Return whether a contradiction is about the item: its words name it, or one of its sources stands under it."""
    if wanted <= stems(f"{one.title} {one.sentence}"):
        return True
    return any(touches(quote.lines, places.get(quote.file, [])) and wanted <= stems(quote.text) for quote in one.quotes)


def promises(paper: RecordPaper, places: Sequence[tuple[int, int]], wanted: frozenset[str]) -> Iterator[Said]:
    """Yield what was promised about the item."""
    parsed = paper.parsed
    every: tuple[Promise, ...] = (*parsed.actions, *parsed.deliverables, *parsed.commitments)
    for one in every:
        if wanted <= stems(one.text) or touches(one.lines, places):
            owner = listed(list(one.owners)) or None
            yield Said(paper.day, plain(one.text), paper.quote(one.lines), owner, due(one))


def due(one: Promise) -> str | None:
    """Return when a promise falls due, as printed and as days."""
    if one.due_text is None:
        return None
    return one.due_text if one.due_to is None else f"{one.due_text} (by {long_date(one.due_to)})"


def decisions(paper: RecordPaper, places: Sequence[tuple[int, int]], wanted: frozenset[str]) -> Iterator[Said]:
    """Yield what was decided about the item, with its condition."""
    found: tuple[MinuteDecision, ...] = paper.parsed.decisions
    for one in found:
        if wanted <= stems(one.text) or touches(one.lines, places):
            yield Said(paper.day, plain(one.text), paper.quote(one.lines, one.text), one.decider, one.condition)


def rates(
    papers: Sequence[RecordPaper], places: dict[str, list[tuple[int, int]]]
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return the item's rates without a base, and those whose base is so small that chance moves them."""
    bare, few = [], []
    for paper in papers:
        for figure in paper.parsed.figures:
            if figure.kind != "rate" or not touches(figure.lines, places[paper.name]):
                continue
            people = base(figure)
            said = Said(paper.day, figure.text, paper.quote(figure.lines, figure.text))
            if figure.base is None:
                bare.append(said)
            elif people is not None and people < FEW:
                few.append(said)
    return tuple(dict.fromkeys(bare)), tuple(dict.fromkeys(few))


def base(one: PrintedFigure) -> int | None:
    """Return the number of people behind a rate: the largest number of its base."""
    found = [int(word.replace(",", "")) for word in re.findall(r"\d[\d,]*", one.base or "")]
    return max(found, default=None)


def promise_question(one: Said, as_at: date) -> Question:
    """Return what to ask about a promise."""
    when = f", due {one.due}" if one.due else ", with no date"
    asked = f"On {long_date(one.day)} it was promised" if one.day else "It was promised"
    text = f"{asked}{when}: {one.text.rstrip('.')}. What became of it by {long_date(as_at)}, and what shows it?"
    return Question(text, one.to or "nobody named: who takes it?", one.quote)
