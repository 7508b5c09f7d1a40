"""Say what the break clause is worth: what was received, what staying puts at risk, and what leaving would spare."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from whatworks.money.contracts.accounts import Accounts
from whatworks.money.contracts.outcome_check import wanted
from whatworks.money.contracts.outcomes import Outcomes
from whatworks.money.contracts.settlement import POOL, Leaving

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
