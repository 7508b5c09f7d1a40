"""Which partners a text lists for a body, and which names mean one partner."""

import re

from whatworks.board.register.names import FULL_NAMES, is_short_name_of, normal

FROM = re.compile(
    r"\b(?:attendees|members|partners|representatives|membership|people|colleagues)\b (?:drawn )?from (?:the )?"
    r"([A-Za-z][^.;:]*?)(?= (?:and (?:be|would|will)|will|would|to|should|are|were|shall|who|meet)\b|[.;:]|$)",
    re.IGNORECASE,
)


def partners(words: str) -> tuple[str, ...]:
    """Return the partners that a list names.

    >>> partners("the police, NOMS, Health and MoJ/HO")
    ('police', 'NOMS', 'Health', 'MoJ', 'HO')
    """
    parts = re.split(r",| and |/|&", words)
    return tuple(name for part in parts if (name := re.sub(r"^(?:the|from) ", "", part.strip())))


def one_partner(one: str, other: str) -> bool:
    """Return whether two names mean one partner: full and short names, and "police" for a police force.

    >>> one_partner("police", "MPS"), one_partner("Home Office", "HO"), one_partner("NOMS", "MoJ")
    (True, True, False)
    """
    a, b = (normal(FULL_NAMES.get(normal(name), name)) for name in (one, other))
    if a == b or is_short_name_of(one, other) or is_short_name_of(other, one):
        return True
    return set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
