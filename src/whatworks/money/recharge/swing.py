"""Say how each bill moves from one year to the next: what a treasurer has to find, or gets back."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from whatworks.money.recharge.account import ZERO
from whatworks.money.recharge.bills import Bills
from whatworks.money.recharge.terms import ModelName


@dataclass(frozen=True, slots=True)
class Move:
    """One payer's bill in two years, in pounds; `share` is the change as a part of the earlier, None from zero."""

    payer: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """How many pounds more it pays."""
        return self.after - self.before

    @property
    def share(self) -> Fraction | None:
        """The change as a part of the earlier bill."""
        return Fraction(self.change) / Fraction(self.before) if self.before else None


@dataclass(frozen=True, slots=True)
class Swing:
    """How one model's bills moved from the year `before` to `after`."""

    model: ModelName
    before: str
    after: str
    moves: tuple[Move, ...]

    @property
    def largest_rise(self) -> Move:
        """The bill that rose by most pounds."""
        return max(self.moves, key=lambda move: move.change)

    @property
    def moved(self) -> Decimal:
        """Pounds by which bills rose or fell, all together."""
        return sum((abs(move.change) for move in self.moves), ZERO)


def swing(before: Bills, after: Bills) -> Swing:
    """Return how the bills of a model moved.

    >>> from whatworks.money.recharge.bills import Bill
    >>> bills = [Bills("usage", year, (Bill("A", Decimal(pounds), ZERO, ZERO, ZERO),))
    ...          for year, pounds in (("2009/10", 200), ("2010/11", 250))]
    >>> str(swing(*bills).largest_rise.share)
    '1/4'
    """
    first, last = before.totals, after.totals
    payers = dict.fromkeys((*first, *last))
    moves = tuple(Move(payer, first.get(payer, ZERO), last.get(payer, ZERO)) for payer in payers)
    return Swing(after.model, before.year, after.year, moves)
