"""What a sentence tells of the body that it names: whom it reports to, who belongs, where it works, when it ends."""

import re

from whatworks.board.contradictions.wording import stems, word_set
from whatworks.board.register.names import FULL_NAMES, is_short_name_of, normal

FROM = re.compile(
    r"\b(?:attendees|members|partners|representatives|membership|people|colleagues)\b (?:drawn )?from (?:the )?"
    r"([A-Za-z][^.;:]*?)(?= (?:and (?:be|would|will)|will|would|to|should|are|were|shall|who|meet)\b|[.;:]|$)",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:propos\w+|will (?:be|include|report)|would (?:be|include|report|like)|to be (?:created|established|set up)|"
    r"creat(?:e|ion|ing)|"
    r"establish(?:ment|ing)?|set(?:ting)? up|look into|hosting|new|in progress|in place by|useful to have)\b",
    re.IGNORECASE,
)
REPORTS = re.compile(
    r"\b(?:report(?:s|ed|ing)?(?: back)?|refer\b[^.]{0,40}?(?: back)?|accountable) to (?:the )?"
    r"([A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|and|&))*|board)"
    r"|\bon behalf of (?:the )?([A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|and|&))*|board)"
)
CHAIRED = re.compile(r"\b(?:co-)?chaired by (?:the )?([^.()]+?)(?= and would| and will|[.();]|$)")
FINISH = re.compile(
    r"\b(?:finish(?:es|ed)?|complete(?:s|d)?|close(?:s|d)?|ends?|disband(?:s|ed)?|wound up) (?:its work )?"
    r"(?:when|once|by|after|on|in)\b[^.]*"
    r"|\btime[- ]limited\b[^.]*|\b(?:run|last|meet|sit)s? (?:for|until)\b[^.]*|\buntil (?:the end of )?\w+ \d{4}\b[^.]*"
    r"|\bwill (?:finish|close|end|be disbanded|be wound up)\b[^.]*",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"\b(?:was|were|has been|have been|is|are) (?:now )?"
    r"(?:disbanded|wound up|closed|dissolved|abolished|stood down|merged)\b",
    re.IGNORECASE,
)
BEGAN = re.compile(r"\b(?:first met|was set up|was established|was formed|held its first meeting)\b", re.IGNORECASE)
WIDE = re.compile(r"\b(pan-[A-Z]\w+|[A-Z]\w+-wide|boroughs?|wards?|districts?|sub-regional|local authorit\w+)\b")
GENERIC = stems(
    "board group panel committee partnership forum task finish challenge delivery management member meeting meet agree "
    "report work paper item establish create new proposed support need would will should partner look also important "
    "discuss present attend chair area focus take place action set up back include use good one two three team "
    "anticipated join refine agency agencies office officer initial key strand initiative current discussion"
) | word_set(
    "these which all each any they not who what where when how there more than has have had can could been being"
)


def reports_to(said: str) -> str | None:
    """Return whom a body reports to, as printed; "board" is the body whose minutes these are.

    >>> reports_to("It would report back to LCRB.")
    'LCRB'
    """
    found = REPORTS.search(said)
    return (found[1] or found[2]).strip() if found else None


def members(said: str) -> tuple[str, ...]:
    """Return the agencies and chairs that a sentence gives a body.

    >>> members("It would include attendees from the police and Health and be co-chaired by the Mayor.")
    ('police', 'Health', 'Mayor')
    >>> members("It would include attendees from the police, NOMS and the Home Office.")
    ('police', 'NOMS', 'Home Office')
    """
    found = FROM.search(said)
    chairs = CHAIRED.search(said)
    return (*(partners(found[1]) if found else ()), *(partners(chairs[1]) if chairs else ()))


def geography(said: str, home: str | None) -> tuple[str, ...]:
    """Return the places that a sentence gives a body; `home` is the place after which its board is named.

    >>> geography("a London-wide board for the boroughs", "London")
    ('London', 'boroughs')
    """
    places = []
    for word in WIDE.findall(said):
        bare = re.sub(r"^pan-|-wide$", "", word)
        places.append(bare if bare[0].isupper() else f"{bare.rstrip('s')}s")
    if home and re.search(rf"\b{re.escape(home)}\b", said):
        places.insert(0, home)
    return tuple(dict.fromkeys(places))


def finish_test(said: str) -> str | None:
    """Return the words that say when a body is finished; "finish" in a name says nothing.

    >>> finish_test("The Task and Finish Group will finish when re-offending has fallen by a tenth.")
    'will finish when re-offending has fallen by a tenth'
    >>> finish_test("Task and Finish Groups will be established, with the key word being finish.") is None
    True
    """
    found = FINISH.search(said)
    return found[0].strip() if found else None


def terms(name: str, sentences: list[str]) -> frozenset[str]:
    """Return the stems that tell what a body is for: its name's, and those of the sentences that describe it.

    >>> sorted(terms("Harbour Board", ["It is to stop burglary in LCRB areas."]))
    ['burgla', 'harbou', 'stop']
    """
    words = re.sub(r"\b[A-Z]{2,}\b", " ", f"{name} {' '.join(sentences)}")
    return frozenset(stem for stem in stems(words) - GENERIC if len(stem) > 3 and stem.isalpha())


def planned(said: str, name: str) -> bool:
    """Return whether a sentence speaks of a body as something to come, in the words around its name.

    >>> planned("The new Harbour Board was discussed.", "Harbour Board"), planned("It would be small.", "Harbour Board")
    (True, True)
    """
    at = said.find(name)
    near = said if at < 0 else said[max(0, at - 60) : at + len(name) + 60]
    return PLANNED.search(near) is not None


def ended(said: str) -> bool:
    """Return whether a sentence says that a body has ended."""
    return ENDED.search(said) is not None


def began(said: str) -> bool:
    """Return whether a sentence says that a body has begun."""
    return BEGAN.search(said) is not None


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
