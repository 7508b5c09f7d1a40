"""What other papers tell of the people whom a paper on money counts, so that the two together give no small count.

An evaluation remembers people, by keyed hashes. A table of counts has no people in it, so what is held against each
other here are counts of the same payee and days: those of earlier settlements, which the user's book remembers, and
those of an evaluation that is named as one of the same people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whatworks.evaluation.result import Result
from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.outcomes import Count
from whatworks.money.contracts.settlement import Settlement
from whatworks.money.contracts.terms import Terms
from whatworks.papers.disclosure.audit import publish
from whatworks.records.audit.chain import Book

SETTLED = "counts settled"
"""What the book calls an entry of a settlement's paper."""


@dataclass(frozen=True, slots=True)
class CountedAs:
    """A count under its metric's key and kind."""

    metric: str
    kind: str
    count: Count


@dataclass(frozen=True, slots=True)
class OtherPapers:
    """What other papers tell: counts of earlier settlements by whose and of which days, and an evaluation's people."""

    counts: Mapping[str, tuple[CountedAs, ...]] = field(default_factory=dict)
    people: frozenset[int] = frozenset()


def by_days(terms: Terms, measures: Sequence[Measure]) -> Iterator[tuple[str, tuple[CountedAs, ...]]]:
    """Yield the counts of the same people: a payee's in a period's days, and those that each expectation rests on."""
    baseline = terms.baseline
    for payee in dict.fromkeys(one.payee for one in measures):
        for period in dict.fromkeys(one.period for one in measures if one.payee == payee):
            here = [one for one in measures if (one.payee, one.period) == (payee, period)]
            window = terms.period[period]
            days = f"{window.first} to {window.last}"
            yield f"{payee}, {days}", _counted(terms, [(one, one.actual) for one in here])
            before = f"{baseline.first} to {baseline.last}" if baseline else days
            compared = terms.counterfactual.kind == "matched comparison"
            labels = (f"compared with {payee}, {days}",) if compared else (f"{payee}, {before}", before, days)
            for at in range(max(len(one.against) for one in here)):
                yield labels[at], _counted(terms, [(one, one.against[at]) for one in here])


def earlier_counts(book: Book) -> dict[str, tuple[CountedAs, ...]]:
    """Return what earlier papers of settlements told, by whose counts they were and of which days."""
    found: dict[str, tuple[CountedAs, ...]] = {}
    for entry in book.entries(SETTLED):
        for label, rows in entry.payload["counts"].items():
            counts = (CountedAs(metric, kind, Count(count, people)) for metric, kind, count, people in rows)
            found[label] = tuple(dict.fromkeys((*found.get(label, ()), *counts)))
    return found


def remember_settlement(book: Book, published: Settlement, at: str) -> None:
    """Add to the book what a settlement's paper tells; once, however often the same paper is written."""
    counts = {
        label: [[one.metric, one.kind, one.count.count, one.count.people] for one in rows]
        for label, rows in by_days(published.terms, published.measures)
    }
    payload: dict[str, Any] = {"contract": published.terms.id, "counts": counts}
    if counts and all(entry.payload != payload for entry in book.entries(SETTLED)):
        book.append(SETTLED, at, payload)


def people_of(result: Result) -> frozenset[int]:
    """Return the numbers of people that an evaluation's paper prints: those submitted, lost, compared, and with each
    outcome.
    """
    release = publish(result)
    numbers = [step.treated for step in release.attrition] + [step.comparison for step in release.attrition]
    numbers += [group.n for one in release.outcomes for group in (one.treated, one.comparison) if group is not None]
    return frozenset(number for number in numbers if isinstance(number, int))


def _counted(terms: Terms, counts: Sequence[tuple[Measure, Count]]) -> tuple[CountedAs, ...]:
    return tuple(CountedAs(one.metric, terms.metric[one.metric].kind, count) for one, count in counts)
