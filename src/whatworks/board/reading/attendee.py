"""Read one entry, or one list, of people: who they are, their post and their organisation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.person_name import (
    FoundName,
    could_be_initials,
    find_name,
    is_organisation,
    leading_name,
    whole_name,
)
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
    initials: str | None = None
    away: bool = False
    """Whether somebody else came in their place."""


_IN_PLACE = (
    r"(?:as )?(?:a )?(?:substitut\w*|subst?\.?|deputi\w+|deputy|attended|attending|present|standing in"
    r"|in place|in lieu|on behalf|nominee)"
)
_SUBSTITUTED = (
    re.compile(
        rf"^(?P<away>.+?)\s*(?:[–—(,-]|\s-\s)+\s*(?P<here>[^()]+?)\s+(?:{_IN_PLACE})(?: for (?:him|her|them))?\)?\.?$",
        re.IGNORECASE,
    ),
    re.compile(rf"^(?P<here>.+?)\s*[–—(,-]*\s*\b{_IN_PLACE}\s+(?:for|of)\s+(?P<away>[^()]+?)\)?\.?$", re.IGNORECASE),
    re.compile(
        r"^(?P<away>.+?)\s*[–—(-]\s*(?:substituted|represented|deputised) (?:for )?by\s+(?P<here>[^()]+?)\)?\.?$",
        re.IGNORECASE,
    ),
)


def read_substitute(text: str) -> tuple[ListedEntry, ...]:
    """Return who stayed away and who came instead, of a line under apologies; nothing where it names no substitute.

    >>> [(one.name, one.role, one.away) for one in read_substitute("Ada Grant - Tom Bell substituted")]
    [('Ada Grant', None, True), ('Tom Bell', 'substitute for Ada Grant', False)]
    """
    for pattern in _SUBSTITUTED:
        found = pattern.match(text.strip())
        away, here = (read_entry(found.group(side)) if found else None for side in ("away", "here"))
        if away and here:
            return replace(away, away=True), replace(here, role=f"substitute for {away.name}")
    return ()


def split_two(text: str) -> tuple[str, ...]:
    """Return the two halves of a line that holds two people, each with a known body after the name; else the line.

    >>> split_two("Kim Vale CPS Clara Stone Youth Justice Board")
    ('Kim Vale CPS', 'Clara Stone Youth Justice Board')
    """
    first = find_name(text)
    second = find_name(first.after) if first and not first.before and not re.search(r"[,;\t(]|\s{2}", text) else None
    if first is None or second is None or not (is_organisation(second.before) and second.after):
        return (text,)
    at = text.rindex(second.before) + len(second.before)
    return text[:at], text[at:].strip()


def read_entry(text: str) -> ListedEntry | None:
    """Return the person of a line that holds one, its fields kept apart by tabs, columns, commas, dashes or nothing.

    >>> found = read_entry("Chief Crown Prosecutor Ada Example Crown Prosecution Service")
    >>> found.name, found.role, found.organisation
    ('Ada Example', 'Chief Crown Prosecutor', 'Crown Prosecution Service')
    >>> read_entry("Mayor Ada Example\\tChair").role
    'Mayor, Chair'
    """
    if _NOBODY.match(text.strip()):
        return None
    text, initials = _without_initials(text)
    asides = [one.strip() for pair in _BRACKETS.findall(text) for one in pair if one.strip()]
    columns = [field for field in _COLUMNS.split(text.strip()) if field.strip()]
    fields = [_unbracketed(field) for field in columns]
    fields = [field for field in fields if field]
    if len(fields) == 1:
        first, *others = re.split(r"\s*,\s*", fields[0])
        fields = [field for field in (*re.split(r"\s+[–—-]\s+|\s*:\s+", first), *others) if field]
    at, found = _named(fields)
    if found is None:
        return None
    printed = {_unbracketed(column): column.strip() for column in columns if len(columns) > 1}
    rest = [printed.get(field, field) for field in (*fields[:at], *fields[at + 1 :])]
    asides = [aside for aside in asides if not any(aside in field for field in rest)]
    held = _attendee(found, rest, asides)
    return replace(held, initials=initials) if initials else held


_INITIALS = re.compile(r"^(?P<initials>[A-Z](?:[’']?[A-Za-z]){1,3})\s*(?:[\t:–—-]\s*|\s)(?=[A-Z])")


def _without_initials(text: str) -> tuple[str, str | None]:
    """Take off initials that stand before the name that has them: "AC Cllr. Alice Carey"."""
    found = _INITIALS.match(text.strip())
    rest = text.strip()[found.end() :] if found else ""
    named = whole_name(re.split(r"[,(\t–]|\s-\s|\s{2}", rest)[0]) or find_name(rest)
    if found and named and not named.before and could_be_initials(found.group("initials"), named.name):
        return rest, found.group("initials")
    return text, None


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
    for part in _parts(text, ";") if ";" in text else _at_initials(text):
        single = read_entry(part.strip(" .,")) if ";" in text and part.count(",") == 1 and " and " not in part else None
        people += [single] if single else _of_part(part.strip(" .,"))
    return tuple(people)


_INITIALED = re.compile(r"\s*\(([A-Z][A-Za-z'’]{1,4})\)")


def _at_initials(text: str) -> list[str]:
    """Cut a run of people that nothing parts, each with initials in brackets, where their names begin."""
    cuts = [0]
    for found in _INITIALED.finditer(text):
        words = list(re.finditer(r"\S+", text[: found.start()]))
        sizes = (size for size in (2, 3, 4) if _is_initialed(found.group(1), [one.group() for one in words[-size:]]))
        at = len(words) - next(sizes, len(words))
        while at and words[at - 1].group().strip(".").lower() in gazetteer().titles:
            at -= 1
        if at and text[: words[at].start()].rstrip()[-1] not in ",;&/":
            cuts.append(words[at].start())
    return [text[start:end].strip() for start, end in pairwise([*cuts, len(text)])]


def _is_initialed(token: str, words: Sequence[str]) -> bool:
    name = " ".join(words)
    return could_be_initials(token, name) and whole_name(name) is not None and not is_organisation(name)


def _of_part(text: str) -> list[ListedEntry]:
    people: list[ListedEntry] = []
    plural = ""
    fields: list[str] = []
    pieces = [one for piece in _parts(text, ",") for one in _apart(piece.strip())]
    names = [whole_name(_BRACKETS.sub(" ", piece).strip(" .")) for piece in pieces]
    among = len(pieces) > 2 and sum(name.sure for name in names if name) * 2 > len(pieces)
    only_names = len(pieces) > 1 and all(names)
    for one in pieces:
        if mark := _PLURAL.match(one):
            plural, one = "Councillor", one[mark.end() :]
        bare = _BRACKETS.sub(" ", one).strip(" .")
        begins = whole_name(bare, surname_only=bool(plural), placed=among) or (
            None if is_post(bare) and fields else find_name(bare)
        )
        if begins is None and fields and "(" in one:
            begins = whole_name(one.split("(")[0])
            only_names = only_names or begins is not None
        if begins and (begins.sure or not fields or only_names or (among and not is_post(bare))):
            people += _finished(fields, plural, among=among)
            fields = [one]
        else:
            fields.append(one)
    return people + _finished(fields, plural, among=among)


def _finished(fields: Sequence[str], plural: str, *, among: bool) -> list[ListedEntry]:
    if not fields:
        return []
    shared = _shared(fields[0])
    if shared:
        return [one for name in shared for one in _finished([name, *fields[1:]], plural, among=among)]
    bare = _BRACKETS.sub(" ", fields[0]).strip(" .")
    if (plural or among) and (named := whole_name(bare, surname_only=bool(plural), placed=among)):
        asides = [one.strip() for pair in _BRACKETS.findall(" ".join(fields)) for one in pair if one.strip()]
        return [_attendee(FoundName(named.name, plural or named.title, "", "", True), list(fields[1:]), asides)]
    found = read_entry(", ".join(fields))
    return [found] if found and _can_be_named(found, ", ".join(fields)) else []


def _can_be_named(found: ListedEntry, text: str) -> bool:
    """Tell whether three words or more that no list knows, and nothing beside them, may be entered as a name: no."""
    named = whole_name(text)
    return named is None or named.sure or len([word for word in found.name.split() if word not in ("St", "Mc")]) < 3


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
    whole = [whole_name(field) or whole_name(read_marker(field)[1]) for field in fields]
    for sure in (True, False):
        for at, found in enumerate(whole):
            if found and (found.sure or not sure):
                return at, found
    for reader in (find_name, leading_name):
        for at, field in enumerate(fields):
            if found := reader(field):
                return at, found
    return -1, None


_REMARK = re.compile(
    r"^(?:via|by|from|until|left|arrived|joined|items?|part\b|remote\w*|virtual\w*|online|teams|zoom|in person"
    r"|dial|late\b|agenda|up to"
    r"|except|minutes? [\d.]|for (?:items?|part|minutes?)|voting|non-voting|\d|until|present|he/him|she/her"
    r"|they/them|on-?line|hybrid)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^(?:(?:on behalf|in place|in lieu) of|for|deputi[sz]ing|substitut\w+|sub\b|vice|standing in)\b", re.IGNORECASE
)
_REPRESENTS = re.compile(r"^(?:representing|rep\.?|representative of)\s+(?:the\s+)?", re.IGNORECASE)


def _attendee(found: FoundName, fields: Sequence[str], asides: Sequence[str]) -> ListedEntry:
    roles = [found.title] if found.title else []
    organisations: list[str] = []
    initials = None
    for text in (found.before, found.after, *fields, *asides):
        if not text or _REMARK.match(text) or (text[0].islower() and not is_post(text) and not _FOR.match(text)):
            continue
        if re.fullmatch(r"[A-Z][A-Za-z.’']{1,4}", text) and could_be_initials(text, found.name):
            initials = text
            continue
        if text.lower() in ("in the chair", "chairing"):
            text = "Chair"
        post, organisation = (text, None) if _FOR.match(text) else split_post(_REPRESENTS.sub("", text))
        if post and text == found.before and found.after:
            post, organisation = text, None
        roles += [post] if post and post not in roles else []
        organisations += [organisation] if organisation else []
    return ListedEntry(found.name, ", ".join(roles) or None, ", ".join(organisations) or None, initials)
