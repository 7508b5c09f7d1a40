"""What could sink it, is the response working, and what must be true for it to hold?

`take_from_papers` enters the risks and dependencies of reports that were read, `add_risk` others; what nobody has said
of them (owner, score, day) is reported as missing, never put in. `add_watch` ties one to a number, and `look` lets it
change its state by that number, with its history. A response is a mitigation once `link_proof` shows it. Messages about
a risk are logged (`add_message`), and none is published before it was approved.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.board.risks.number import Ground
    from whatworks.board.risks.register import (
        add_message,
        add_risk,
        approve,
        change_risk,
        link_proof,
        publish,
        read_messages,
        read_risks,
        take_from_papers,
    )
    from whatworks.board.risks.watching import add_watch, end_watch, look
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "number": ["Ground"],
            "register": [
                "add_message",
                "add_risk",
                "approve",
                "change_risk",
                "link_proof",
                "publish",
                "read_messages",
                "read_risks",
                "take_from_papers",
            ],
            "watching": ["add_watch", "end_watch", "look"],
        },
    )

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
