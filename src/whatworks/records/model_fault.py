"""Say what pydantic found wrong with a file that people write by hand: where it stands, and what is wrong."""

from pydantic_core import ErrorDetails

_KINDS = {"str": "string_", "int": "int_", "float": "float_", "bool": "bool_"}
"""The kinds that a value may be tried as, and how the types of their faults begin."""
_DAY = "is not a date in the calendar: write it as 2025-06-30"
_NUMBER = "is not a number: write digits and a point, as 1250.50, without commas and signs"
_SECTION = "is no section: give it keys of its own"
_WHOLE = "is not a whole number: write digits only"
_PLAIN = {
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "date_from_datetime_inexact": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_type": _DAY,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "dict_type": _SECTION,
    "finite_number": "is not a finite number",
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "missing": "is missing",
    "model_type": _SECTION,
    "string_type": "is not text: write it in quotes",
    "tuple_type": "is not a list: write it in square brackets",
}
"""Pydantic's words that tell people nothing, by the type of the fault."""


def place_of(error: ErrorDetails) -> str | None:
    """Return where the fault is, as `table.1.columns`: entries of a list are counted from 1. None: the whole file.

    Where a value may be of several kinds, pydantic adds the kind that it tried, which stands in no file: it is left
    out.

    >>> place_of({"type": "missing", "loc": ("payment", 0, "share"), "msg": "Field required", "input": {}})
    'payment.1.share'
    """
    parts = [part for part in error["loc"] if isinstance(part, int) or "[" not in part]
    if parts and parts[-1] in _KINDS and error["type"].startswith((*_KINDS.values(), "finite_number")):
        parts.pop()
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in parts) or None


def problem_of(error: ErrorDetails) -> str:
    """Return what is wrong, as it follows the place in a sentence.

    >>> problem_of({"type": "value_error", "loc": ("age",), "msg": "Value error, Is below zero", "input": -1})
    'is below zero'
    >>> problem_of({"type": "tuple_type", "loc": ("exact",), "msg": "Input should be a valid tuple", "input": "sex"})
    'is not a list: write it in square brackets'
    """
    if error["type"] == "too_short":
        return f"has fewer entries than it needs, which is {(error.get('ctx') or {}).get('min_length', 1)}"
    if error["type"] in _PLAIN:
        return _PLAIN[error["type"]]
    problem = error["msg"].removeprefix("Value error, ")
    return problem[:1].lower() + problem[1:]
