"""Log what is said to whom, tied to the risk that it answers; nothing is published before it was approved."""

from typing import Any

from whatworks.board.register import ledger
from whatworks.board.risks.risk import Message
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection


def add_message(connection: Connection, author: Author, **values: Any) -> int:
    """Enter a message or an event (a launch, say), and return its number."""
    if values.get("risk_id") is not None:
        ledger.row_of(connection, "risk", values["risk_id"])
    return ledger.add(connection, "message", {"kind": "message", **values}, author=author)


def approve(connection: Connection, number: int, author: Author) -> list[str]:
    """Write down that a message was approved, by whom and when."""
    return ledger.change(connection, "message", number, {"approved_on": author.on, "approved_by": author.by}, author)


def publish(connection: Connection, number: int, author: Author) -> list[str]:
    """Write down that a message went out, or that an event took place; refused before it was approved."""
    row = ledger.row_of(connection, "message", number)
    if row["approved_on"] is None or row["approved_on"] > author.on:
        remedy = f"have it approved first: `whatworks board message approve {number} --by NAME`"
        raise Refused(Fault(f"message {number} was not approved by {author.on.isoformat()}", remedy))
    return ledger.change(connection, "message", number, {"published_on": author.on}, author)


def read_messages(connection: Connection) -> tuple[Message, ...]:
    """Return all messages and events, by number."""
    return tuple(ledger.entries(connection, "message", Message))
