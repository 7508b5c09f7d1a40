"""Measure a metric against what would have happened anyway: as before, as elsewhere, or as the country changed."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.formula import Demand
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


def measure(terms: Terms, outcomes: Outcomes, payee: str, metric: str, period: str) -> Measure:
    """Return a metric of a payee in a period; the counts it needs are there (`check_outcomes`)."""
    actual = needed(outcomes.find(payee, metric, period))
    rate, how = expected(terms, outcomes, payee, metric, period)
    against = behind(terms, outcomes, payee, metric, period)
    return Measure(payee, metric, period, actual, rate, how, terms.metric[metric].unit_price, against)


def expected(terms: Terms, outcomes: Outcomes, payee: str, metric: str, period: str) -> tuple[Fraction, str]:
    """Return the rate that would have been, and in words how it was reached."""
    own, *country = behind(terms, outcomes, payee, metric, period)
    if terms.counterfactual.kind == "matched comparison":
        return own.rate, f"as in the comparison group: {written(own)}"
    if terms.counterfactual.kind == "own baseline":
        return own.rate, f"as in the baseline: {written(own)}"
    before, after = country
    how = f"as in the baseline, {written(own)}, changed as the country: {written(before)} to {written(after)}"
    return own.rate * after.rate / before.rate, how


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
