"""The value of demand, expected without the contract and counted: of one path in pounds, of many paths in pence."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from whatworks.money.contracts.exact import ExactFractionArray, total


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


@dataclass(frozen=True, slots=True)
class DemandPaths:
    """The same on every path, in pence."""

    expected: ExactFractionArray
    actual: ExactFractionArray

    @property
    def saving(self) -> ExactFractionArray:
        """By how much demand fell; negative where it rose."""
        return self.expected - self.actual

    def fell_by(self, share: Decimal) -> Any:
        """Return where demand fell by this share of what was expected, or by more.

        >>> from whatworks.money.contracts.exact import exactly
        >>> bool(DemandPaths(exactly(100), exactly(95)).fell_by(Decimal("0.05")))
        True
        """
        return self.saving.at_least(self.expected.times(share))

    def on(self, path: int) -> Demand:
        """Return the demand of one path in pounds, exactly."""
        return Demand(self.expected.on(path) / 100, self.actual.on(path) / 100)


def together(demands: Iterable[DemandPaths]) -> DemandPaths:
    """Return the sum of several."""
    all_ = list(demands)
    return DemandPaths(total(one.expected for one in all_), total(one.actual for one in all_))
