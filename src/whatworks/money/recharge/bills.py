"""Bill a year by every model side by side: a borough's share, what it pays of empty and outside nights, the total."""

from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.recharge.account import ZERO, Account
from whatworks.money.recharge.models import blended, equal_shares, population, usage
from whatworks.money.recharge.net_settlement import net_settlement
from whatworks.money.recharge.protection import limits, protected
from whatworks.money.recharge.terms import ModelName, Terms


@dataclass(frozen=True, slots=True)
class Bill:
    """What one payer pays, in pounds: `share` by the model, `empty` and `outside` nights, `limited` by protection.

    `limited` is what protection takes off (negative) or adds; over all payers it sums to zero.
    """

    payer: str
    share: Decimal
    empty: Decimal
    outside: Decimal
    limited: Decimal

    @property
    def total(self) -> Decimal:
        """Everything it pays."""
        return self.share + self.empty + self.outside + self.limited


@dataclass(frozen=True, slots=True)
class Bills:
    """One model's bills of one year: the boroughs in order, then the parties. They sum to the cost, to the penny."""

    model: ModelName
    year: str
    bills: tuple[Bill, ...]
    limit_broken: bool = False
    """Whether the terms' protection could not be kept, since the cost itself rose too far."""

    @property
    def totals(self) -> dict[str, Decimal]:
        """Each payer's total."""
        return {bill.payer: bill.total for bill in self.bills}


def shares(model: ModelName, year: Account, terms: Terms) -> dict[str, Decimal]:
    """Return each borough's share by one model, in pounds."""
    if model == "blended":
        if terms.blended is None:
            raise ValueError("the blended model needs [blended]")
        return blended(year, terms.blended)
    by = {
        "equal_shares": equal_shares,
        "population": population,
        "usage": usage,
        "net_settlement": net_settlement,
    }
    return by[model](year)


def bill(model: ModelName, year: Account, terms: Terms, before: Bills | None = None) -> Bills:
    """Return one model's bills of a year; protection holds them against those of the year `before`."""
    share = shares(model, year, terms)
    payers = [*year.boroughs, *sorted({*year.empty_apart, *year.outside_apart} - set(year.boroughs))]
    plain = [
        Bill(
            code,
            share.get(code, ZERO),
            year.empty_apart.get(code, ZERO),
            year.outside_apart.get(code, ZERO),
            ZERO,
        )
        for code in payers
    ]
    found = Bills(model, year.year, tuple(plain))
    return found if terms.protection is None or before is None else _limited(found, before, year, terms)


def _limited(found: Bills, before: Bills, year: Account, terms: Terms) -> Bills:
    if terms.protection is None:
        return found
    last, now = before.totals, found.totals
    highest = limits({code: last[code] for code in year.boroughs}, terms.protection)
    kept = protected({code: now[code] for code in year.boroughs}, highest)
    if kept is None:
        return Bills(found.model, found.year, found.bills, limit_broken=True)
    changed = [
        Bill(one.payer, one.share, one.empty, one.outside, kept[one.payer] - one.total if one.payer in kept else ZERO)
        for one in found.bills
    ]
    return Bills(found.model, found.year, tuple(changed))
