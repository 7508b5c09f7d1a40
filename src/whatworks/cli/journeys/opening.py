"""Open a partnership's cases for a command: its kinds of journey stand in `journeys/`, else the ready-made ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import read_day
from whatworks.cli.place import opened_store

if TYPE_CHECKING:
    from datetime import date

    from whatworks.journeys import Cases
    from whatworks.records.partnership import Partnership

KindArgument = Annotated[
    str, typer.Argument(help="Kind of journey, as through_the_gate, or a TOML file (docs/journeys.md).")
]
FromOption = Annotated[str, typer.Option("--from", help="Only cases opened on this day or later, as 2024-04-01.")]
ToOption = Annotated[str, typer.Option("--to", help="Only cases opened on this day or earlier.")]


@contextmanager
def opened_cases(kind: str, folder: Path | None) -> "Iterator[tuple[Partnership, Cases]]":
    """Open the cases of a kind of journey."""
    from whatworks.journeys import load_kind, read_cases
    from whatworks.records.partnership import Partnership

    wanted = load_kind(kind, Partnership.open(folder).root / "journeys")
    with opened_store(folder) as (here, store):
        yield here, read_cases(store, wanted)


def window(first: str, last: str) -> "tuple[date | None, date | None]":
    """Return the days from and to which cases are to be opened, or refuse what is no day, or the wrong way round.

    >>> window("2024-04-01", "")
    (datetime.date(2024, 4, 1), None)
    """
    from whatworks.records.refusal import Fault, Refused

    start, end = (read_day(text) if text else None for text in (first, last))
    if start and end and end < start:
        raise Refused(Fault("lies before --from", "swap the two days", field="to", value=last))
    return start, end
