"""What is stuck that only the board can move: each blockage with its owner, lever and where it goes next."""

from dataclasses import dataclass
from typing import Any

from whatworks.board.register.ledger import add, change, row_of, rows
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row


@dataclass(frozen=True, slots=True)
class Stuck:
    """A blockage, and what its entry still lacks before the board can act on it."""

    row: Row
    lacks: tuple[str, ...]


def add_blockage(connection: Connection, text: str, author: Author, **known: Any) -> int:
    """Enter a blockage; `known` may name owner, harm, lever, escalation and the meeting that raised it."""
    if not text.strip():
        raise Refused(Fault("has no words", "say what is stuck", field="text"))
    return add(connection, "blockage", {"text": text, "state": "open", **known}, author=author)


def end_blockage(connection: Connection, number: int, state: str, result: str, author: Author) -> list[str]:
    """Record that a blockage was unblocked, escalated, or returned to the one agency that owns it."""
    row = row_of(connection, "blockage", number)
    if row["state"] in ("unblocked", "returned"):
        raise Refused(Fault(f"blockage {number} is {row['state']} already", "enter a new one if it is stuck again"))
    if state == "returned" and not row["owner"]:
        raise Refused(Fault(f"blockage {number} has no owner", "name the agency before it is returned to it"))
    if state == "escalated" and not row["escalation"]:
        remedy = f"name to whom it goes: `whatworks board blockage set {number} --escalation TEXT --by NAME`"
        raise Refused(Fault(f"blockage {number} names no escalation", remedy))
    if not result.strip():
        raise Refused(Fault("is missing", "say what came of it", field="result"))
    ended = None if state == "escalated" else author.on
    return change(connection, "blockage", number, {"state": state, "result": result, "ended_on": ended}, author)


def blockages(connection: Connection) -> list[Stuck]:
    """Return all blockages: those that are stuck first, those that the board could act on today before others."""
    found = [
        Stuck(row, tuple(name for name in ("owner", "lever", "escalation", "harm") if not row[name]))
        for row in rows(connection, "blockage")
    ]
    ended = ("unblocked", "returned")
    return sorted(found, key=lambda one: (one.row["state"] in ended, len(one.lacks), one.row["id"]))
