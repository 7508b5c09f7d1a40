"""The models by which boroughs share a cost: equally, by residents, by nights, or part fixed and the rest by nights."""

from decimal import Decimal
from fractions import Fraction

from whatworks.money.amount import split
from whatworks.money.recharge.account import Account
from whatworks.money.recharge.terms import Blended
from whatworks.records.refusal import Fault, Refused


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
