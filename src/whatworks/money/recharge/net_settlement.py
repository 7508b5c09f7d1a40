"""Settle between the borough that placed a family and the borough that housed it, each host at its own price."""

from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.amount import split
from whatworks.money.recharge.account import ZERO, Account


@dataclass(frozen=True, slots=True)
class Owed:
    """What one borough owes one host for its families' nights, in pounds (its own host included)."""

    payer: str
    host: str
    nights: int
    amount: Decimal


def owed(year: Account) -> tuple[Owed, ...]:
    """Return who owes which host what: each host's cost, divided over the nights of those who used it.

    Where the boroughs carry empty places too, they are in the price of the nights used; a host that no borough used
    keeps its own cost.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> [(one.payer, one.host, str(one.amount)) for one in owed(sample_account())]
    [('A', 'A', '300.00'), ('B', 'A', '300.00'), ('A', 'B', '400.00')]
    """
    found = []
    for host in year.hosts:
        nights = {code: host.nights[code] for code in year.boroughs if host.nights.get(code)}
        shares = split(host.shared, nights or {host.code: 1})
        found += [Owed(code, host.code, nights.get(code, 0), amount) for code, amount in shares.items()]
    return tuple(one for one in found if one.amount or one.nights)


def net_settlement(year: Account) -> dict[str, Decimal]:
    """Return each borough's share in pounds: what it owes all hosts, itself included.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> net_settlement(sample_account())
    {'A': Decimal('700.00'), 'B': Decimal('300.00'), 'C': Decimal('0.00')}
    """
    debts = owed(year)
    return {code: sum((one.amount for one in debts if one.payer == code), ZERO) for code in year.boroughs}


def transfers(year: Account, bills: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return what each must pay (or is paid, negative) so that, with what it spent as a host, it bears its bill.

    `bills` are by borough and party, and sum to the cost: so transfers sum to zero, and each host's cost and its
    transfer to its bill.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> transfers(sample_account(), {"A": Decimal(700), "B": Decimal(300), "C": Decimal(0)})
    {'A': Decimal('100.00'), 'B': Decimal('-100.00'), 'C': Decimal('0.00')}
    """
    spent = {host.code: host.cost for host in year.hosts}
    return {code: bill - spent.get(code, ZERO) for code, bill in bills.items()}
