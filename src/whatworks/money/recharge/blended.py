"""Bill part of the cost whatever is used, since an open door costs money, and the rest by nights."""

from decimal import Decimal
from fractions import Fraction

from whatworks.money.amount import split
from whatworks.money.recharge.account import Account
from whatworks.money.recharge.terms import Blended
from whatworks.money.recharge.usage import night_weights


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
