"""What the commands of `whatworks money` share: their options, and how a paper is written and told of."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.options import read_day

if TYPE_CHECKING:
    from whatworks.papers.paper import Paper

OutOption = Annotated[Path | None, typer.Option(help="Write the paper into this folder, in every form.")]
AsAtOption = Annotated[
    str | None, typer.Option(help="The day that the paper carries, as 2025-06-30; today by default.")
]


def check_out(out: Path | None) -> None:
    """Refuse a folder that could not hold the paper, before anything is computed."""
    if out is not None:
        from whatworks.records.writing.whole_folder import check_swappable

        check_swappable(out)


def write(out: Path | None, as_at: str | None, build: "Callable[[date], tuple[Paper, Any]]") -> None:
    """Write the paper that `build` makes for a day, where a folder is given, and name its files on stderr."""
    if out is None:
        return
    from whatworks.papers import write_paper

    paper, figures = build(read_day(as_at) if as_at else date.today())
    for path in write_paper(paper, out, figures):
        typer.echo(f"Paper: {path}", err=True)


def read_amount(text: str, field: str) -> Any:
    """Return pounds from "5,560,000" or "£5560000", or refuse what is no number.

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
