"""Show what a model rewards: the price of one more placement to who places and who houses, and of a bad year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.recharge.account import ZERO, Account, Host, account
from whatworks.money.recharge.bills import Bills, bill
from whatworks.money.recharge.swing import Move
from whatworks.money.recharge.terms import ModelName, Terms, Year
from whatworks.money.recharge.usage_file import Placement


@dataclass(frozen=True, slots=True)
class Price:
    """What one more placement in an empty place adds to the bills, in pounds: of who places, and of the host.

    The service itself costs no more, since the place stood empty: a price above zero is a reason to refuse to place,
    a price of zero no reason to place elsewhere; a host whose bill does not fall has no reason to take the family.
    """

    borough: str
    placing: Decimal
    hosting: Decimal | None
    """None for the host's own families."""


@dataclass(frozen=True, slots=True)
class Incentive:
    """One model's prices of a placement of so many nights, and how each bill moves in a bad year.

    A bad year is one family place more used all through it. `limited` says whether the terms' protection held in all.
    """

    model: ModelName
    nights: int
    host: str
    prices: tuple[Price, ...]
    bad_year_nights: int
    bad_years: tuple[Move, ...]
    limited: bool


def incentives(terms: Terms, year: Year, rows: Sequence[Placement], bills: Sequence[Bills]) -> tuple[Incentive, ...]:
    """Return each model's incentive; none where every night was used, and another family would need another place."""
    now = account(terms, year, rows)
    host = max(now.hosts, key=lambda one: (one.available - one.used, one.code))
    nights = min(terms.service.placement_nights, _left(host))
    if nights == 0:
        return ()
    bad = min(year.days, _left(host))
    more = {code: _with(terms, year, rows, code, host.code, nights) for code in terms.codes}
    worse = {code: _with(terms, year, rows, code, host.code, bad) for code in terms.codes}
    return tuple(_incentive(one, terms, host.code, (nights, more), (bad, worse)) for one in bills)


def _left(host: Host) -> int:
    return host.available - host.used


def _with(terms: Terms, year: Year, rows: Sequence[Placement], placing: str, host: str, nights: int) -> Account:
    return account(terms, year, [*rows, Placement(placing, host, year.year, nights)])


def _incentive(
    now: Bills, terms: Terms, host: str, more: tuple[int, dict[str, Account]], bad: tuple[int, dict[str, Account]]
) -> Incentive:
    before = now.totals
    unprotected = terms.model_copy(update={"protection": None})
    base = {one.payer: one.total - one.limited for one in now.bills}
    prices, moves, limited = [], [], terms.protection is not None
    for code in terms.codes:
        after = bill(now.model, more[1][code], unprotected).totals
        hosting = None if code == host else after[host] - base[host]
        prices.append(Price(code, after[code] - base[code], hosting))
        year = bill(now.model, bad[1][code], terms, before=now)
        limited = limited and not year.limit_broken
        moves.append(Move(code, before.get(code, ZERO), year.totals[code]))
    return Incentive(now.model, more[0], host, tuple(prices), bad[0], tuple(moves), limited)
