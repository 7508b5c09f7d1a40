"""Find what is promised to the next meeting's agenda."""

import re
from collections.abc import Iterator, Sequence

from whatworks.board.parsed import AgendaItem, NextMeeting
from whatworks.board.reading.outline import Unit

_OPENS = re.compile(
    r"\b(?:agenda items?|items? (?:for|on)(?: the)?(?: agenda)?|forward plan|agenda)\b.*\b(?:next|future"
    r"|forthcoming)\b.*:\s*$"
    r"|\bnext\b.*\bagenda\b.*:\s*$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"^(?P<what>[A-Z].{3,120}?)\s+(?:to be|will be|should be)\s+(?:added to|placed on|included on|put on"
    r"|taken on|on)\s+the\s+"
    r"agenda\s+(?:for|of)\s+the\s+(?:next|following)\b",
    re.IGNORECASE,
)


def find_agenda_items(units: Sequence[Unit], following: NextMeeting | None) -> Iterator[AgendaItem]:
    """Yield the items promised to the next meeting, in order."""
    day = following.day if following else None
    for at, unit in enumerate(units):
        if unit.role not in ("paragraph", "entry"):
            continue
        if _OPENS.search(unit.block.text):
            for entry in units[at + 1 :]:
                child = unit.number and (entry.number or "").startswith(f"{unit.number}.")
                if not child and not (entry.role == "entry" and entry.number == unit.number):
                    break
                yield AgendaItem(entry.block.text.strip(), day, entry.block.lines)
        elif found := _ONE.match(unit.block.text):
            yield AgendaItem(found.group("what").strip(), day, unit.block.lines)
