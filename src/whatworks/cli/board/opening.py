"""Open the board's register from the command line, and take what its commands share: who, when, why, which body."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import printable, read_day

if TYPE_CHECKING:
    from whatworks.papers.paper import Paper
    from whatworks.records.register.entry import Author
    from whatworks.records.register.ledger import Connection

OnOption = Annotated[str, typer.Option("--on", help="The day it is about, as 2025-06-30; today if not given.")]
ByOption = Annotated[str, typer.Option("--by", help="Who makes the change.")]
WhyOption = Annotated[str, typer.Option("--why", help="Why.")]
EvidenceOption = Annotated[str, typer.Option("--evidence", help="What shows it: minutes, a paper, a letter, dated.")]
BodyOption = Annotated[str | None, typer.Option("--body", help="The body; the one with most minutes if not given.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Also write it as a paper, in every form, to a folder.")]


@contextmanager
def register_of(partnership: Path | None, *, writing: bool = False) -> Iterator["Connection"]:
    """Open the register for reading, or in one transaction for writing; refused where no paper was read yet."""
    from whatworks.board.register.ledger import LEDGER, make_ready
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused
    from whatworks.records.store import DuckDBStore

    path = Partnership.open(partnership).store_path
    if writing:
        with DuckDBStore(path) as store:
            make_ready(store)
            with store.transaction():
                yield store
        return
    none = Refused("the register holds no paper yet", "read one with `whatworks board read FILE`")
    if not path.is_file():
        raise none
    with DuckDBStore(path, read_only=True) as store:
        begun, ready = LEDGER.is_begun(store), LEDGER.is_ready(store)
    if not begun:
        raise none
    if not ready:  # an earlier version made it
        with DuckDBStore(path) as store:
            make_ready(store)
    with DuckDBStore(path, read_only=True) as store:
        yield store


def day(text: str) -> date:
    """Return the day that an option names, or today."""
    return read_day(text) if text else date.today()


def author(by: str, on: str, why: str = "") -> "Author":
    """Return who changes the register; refused without a name, or for a day that lies ahead."""
    from whatworks.records.refusal import Fault, Refused
    from whatworks.records.register.entry import Author

    if not by.strip():
        raise Refused(Fault("is empty", "say who makes the change", field="--by"))
    return Author(by.strip(), read_day(on, latest=date.today()) if on else date.today(), why.strip() or None)


def window(text: str) -> tuple[date, date] | None:
    """Return the first and last day of `2025-05-01..2025-06-30`, twice the day of `2025-06-30`, or None of `none`."""
    if text == "none":
        return None
    first, _, last = text.partition("..")
    return read_day(first), read_day(last or first)


def days(first: date, last: date) -> str:
    """Return a day, or the first and last day of a span.

    >>> days(date(2025, 6, 30), date(2025, 6, 30)), days(date(2025, 5, 1), date(2025, 6, 30))
    ('2025-06-30', '2025-05-01 to 2025-06-30')
    """
    return str(first) if first == last else f"{first} to {last}"


def say(text: str) -> None:
    """Print a line, whatever stands in it."""
    typer.echo(printable(text, 2_000))


def tell(what: str, fields: list[str], json: bool) -> None:
    """Print which values of a row were changed."""
    said = ", ".join(name.replace("_", " ") for name in fields)
    says = (
        f"{what}: as before" if not fields else f"{what}: entered" if said == "entered" else f"{what}: {said} changed"
    )
    if json:
        print_json({"what": what, "changed": fields, "says": says})
        return
    say(says)


def write_out(paper: "Paper", out: Path, figures: Any, *, quiet: bool) -> None:
    """Write a paper in every form; its files are named unless `quiet`."""
    import dataclasses
    import json

    from whatworks.papers import write_paper
    from whatworks.records.refusal import Refused

    def plain(value: Any) -> Any:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return str(value)

    try:
        written = write_paper(paper, out, json.loads(json.dumps(figures, default=plain)))
    except OSError as fault:
        raise Refused(f"{out} cannot be written", "name a folder that is new or may be written") from fault
    for path in written if not quiet else ():
        typer.echo(str(path))
