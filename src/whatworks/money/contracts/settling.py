"""Settle a contract: every payment that its terms give for the counts, with the working, exactly and to the penny."""

from collections.abc import Iterable

from whatworks.money.contracts.book import Book
from whatworks.money.contracts.leaving import at_the_break
from whatworks.money.contracts.outcome_check import check_outcomes
from whatworks.money.contracts.outcomes import Outcomes
from whatworks.money.contracts.remarks import remarks
from whatworks.money.contracts.settlement import Settlement
from whatworks.money.contracts.terms import Terms

POOL = "all payees as one"


def settle(terms: Terms, outcomes: Outcomes, leaving: Iterable[str] = ()) -> Settlement:
    """Return every payment of the contract, with its working.

    `leaving` names the payees who use the break clause. Periods for which nothing is counted yet, at the end, are left
    out and named in `not_yet`. Counts that are missing, negative or disagree are refused, all at once.

    >>> from whatworks.money.contracts.load import load_terms
    >>> from whatworks.money.contracts.outcomes import Count, Key
    >>> terms = load_terms("financial-incentive-model-youth", ["payment.share=half", 'payees=["Lambeth"]'])
    >>> counts = {"baseline": 1000, "year-1": 880}
    >>> found = settle(terms, Outcomes({Key("Lambeth", metric, period): Count(count)
    ...                                 for metric in terms.metric for period, count in counts.items()}))
    >>> found.amount("Lambeth", "payment year-1"), found.not_yet
    (Decimal('100200.00'), ('year-2',))
    """
    gone = tuple(dict.fromkeys(leaving))
    measured = check_outcomes(terms, outcomes, gone)
    units = [(POOL, terms.payees)] if terms.settled == "pooled" else [(one, (one,)) for one in terms.payees]
    books = [
        Book(terms, outcomes, unit, members, measured, bool(set(members) & set(gone))).settle()
        for unit, members in units
    ]
    return Settlement(
        terms,
        outcomes.name,
        tuple(one for book in books for one in book.settled),
        tuple(one for book in books for one in book.measures),
        tuple(one for book in books if (one := at_the_break(book))),
        tuple(period for period in terms.period if period not in measured),
        tuple(remarks(terms, [one for book in books for one in book.measures])),
    )
