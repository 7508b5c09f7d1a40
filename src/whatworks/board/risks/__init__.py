"""What could sink it, is the response working, and what must be true for it to hold?

`take_from_papers` enters the risks and dependencies of reports that were read, `add_risk` others; what nobody has said
of them (owner, score, day) is reported as missing, never put in. `add_watch` ties one to a number, and `look` lets it
change its state by that number, with its history. A response is a mitigation once `link_proof` shows it. Messages about
a risk are logged (`add_message`), and none is published before it was approved.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.board.risks.message import add_message, approve, publish, read_messages
    from whatworks.board.risks.number import Ground
    from whatworks.board.risks.register import add_risk, change_risk, link_proof, read_risks, take_from_papers
    from whatworks.board.risks.watching import add_watch, end_watch, look

__all__ = [
    "Ground",
    "add_message",
    "add_risk",
    "add_watch",
    "approve",
    "change_risk",
    "end_watch",
    "link_proof",
    "look",
    "publish",
    "read_messages",
    "read_risks",
    "take_from_papers",
]

_HOMES = {
    "Ground": "number",
    "add_message": "message",
    "add_risk": "register",
    "add_watch": "watching",
    "approve": "message",
    "change_risk": "register",
    "end_watch": "watching",
    "link_proof": "register",
    "look": "watching",
    "publish": "message",
    "read_messages": "message",
    "read_risks": "register",
    "take_from_papers": "register",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: the tables are declared before the ledger that keeps them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
