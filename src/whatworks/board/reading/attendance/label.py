"""Know the headings of attendance lists, and in which capacity the people below them came."""

import re
from dataclasses import dataclass

from whatworks.board.parsed import Capacity
from whatworks.board.reading.gazetteer import gazetteer

_SIGN = re.compile(r"\s*(?:[:;\t|]|\s[–—-](?=\s)|\s{3,}|[–—-]\s*$)\s*")
_ASIDE = re.compile(r"\([^)]*\)")
_WERE = re.compile(r"^(?P<label>(?:[\w'’-]+ ){1,5}?)(?:were|was)\s*:?\s+(?P<rest>[A-Z].+)$")
_FROM = re.compile(r"^(?P<label>(?:[\w'’-]+\s+){0,5}?from)\s+(?P<rest>[A-Z].+)$")
MOST_WORDS, MOST_LOOSE = 9, 2


@dataclass(frozen=True, slots=True)
class AttendanceLabel:
    """A heading of an attendance list, and what stands after it on its line."""

    capacity: Capacity
    printed: str
    rest: str
    chairing: bool = False


def read_label(text: str) -> AttendanceLabel | None:
    """Return the heading with which a line begins: words of such headings alone, up to a sign or the line's end.

    >>> read_label("Secretariat and supporting officers: A Person").capacity, read_label("PRESENT:").rest
    ('secretariat', '')
    >>> read_label("Officials in attendance").capacity, read_label("Councillor's Apology:").capacity
    ('officer', 'apologies')
    >>> read_label("Board members queried the data") is None
    True
    """
    text = text.strip().lstrip("*")
    if "=" in text:
        return None
    sign = _SIGN.search(text)
    head, rest = (text[: sign.start()], text[sign.end() :]) if sign else (text, "")
    if not sign and (named := _FROM.match(text) or _WERE.match(text)):
        head, rest = named.group("label"), named.group("rest")
    printed = head
    head = re.sub(r"\bitems? [\d ,and&-]+|\d+", " ", head)
    words = [word.strip(".,'’/") for word in _ASIDE.sub(" ", head).lower().replace("’s", "").replace("'s", "").split()]
    capacity = _capacity([word for word in words if word])
    if capacity is None or (
        not rest and set(words) <= {"minutes", "minute", "notes", "note", "support", "board", "organisations"}
    ):
        return None
    chairing = set(words) <= gazetteer().labels["chairing"] | {"in", "the", "vice", "deputy", "depute", "acting"}
    return AttendanceLabel(capacity, printed.strip(" :*"), rest.strip(), chairing)


def _capacity(words: list[str]) -> Capacity | None:
    """Return what a heading of these words says; words that no list holds may stand beside "present" or "absent"."""
    labels, held = gazetteer().labels, set(words)
    away = {word for word in words if word.startswith(tuple(labels["away_stems"]))}
    here = {word for word in words if word.startswith(tuple(labels["here_stems"]))} | held & {"present", "presennol"}
    known = frozenset().union(*labels.values(), {"councillor", "cllr"})
    loose = held - known - away - here
    if not words or len(words) > MOST_WORDS:
        return None
    if len(loose) > (MOST_LOOSE if away | here else 0) or loose & (gazetteer().forenames | {"late", "lateness"}):
        return None
    if away or (held & labels["denials"] and here):
        return "apologies"
    if {"lead"} & held and held & {"officer", "officers"}:
        return "lead officer"
    if held & {"minutes", "minute", "notes"} and not held & {"by", "taker", "takers", "taken"}:
        return None
    if held & {"public", "press"}:
        return "officer" if here or {"members", "public"} <= held else None
    for capacity in ("presenting", "secretariat"):
        if held & labels[capacity] and not held & (labels["members"] | {"meeting", "of"}):
            return capacity
    if (
        held & labels["officer"] - {"advisers", "advisors"}
        or words[:2] == ["in", "attendance"]
        or held <= labels["officer"]
    ):
        return "officer"
    return "board" if here or held & (labels["board"] | labels["chairing"] | labels["members"]) else None
