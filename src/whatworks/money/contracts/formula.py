"""Work out what a fall pays under the terms, in exact fractions of a pound: thresholds are never missed by rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.clauses import Clawback, Payment, Target

ROUNDING = "each payment is rounded once, at its end, to the nearest penny, half a penny upwards"


@dataclass(frozen=True, slots=True)
class Demand:
    """What the paid metrics are worth, in pounds: `expected` without the contract, and `actual`."""

    expected: Fraction
    actual: Fraction

    @property
    def saving(self) -> Fraction:
        """By how much demand fell, in pounds; negative where it rose."""
        return self.expected - self.actual

    @property
    def fall(self) -> Fraction:
        """The fall as a proportion of what was expected; zero where nothing was expected.

        >>> Demand(Fraction(155), Fraction(142)).fall
        Fraction(13, 155)
        """
        return self.saving / self.expected if self.expected else Fraction(0)

    def __add__(self, other: "Demand") -> "Demand":
        """Return both together."""
        return Demand(self.expected + other.expected, self.actual + other.actual)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the fall, from one proportion to another, and what it pays."""

    start: Fraction
    end: Fraction
    share: Fraction
    pounds: Fraction


@dataclass(frozen=True, slots=True)
class Owed:
    """What a fall pays: nothing below the threshold, else the sum of its stretches, unrounded."""

    demand: Demand
    threshold: Fraction
    met: bool
    counted: Fraction
    stretches: tuple[Stretch, ...]

    @property
    def pounds(self) -> Fraction:
        """Pounds owed."""
        return sum((stretch.pounds for stretch in self.stretches), Fraction(0))


def owed(payment: Payment, demand: Demand, threshold: Decimal | None = None) -> Owed:
    """Return what a demand pays: `threshold` takes the place of the payment's own.

    >>> terms = Payment(threshold="0.05", cap="0.20", share="half-then-all")
    >>> owed(terms, Demand(Fraction(1_000_000), Fraction(880_000))).pounds
    Fraction(95000, 1)
    >>> owed(terms, Demand(Fraction(1_000_000), Fraction(960_000))).pounds
    Fraction(0, 1)
    """
    least = Fraction(payment.threshold if threshold is None else threshold)
    met = demand.saving >= least * demand.expected
    counted = max(Fraction(0), demand.fall if payment.cap is None else min(demand.fall, Fraction(payment.cap)))
    stretches = []
    for start, end, share in payment.stretches():
        first, last = Fraction(start), counted if end is None else min(counted, Fraction(end))
        if met and last > first:
            pounds = Fraction(share) * (last - first) * demand.expected
            stretches.append(Stretch(first, last, Fraction(share), pounds))
    return Owed(demand, least, met, counted, tuple(stretches))


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether the target was met, and by how much demand exceeds what it allows, in pounds (negative: below)."""

    allowed: Fraction
    actual: Fraction
    asked: Fraction

    @property
    def met(self) -> bool:
        """Whether demand is no more than the target allows."""
        return self.actual <= self.allowed

    @property
    def excess(self) -> Fraction:
        """Pounds of demand above what the target allows; zero where it is met."""
        return max(Fraction(0), self.actual - self.allowed)


def kept(target: Target, demands: Sequence[Demand]) -> Kept:
    """Return how the demand of all periods, in order, stands to the target.

    >>> year = Demand(Fraction(1000), Fraction(850))
    >>> kept(Target(falls=("0.10", "0.20")), [year, year]).met
    True
    >>> kept(Target(falls=("0.10", "0.20"), test="last period"), [year, year]).excess
    Fraction(50, 1)
    """
    pairs = list(zip(demands, target.falls, strict=True))
    tested = pairs if target.test == "all periods together" else pairs[-1:]
    asked = sum((Fraction(fall) * demand.expected for demand, fall in tested), Fraction(0))
    expected = sum((demand.expected for demand, _ in tested), Fraction(0))
    return Kept(expected - asked, sum((demand.actual for demand, _ in tested), Fraction(0)), asked)


def repaid(clawback: Clawback, received: Fraction, missed: Kept) -> Fraction:
    """Return the pounds to repay of what was `received` up front.

    >>> missed = Kept(Fraction(1700), Fraction(1850), Fraction(300))
    >>> [repaid(Clawback(rule=rule), Fraction(100), missed) for rule in ("all", "in proportion", "each unit")]
    [Fraction(100, 1), Fraction(50, 1), Fraction(100, 1)]
    """
    if missed.met:
        return Fraction(0)
    if clawback.rule == "all":
        return received
    if clawback.rule == "each unit":
        return min(received, missed.excess)
    return received * min(Fraction(1), missed.excess / missed.asked) if missed.asked else received


def to_pence(pounds: Fraction) -> Decimal:
    """Return pounds rounded to the nearest penny, half a penny upwards; amounts are never negative here.

    >>> to_pence(Fraction(1, 8)), to_pence(Fraction(125, 1000) - Fraction(1, 10**30))
    (Decimal('0.13'), Decimal('0.12'))
    """
    return Decimal((pounds * 100 + Fraction(1, 2)).__floor__()).scaleb(-2)
