"""Hold an amount of money with its price base and year, and divide one so that the parts give the whole again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from whatworks.records.refusal import Fault, Refused

CASH = "cash"
"""The price base of money of the day; any other price base is the year whose prices it is in, as in "2015/16"."""
PENNY = Decimal("0.01")
YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:/(?P<end>\d\d))?")
Part = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Money:
    """Pounds, exactly: `prices` is "cash" or the price year, `year` the year it falls in (None: several years).

    >>> Money(Decimal("1810000"), "cash", "2008/09") + Money(Decimal("2595000"), "cash", "2009/10")
    Money(pounds=Decimal('4405000'), prices='cash', year=None)
    >>> Money(Decimal(14050), "2015/16") + Money(Decimal(1440), "2003")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: prices "2003": is another price base than 2015/16; bring both to one price \
year first
    """

    pounds: Decimal
    prices: str
    year: str | None = None

    def __post_init__(self) -> None:
        checked(self.pounds)
        check_prices(self.prices)
        if self.year is not None:
            check_year(self.year, "year")

    def __add__(self, other: "Money") -> "Money":
        """Return the sum; refused where the price bases differ."""
        self._same(other)
        return Money(self.pounds + other.pounds, self.prices, self.year if self.year == other.year else None)

    def __sub__(self, other: "Money") -> "Money":
        """Return the difference; refused where the price bases differ."""
        return self + -other

    def __neg__(self) -> "Money":
        return Money(-self.pounds, self.prices, self.year)

    def __mul__(self, times: int | Decimal) -> "Money":
        """Return so many times the amount, unrounded."""
        return Money(self.pounds * times, self.prices, self.year)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.pounds < other.pounds

    def to_pence(self, rounding: str = ROUND_HALF_UP) -> "Money":
        """Return the amount in whole pence, half away from zero unless said otherwise.

        >>> Money(Decimal("0.125"), "cash").to_pence().pounds
        Decimal('0.13')
        """
        return Money(self.pounds.quantize(PENNY, rounding), self.prices, self.year)

    def _same(self, other: "Money") -> None:
        if other.prices != self.prices:
            problem, remedy = f"is another price base than {self.prices}", "bring both to one price year first"
            raise Refused(Fault(problem, remedy, field="prices", value=other.prices))


def split(whole: Decimal, shares: Mapping[str, Part]) -> dict[str, Decimal]:
    """Divide `whole` pounds by `shares`, in pence, so that the parts sum exactly to it.

    `shares` are weights, zero or more, of any sum: nights, heads, or parts of one. Each part is rounded towards
    zero; the pence left go to the largest remainders, equal ones in the order of their codes (the keys). A whole that
    is not a number of pence, a negative share, or shares that are all zero are refused.

    >>> split(Decimal("100.00"), {"Lambeth": 1, "Camden": 1, "Barnet": 1})
    {'Lambeth': Decimal('33.33'), 'Camden': Decimal('33.33'), 'Barnet': Decimal('33.34')}
    >>> split(Decimal("-0.05"), {"a": 1, "b": 2})
    {'a': Decimal('-0.02'), 'b': Decimal('-0.03')}
    """
    pence = pence_of(whole)
    weights = {code: _weight(code, share) for code, share in shares.items()}
    every = sum(weights.values(), Fraction(0))
    if every <= 0:
        raise Refused(Fault("are all zero, or there are none", "give at least one share above zero", field="shares"))
    exact = {code: abs(pence) * weight / every for code, weight in weights.items()}
    parts = {code: int(part) for code, part in exact.items()}
    left = abs(pence) - sum(parts.values())
    for code in sorted(exact, key=lambda code: (parts[code] - exact[code], code))[:left]:
        parts[code] += 1
    return {code: (-1 if pence < 0 else 1) * part * PENNY for code, part in parts.items()}


def pence_of(pounds: Decimal) -> int:
    """Return pounds as a whole number of pence, or refuse an amount that is none.

    >>> pence_of(Decimal("12.30"))
    1230
    """
    pence = checked(pounds) * 100
    if pence != pence.to_integral_value():
        raise Refused(
            Fault("is not a whole number of pence", "round it before it is divided", value=str(pounds), field="amount")
        )
    return int(pence)


def check_prices(prices: str) -> str:
    """Return a price base, or refuse what is none."""
    remedy = 'write "cash" for money of the day, or the price year'
    return prices if prices == CASH else check_year(prices, "prices", remedy)


def check_year(year: str, field: str, remedy: str = "write the year") -> str:
    """Return a year as people write it, "2015" or "2015/16", or refuse it: the second half follows the first.

    >>> check_year("1999/00", "year")
    '1999/00'
    """
    found = YEAR.fullmatch(year)
    if found is None or (found["end"] and int(found["end"]) != (int(found["year"]) + 1) % 100):
        raise Refused(Fault("is not a year", f"{remedy} as 2015/16 or 2015", field=field, value=year))
    return year


def checked(pounds: Decimal) -> Decimal:
    """Return an amount, or refuse one that is not a finite Decimal: money is never a float."""
    if not isinstance(pounds, Decimal) or not pounds.is_finite():
        raise Refused(Fault("is not an amount of money", "give pounds as a Decimal", field="pounds", value=str(pounds)))
    return pounds


def _weight(code: str, share: Part) -> Fraction:
    if isinstance(share, float) or (isinstance(share, Decimal) and not share.is_finite()) or share < 0:
        problem, remedy = "is not a share of zero or more", "give a whole number, a Decimal or a Fraction"
        raise Refused(Fault(problem, remedy, field=f"shares.{code}", value=str(share)))
    return Fraction(share)
