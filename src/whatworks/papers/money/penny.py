"""Pounds and pence, shares and counts as a settlement's paper prints them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from whatworks.papers.disclosure.rounding import written


def penny(amount: Decimal) -> str:
    """Return pounds and pence, with a true minus sign.

    >>> penny(Decimal("-77132.60")), penny(Decimal("0"))
    ('−£77,132.60', '£0.00')
    """
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def decimal(value: Fraction, places: int) -> Decimal:
    """Return a fraction to so many decimal places, half away from zero.

    >>> decimal(Fraction(13, 155), 4), decimal(Fraction(-1, 8), 2), decimal(Fraction(-1, 1000), 1)
    (Decimal('0.0839'), Decimal('-0.13'), Decimal('0.0'))
    """
    shifted = abs(value) * 10**places + Fraction(1, 2)
    found = Decimal(shifted.numerator // shifted.denominator).scaleb(-places)
    return -found if value < 0 and found else found.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def per_cent(share: Fraction, places: int = 1) -> str:
    """Return a share in per cent.

    >>> per_cent(Fraction(13, 155)), per_cent(Fraction(-67, 1000))
    ('8.4%', '−6.7%')
    """
    return f"{written(decimal(share * 100, places))}%"


def number(value: Fraction) -> str:
    """Return a count, with two decimal places where it is not a whole number.

    >>> number(Fraction(1550)), number(Fraction(3100, 3))
    ('1,550', '1,033.33')
    """
    return written(decimal(value, 0 if value.denominator == 1 else 2))
