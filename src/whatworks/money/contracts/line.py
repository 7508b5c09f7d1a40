"""A line of working, and how it writes pounds, shares and counts."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Unit = Literal["pounds", "share", "count", ""]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of working: what it is, how it is reached, and what it comes to (None: a finding in words)."""

    item: str
    working: str
    value: Fraction | None = None
    unit: Unit = ""

    def result(self) -> str:
        """Return what it comes to in words; nothing for a finding in words.

        >>> Line("Payment", "rounded to the penny", Fraction(25000), "pounds").result()
        '£25,000.00'
        """
        forms = {"pounds": pounds, "share": percent, "count": number}
        return "" if self.value is None or not self.unit else forms[self.unit](self.value)


def to_pence(pounds: Fraction) -> Decimal:
    """Return pounds rounded to the nearest penny, half a penny upwards; amounts are never negative here.

    >>> to_pence(Fraction(1, 8)), to_pence(Fraction(125, 1000) - Fraction(1, 10**30))
    (Decimal('0.13'), Decimal('0.12'))
    """
    return Decimal((pounds * 100 + Fraction(1, 2)).__floor__()).scaleb(-2)


def pounds(value: Fraction | Decimal) -> str:
    """Return pounds for a line of working, to the penny.

    >>> pounds(Fraction(-25000)), pounds(Decimal("0.5"))
    ('−£25,000.00', '£0.50')
    """
    whole = to_pence(abs(Fraction(value)))
    return f"{'−' if value < 0 and whole else ''}£{whole:,.2f}"


def percent(value: Fraction | Decimal) -> str:
    """Return a share as a percentage, to as many places as it takes, four at most.

    >>> percent(Fraction(13, 155)), percent(Decimal("0.05")), percent(Fraction(-1, 10**9))
    ('8.3871%', '5%', '−under 0.0001%')
    """
    hundreds = abs(Fraction(value)) * 100
    text = f"{Decimal(hundreds.numerator) / Decimal(hundreds.denominator):.4f}".rstrip("0").rstrip(".")
    sign = "−" if value < 0 else ""
    return f"{sign}under 0.0001%" if text == "0" and hundreds else f"{sign}{text}%"


def number(value: Fraction | int) -> str:
    """Return a count; to four places where it is not a whole number.

    >>> number(Fraction(1705)), number(Fraction(3100, 3))
    ('1,705', '1,033.3333')
    """
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return f"{fraction.numerator:,}"
    return f"{Decimal(fraction.numerator) / Decimal(fraction.denominator):,.4f}"


def moved(fall: Fraction) -> str:
    """Return a fall or a rise in words.

    >>> moved(Fraction(12, 100)), moved(Fraction(-67, 1000))
    ('a fall of 12%', 'a rise of 6.7%')
    """
    return f"a {'rise' if fall < 0 else 'fall'} of {percent(abs(fall))}"
