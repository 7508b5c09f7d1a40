"""Say once what belongs together: findings of one kind that stand on one line."""

from collections.abc import Iterable
from dataclasses import replace

from whatworks.board.contradictions.record import Contradiction
from whatworks.board.contradictions.wording import gathered

GROUPED = ("sums", "bare figures", "numbering", "count", "spelling", "body name", "weekday")
"""Kinds of which a line that two findings quote is the cause of both; lists of people are quoted for many causes."""


def together(findings: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Return the findings in their order, those that have one cause as one.

    >>> from whatworks.board.contradictions.record import Quote
    >>> row, total = Quote("a.txt", (3, 3), "Rooms 60 60 119"), Quote("a.txt", (9, 9), "Total 240")
    >>> [one.title for one in together([Contradiction("sums", "Rooms", "No.", (row,), "Why?"),
    ...     Contradiction("sums", "Total", "No.", (total, row), "Why?")])]
    ['Rooms; Total']
    """
    groups = gathered(findings, lambda group, finding: any(one_cause(each, finding) for each in group))
    return tuple(group[0] if len(group) == 1 else as_one(group) for group in groups)


def one_cause(one: Contradiction, other: Contradiction) -> bool:
    """Return whether two findings are of one kind and quote a line in common."""
    return one.kind == other.kind and one.kind in GROUPED and bool(places(one) & places(other))


def places(finding: Contradiction) -> set[tuple[str, int]]:
    """Return every line that a finding quotes, with its file."""
    return {(each.file, line) for each in finding.quotes for line in range(each.lines[0], each.lines[1] + 1)}


def as_one(group: list[Contradiction]) -> Contradiction:
    """Return findings as one, with the titles, sentences, questions and quotes of all, each once."""
    return replace(
        group[0],
        title="; ".join(dict.fromkeys(each.title for each in group)),
        sentence=" ".join(dict.fromkeys(each.sentence for each in group)),
        quotes=tuple(dict.fromkeys(quote for each in group for quote in each.quotes)),
        question=" ".join(dict.fromkeys(each.question for each in group)),
        against="; ".join(dict.fromkeys(each.against for each in group if each.against)) or None,
    )
