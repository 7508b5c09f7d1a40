"""Read the rows of a table of actions under its headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.reading.column_head import columns
from whatworks.board.reading.due import Due, find_due, read_due
from whatworks.board.reading.owner import find_owners, stated_owner
from whatworks.board.reading.promise import PromiseContext


def head_columns(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return what the columns of an action table hold; None if these cells are no header of one.

    >>> head_columns(("No.", "Action", "Owner", "Due date"))
    ('number', 'action', 'owner', 'due')
    >>> head_columns(("Name", "Organisation")) is None
    True
    """
    kinds = columns(cells, ("owner", "due", "number", "status", "action"))
    unknown = sum(not kind and bool(cell.strip()) for kind, cell in zip(kinds, cells, strict=True))
    return kinds if "action" in kinds and ("owner" in kinds or "due" in kinds) and unknown < 2 else None


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of an action table."""

    text: str
    number: str | None
    owners: tuple[str, ...]
    due: Due | None
    status: str


def row_of_log(row: Sequence[str], heads: Sequence[str], reading: PromiseContext) -> LogRow:
    """Return what stands in a row of an action table under its columns."""
    cells = {kind: text.strip() for kind, text in zip(heads, row, strict=False)}
    text = cells.get("action", "")
    due = read_due(cells.get("due", ""), reading.clock, reading.short)
    if due is None and "due" not in heads:
        due = find_due(text, reading.clock, reading.short)
    stated = cells.get("owner", "")
    owners = stated_owner(stated, reading.people)
    if not owners and "owner" not in heads:
        owners = find_owners(text, reading.people).owners
    return LogRow(text, cells.get("number") or None, owners, due, cells.get("status", ""))
