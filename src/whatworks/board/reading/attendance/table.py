"""Read tables of people: which column holds what, and who of a row was away."""

import re
from collections.abc import Sequence

from whatworks.board.reading.attendee import ListedEntry, read_entry

_HEADS = (
    ("initials", r"initials?"),
    ("name", r"(?:\w+ )?names?(?: of \w+)?|enw|who"),
    ("organisation", r"(?:.*\b)?(?:organi[sz]ations?|agenc(?:y|ies)|represent(?:ing|ed)|bod(?:y|ies)|partners?"
     r"|company|departments?|employer|service|sefydliad|affiliation|authority|from|sector)\b.*"),
    ("role", r"(?:.*\b)?(?:titles?|roles?|positions?|posts?|designations?|swydd)\b.*"),
    ("status", r"(?:.*\b)?(?:present|attendance|status|attended|capacity|arrived|apologies|here)\b.*"),
    ("name", r"attendees?|members?|representatives?|delegates?|participants?"),
    ("perhaps name", r"\w+ (?:attendees?|members?|representatives?|delegates?|participants?)"),
)  # fmt: skip
"""What the heading of a column says it holds: the first that fits."""


def head_of(cell: str) -> str:
    """Return what the column under a heading holds; nothing where the heading is not known.

    >>> head_of("Organisation represented"), head_of("Cost")
    ('organisation', '')
    """
    text = cell.strip(" :*?").lower()
    if _MARKS.fullmatch(text):
        return "status"
    return next((kind for kind, words in _HEADS if len(text.split()) < 5 and re.fullmatch(words, text)), "")


_MARKS = re.compile(r"(?:p|a|ap|dna|x|✓|✗|s|abs|apols?|y|n)(?: ?[/,] ?(?:p|a|ap|dna|x|✓|✗|s|abs|apols?|y|n))+")
_SAYS_AWAY = re.compile(
    r"(?:apolog(?:y|ies)|absent|excused|apols?|sent apologies|not present|did not attend)\W*$", re.IGNORECASE
)
_AWAY = re.compile(rf"{_SAYS_AWAY.pattern}|(?:no?|a|ap|abs|dna|✗|x)\W*$", re.IGNORECASE)


def people_columns(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return what the columns of a table of people hold; None where these cells do not head one.

    >>> people_columns(("Name", "Job title", "Organisation")), people_columns(("Action", "Owner", "Due"))
    (('name', 'role', 'organisation'), None)
    """
    kinds: list[str] = []
    for cell in cells:
        kind = head_of(cell)
        kinds.append("" if kind in kinds else kind)
    if "name" not in kinds and all(kinds):  # "Board member" heads a column where nothing in its row is somebody
        kinds = ["name" if kind == "perhaps name" else kind for kind in kinds]
    known = [kind for kind in kinds if kind]
    sure = len(known) == len(kinds) or not any(cell.strip(" :").lower() == "who" for cell in cells)
    return tuple(kinds) if "name" in kinds and len(known) >= 2 and sure else None


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
