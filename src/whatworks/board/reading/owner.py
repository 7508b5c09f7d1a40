"""Read who owes what: the noun phrase before "to" or "asked to", split into its people and bodies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.parsed import ListedPerson
from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.person_name import could_be_initials, initials_of, is_organisation, whole_name
from whatworks.board.reading.post import is_post

_ASKED = re.compile(
    r"^(?P<who>.{1,160}?)\s+(?:(?:is|are|was|were|has been|have been)\s+)?"
    r"(?:(?:asked|requested|tasked|invited|required)\s+)?(?:to|will|shall|should|must|agreed to"
    r"|undertook to|offered to|volunteered to)\s+(?:all\s+|also\s+|jointly\s+)?"
    r"(?P<verb>[a-z][\w-]*)(?P<rest>.*)$",
    re.DOTALL,
)
_PASSIVE = re.compile(r"^be(?:en)?\s+(?:\w+ly\s+)?\w+(?:ed|en|t|n|ne|de|ld)\b")
_BY = re.compile(
    r"\bby\s+(?P<who>(?:the\s+)?[A-Z][^.,;]{1,60}?)(?=\s+(?:by|before|in|on|at|for|to|and report)\b|[.,;]|$)"
)
_HEADED = re.compile(r"^(?P<who>[^:–—]{2,80}?)\s*(?::|\s[–—-]\s)\s*(?P<what>[A-Za-z].{3,})$", re.DOTALL)
_TAILED = re.compile(r"^(?P<what>.{8,}?)\s*(?:\s[–—-]\s*|\(|\[|:\s*)(?P<who>[^()\[\]–—:]{2,70})[)\]]?\.?$", re.DOTALL)
_FROM = re.compile(r"^(?:partners|members|colleagues|officers|representatives)\s+(?:from|of|in)\s+", re.IGNORECASE)
_THING = re.compile(r"[.;:]|\b(?:exercise|report|paper|strategy|it|this|review|plan|meeting)\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+and\s+|\s*&\s+|\s*;\s*|\s+with\s+|\s*\+\s*")
_COLLECTIVE = re.compile(
    r"^(?:all(?: \w+){0,2}|(?:the |our |other |all |both )*(?:partners|members|officers|agencies|board|chair"
    r"|secretariat|attendees|organisations"
    r"|authorities|boroughs|councils|leads|team|group|partnership|committee|panel|police|service|mayor|author"
    r"|presenter)|everyone|each \w+|\w+ leads?)$",
    re.IGNORECASE,
)
_NO_OWNER = re.compile(
    r"^(?:tb[acd]|n/?a|asap|none|nil|ongoing|on-going|complete[d]?|open|closed|noted|for information|action|info)$",
    re.IGNORECASE,
)


_NOBODY = re.compile(
    r": |,.*\d|, ?(?:in|as|no|asap|ongoing|tb[acd]|open)\b"
    r"|^(?:for|by|once|when|within|until|after|before|as soon|on)\b|\b(?:next meeting|the end of|weeks?)\b",
    re.I,
)
"""What no owner holds: a date behind a comma, or the words of one."""


@dataclass(frozen=True, slots=True)
class Owned:
    """The owners of a promise, as printed; none where none is stated."""

    owners: tuple[str, ...]
    stated: str = ""
    """The phrase that names them."""


def find_owners(text: str, people: Sequence[ListedPerson]) -> Owned:
    """Return the owners that the text of an action states.

    >>> find_owners("Police to report back to the next meeting", ()).owners
    ('Police',)
    >>> find_owners("Partners from Health, NHS and MoJ/HO will meet to design a board.", ()).owners
    ('Health', 'NHS', 'MoJ/HO')
    >>> find_owners("Mapping exercise to be completed with partners.", ()).owners
    ()
    """
    text = text.strip()
    headed = _HEADED.match(text)
    if headed and (named := split_owners(headed.group("who"), people)):
        return Owned(named, headed.group("who"))
    asked = _ASKED.match(text)
    if asked and (owned := _of_asked(asked, people)).owners:
        return owned
    tailed = _TAILED.match(text)
    if tailed and (named := split_owners(tailed.group("who"), people)):
        return Owned(named, tailed.group("who"))
    agent = _BY.search(text)
    if agent and (named := split_owners(agent.group("who"), people)):
        return Owned(named, agent.group("who"))
    return Owned(())


def split_owners(text: str, people: Sequence[ListedPerson]) -> tuple[str, ...]:
    """Return the people and bodies of a phrase; none where any part of it could not own a promise.

    >>> split_owners("London Councils and MOPAC", ()), split_owners("the draft strategy needs", ())
    (('London Councils', 'MOPAC'), ())
    """
    phrase = _FROM.sub("", text.strip())
    phrase = re.sub(
        r"^(?:action(?:ed)? (?:by|for|on)|lead(?: officer)?|owner|by)\s*:?\s+",
        "",
        phrase.strip(" .,;:()[]–—-"),
        flags=re.IGNORECASE,
    )
    if re.search(r"\b(?:to|will|shall|should|must|is|are|was|were)\b", phrase):
        return ()
    if is_organisation(phrase) or _is_one_body(phrase, people):
        return (phrase,)
    parts = [part for piece in _SPLIT.split(phrase) for part in _slashed(piece.strip(), people) if part]
    if 0 < len(parts) <= 12 and all(_is_owner(part, people) for part in parts):
        return tuple(parts)
    return (phrase,) if _is_owner(phrase, people) else ()


def _is_one_body(phrase: str, people: Sequence[ListedPerson]) -> bool:
    """Tell a body with "and" in its name: somebody comes from it, or what stands before "and" is no body alone."""
    if phrase and any((person.organisation or "").lower().removeprefix("hm ") == phrase.lower() for person in people):
        return True
    first, _, last = phrase.partition(" and ")
    words = gazetteer().organisation_words
    return (
        first.lower() in words | gazetteer().common_words
        and last.split()[-1:] != []
        and last.split()[-1].lower() in words
    )


def _of_asked(asked: re.Match[str], people: Sequence[ListedPerson]) -> Owned:
    doing = asked.group("verb") + asked.group("rest")
    if _PASSIVE.match(doing):
        agent = _BY.search(doing)
        named = split_owners(agent.group("who"), people) if agent else ()
        return Owned(named, agent.group("who") if agent and named else "")
    named = split_owners(asked.group("who"), people) or _loosely(asked.group("who"), people)
    return Owned(named, asked.group("who") if named else "")


def _loosely(phrase: str, people: Sequence[ListedPerson]) -> tuple[str, ...]:
    """Return names in capitals before "to" as the owners they must be: none begins with a verb or is one word."""
    parts = [part for part in _SPLIT.split(phrase) if part]
    named = all(_is_owner(part, people) or _is_title_case(part) for part in parts)
    return tuple(parts) if named and len(phrase.split()) <= 12 and not _THING.search(phrase) else ()


def _is_title_case(text: str) -> bool:
    words = [word for word in text.removeprefix("the ").split() if word.lower() not in ("of", "for", "the", "and", "&")]
    return len(words) > 1 and words[0].lower() not in gazetteer().verbs and all(word[:1].isupper() for word in words)


def _slashed(text: str, people: Sequence[ListedPerson]) -> list[str]:
    parts = [part.strip() for part in text.split("/")]
    short = all(re.fullmatch(r"[A-Z][A-Za-z'’]{1,4}", part) and not is_organisation(part) for part in parts)
    if len(parts) > 1 and not is_organisation(text) and (short or all(_is_person(part, people) for part in parts)):
        return parts
    return [text]


def _is_person(text: str, people: Sequence[ListedPerson]) -> bool:
    flat = text.replace("’", "'").lower()
    known = {person.name.replace("’", "'").lower() for person in people}
    known |= {initials_of(person.name).lower() for person in people} | {name.split()[-1] for name in known}
    known |= {person.initials.lower() for person in people if person.initials}
    if sum(could_be_initials(text, person.name) for person in people) == 1:
        return True
    named = whole_name(text)
    return flat in known or (named is not None and named.sure)


def is_somebody(text: str, people: Sequence[ListedPerson]) -> bool:
    """Tell whether an owner is somebody that the paper lists, or a post or body.

    >>> is_somebody("Licensing Manager", ()), is_somebody("Report", ())
    (True, False)
    """
    bare = re.sub(r"^(?:the|an?|our|all) ", "", text, flags=re.IGNORECASE)
    named = whole_name(text)
    surnames = {person.name.split()[-1].lower() for person in people}
    listed = _is_person(text, people) and (named is None or named.name.split()[-1].lower() in surnames)
    return (
        listed
        or is_post(bare)
        or is_organisation(bare)
        or any(_org(text, person) for person in people)
        or bool(_COLLECTIVE.match(text))
    )


def _is_owner(text: str, people: Sequence[ListedPerson]) -> bool:
    text = re.sub(r"[‘’“”\"](?=\s|$)|(?<!\w)[‘“'\"]", "", text).strip()
    words = text.split()
    if (
        not words
        or len(words) > 9
        or _NOBODY.search(text)
        or _NO_OWNER.match(text)
        or words[0].lower() in gazetteer().verbs - {"lead", "support"}
    ):
        return False
    if _is_person(text, people) or is_organisation(text) or re.fullmatch(r"(?:[Tt]he )?[A-Z][A-Z'&/]{1,7}s?", text):
        return True
    if _COLLECTIVE.match(text) and not _THING.search(text):
        return True
    if is_post(re.sub(r"^(?:the|an?|our) ", "", text)) or any(_org(text, person) for person in people):
        return True
    last = words[-1].strip(".,").lower()
    heads = gazetteer().organisation_words | gazetteer().post_heads
    return _is_titled(words) and (last in heads or last.removesuffix("s") in heads)


def _is_titled(words: Sequence[str]) -> bool:
    """Tell a name that is begun with capitals throughout, or with a word of posts and bodies, from an errand."""
    held = gazetteer()
    known = words[0].lower() in held.posts | held.organisation_words | held.common_words
    inner = [word for word in words[1:] if word.lower() not in ("of", "for", "the", "and", "&", "in", "to")]
    return words[0][:1].isupper() and (known or all(word[:1].isupper() for word in inner))


def _org(text: str, person: ListedPerson) -> bool:
    return bool(person.organisation) and text.lower() in (person.organisation or "").lower() and len(text) > 2


def stated_owner(text: str, people: Sequence[ListedPerson]) -> tuple[str, ...]:
    """Return the owners of a cell under "Owner": as printed where no list knows them, none for "TBC" or a verb.

    >>> stated_owner("Riverside", ()), stated_owner("TBC", ()), stated_owner("Write to them", ())
    (('Riverside',), (), ())
    """
    text = text.strip()
    idle = (
        not text
        or _NOBODY.search(text)
        or _NO_OWNER.match(text)
        or text.split()[0].lower() in gazetteer().verbs
        or len(text.split()) > 8
    )
    return split_owners(text, people) or (() if idle or not text[:1].isupper() else (text,))


def resolved(owners: Sequence[str], people: Sequence[ListedPerson]) -> tuple[str, ...]:
    """Return owners with initials put out in full, where they are those of one person listed and of no other."""
    return tuple(_in_full(owner, people) for owner in owners)


def _in_full(owner: str, people: Sequence[ListedPerson]) -> str:
    if len(owner) > 5 or " " in owner or is_organisation(owner):
        return owner
    printed = {person.name for person in people if person.initials and person.initials.lower() == owner.lower()}
    made = {person.name for person in people if initials_of(person.name) == owner.replace("’", "'")}
    held = printed or made
    return held.pop() if len(held) == 1 else owner


def is_collective(owner: str) -> bool:
    """Tell an owner that is nobody by name ("Partners", "All").

    >>> is_collective("Partners"), is_collective("Ada Example")
    (True, False)
    """
    return bool(
        re.fullmatch(r"all(?: \w+)?|partners|members|officers|everyone|agencies|each \w+", owner, re.IGNORECASE)
    )


def is_owner_in_room(owner: str, people: Sequence[ListedPerson]) -> bool:
    """Tell whether an owner, a person or an organisation, was represented by somebody present."""
    here = [person for person in people if person.present]
    flat = owner.replace("’", "'").lower()
    for person in here:
        name = person.name.replace("’", "'").lower()
        named = whole_name(owner)
        if flat in (name, initials_of(person.name).lower()) or (named and named.name.lower() == name):
            return True
        if name.split()[-1] == flat.split()[-1] and (named is None or " " not in named.name):
            return True
        for said in (person.organisation, person.role):
            if said and _same_body(flat, said):
                return True
    return False


def _same_body(owner: str, said: str) -> bool:
    """Tell whether "MPS" or "Met" is the "Metropolitan Police Service (MPS)" that somebody came from."""
    said = said.lower()
    short = "".join(word[0] for word in re.findall(r"[a-z]+", said) if word not in ("of", "and", "the", "for"))
    plain = re.sub(r"^the ", "", owner)
    words = rf"\b{re.escape(plain)}"
    return bool(re.search(words, said)) or plain == short or said in plain
