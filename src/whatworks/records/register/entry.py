"""What all tables of a register have: a number a row, where the row came from, and a table of every change."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import dataframely as dy

from whatworks.records.register.columns import day_of, written
from whatworks.records.tables.declaration import Table

ENTERED = "entered"
"""The `source_id` of rows that were entered by hand."""


class RegisterTable(Table):
    """What every row of a register has: its number, and the lines of the paper that it came from."""

    source_line = dy.Int64(nullable=True, min=1, description="First line in the paper; null where it was entered.")
    last_line = dy.Int64(nullable=True, min=1, description="Last line in the paper.")
    id = dy.Int64(primary_key=True, min=1, description="Number of the row in its table.")


class ChangeTable(RegisterTable):
    """One change of one value: who, when, why, and what stood before."""

    table_name = dy.String(description="The table whose row changed, without the prefix that all tables share.")
    row_id = dy.Int64(min=1, description="The row's number.")
    field = dy.String(description="The column; `*` for a new row.")
    before = written("What stood before, as text.")
    after = written("What stands now, as text.")
    changed_on = day_of("When.", nullable=False)
    changed_by = written("Who.", nullable=False)
    why = written("Why.")
    through = dy.Enum(("reading", "command", "sheet"), description="By which way it came.")


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes a register, why, by which way, and on which day, as it is written down.

    What is permitted is ruled by `true_day`, the day on which it is really done: nobody gets by naming an earlier one
    what has ended since.
    """

    by: str
    on: date
    why: str | None = None
    source: Literal["reading", "command", "sheet"] = "command"
    today: date | None = None

    @property
    def true_day(self) -> date:
        """The day by which agreements, reviews and expiries are ruled."""
        return self.today or self.on


@dataclass(frozen=True, slots=True)
class RowSource:
    """The paper and the lines that a row was drawn from; `(None, None)` where no line can be named."""

    document_id: str = ENTERED
    lines: tuple[int | None, int | None] = (None, None)


MANUAL = RowSource()
"""The source of what somebody entered."""
