"""Print a command's answer as the one JSON document of standard output."""

import dataclasses
import json
import math
from datetime import date
from typing import Any

import typer

_printed: list[bool] = []


def has_printed() -> bool:
    """Tell whether the one document of standard output is out already."""
    return bool(_printed)


def print_json(answer: Any) -> None:
    """Print dataclasses, dates, tuples and what JSON knows, as one indented document.

    JSON has no infinity and no "not a number": they are null.

    >>> print_json({"df": math.inf, "p": (0.5, math.nan)})
    {
      "df": null,
      "p": [
        0.5,
        null
      ]
    }
    """
    _printed.append(True)
    typer.echo(json.dumps(_plain(answer), indent=2, ensure_ascii=False, allow_nan=False))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value
