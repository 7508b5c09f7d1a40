"""What the parts of a release are made of: rounded numbers, a group, an effect."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer

from whatworks.papers.disclosure.nested import Count


def plain(number: Decimal) -> int | float:
    """Return a rounded number as JSON writes it: whole where it was rounded to a whole."""
    return int(number) if number.as_tuple().exponent == 0 else float(number)


Rounded = Annotated[Decimal, PlainSerializer(plain, return_type=int | float, when_used="json")]
Shown = Rounded | Literal["c"] | None
"""A rounded number; "c" where it is withheld; null where there is none."""


class Part(BaseModel):
    """A part of what may leave."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(Part):
    """One group's outcome: a percentage where the kind is yes_no or share, else in the outcome's unit."""

    n: Count
    value: Shown
    ci_low: Shown
    ci_high: Shown


class Effect(Part):
    """A difference, scheme minus comparison, with its 95% interval, in percentage points or the outcome's unit."""

    name: str
    difference: Shown
    ci_low: Shown
    ci_high: Shown
    p: str | None = None
    note: str = ""
