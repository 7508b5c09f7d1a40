"""Take no value of a file that people write by hand for what it is not: true for 1, 1 for a day, spaces for a name."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 2100
LARGEST = 10**12
_YEAR = re.compile(r"\d{4}-\d\d-\d\d")


class HandWritten(BaseModel):
    """A part of such a file: no key is taken that is not listed, no number without end, and nothing changes later.

    Pydantic takes `true` for the number 1, and a number for a day of 1970: both are refused here, wherever a key's type
    says number or day, within lists and tables too. So are numbers beyond a million million and days of far-off years,
    and text of nothing but spaces, except "" where that is what the key holds if left out.

    >>> class Plan(HandWritten):
    ...     people: dict[str, int]
    >>> Plan.model_validate({"people": {"Camden": True}})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pydantic_core._pydantic_core.ValidationError: 1 validation error for Plan
    people.Camden
      Input should be a valid integer...
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _is_what_it_seems(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[str(info.field_name)]
        kinds = set(_leaves(field.annotation))
        if date in kinds:
            _refuse_no_day(value)
        if str in kinds and not (field.default == "" and value == "") and not _fits_its_pattern(value, field):
            sections = any(isinstance(kind, type) and issubclass(kind, BaseModel) for kind in kinds)
            _refuse_empty(list(value) if sections and isinstance(value, dict) else value)
        if kinds & {int, float, Decimal} and bool not in kinds:
            _refuse_huge(value)
            return _said(value)
        return value


def _fits_its_pattern(value: Any, field: FieldInfo) -> bool:
    """Tell whether a blank is what the key is for, as a tab is for one that names what separates a file's columns."""
    patterns = [one.pattern for one in field.metadata if getattr(one, "pattern", None) is not None]
    return isinstance(value, str) and any(re.search(pattern, value) for pattern in patterns)


def _leaves(annotation: Any) -> Iterator[Any]:
    """Yield the types that a value, or one within it, may have; literals are values and give none."""
    inner = [one for one in get_args(annotation) if not isinstance(one, str | int)]
    if not inner:
        yield annotation
    for one in inner:
        yield from _leaves(one)


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lstrip("+-").replace(".", "", 1).isdecimal()


def _refuse_no_day(value: Any) -> None:
    """Refuse a number, and a day so far off that nobody can have meant it."""
    if isinstance(value, bool | int | float) or _is_number(value):
        raise PydanticCustomError("date_type", "is not a date")
    year = value.year if isinstance(value, date) else int(value[:4]) if _YEAR.match(str(value)) else FIRST_YEAR
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PydanticCustomError("far_day", f"has a year outside {FIRST_YEAR}-{LAST_YEAR}")


def _refuse_huge(value: Any) -> None:
    """Refuse a number that is beyond all people and pounds, or a list or table with one in it."""
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            _refuse_huge(one)
    elif _is_huge(value):
        raise PydanticCustomError("too_large", "is beyond a million million: look at its zeros")


def _is_huge(value: Any) -> bool:
    try:
        number = Decimal(str(value).replace(",", "")) if isinstance(value, int | float | str) else Decimal(0)
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number) > LARGEST


def _refuse_empty(value: Any) -> None:
    """Refuse a text of nothing but spaces, or a list or table with one in it."""
    if isinstance(value, str):
        if not value.strip():
            raise PydanticCustomError("empty_text", "is empty: write what it is")
    elif isinstance(value, dict | list | tuple):
        within = (*value, *value.values()) if isinstance(value, dict) else value
        if any(isinstance(one, str) and not one.strip() for one in within):
            raise PydanticCustomError("empty_text", "holds an empty text: write what it is, or take it out")


def _said(value: Any) -> Any:
    """Return a value with every true and false as the word that it was written as, which is not a number."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items()}
    return [_said(one) for one in value] if isinstance(value, list) else value
