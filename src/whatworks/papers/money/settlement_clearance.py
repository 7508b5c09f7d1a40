"""Withhold from a settlement what would tell a small count: the counts, and every payment that rests on one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.outcomes import Count
from whatworks.money.contracts.remarks import remarks
from whatworks.money.contracts.settlement import Settlement
from whatworks.money.contracts.terms import Terms
from whatworks.papers.disclosure.nested import Nested

Counted = tuple[str, Count]
"""A count with its metric's kind."""


def clear_settlement(found: Settlement, minimum: int) -> Settlement:
    """Return what may leave of a settlement; `withheld` names the payees whose results may not.

    A payment is a count times a price, so all of a payee's payments for results go with any of its small counts, with
    reason, working and net sum; of payees who are settled as one, all go. The sum over all payees goes as well, since
    the others' payments would be subtracted from it. Money up front stands in the terms and tells nothing.

    >>> from whatworks.money.contracts.load import load_terms
    >>> from whatworks.money.contracts.outcomes import Key, Outcomes
    >>> from whatworks.money.contracts.settling import settle
    >>> terms = load_terms("financial-incentive-model-youth", ["payment.share=half", 'payees=["Lambeth", "Croydon"]'])
    >>> counts = {("Lambeth", "baseline"): 1000, ("Lambeth", "year-1"): 880,
    ...           ("Croydon", "baseline"): 12, ("Croydon", "year-1"): 7}
    >>> outcomes = Outcomes({Key(payee, metric, period): Count(count)
    ...                      for metric in terms.metric for (payee, period), count in counts.items()})
    >>> shown = clear_settlement(settle(terms, outcomes), 10)
    >>> shown.withheld, [one.unit for one in shown.settled]
    (('Croydon',), ['Lambeth'])
    """
    few = {payee for payee in found.terms.payees if _few(found, payee, minimum)}
    if not few:
        return found
    withheld = (
        found.terms.payees if found.terms.settled == "pooled" else tuple(p for p in found.terms.payees if p in few)
    )
    measures = tuple(one for one in found.measures if one.payee not in few)
    return replace(
        found,
        settled=tuple(
            one for one in found.settled if one.flow.kind == "up front" or not set(dict(one.parts)) & set(withheld)
        ),
        measures=measures,
        leaving=() if found.terms.settled == "pooled" else tuple(x for x in found.leaving if x.unit not in few),
        remarks=tuple(remarks(found.terms, measures)),
        withheld=withheld,
    )


def _few(found: Settlement, payee: str, minimum: int) -> bool:
    own = [one for one in found.measures if one.payee == payee]
    return any(small(group, minimum) for group in groups(found.terms, own))


def groups(terms: Terms, measures: Sequence[Measure]) -> Iterator[list[Counted]]:
    """Yield the counts of the same people: a period's own, and those that each expectation rests on."""
    for period in dict.fromkeys(one.period for one in measures):
        here = [one for one in measures if one.period == period]
        yield [(terms.metric[one.metric].kind, one.actual) for one in here]
        for at in range(max(len(one.against) for one in here)):
            yield [(terms.metric[one.metric].kind, one.against[at]) for one in here]


def small(counts: Sequence[Counted], minimum: int) -> bool:
    """Say whether any of these counts, or what one leaves of another, is too small to show.

    Of a cohort, that nobody had an event, or everybody, is told of each of its people; so it is not shown either.

    >>> small([("count", Count(7))], 10), small([("count", Count(0))], 10), small([("binary", Count(14, 120))], 10)
    (True, False, False)
    >>> [small([("binary", Count(count, 120))], 10) for count in (0, 3, 113, 120)]
    [True, True, True, True]
    >>> small([("binary", Count(14, 120)), ("frequency", Count(17, 120))], 10)
    True
    """
    nested = Nested(minimum)
    events = [one.count for kind, one in counts if kind == "frequency"]
    people = [one.count for kind, one in counts if kind == "binary"]
    cohorts = [one.people for _, one in counts if one.people is not None]
    if any(one.people is not None and one.count in (0, _everyone(kind, one)) for kind, one in counts):
        return True
    if any(nested.admit(number) == "c" for number in [*cohorts, *people]):
        return True
    again = [abs(count - other) for count in events for other in people]
    return any(nested.sensitive(number) for number in [*(one.count for _, one in counts), *again])


def _everyone(kind: str, one: Count) -> int | None:
    return one.people if kind == "binary" else 0
