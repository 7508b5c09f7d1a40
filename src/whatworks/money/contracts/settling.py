"""Settle a contract: every payment for the counts, exactly and to the penny, on one path or many."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from whatworks.money.contracts.accounts import Accounts
from whatworks.money.contracts.counts import Counts, counts_of
from whatworks.money.contracts.leaving import at_the_break
from whatworks.money.contracts.outcome_check import check_outcomes
from whatworks.money.contracts.outcomes import Outcomes
from whatworks.money.contracts.recorder import Recorder
from whatworks.money.contracts.remarks import remarks
from whatworks.money.contracts.settlement import Settlement
from whatworks.money.contracts.terms import Flow, Terms


@dataclass(frozen=True, slots=True)
class Paid:
    """What moves on every path: `pence` has the shape paths x payees x flows; below zero is repaid.

    Payees are in the order of the terms, flows in the order of `terms.flows`.
    """

    flows: tuple[Flow, ...]
    pence: Any


def settle(terms: Terms, outcomes: Outcomes, leaving: Iterable[str] = ()) -> Settlement:
    """Return every payment of the contract, with its working: the accounts of one path, written down as they go.

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
    left = [[payee in gone for payee in terms.payees]]
    accounts = Accounts(terms, counts_of(terms, outcomes), left, measured)
    recorder = Recorder(accounts, outcomes)
    accounts.settle(recorder)
    return Settlement(
        terms,
        outcomes.name,
        tuple(recorder.settled),
        tuple(recorder.measures),
        tuple(at_the_break(accounts, outcomes)),
        tuple(period for period in terms.period if period not in measured),
        tuple(remarks(terms, recorder.measures)),
    )


def settle_paths(terms: Terms, counts: Counts, leaving: Any = None) -> Paid:
    """Return what every path pays; `leaving` [paths, payees] says who uses the break clause.

    The arithmetic is exact, in whole numbers: a path that just reaches a threshold reaches it here too.

    >>> from whatworks.money.contracts.load import load_terms
    >>> terms = load_terms("financial-incentive-model-youth", ["payment.share=half", 'payees=["Lambeth"]'])
    >>> import numpy as np
    >>> actual = np.array([[[[880, 880, 880], [901, 901, 901]]]])
    >>> settle_paths(terms, Counts(actual, baseline=np.full((1, 1, 3), 1000))).pence.tolist()
    [[[10020000, 0]]]
    """
    accounts = Accounts(terms, counts, leaving).settle()
    return Paid(accounts.flows, accounts.pence)
