"""What the board's commands share: where its register lies, the words of options, and how days are printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from whatworks.cli.register import Desk, RegisterHome, open_register

BOARD = RegisterHome(
    "whatworks.board.register.ledger:LEDGER",
    "the register holds nothing yet",
    "read a paper with `whatworks board read FILE`, or enter something: `whatworks board risk add TEXT --by NAME`",
)


@contextmanager
def board_of(folder: Path | None, on: date, *, writing: bool = False) -> Iterator[Desk]:
    """Open the board's register, for verbs that need it only sometimes."""
    with open_register(BOARD, folder, on, writing=writing) as desk:
        yield desk


@contextmanager
def records_of(folder: Path | None, on: date) -> Iterator[Desk]:
    """Open the partnership's records, whether or not the board has a register there."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    here = Partnership.open(folder)
    if not here.has_store:
        raise Refused("the store holds nothing yet", "import an agency's extract with `whatworks import FILE`")
    with here.open_store() as store:
        yield Desk(store, BOARD.load(), here, on)


def settings_of(folder: Path | None) -> tuple[int, str]:
    """Return the smallest count that is shown, and the partnership's name: outside of one, the house's."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    try:
        config = Partnership.open(folder).config
    except Refused:
        if folder is not None:
            raise
        return 10, "The board"
    return config.settings.minimum_count, config.name


def days(first: date, last: date) -> str:
    """Return a day, or the first and last day of a span.

    >>> days(date(2025, 6, 30), date(2025, 6, 30)), days(date(2025, 5, 1), date(2025, 6, 30))
    ('2025-06-30', '2025-05-01 to 2025-06-30')
    """
    return str(first) if first == last else f"{first} to {last}"
