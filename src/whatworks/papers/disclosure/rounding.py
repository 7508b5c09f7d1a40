"""Round what the board reads: the one place where figures lose digits, halves away from zero, in decimal."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import PlainSerializer

from whatworks.evaluation.result import Kind


def plain(number: Decimal) -> int | float:
    """Return a rounded number as JSON writes it: whole where it was rounded to a whole."""
    return int(number) if number.as_tuple().exponent == 0 else float(number)


Rounded = Annotated[Decimal, PlainSerializer(plain, return_type=int | float, when_used="json")]
Safe = Rounded | Literal["c"] | None
"""A rounded number; "c" where it is withheld; null where there is none."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a kind of outcome is printed: its factor, decimal places of values and of interval ends, and its words."""

    factor: int
    value_places: int
    end_places: int
    value_unit: str
    difference_unit: str


SCALES: dict[Kind, Scale] = {
    "yes_no": Scale(100, 0, 1, "%", "percentage points"),
    "share": Scale(100, 0, 1, "%", "percentage points"),
    "frequency": Scale(1, 2, 2, "", ""),
    "rate": Scale(1, 3, 3, "", ""),
    "score": Scale(1, 1, 1, "", ""),
    "days": Scale(1, 0, 1, "", ""),
    "nights": Scale(1, 1, 1, "", ""),
}


def half_away(value: float, places: int, factor: int = 1) -> Decimal:
    """Return `value` times `factor` to `places` decimal places, halves away from zero.

    Twelve digits are taken first, so that the noise of binary arithmetic decides nothing.

    >>> half_away(0.425, 0, 100), half_away(-0.125, 1, 100), half_away(0.3 - 0.175, 0, 100)
    (Decimal('43'), Decimal('-12.5'), Decimal('13'))
    >>> half_away(-0.0004, 1)
    Decimal('0.0')
    """
    exact = Decimal(f"{value:.12g}") * factor
    taken = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(taken) if taken == 0 else taken


def rounded(value: float | None, withheld: bool, places: int, factor: int = 1) -> Safe:
    """Return a figure as published: None where there is none, "c" where it is withheld, else rounded (`half_away`).

    >>> rounded(0.425, False, 1, 100), rounded(0.425, True, 1, 100), rounded(None, True, 1)
    (Decimal('42.5'), 'c', None)
    """
    if value is None:
        return None
    return "c" if withheld else half_away(value, places, factor)


def p_value(p: float) -> str:
    """Return p as the Data Lab prints it: two places, and never as zero.

    >>> p_value(0.0494), p_value(0.0049), p_value(0.83089)
    ('0.05', '<0.01', '0.83')
    """
    return "<0.01" if p < 0.01 else str(half_away(p, 2))


def written(number: Decimal | int) -> str:
    """Return a number with thousands separators and a true minus sign.

    >>> written(Decimal("-1794.3")), written(12345)
    ('−1,794.3', '12,345')
    """
    return f"{number:,}".replace("-", "−")
