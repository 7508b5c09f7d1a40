"""Read the numbers of a contract exactly: shares as proportions, prices in pounds and pence, days."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from whatworks.records.plain_number import ungrouped

GAP = "?"
"""Stands in a ready-made contract where a figure was never published; whoever uses the contract has to state it."""

MOST = Decimal(10) ** 12


def refuse(problem: str, remedy: str) -> PydanticCustomError:
    """Return the error of a value, with its remedy.

    >>> str(refuse("is not a share", "write it as 0.5"))
    'is not a share'
    """
    return PydanticCustomError("whatworks", "{problem}", {"problem": problem, "remedy": remedy})


def exact(value: Any) -> Decimal:
    """Return a number of a TOML file as the Decimal that was written.

    >>> exact(0.05), exact("540.50")
    (Decimal('0.05'), Decimal('540.50'))
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise refuse("is not a number", "write it in digits")
    try:
        number = value if isinstance(value, Decimal) else Decimal(ungrouped(str(value)))
    except (InvalidOperation, ValueError):
        raise refuse("is not a number", "write it in digits; a share as a proportion, so 5 per cent as 0.05") from None
    if not number.is_finite():
        raise refuse("is not a number", "write it in digits")
    return number


def _share(value: Decimal) -> Decimal:
    if value < 0:
        raise refuse("is a share below 0", "write a proportion from 0 to 1")
    if value > 1:
        meant = f", so {value.normalize():f} per cent as {(value / 100).normalize():f}" if value <= 100 else ""
        raise refuse("is a share above 1", f"write it as a proportion{meant}")
    return _few_places(value)


def _fall(value: Decimal) -> Decimal:
    if _share(value) == 1:
        raise refuse("is a fall to nothing", "write a proportion below 1, so 1 per cent as 0.01")
    return value


def _few_places(value: Decimal) -> Decimal:
    if -int(value.normalize().as_tuple().exponent) > 6:
        raise refuse("has more than six decimal places", "round it in the terms themselves, so that all see it")
    return value


def _pounds(value: Decimal) -> Decimal:
    if value < 0:
        raise refuse("is a negative amount", "write it without sign; the section says who pays it")
    if value > MOST:
        raise refuse("is more than a million million pounds", "write it in pounds")
    if value * 100 != (value * 100).to_integral_value():
        raise refuse("is not a number of pence", "write pounds with two decimal places at most")
    return value


Share = Annotated[Decimal, BeforeValidator(exact), AfterValidator(_share)]
"""A proportion from 0 to 1."""
Fall = Annotated[Decimal, BeforeValidator(exact), AfterValidator(_fall)]
"""A proportional fall, from 0 to below 1."""
Pounds = Annotated[Decimal, BeforeValidator(exact), AfterValidator(_pounds)]
"""An amount of pounds and pence, not negative."""
