"""Options that several commands share, and how their values are read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

FolderOption = Annotated[
    Path | None, typer.Option("--partnership", help="The partnership's folder, if it is not this one or above it.")
]
LONGEST_LINE = 2_000
"""Characters of a line on the screen."""
OR_FILE = "or a file"
"""Stands with a parameter that takes the name of something ready-made, or else a file: a page has the file sent."""
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output, nothing else.")]


@dataclass(frozen=True, slots=True)
class Written:
    """Stands with a parameter that names what is written: a file of this ending, or a folder where it is empty."""

    ending: str | None


def read_day(text: str, *, latest: date | None = None) -> date:
    """Return the day that `text` names, or refuse what is not a date, or one after `latest`.

    >>> read_day("2024-02-29")
    datetime.date(2024, 2, 29)
    """
    from whatworks.records.refusal import Refused

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text!r} is not a day", "write it as 2025-06-30") from None
    if latest is not None and day > latest:
        raise Refused(f"{day} lies ahead", "name the day on which the extract was made")
    return day


def printable(text: str, most: int = 500) -> str:
    """Return text for one line of a screen, whatever stood in the file that it tells of.

    >>> printable("a\\x1b[31mb\\nc")
    'a\ufffd[31mb\ufffdc'
    """
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return shown if len(shown) <= most else f"{shown[:most]} ..."


def read_amount(text: str, field: str) -> Any:
    """Return pounds from "5,560,000" or "£5560000", or refuse what is not a number.

    >>> read_amount("£5,560,000", "cost")
    Decimal('5560000')
    """
    from decimal import Decimal, InvalidOperation

    from whatworks.records.plain_number import ungrouped
    from whatworks.records.refusal import Fault, Refused

    try:
        found = Decimal(ungrouped(text.strip()).removeprefix("£"))
    except (InvalidOperation, ValueError):
        found = Decimal("NaN")
    if not found.is_finite():
        raise Refused(Fault("is not a number of pounds", "write it as 5560000 or 5,560,000", field=field, value=text))
    return found
