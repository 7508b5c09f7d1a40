"""Bill each borough by the nights of the families whom it placed, at one price for all hosts."""

from decimal import Decimal

from whatworks.money.amount import split
from whatworks.money.recharge.account import Account
from whatworks.records.refusal import Fault, Refused


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
