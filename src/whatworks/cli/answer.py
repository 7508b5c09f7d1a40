"""Print a command's answer as the one JSON document of standard output."""

import dataclasses
import json
from datetime import date
from typing import Any

import typer


def print_json(answer: Any) -> None:
    """Print dataclasses, dates, tuples and what JSON knows, as one indented document."""
    typer.echo(json.dumps(answer, default=_plain, indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
