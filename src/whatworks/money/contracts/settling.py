"""Settle a contract: every payment for the counts, exactly and to the penny, on one path or many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from whatworks.money.contracts.accounts import Accounts
from whatworks.money.contracts.counts import Counts, counts_of
from whatworks.money.contracts.outcome_check import check_outcomes, wanted
from whatworks.money.contracts.outcomes import Outcomes
from whatworks.money.contracts.recorder import Recorder
from whatworks.money.contracts.remarks import remarks
from whatworks.money.contracts.settlement import POOL, Leaving, Settlement
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


STAYS, GOES = 0, 1
"""The two paths: later periods like the one before the break. Two more follow, with what was counted in fact."""


def at_the_break(accounts: Accounts, outcomes: Outcomes) -> Iterator[Leaving]:
    """Yield how each unit stands at its break; nothing where there is no break clause, or it is not yet reached.

    Both ways are settled in full, as paths of one account: leaving, and staying with later periods like the one before
    the break.
    """
    terms, clause = accounts.terms, accounts.terms.break_clause
    if clause is None or clause.after not in accounts.measured:
        return
    counts = accounts.counts.later_as(accounts.periods.index(clause.after))
    counts = counts.beside(counts).beside(accounts.counts.beside(accounts.counts))
    ways = Accounts(terms, counts, np.repeat([[False], [True], [False], [True]], len(terms.payees), axis=1)).settle()
    complete = accounts.measured == accounts.periods
    for members in accounts.units:
        names = [terms.payees[place] for place in members]
        known = complete and all(
            outcomes.find(payee, metric, period, group) is not None
            for payee, metric, period, group in wanted(terms, accounts.periods)
            if payee in names
        )
        yield _standing(ways, members, bool(accounts.left[0, members[0]]), known)


def _standing(ways: Accounts, members: tuple[int, ...], left: bool, known: bool) -> Leaving:
    """Return how one unit stands, where `ways` are its accounts for staying and leaving, as if alike and in fact."""
    terms = ways.terms

    def moved(path: int, *kinds: str) -> Decimal:
        return Decimal(ways.moved(members, *kinds).on(path)).scaleb(-2)

    received, still_to_come = moved(GOES, "up front"), moved(STAYS, "up front") - moved(GOES, "up front")
    early = [one for one in ways.periods if one not in terms.periods_after_break()]
    results = ("payment", "pooled payment")
    return Leaving(
        unit=terms.payees[members[0]] if terms.settled == "each" else POOL,
        received=received,
        repaid_on_leaving=-moved(GOES, "repayment on leaving"),
        still_to_come=still_to_come,
        most_repaid=moved(STAYS, "up front") if terms.clawback else Decimal("0.00"),
        needed_fall=needed_fall(ways, members, early),
        fall_so_far=ways.demand(members, early).on(STAYS).fall,
        repaid_if_alike=-moved(STAYS, "repayment"),
        paid_if_alike=moved(STAYS, *results) - moved(GOES, *results),
        worth_leaving=max(Decimal("0.00"), moved(GOES) - moved(STAYS)),
        leaving_in_fact=moved(GOES + 2) - moved(STAYS + 2) if known else None,
        left=left,
    )


def needed_fall(ways: Accounts, members: Sequence[int], early: Sequence[str]) -> Fraction:
    """Return the fall over the periods after the break that would still meet the target; zero without a target."""
    terms = ways.terms
    if terms.target is None:
        return Fraction(0)
    falls = [Fraction(fall) for fall in terms.target.falls]
    if terms.target.test == "last period":
        return falls[-1]
    demands = {period: ways.demand(members, (period,)).on(STAYS) for period in ways.periods}
    pairs = zip(demands.values(), falls, strict=True)
    allowed = sum(((1 - fall) * demand.expected for demand, fall in pairs), Fraction(0))
    left = allowed - sum(demands[period].actual for period in early)
    to_come = sum(demands[period].expected for period in terms.periods_after_break())
    return max(Fraction(0), 1 - left / to_come) if to_come else Fraction(0)
