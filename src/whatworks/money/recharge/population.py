"""Bill each borough by its residents."""

from decimal import Decimal

from whatworks.money.amount import split
from whatworks.money.recharge.account import Account


def population(year: Account) -> dict[str, Decimal]:
    """Return each borough's share in pounds of what the boroughs share, in proportion to its residents.

    >>> from whatworks.money.recharge.sample import sample_account
    >>> population(sample_account())
    {'A': Decimal('500.00'), 'B': Decimal('300.00'), 'C': Decimal('200.00')}
    """
    return split(year.shared, {code: year.populations[code] for code in year.boroughs})
