"""Put what a paper says into the register, and carry over what people kept when a corrected version replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from whatworks.board.register.ledger import add, add_many, change, history, place, remove, rows
from whatworks.records.register.entry import Author, RowSource
from whatworks.records.register.ledger import Connection, Row

DRAWN = ("attendance", "item", "name", "correction")
"""Tables whose rows are drawn afresh from the version that stands."""
WORKED_ON = ("action", "motion", "planned", "priority", "strategy", "delegation")
"""Tables whose rows people work on: a corrected version finds its rows again by their wording."""
WITHDRAWN = ("action", "motion", "planned")
"""Tables with a state for rows that a corrected version no longer holds."""
ALIKE = 0.75
"""Share of letters that two wordings must have in common, in order, to be read as one row reworded."""


@dataclass(frozen=True, slots=True)
class ManualValue:
    """A value that somebody set by hand, which a corrected version would have changed: the hand's value stands."""

    table: str
    id: int
    field: str
    kept: str | None
    printed: str | None


@dataclass(slots=True)
class PaperRows:
    """The rows of one paper. `former` are those of the version that it replaces, by table."""

    connection: Connection
    document_id: str
    author: Author
    former: dict[str, list[Row]] = field(default_factory=dict)
    manual_values: list[ManualValue] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def source(self, lines: tuple[int | None, int | None] = (None, None)) -> RowSource:
        """Return the place of lines in this paper."""
        return RowSource(self.document_id, lines)

    def put(
        self,
        table: str,
        values: Mapping[str, Any],
        lines: tuple[int, int],
        *,
        first: Mapping[str, Any] | None = None,
        said: str = "text",
    ) -> int:
        """Put a row in; where the replaced version held it (by the wording in column `said`), that row is kept.

        `first` holds what a new row begins with and a kept row goes on with, such as its state.
        """
        self.counts[table] = self.counts.get(table, 0) + 1
        held = self._former(table, values, said)
        if held is None:
            return add(self.connection, table, {**(first or {}), **values}, self.source(lines))
        by_hand = {row["field"] for row in history(self.connection, table, held["id"]) if row["through"] != "reading"}
        fresh = {name: value for name, value in values.items() if name not in by_hand}
        self.manual_values += [
            ManualValue(table, held["id"], name, _text(held[name]), _text(value))
            for name, value in values.items()
            if name in by_hand and held[name] != value
        ]
        change(self.connection, table, held["id"], fresh, self.author)
        place(self.connection, table, held["id"], self.source(lines))
        return int(held["id"])

    def put_many(
        self, table: str, found: Sequence[tuple[Mapping[str, Any], tuple[int, int]]], *, first: Mapping[str, Any]
    ) -> list[int]:
        """Put rows in as `put` does, all with the same columns, and return their numbers; new ones go in together."""
        if self.former.get(table):
            return [self.put(table, values, lines, first=first) for values, lines in found]
        if found:
            self.counts[table] = self.counts.get(table, 0) + len(found)
        made = [({**first, **values}, self.source(lines)) for values, lines in found]
        return add_many(self.connection, table, made)

    def withdraw_rest(self) -> None:
        """Withdraw what the corrected version no longer holds; rows without a state go, unless a hand changed them."""
        for table, left in self.former.items():
            for row in left:
                if table in WITHDRAWN:
                    change(self.connection, table, row["id"], {"state": "withdrawn"}, self.author)
                elif not history(self.connection, table, row["id"]):
                    remove(self.connection, table, "id = ?", [row["id"]])

    def _former(self, table: str, values: Mapping[str, Any], said: str) -> Row | None:
        left = [row for row in self.former.get(table, []) if row.get("kind") == values.get("kind")]
        scored = [(_likeness(row[said], values[said]), row) for row in left]
        near = [(score, -at, row) for at, (score, row) in enumerate(scored) if score >= ALIKE]
        if not near:
            return None
        held = max(near, key=lambda found: found[:2])[2]
        self.former[table].remove(held)
        return held


def replacing(connection: Connection, document_id: str, author: Author, replaced: str | None) -> PaperRows:
    """Return the rows of a paper about to be read; those drawn from the version that it replaces are taken out."""
    if replaced is None:
        return PaperRows(connection, document_id, author)
    former = {table: rows(connection, table, "source_id = ?", [replaced]) for table in WORKED_ON}
    for table in DRAWN:
        remove(connection, table, "source_id = ?", [replaced])
    return PaperRows(connection, document_id, author, former)


def _likeness(one: str | None, other: str | None) -> float:
    a, b = " ".join((one or "").casefold().split()), " ".join((other or "").casefold().split())
    return 2.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
