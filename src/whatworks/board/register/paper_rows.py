"""Put what a paper says into the register, and carry over what people kept when a corrected version replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from whatworks.board.register.ledger import add, add_many, change, history, place, remove, rows, term
from whatworks.records.register.entry import Author, RowSource
from whatworks.records.register.ledger import Connection, Row

DRAWN = ("attendance", "item", "name", "correction")
"""Tables whose rows are drawn afresh from the version that stands."""
WORKED_ON = ("action", "motion", "planned", "priority", "strategy", "delegation")
"""Tables whose rows people work on: a corrected version finds its rows again by their wording."""
WITHDRAWN = ("action", "motion", "planned")
"""Tables with a state for rows that a corrected version no longer holds; what changes in them is told."""
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
    before: tuple[str, ...] = ()
    """The versions whose place it takes."""
    unmatched: list[str] = field(default_factory=list)
    """What it says became of promises that the register does not know, with its lines."""
    restated: list[str] = field(default_factory=list)
    """Earlier promises that it names again, with its lines."""
    changes: list[str] = field(default_factory=list)
    """What a corrected version says otherwise, as sentences."""

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
            number = add(self.connection, table, {**(first or {}), **values}, self.source(lines))
            if self.before and table in WITHDRAWN:
                self.changes.append(f"new {term(table)} {number}: {values[said]}")
            return number
        by_hand = {row["field"] for row in history(self.connection, table, held["id"]) if row["through"] != "reading"}
        fresh = {name: value for name, value in values.items() if name not in by_hand}
        self.manual_values += [
            ManualValue(table, held["id"], name, _text(held[name]), _text(value))
            for name, value in values.items()
            if name in by_hand and held[name] != value
        ]
        if held.get("state") == "withdrawn":
            fresh |= first or {}
        changed = change(self.connection, table, held["id"], fresh, self.author)
        if table in WITHDRAWN:
            for name in (name for name in changed if not name.endswith("_id")):
                told = f"{name.replace('_', ' ')} {held[name] or 'nothing'} -> {fresh[name] or 'nothing'}"
                self.changes.append(f"{term(table)} {held['id']}: {told}")
        place(self.connection, table, held["id"], self.source(lines))
        return int(held["id"])

    def put_many(
        self, table: str, found: Sequence[tuple[Mapping[str, Any], tuple[int, int]]], *, first: Mapping[str, Any]
    ) -> list[int]:
        """Put rows in as `put` does, all with the same columns, and return their numbers; new ones go in together."""
        if self.before:
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
                    if change(self.connection, table, row["id"], {"state": "withdrawn"}, self.author):
                        self.changes.append(f"withdrawn {term(table)} {row['id']}: {row['text']}")
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


def replacing(connection: Connection, document_id: str, author: Author, replaced: Sequence[str]) -> PaperRows:
    """Return the rows of a paper about to be read; those drawn from the versions that it replaces are taken out."""
    if not replaced:
        return PaperRows(connection, document_id, author)
    where, values = "list_contains(?, source_id)", [list(replaced)]
    former = {table: rows(connection, table, where, values) for table in WORKED_ON}
    for table in DRAWN:
        remove(connection, table, where, values)
    return PaperRows(connection, document_id, author, former, before=tuple(replaced))


def _likeness(one: str | None, other: str | None) -> float:
    a, b = " ".join((one or "").casefold().split()), " ".join((other or "").casefold().split())
    return 2.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
