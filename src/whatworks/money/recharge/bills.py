"""Bill a year by every model side by side: a borough's share, what it pays of empty and outside nights, the total."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from whatworks.money.amount import PENNY, split
from whatworks.money.recharge.account import ZERO, Account
from whatworks.money.recharge.net_settlement import net_settlement
from whatworks.money.recharge.terms import Blended, ModelName, Protection, Terms
from whatworks.records.refusal import Fault, Refused


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


def equal_shares(year: Account) -> dict[str, Decimal]:
    """Return each borough's share in pounds of what the boroughs share; the shares sum to it, to the penny.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> equal_shares(sample_account())
    {'A': Decimal('333.34'), 'B': Decimal('333.33'), 'C': Decimal('333.33')}
    """
    return split(year.shared, dict.fromkeys(year.boroughs, 1))


def population(year: Account) -> dict[str, Decimal]:
    """Return each borough's share in pounds of what the boroughs share, in proportion to its residents.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> population(sample_account())
    {'A': Decimal('500.00'), 'B': Decimal('300.00'), 'C': Decimal('200.00')}
    """
    return split(year.shared, {code: year.populations[code] for code in year.boroughs})


def usage(year: Account) -> dict[str, Decimal]:
    """Return each borough's share in pounds of what the boroughs share, in proportion to the nights of its families.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> usage(sample_account())
    {'A': Decimal('700.00'), 'B': Decimal('300.00'), 'C': Decimal('0.00')}
    """
    return split(year.shared, night_weights(year))


def night_weights(year: Account) -> dict[str, int]:
    """Return the nights of each borough's families; refused where there are none, and something to share by them."""
    nights = year.nights
    if any(nights.values()):
        return nights
    if year.shared:
        remedy = "give the nights, or use a model that does not rest on them"
        raise Refused(Fault(f"no borough used a night in {year.year}", remedy, field="nights"))
    return dict.fromkeys(nights, 1)


def blended(year: Account, terms: Blended) -> dict[str, Decimal]:
    """Return each borough's share in pounds: `fixed_share` of the whole by heads or equally, the rest by nights.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> blended(sample_account(), Blended(fixed_share=Decimal("0.4"), fixed_by="population"))
    {'A': Decimal('620.00'), 'B': Decimal('300.00'), 'C': Decimal('80.00')}
    """
    heads = dict.fromkeys(year.boroughs, 1) if terms.fixed_by == "equal_shares" else year.populations
    nights, fixed = night_weights(year), Fraction(terms.fixed_share)
    all_heads, all_nights = sum(heads[code] for code in year.boroughs), sum(nights.values())
    return split(
        year.shared,
        {code: fixed * heads[code] / all_heads + (1 - fixed) * nights[code] / all_nights for code in year.boroughs},
    )


def limits(before: dict[str, Decimal], terms: Protection) -> dict[str, Decimal]:
    """Return the highest bill of each borough in pounds, from its bill of the year before.

    >>> limits({"A": Decimal("1000.01")}, Protection(most_rise=Decimal("0.5"), never_below=Decimal(200)))
    {'A': Decimal('1500.01')}
    """
    return {
        code: max((bill * (1 + terms.most_rise)).quantize(PENNY, ROUND_DOWN), terms.never_below)
        for code, bill in before.items()
    }


def protected(bills: dict[str, Decimal], highest: dict[str, Decimal]) -> dict[str, Decimal] | None:
    """Return the bills with none above its limit; what that takes off is shared by the room that the others have left.

    The sum stays what it was, to the penny. None where the limits together are less than the sum: the cost itself has
    risen too far, and no sharing can keep them.

    >>> protected({"A": Decimal(900), "B": Decimal(100)}, {"A": Decimal(600), "B": Decimal(500)})
    {'A': Decimal('600.00'), 'B': Decimal('400.00')}
    >>> protected({"A": Decimal(900), "B": Decimal(100)}, {"A": Decimal(600), "B": Decimal(300)}) is None
    True
    """
    over = sum((max(bill - highest[code], Decimal(0)) for code, bill in bills.items()), Decimal(0))
    room = {code: max(highest[code] - bill, Decimal(0)) for code, bill in bills.items()}
    if over == 0:
        return bills
    if over > sum(room.values()):
        return None
    more = split(over, room)
    return {code: min(bill, highest[code]) + more[code] for code, bill in bills.items()}
