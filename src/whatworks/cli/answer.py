"""Print a command's answer as the one JSON document of standard output."""

import dataclasses
import inspect
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from whatworks.cli.options import LONGEST_LINE, printable

if TYPE_CHECKING:
    from whatworks.papers.paper import Paper
    from whatworks.records.refusal import Fault

_printed: list[bool] = []
_TAKEN: ContextVar[list[Any] | None] = ContextVar("taken", default=None)
"""Where answers go instead of the screen, while `taken_from` asks."""


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """What is said of what was asked or done: the answer for JSON, lines for the screen, and the paper for `--out`.

    `head` sums the answer up, and is shown whole; of a register's `lines` one screen is shown unless all is asked for.
    A line that begins with four blanks belongs to the one before it. `faults` are what was left undone.
    """

    answer: Any
    lines: Iterable[str]
    paper: "Callable[[], tuple[Paper, Any]] | None" = None
    head: Sequence[str] = ()
    faults: "Sequence[Fault]" = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Note:
    """What is to be known beside an answer."""

    text: str


def note(text: str) -> None:
    """Say what is to be known beside an answer: on stderr, or to the page that asks."""
    if not take(Note(text)):
        typer.echo(printable(text, LONGEST_LINE), err=True)


def take(answer: Any) -> bool:
    """Hand an answer to whoever asked for it instead of the screen; return whether anybody did."""
    if (taken := _TAKEN.get()) is None:
        return False
    taken.append(answer)
    return True


def taken_from(command: Callable[..., None], folder: Path, values: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Return what a command answers in a partnership's folder to these values, for a page to show, and its notes.

    What is not given has its default.

    >>> taken_from(lambda which="all": print("shown") if not take(which) else None, Path(), {"which": "one"})
    ('one', [])
    """
    given = {name: one.default for name, one in inspect.signature(command).parameters.items()}
    given |= {"partnership": folder} if "partnership" in given else {}
    taken: list[Any] = []
    before = _TAKEN.set(taken)
    try:
        command(**{**given, **values})
    finally:
        _TAKEN.reset(before)
    notes = [one.text for one in taken if isinstance(one, Note)]
    return next(one for one in reversed(taken) if not isinstance(one, Note)), notes


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
