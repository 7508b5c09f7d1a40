"""Measure a metric against what would have happened anyway: as before, as elsewhere, or as the country changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.accounts import Accounts
from whatworks.money.contracts.demand import Demand
from whatworks.money.contracts.outcomes import BASELINE, Count, Outcomes
from whatworks.money.contracts.terms import Terms


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric of one payee in one period. Rates are events for each person, or the counts of an area.

    `expected_rate` is the counterfactual; `how` says in words how it was reached, `against` are the counts it rests on.
    """

    payee: str
    metric: str
    period: str
    actual: Count
    expected_rate: Fraction
    how: str
    unit_price: Decimal | None
    against: tuple[Count, ...] = ()

    @property
    def expected(self) -> Fraction:
        """Events expected of as many people as there were."""
        return self.expected_rate * (self.actual.people or 1)

    @property
    def fall(self) -> Fraction:
        """The fall of the rate as a proportion of what was expected; negative for a rise."""
        return (self.expected_rate - self.actual.rate) / self.expected_rate if self.expected_rate else Fraction(0)

    def demand(self) -> Demand:
        """Return what it is worth at the unit price."""
        price = Fraction(self.unit_price or 0)
        return Demand(price * self.expected, price * self.actual.count)


def measures(accounts: Accounts, outcomes: Outcomes, path: int = 0) -> Iterator[Measure]:
    """Yield every metric that the accounts measured on a path: unit by unit, in the periods that bind it."""
    terms = accounts.terms
    for members in accounts.units:
        gone = terms.periods_after_break() if accounts.left[path, members[0]] else ()
        for period in (one for one in accounts.measured if one not in gone):
            for place in members:
                for metric in terms.metric:
                    payee, rate = terms.payees[place], accounts.expected_rate(place, period, metric).on(path)
                    actual = needed(outcomes.find(payee, metric, period))
                    against = behind(terms, outcomes, payee, metric, period)
                    how, price = how_expected(terms, against), terms.metric[metric].unit_price
                    yield Measure(payee, metric, period, actual, rate, how, price, against)


def how_expected(terms: Terms, against: tuple[Count, ...]) -> str:
    """Return in words how the rate that would have been was reached."""
    own, *country = against
    if terms.counterfactual.kind == "matched comparison":
        return f"as in the comparison group: {written(own)}"
    if terms.counterfactual.kind == "own baseline":
        return f"as in the baseline: {written(own)}"
    before, after = country
    return f"as in the baseline, {written(own)}, changed as the country: {written(before)} to {written(after)}"


def behind(terms: Terms, outcomes: Outcomes, payee: str, metric: str, period: str) -> tuple[Count, ...]:
    """Return the counts that an expectation rests on: the comparison's, or the baseline's, and the country's two."""
    if terms.counterfactual.kind == "matched comparison":
        return (needed(outcomes.find(payee, metric, period, "comparison")),)
    own = needed(outcomes.find(payee, metric, BASELINE))
    if terms.counterfactual.kind == "own baseline":
        return (own,)
    country = (outcomes.find(payee, metric, one, "national") for one in (BASELINE, period))
    return (own, *(needed(one) for one in country))


def written(count: Count) -> str:
    """Return a count in words.

    >>> written(Count(1550, 1000)), written(Count(400))
    ('1,550 of 1,000 people', '400')
    """
    return f"{count.count:,}" + (f" of {count.people:,} people" if count.people else "")


def needed(count: Count | None) -> Count:
    """Return a count that is known to be there."""
    if count is None:
        raise LookupError("a count that check_outcomes should have asked for")
    return count
