"""Read who owes what: the noun phrase before "to" or "asked to", split into its people and bodies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.parsed import ListedPerson
from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.person_name import initials_of, is_organisation, whole_name
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
    r"^(?:all(?: \w+)?|partners|members|officers|everyone|(?:all )?agencies|the \w[\w\s'’&-]{2,60}"
    r"|each \w+|secretariat|chair|\w+ leads?)$",
    re.IGNORECASE,
)


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
    if asked:
        return _of_asked(asked, people)
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
    phrase = phrase.strip(" .,;:()[]–—-")
    if re.search(r"\b(?:to|will|shall|should|must|is|are|was|were)\b", phrase):
        return ()
    if _is_owner(phrase, people):
        return (phrase,)
    parts = [part for piece in _SPLIT.split(phrase) for part in _slashed(piece.strip(), people) if part]
    if not parts or len(parts) > 12 or not all(_is_owner(part, people) for part in parts):
        return ()
    return tuple(parts)


def _of_asked(asked: re.Match[str], people: Sequence[ListedPerson]) -> Owned:
    doing = asked.group("verb") + asked.group("rest")
    if _PASSIVE.match(doing):
        agent = _BY.search(doing)
        named = split_owners(agent.group("who"), people) if agent else ()
        return Owned(named, agent.group("who") if agent and named else "")
    named = split_owners(asked.group("who"), people) or _loosely(asked.group("who"), people)
    return Owned(named, asked.group("who") if named else "")


def _loosely(phrase: str, people: Sequence[ListedPerson]) -> tuple[str, ...]:
    """Return a short phrase in capitals before "to" as the owner it must be, split where each part begins large."""
    words = phrase.split()
    if len(words) > 12 or not phrase[:1].isupper() or _THING.search(phrase):
        return ()
    parts = [part for part in _SPLIT.split(phrase) if part]
    if all(part[:1].isupper() or part.startswith("the ") for part in parts):
        return tuple(parts)
    return ()


def _slashed(text: str, people: Sequence[ListedPerson]) -> list[str]:
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 1 and not is_organisation(text) and all(_is_person(part, people) for part in parts):
        return parts
    return [text]


def _is_person(text: str, people: Sequence[ListedPerson]) -> bool:
    flat = text.replace("’", "'").lower()
    known = {person.name.replace("’", "'").lower() for person in people}
    known |= {initials_of(person.name).lower() for person in people} | {name.split()[-1] for name in known}
    named = whole_name(text)
    return flat in known or (named is not None and named.sure)


def _is_owner(text: str, people: Sequence[ListedPerson]) -> bool:
    text = re.sub(r"[‘’“”\"](?=\s|$)|(?<!\w)[‘“'\"]", "", text).strip()
    words = text.split()
    if not words or len(words) > 9:
        return False
    if _is_person(text, people) or is_organisation(text) or re.fullmatch(r"[A-Z][A-Z'&/]{1,7}s?", text):
        return True
    if _COLLECTIVE.match(text) and not _THING.search(text):
        return True
    if is_post(text.removeprefix("the ")) or any(_org(text, person) for person in people):
        return True
    last = words[-1].strip(".,").lower()
    heads = gazetteer().organisation_words | gazetteer().post_heads
    return text[:1].isupper() and (last in heads or last.removesuffix("s") in heads)


def _org(text: str, person: ListedPerson) -> bool:
    return bool(person.organisation) and text.lower() in (person.organisation or "").lower() and len(text) > 2


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
