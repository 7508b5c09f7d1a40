"""Write an answer of this room as plain values for JSON: amounts as text, so that none becomes a binary fraction."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any


def plain(value: Any) -> Any:
    """Return dataclasses as dictionaries, tuples as lists, Decimal and Fraction as text, and all else as it stands.

    A Fraction is given to six decimal places, rounded half to even. Beside its fields stand the properties that a
    dataclass names in `in_json`.

    >>> plain({"a": (Decimal("1.50"), Fraction(1, 3), None, 2, date(2025, 6, 30))})
    {'a': ['1.50', '0.333333', None, 2, '2025-06-30']}
    """
    if is_dataclass(value) and not isinstance(value, type):
        names = (*(field.name for field in fields(value)), *getattr(value, "in_json", ()))
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else f"{_decimal(value):f}"
    return value.isoformat() if isinstance(value, date) else value


def _decimal(value: Fraction) -> Decimal:
    return Decimal(round(value * 10**6)).scaleb(-6)
