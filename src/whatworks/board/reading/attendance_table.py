"""Read tables of people: which column holds what, and who of a row was away."""

import re
from collections.abc import Sequence

from whatworks.board.reading.attendee import ListedEntry, read_entry

_HEADS = {
    "initials": r"initials?",
    "name": r"(?:full )?names?|attendees?(?: names?)?|members?|representatives?|delegates?|enw|participants?",
    "role": r"(?:job )?titles?|roles?(?:/title)?|positions?|posts?|designations?|title/role|swydd",
    "status": r"present|attendance|status|attended|capacity|present ?/ ?(?:apologies|absent)|arrived|in attendance",
    "organisation": r"organi[sz]ations?(?: represented)?|agency|agencies|representing|body|bodies|partners?|company"
    r"|departments?|organisation/agency|employer|service|sefydliad|affiliation|authority",
}


def head_of(cell: str) -> str:
    """Return what the column under a heading holds; nothing where the heading is not known.

    >>> head_of("Organisation represented"), head_of("Cost")
    ('organisation', '')
    """
    text = cell.strip(" :*").lower()
    return next((kind for kind, words in _HEADS.items() if re.fullmatch(words, text)), "")


_SAYS_AWAY = re.compile(
    r"(?:apolog(?:y|ies)|absent|excused|apols?|sent apologies|not present|did not attend)\W*$", re.IGNORECASE
)
_AWAY = re.compile(rf"{_SAYS_AWAY.pattern}|(?:no|a|✗|x)\W*$", re.IGNORECASE)


def is_attendance_head(cells: Sequence[str]) -> bool:
    """Tell whether a row is the header of a table of people.

    >>> is_attendance_head(("Name", "Job title", "Organisation")), is_attendance_head(("Action", "Owner", "Due"))
    (True, False)
    """
    kinds = [head_of(cell) for cell in cells]
    return "name" in kinds and len([kind for kind in kinds if kind]) >= 2


def by_columns(cells: Sequence[str], columns: Sequence[str]) -> tuple[list[ListedEntry], bool]:
    """Return the person of a row, and whether the row says that they were away."""
    values = dict(zip(columns, cells, strict=False))
    found = read_entry(values.get("name", "")) or (read_entry(" , ".join(cells)) if not values.get("name") else None)
    name = values.get("name", "").strip()
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    if found is None and re.fullmatch(r"(?:[^\W\d_a-z][\w'’.-]*\s?){2,4}", bare):
        found = ListedEntry(bare, None, None)
    if found is None:
        return [], False
    role = ", ".join(one for one in (found.role, values.get("role")) if one) or None
    initials = found.initials or values.get("initials") or None
    person = ListedEntry(found.name, role, values.get("organisation") or found.organisation, initials)
    return [person], bool(_AWAY.match(values.get("status", "")) or any(_SAYS_AWAY.match(cell) for cell in cells[1:]))
