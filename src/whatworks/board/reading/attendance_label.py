"""Know the headings of attendance lists, and in which capacity the people below them came."""

import re
from dataclasses import dataclass

from whatworks.board.parsed import Capacity

_LABELS: tuple[tuple[Capacity, str], ...] = (
    (
        "apologies",
        r"apologies(?: for (?:absence|non-attendance))?(?: (?:were )?received)?(?: from)?|absent|not present",
    ),
    ("lead officer", r"lead officers?"),
    ("presenting", r"presenting|presenters?|speakers?"),
    (
        "secretariat",
        r"secretariat(?: (?:and|&) supporting officers)?|secretary|supporting officers|support(?: staff)?"
        r"|notes?(?: (?:taken )?by|[- ]taker)?|minutes?(?: (?:taken )?by|[- ]taker)|clerk(?: to the \w+)?",
    ),
    (
        "officer",
        r"(?:\w+ )?officers(?: (?:present|in attendance|attending))?|(?:also |others? |officers? )?in attendance"
        r"|also (?:present|attending)|others? (?:present|attendees)|observers?|guests?|invitees|visitors"
        r"|invited(?: guests?)?|non[- ]?voting(?: members)?|advis[eo]rs?",
    ),
    (
        "board",
        r"board(?: (?:and|&) advis[eo]rs)?|(?:board|committee|panel|partnership|voting|core|statutory|independent"
        r"|elected|co-opted|partner)? ?members?(?: (?:present|in attendance))?|those (?:present|attending)|attended"
        r"|present|attendees?|attendance|(?:vice[- ]?)?chair(?:man|person|woman)?|in the chair|councillors(?: present)?"
        r"|partners|membership",
    ),
)
_PATTERNS = tuple(
    (
        capacity,
        re.compile(rf"^(?P<label>{words})(?:\s*\([^)]*\))?\s*(?P<sign>[:;–\t|-]|$)\s*(?P<rest>.*)$", re.IGNORECASE),
    )
    for capacity, words in _LABELS
)
_CHAIRING = re.compile(r"^(?:vice[- ]?)?chair(?:man|person|woman)?$|^in the chair$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AttendanceLabel:
    """A heading of an attendance list, and what stands after it on its line."""

    capacity: Capacity
    printed: str
    rest: str
    chairing: bool = False


def read_label(text: str) -> AttendanceLabel | None:
    """Return the heading with which a line begins.

    >>> read_label("Secretariat and supporting officers: A Person").capacity, read_label("PRESENT:").rest
    ('secretariat', '')
    >>> read_label("Board members queried the data") is None
    True
    """
    for capacity, pattern in _PATTERNS:
        if found := pattern.match(text.strip()):
            label = found.group("label")
            return AttendanceLabel(capacity, label, found.group("rest").strip(), bool(_CHAIRING.match(label)))
    return None
