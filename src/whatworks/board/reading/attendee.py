"""Read one entry, or one list, of people: who they are, their post and their organisation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.person_name import FoundName, find_name, initials_of, whole_name
from whatworks.board.reading.post import is_post, split_post

_COLUMNS = re.compile(r"\t+|\s{2,}|\s*\|\s*")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_PLURAL = re.compile(r"^(councillors|cllrs)\b\.?\s*", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:none|nil|n/?a|nobody|no apologies|vacant|tbc|-|–)\b.*$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+")


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """Name, post and organisation of one entry."""

    name: str
    role: str | None
    organisation: str | None


def read_entry(text: str) -> ListedEntry | None:
    """Return the person of a line that holds one, its fields kept apart by tabs, columns, commas, dashes or nothing.

    >>> read_entry("Chief Crown Prosecutor Ada Example Crown Prosecution Service")
    ListedEntry(name='Ada Example', role='Chief Crown Prosecutor', organisation='Crown Prosecution Service')
    >>> read_entry("Mayor Ada Example\\tChair").role
    'Mayor, Chair'
    """
    if _NOBODY.match(text.strip()):
        return None
    asides = [one.strip() for pair in _BRACKETS.findall(text) for one in pair if one.strip()]
    columns = [field for field in _COLUMNS.split(text.strip()) if field.strip()]
    fields = [_unbracketed(field) for field in columns]
    fields = [field for field in fields if field]
    if len(fields) == 1:
        fields = [field for field in re.split(r"\s*,\s*|\s+[–—-]\s+|\s*:\s+", fields[0]) if field]
    at, found = _named(fields)
    if found is None:
        return None
    printed = {_unbracketed(column): column.strip() for column in columns if len(columns) > 1}
    rest = [printed.get(field, field) for field in (*fields[:at], *fields[at + 1 :])]
    asides = [aside for aside in asides if not any(aside in field for field in rest)]
    return _attendee(found, rest, asides)


def _unbracketed(text: str) -> str:
    """Take brackets out; what follows a name and its brackets stays apart from it."""
    found = _BRACKETS.search(text)
    if found and text[found.end() :].strip() and whole_name(text[: found.start()]):
        return f"{text[: found.start()].strip()}, {_unbracketed(text[found.end() :])}"
    return " ".join(_BRACKETS.sub(" ", text).split()).strip(" ,;:")


def read_list(text: str) -> tuple[ListedEntry, ...]:
    """Return the people of a running list.

    >>> [one.name for one in read_list("Cllr Ada Example (Chair), Amy Sample/Joe Instance (GLA) and Eve Trial, Police")]
    ['Ada Example', 'Amy Sample', 'Joe Instance', 'Eve Trial']
    >>> [one.name for one in read_list("Councillors Brown, Green (Vice-Chair) and White")]
    ['Brown', 'Green', 'White']
    """
    people: list[ListedEntry] = []
    for part in _parts(text, ";") if ";" in text else [text]:
        people += _of_part(part.strip(" .,"))
    return tuple(people)


def _of_part(text: str) -> list[ListedEntry]:
    people: list[ListedEntry] = []
    plural = ""
    fields: list[str] = []
    for piece in _parts(text, ","):
        for one in _apart(piece.strip()):
            if mark := _PLURAL.match(one):
                plural, one = "Councillor", one[mark.end() :]
            bare = _BRACKETS.sub(" ", one).strip(" .")
            begins = whole_name(bare, surname_only=bool(plural)) or (
                None if is_post(bare) and fields else find_name(bare)
            )
            if begins and not (fields and is_post(bare) and not begins.sure):
                people += _finished(fields, plural)
                fields = [one]
            elif fields:
                fields.append(one)
            else:
                fields = [one]
    return people + _finished(fields, plural)


def _finished(fields: Sequence[str], plural: str) -> list[ListedEntry]:
    if not fields:
        return []
    shared = _shared(fields[0])
    if shared:
        return [one for name in shared for one in _finished([name, *fields[1:]], plural)]
    bare = _BRACKETS.sub(" ", fields[0]).strip(" .")
    if plural and (named := whole_name(bare, surname_only=True)):
        asides = [one.strip() for pair in _BRACKETS.findall(" ".join(fields)) for one in pair if one.strip()]
        return [_attendee(FoundName(named.name, plural, "", "", True), list(fields[1:]), asides)]
    found = read_entry(", ".join(fields))
    return [found] if found else []


def _shared(text: str) -> list[str]:
    """Return "A B (X)" and "C D (X)" of "A B/C D (X)"."""
    aside = _BRACKETS.search(text)
    names = _BRACKETS.sub("", text).strip().split("/")
    if len(names) > 1 and all(whole_name(name) for name in names):
        return [f"{name.strip()} {aside.group() if aside else ''}".strip() for name in names]
    return []


def _apart(piece: str) -> list[str]:
    """Split "A Person and B Person" where both sides are people, and "Their Police and B Person"."""
    piece = re.sub(r"^(?:and|&)\s+", "", piece)
    halves = _AND.split(piece)
    if len(halves) > 1 and all(_could_be(half) for half in halves):
        return halves
    last = whole_name(_BRACKETS.sub(" ", halves[-1]).strip(" ."))
    if len(halves) > 1 and last and last.sure:
        return [piece[: piece.rfind(halves[-1])].rstrip().removesuffix("and").rstrip(" &"), halves[-1]]
    return [piece]


def _could_be(text: str) -> bool:
    bare = _BRACKETS.sub(" ", _PLURAL.sub("", text)).strip(" .")
    return whole_name(bare, surname_only=True) is not None


def _parts(text: str, sign: str) -> list[str]:
    """Split at a sign that stands outside brackets."""
    parts, depth, begun = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == sign and depth <= 0:
            parts.append(text[begun:at])
            begun = at + 1
    return [part for part in [*parts, text[begun:]] if part.strip()]


def _named(fields: Sequence[str]) -> tuple[int, FoundName | None]:
    """Return which field holds the name: one that is nothing else, else one in which a name is found."""
    whole = [whole_name(read_marker(field)[1]) for field in fields]
    for sure in (True, False):
        for at, found in enumerate(whole):
            if found and (found.sure or not sure):
                return at, found
    for at, field in enumerate(fields):
        if found := find_name(field):
            return at, found
    return -1, None


def _attendee(found: FoundName, fields: Sequence[str], asides: Sequence[str]) -> ListedEntry:
    roles = [found.title] if found.title else []
    organisations: list[str] = []
    for text in (found.before, found.after, *fields, *asides):
        if not text or text == initials_of(found.name):
            continue
        if text.lower() in ("in the chair", "chairing"):
            text = "Chair"
        post, organisation = split_post(text)
        if post and text == found.before and found.after:
            post, organisation = text, None
        roles += [post] if post and post not in roles else []
        organisations += [organisation] if organisation else []
    return ListedEntry(found.name, ", ".join(roles) or None, ", ".join(organisations) or None)
