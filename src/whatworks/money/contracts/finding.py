"""Something about a contract that its makers would not have meant, with the results that show it."""

from dataclasses import dataclass
from typing import Literal

Rank = Literal["breach", "warning", "note"]
Kind = Literal[
    "more pays less",
    "worse total pays more",
    "pays for nothing over the whole",
    "met by recording less",
    "cliff",
    "cap below threshold",
    "never pays",
    "pays more than it saves",
    "price not known to be cash",
    "events not measured",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """`evidence` are the results tried and what each paid, so that anyone can settle them again."""

    kind: Kind
    rank: Rank
    sentence: str
    evidence: tuple[tuple[str, str], ...] = ()
