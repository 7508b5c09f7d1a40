"""Open the partnership's store for the board's evidence, risks and assessments."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from whatworks.records.engine import Store
    from whatworks.records.partnership import Partnership

ItemOption = Annotated[str, typer.Option("--item", help="The paper's place on the agenda.")]


@dataclass(frozen=True, slots=True)
class Stored:
    """An open store, and the partnership that it belongs to."""

    connection: "Store"
    partnership: "Partnership"

    @property
    def minimum_count(self) -> int:
        """Smaller counts of people are withheld."""
        return self.partnership.config.settings.minimum_count

    @property
    def name(self) -> str:
        """The partnership's name."""
        return self.partnership.config.name


def done(what: str, word: str, json: bool) -> None:
    """Print what was done with a row."""
    from whatworks.cli.answer import print_json
    from whatworks.cli.board.opening import say

    if json:
        print_json({"what": what, "done": word})
        return
    say(f"{what}: {word}")


@contextmanager
def stored(partnership: Path | None, *, making: bool = False, what: str = "", make: str = "") -> Iterator[Stored]:
    """Open the store; unless `making`, refuse where there is none, saying what is empty and what fills it."""
    from whatworks.board.register.ledger import make_ready
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused
    from whatworks.records.store import DuckDBStore

    here = Partnership.open(partnership)
    if not making and not here.store_path.is_file():
        raise Refused(f"{what} holds nothing yet", f"enter something with `whatworks {make}`")
    with DuckDBStore(here.store_path) as store:
        make_ready(store)
        with store.transaction() if making else nullcontext():
            yield Stored(store, here)


def risk_number(reference: str) -> int:
    """Return the number of a risk or dependency from its reference.

    >>> risk_number("R3"), risk_number("d6")
    (3, 6)
    """
    from whatworks.records.refusal import Fault, Refused

    plain = reference.strip().upper().removeprefix("R").removeprefix("D")
    if not plain.isdecimal():
        raise Refused(Fault("is no reference", "write it as R3 or D6", value=reference))
    return int(plain)
