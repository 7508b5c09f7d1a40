"""Know by its words what the heading of a table's column says that it holds; `gazetteer.toml` has the words."""

import re
from collections.abc import Sequence

from whatworks.board.reading.gazetteer import gazetteer

MOST_WORDS = 5


def kinds_of(cell: str) -> frozenset[str]:
    """Return what a column under this heading may hold; nothing where a word is none of such headings.

    >>> sorted(kinds_of("Responsible officer")), sorted(kinds_of("Action required")), sorted(kinds_of("Hostel beds"))
    (['owner'], ['action'], [])
    """
    heads = gazetteer().heads
    words = [word for word in re.split(r"[\s/:*?.()&,-]+", cell.lower()) if word]
    held = frozenset(kind for kind, known in heads.items() for word in words if word in known)
    if cell.strip() == "#":
        return frozenset({"number"})
    if not 0 < len(words) <= MOST_WORDS or any(all(word not in known for known in heads.values()) for word in words):
        return frozenset()
    if "by" in words and not held & {"owner", "due"}:
        return frozenset({"owner" if "action" in held else "due"})
    return held - {"filling"}


def columns(cells: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """Return what each column holds: the first kind of this order that its heading may mean and none before it has.

    >>> columns(("No.", "Action", "Owner", "Due date"), ("owner", "due", "number", "action"))
    ('number', 'action', 'owner', 'due')
    """
    found: list[str] = []
    for cell in cells:
        held = kinds_of(cell)
        found.append(next((kind for kind in order if kind in held and kind not in found), ""))
    return tuple(found)
