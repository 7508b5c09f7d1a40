"""Read the terms of a recharge from their TOML file, and say everything that is wrong with its form at once."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from whatworks.money.recharge.terms import Terms
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.toml_file import read_toml

PAGE = "docs/money.md"
UNITS = (
    'write "family places" or "bed spaces": they are not the same '
    "(in England in 1998/99, 7,215 bed spaces were 2,715 household places)"
)
SHARES = ("fixed_share", "most_rise", "occupancy")
AMOUNTS = ("amount", "total_cost", "fixed_cost", "cost_per_place", "never_below", "yearly_cost")


def read_terms(path: Path) -> Terms:
    """Return the terms, or refuse them with every fault of their form; `term_faults` holds them to each other."""
    return check_terms(read_toml(path), path.name)


def check_terms(content: dict[str, Any], file: str) -> Terms:
    """Return the parsed content of a terms file as `Terms`; `file` is named in the faults."""
    try:
        return Terms.model_validate(content)
    except ValidationError as faults:
        raise Refused([_fault(fault, file) for fault in faults.errors()]) from faults


def _fault(error: ErrorDetails, file: str) -> Fault:
    field = place_of(error)
    last = (field or "").rpartition(".")[2]
    if error["type"] == "extra_forbidden":
        near = get_close_matches(last, _keys(error["loc"][:-1]), 1)
        remedy = f'did you mean "{near[0]}"?' if near else f"correct or delete it; {PAGE} lists the keys"
        return Fault("is not a key of these terms", remedy, file, field=field)
    if error["type"] == "missing":
        return Fault("is missing", UNITS if last == "units" else _remedy(last, "add it"), file, field=field)
    remedy = UNITS if last == "units" else _remedy(last, "correct it")
    return Fault(problem_of(error), remedy, file, field=field, value=_shown(last, error.get("input")))


def _remedy(field: str, verb: str) -> str:
    if field in SHARES:
        return f"{verb}: a part of one, as 0.85 for 85 per cent"
    if field in AMOUNTS:
        return f'{verb}: pounds and pence of zero or more, as "1250.00"'
    if field == "price_year":
        return f'{verb}: the year whose prices the amounts are in, as "2010/11", or "cash"'
    return f"{verb} ({PAGE})"


def _shown(field: str, value: Any) -> str | None:
    if isinstance(value, bool | int | float):
        return str(value)
    if not isinstance(value, str):
        return None
    return value if any(sign.isdigit() for sign in value) and field in (*SHARES, *AMOUNTS) else shape(value)


def _keys(where: tuple[Any, ...]) -> list[str]:
    """Return the keys of the part of the terms that `where` leads to."""
    model: Any = Terms
    for name in (name for name in where if isinstance(name, str)):
        if name not in model.model_fields:
            return []
        wanted = [model.model_fields[name].annotation]
        while wanted and not (isinstance(wanted[0], type) and issubclass(wanted[0], BaseModel)):
            wanted = [*get_args(wanted[0]), *wanted[1:]]
        if not wanted:
            return []
        model = wanted[0]
    return list(model.model_fields)
