"""Priorities that come and go without the board adopting the list."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from whatworks.board.contradictions.record import Contradiction, Quote, RecordPaper, by_body, span
from whatworks.board.contradictions.wording import stems
from whatworks.board.parsed import NamedPriority
from whatworks.board.register.names import is_short_name_of
from whatworks.records.listing import listed

ADOPTS = re.compile(
    r"\badopt(?:s|ed|ing)?\b"
    r"|\b(?:these|those)\b[^.]{0,40}\b(?:priorit|areas? of focus|replace)"
    r"|\bagree[ds]? (?:on )?(?:these|the|its)(?: new| following| \w+)? (?:priorities|areas of focus)\b"
    r"|\b(?:priorities|areas of focus)\b[^.]{0,30}\b(?:were|are|be) (?:agreed|approved|adopted|endorsed)\b"
    r"|\bapproved? the\b[^.]{0,20}\bpriorities\b",
    re.IGNORECASE,
)
STANDINGS = {
    "suggested": "suggested", "identified": "named by another body", "agreed": "agreed by the board",
}  # fmt: skip


def priorities(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield, for each body, the changes of its priorities that no decision of its own adopts."""
    for held in by_body(papers):
        dated = [paper for paper in held if paper.parsed.priorities]
        changes = [
            (before, after)
            for before, after in pairwise(dated)
            if (added(before, after) or dropped(before, after)) and not adopted(after) and not only_suggested(after)
        ]
        if changes:
            yield contradiction_of(dated, changes)


def adopted(paper: RecordPaper) -> bool:
    """Return whether the board itself decided that these are its priorities."""
    named = paper.parsed.priorities
    if all(one.status == "agreed" for one in named):
        return True
    return any(ADOPTS.search(decision.text) for decision in paper.parsed.decisions)


def only_suggested(paper: RecordPaper) -> bool:
    """Return whether a list is only what somebody suggested, which changes nothing."""
    return all(one.status == "suggested" for one in paper.parsed.priorities)


def same(one: str, other: str) -> bool:
    """Return whether two names are one priority's: more than half of the shorter's words, or its initials.

    >>> same("Reducing re-offending", "Reducing re-offending/offender management"), same("ASB", "Anti-Social Behaviour")
    (True, True)
    >>> same("Anti-violence", "Violence against women")
    False
    """
    if is_short_name_of(one, other) or is_short_name_of(other, one):
        return True
    a, b = stems(one), stems(other)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) > 0.5


def added(before: RecordPaper, after: RecordPaper) -> list[NamedPriority]:
    """Return the priorities that the earlier list lacks."""
    return missing(after.parsed.priorities, before)


def dropped(before: RecordPaper, after: RecordPaper) -> list[NamedPriority]:
    """Return the priorities that the later list lacks; one that is only added to what stands drops nothing."""
    gone = missing(before.parsed.priorities, after)
    return gone if len(after.parsed.priorities) > 1 or len(gone) < len(before.parsed.priorities) else []


def missing(wanted: Sequence[NamedPriority], paper: RecordPaper) -> list[NamedPriority]:
    """Return those of `wanted` that a paper neither lists nor names in the lines of its list."""
    there = [priority.name for priority in paper.parsed.priorities]
    words = stems(" ".join(paper.document.between(priority.lines) for priority in paper.parsed.priorities))
    return [
        one
        for one in wanted
        if not any(same(one.name, other) for other in there) and not (stems(one.name) and stems(one.name) <= words)
    ]


def contradiction_of(dated: list[RecordPaper], changes: list[tuple[RecordPaper, RecordPaper]]) -> Contradiction:
    """Return the finding: each list with its standing, what came and went, and where a drop is spoken of."""
    said = [f"{paper.when}: {standing(paper)}." for paper in dated]
    quotes: list[Quote] = []
    for before, after in pairwise(dated):
        said += [f"New on {after.when}: {names(new)}." for new in (added(before, after),) if new]
        said += [f"Gone by {after.when}: {names(old)}." for old in (dropped(before, after),) if old]
    for paper in dated:
        lines = span(priority.lines for priority in paper.parsed.priorities)
        quotes += [paper.quote(lines)] if lines else []
        quotes += [
            paper.quote(decision.lines, decision.text)
            for decision in paper.parsed.decisions
            if re.search(r"priorit|oversight", decision.text, re.IGNORECASE)
        ]
    return Contradiction(
        "priorities",
        "Priorities change, and the board is not seen to adopt them",
        f"{' '.join(said)} No decision of {listed([after.when for _, after in changes])} adopts the list.",
        tuple(dict.fromkeys(quotes)),
        "Which priorities are the board's, since when, by what test, and who watches over those that left?",
    )


def standing(paper: RecordPaper) -> str:
    """Return a list of priorities with who named them.

    A list of one kind says it once.
    """
    ways: dict[str, list[str]] = {}
    for priority in paper.parsed.priorities:
        by = f"{STANDINGS[priority.status]}" + (f" ({priority.by})" if priority.by else "")
        ways.setdefault(by, []).append(priority.name.rstrip("."))
    return "; ".join(f"{listed(which)}, {by}" for by, which in ways.items())


def names(which: list[NamedPriority]) -> str:
    """Return the names of some priorities as a list."""
    return listed([one.name.rstrip(".") for one in which])
