"""Say what the break clause is worth: what was received, what staying puts at risk, and what leaving would spare."""

from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.book import Book
from whatworks.money.contracts.formula import Demand
from whatworks.money.contracts.outcomes import Key, Outcomes
from whatworks.money.contracts.settlement import Leaving
from whatworks.money.contracts.terms import Terms


def at_the_break(book: Book) -> Leaving | None:
    """Return how a unit stands at its break; nothing where there is no break clause, or it is not yet reached.

    Both ways are settled in full: leaving, and staying with later periods like the one before the break.
    """
    terms, clause = book.terms, book.terms.break_clause
    if clause is None or clause.after not in book.measured:
        return None
    alike = repeated(terms, book.outcomes, clause.after)
    stay, go = both(book, alike)
    complete = book.measured == tuple(terms.period)
    in_fact = both(book, book.outcomes) if complete and has_all(book) else None
    paid = stay.moved("payment", "pooled payment") - go.moved("payment", "pooled payment")
    return Leaving(
        unit=book.unit,
        received=go.received(),
        repaid_on_leaving=-go.moved("repayment on leaving"),
        still_to_come=stay.received() - go.received(),
        most_repaid=stay.received() if terms.clawback else Decimal("0.00"),
        needed_fall=needed_fall(stay),
        fall_so_far=_sum([stay.demand(period) for period in before(terms)]).fall,
        repaid_if_alike=-stay.moved("repayment"),
        paid_if_alike=paid,
        worth_leaving=max(Decimal("0.00"), go.moved() - stay.moved()),
        leaving_in_fact=in_fact[1].moved() - in_fact[0].moved() if in_fact else None,
        left=book.left,
    )


def both(book: Book, outcomes: Outcomes) -> tuple[Book, Book]:
    """Return the account for staying, and for leaving."""
    periods = tuple(book.terms.period)
    return (
        Book(book.terms, outcomes, book.unit, book.members, periods, False).settle(),
        Book(book.terms, outcomes, book.unit, book.members, periods, True).settle(),
    )


def before(terms: Terms) -> tuple[str, ...]:
    """Return the periods up to the break."""
    return tuple(period for period in terms.period if period not in terms.periods_after_break())


def repeated(terms: Terms, outcomes: Outcomes, period: str) -> Outcomes:
    """Return the outcomes with every period after the break counted as `period` was."""
    counts = {key: count for key, count in outcomes.counts.items() if key.period not in terms.periods_after_break()}
    again = {
        Key(key.payee, key.metric, later, key.group): count
        for later in terms.periods_after_break()
        for key, count in counts.items()
        if key.period == period
    }
    return Outcomes(counts | again, outcomes.name)


def has_all(book: Book) -> bool:
    """Return whether later periods are counted for every member, also for those who left."""
    return all(
        book.outcomes.find(payee, metric, period)
        for payee in book.members
        for metric in book.terms.metric
        for period in book.terms.period
    )


def needed_fall(stay: Book) -> Fraction:
    """Return the fall over the periods after the break that would still meet the target; zero without a target."""
    terms = stay.terms
    if terms.target is None:
        return Fraction(0)
    falls = [Fraction(fall) for fall in terms.target.falls]
    if terms.target.test == "last period":
        return falls[-1]
    demands = {period: stay.demand(period) for period in terms.period}
    pairs = zip(demands.values(), falls, strict=True)
    allowed = sum(((1 - fall) * demand.expected for demand, fall in pairs), Fraction(0))
    left = allowed - _sum([demands[period] for period in before(terms)]).actual
    to_come = _sum([demands[period] for period in terms.periods_after_break()]).expected
    return max(Fraction(0), 1 - left / to_come) if to_come else Fraction(0)


def _sum(demands: list[Demand]) -> Demand:
    return sum(demands, Demand(Fraction(0), Fraction(0)))
