"""Show any row of a register and its whole history, and list the rows of any table."""

from typing import Any

from whatworks.records.register.ledger import Connection, Ledger, Row

TITLES = ("text", "name", "title", "label", "scope", "from_date")
"""Columns by which a row is known, the first that has a value."""
PLACE = ("id", "source_id", "source_line", "last_line")
"""Columns that say where a row came from; they are no part of what it says."""


def title_of(row: Row) -> str:
    """Return the words by which a row is known.

    >>> title_of({"name": None, "text": "write a letter"})
    'write a letter'
    """
    return str(next((row[name] for name in TITLES if row.get(name)), "without words"))


def row_lines(row: Row) -> list[str]:
    """Return what a row says, for a screen: its number and words, then each value that is not null."""
    values = "; ".join(
        f"{name.replace('_', ' ')}: {value}"
        for name, value in row.items()
        if name not in PLACE and value is not None and value != title_of(row)
    )
    return [f"{row['id']:>4}  {title_of(row)}", *([f"      {values}"] if values else [])]


def history_lines(changes: list[Row]) -> list[str]:
    """Return the changes of a row, for a screen: who, when, what stood before, what stands now, and why."""
    return [_history_line(row) for row in changes]


def row_with_history(ledger: Ledger, connection: Connection, table: str, number: int) -> dict[str, Any]:
    """Return a row with all its changes, oldest first; refused where there is no such row."""
    row = ledger.row(connection, table, number)
    return {"row": row, "history": ledger.history(connection, table, number)}


def _history_line(row: Row) -> str:
    who = f"{row['changed_on']}, {row['changed_by']}, by {row['through']}"
    why = f" ({row['why']})" if row["why"] else ""
    if row["field"] == "*":
        return f"    {who}: entered{why}"
    return f"    {who}: {row['field']} {row['before'] or 'nothing'} -> {row['after'] or 'nothing'}{why}"
