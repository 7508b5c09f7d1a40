"""Withhold from a settlement what would tell a small count: the counts, and every payment that rests on one of them."""

from collections.abc import Sequence
from dataclasses import replace

from whatworks.money.contracts.remarks import remarks
from whatworks.money.contracts.settlement import Settlement
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.money.other_papers import CountedAs, OtherPapers, by_days

NO_OTHERS = OtherPapers()


def clear_settlement(found: Settlement, minimum: int, others: OtherPapers = NO_OTHERS) -> Settlement:
    """Return what may leave of a settlement; `withheld` names the payees whose results may not.

    A payment is a count times a price, so all of a payee's payments for results go with any of its small counts, with
    reason, working and net sum; of payees who are settled as one, all go. The sum over all payees goes as well, since
    the others' payments would be subtracted from it. Money up front stands in the terms and tells nothing. Counts that
    would give a small one back together with `others`, papers of the same people, are withheld alike.

    >>> from whatworks.money.contracts.load import load_terms
    >>> from whatworks.money.contracts.outcomes import Count, Key, Outcomes
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
    few = {payee for payee in found.terms.payees if _few(found, payee, minimum, others)}
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


def _few(found: Settlement, payee: str, minimum: int, others: OtherPapers) -> bool:
    own = [one for one in found.measures if one.payee == payee]
    return any(
        small(rows, minimum, others.counts.get(whose, ()), others.people) for whose, rows in by_days(found.terms, own)
    )


def small(
    counts: Sequence[CountedAs],
    minimum: int,
    earlier: Sequence[CountedAs] = (),
    people: frozenset[int] = frozenset(),
) -> bool:
    """Say whether any of these counts, or what one leaves of another, is too small to show.

    Of a cohort, that nobody had an event, or everybody, is told of each of its people; so it is not shown either.
    `earlier` are counts of the same people and days in earlier papers, `people` numbers of them in an evaluation's.

    >>> from whatworks.money.contracts.outcomes import Count
    >>> def binary(count, people=120): return CountedAs("reoffenders", "binary", Count(count, people))
    >>> def area(count): return CountedAs("crimes", "count", Count(count))
    >>> small([area(7)], 10), small([area(0)], 10), small([binary(14)], 10)
    (True, False, False)
    >>> [small([binary(count)], 10) for count in (0, 3, 113, 120)]
    [True, True, True, True]
    >>> small([binary(14), CountedAs("offences", "frequency", Count(17, 120))], 10)
    True
    >>> small([area(240)], 10, [area(243)]), small([binary(40)], 10, [binary(40, 125)])
    (True, True)
    >>> [small([binary(40)], 10, people=frozenset({people})) for people in (118, 120, 130)]
    [True, False, False]
    """
    nested = Nested(minimum)
    every = [*counts, *earlier]
    events = [one.count.count for one in every if one.kind == "frequency"]
    had = [one.count.count for one in counts if one.kind == "binary"]
    had_before = [one.count.count for one in earlier if one.kind == "binary"]
    cohorts = [one.count.people for one in counts if one.count.people is not None]
    if any(one.count.people is not None and one.count.count in (0, _everyone(one)) for one in counts):
        return True
    nested.shown = {*people, *had_before, *(one.count.people for one in earlier if one.count.people is not None)}
    if any(nested.publish(number) == "c" for number in [*cohorts, *had]):
        return True
    again = [abs(count - other) for count in events for other in (*had, *had_before)]
    pairs = [(one, other) for one in counts for other in earlier if one.metric == other.metric]
    revised = [abs(one.count.count - other.count.count) for one, other in pairs]
    return any(nested.sensitive(number) for number in [*(one.count.count for one in counts), *again, *revised])


def _everyone(one: CountedAs) -> int | None:
    return one.count.people if one.kind == "binary" else 0
