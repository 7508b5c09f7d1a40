"""Bill every borough the same, whatever it used."""

from decimal import Decimal

from whatworks.money.amount import split
from whatworks.money.recharge.account import Account


def equal_shares(year: Account) -> dict[str, Decimal]:
    """Return each borough's share in pounds of what the boroughs share; the shares sum to it, to the penny.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> equal_shares(sample_account())
    {'A': Decimal('333.34'), 'B': Decimal('333.33'), 'C': Decimal('333.33')}
    """
    return split(year.shared, dict.fromkeys(year.boroughs, 1))
