"""Know by which words a paper means the board itself, and by which its chair."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whatworks.board.parsed import ListedPerson
from whatworks.board.reading.person_name import initials_of

_NOUNS = (
    "board", "partnership", "committee", "sub-committee", "panel", "group", "council", "forum", "cabinet", "authority",
    "executive", "commission", "assembly", "alliance",
)  # fmt: skip
_CHAIRS = re.compile(
    r"^(?:the )?(?P<who>(?:[\w'’.-]+,? ){0,7}?[\w'’.-]+?),?(?: \(?(?:as )?chair\)?,?)? (?:then )?"
    r"(?:welcomed (?:everyone|all|every|colleagues|members|those|attendees|the (?:board|group|committee))"
    r"|opened the meeting|chaired|took the chair|thanked everyone|closed the meeting)",
    re.IGNORECASE,
)


_CHAIR_ROLE = re.compile(r"(?<!vice-)(?<!vice )(?<!deputy )(?<!co-)\bchair(?:man|woman|person)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words for the board and its chair."""

    body: re.Pattern[str]
    """Matches the board as the subject of a sentence."""
    chair: re.Pattern[str]
    short: str | None
    """The board's name in initials ("LCRB"); None where it is not known."""
    chairing: ListedPerson | None

    @property
    def either(self) -> str:
        """A pattern for the board or its chair."""
        return f"(?:{self.body.pattern}|{self.chair.pattern})"


def short_name(body: str | None) -> str | None:
    """Return a body's initials, or what it gives in brackets.

    >>> short_name("London Crime Reduction Board"), short_name("Example Safety Partnership (SESP)")
    ('LCRB', 'SESP')
    """
    if not body:
        return None
    if bracketed := re.search(r"\(([A-Z]{2,8})\)", body):
        return bracketed.group(1)
    words = [
        word for word in re.findall(r"[\w'’]+", body) if word.lower() not in ("of", "and", "the", "for", "on", "in")
    ]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else None


def find_chair(people: Sequence[ListedPerson], texts: Iterable[str]) -> ListedPerson | None:
    """Return who chaired: who is listed as chair, or else who welcomed everyone or opened the meeting."""
    present = [person for person in people if person.present]
    for person in present:
        if _CHAIR_ROLE.search(_first_role(person)):
            return person
    for text in texts:
        found = _CHAIRS.match(text)
        opened = _who(found.group("who"), present) if found else None
        if opened:
            return opened
    return None


def subjects(body: str | None, chair: ListedPerson | None) -> Subjects:
    """Return the words by which the board and its chair are meant."""
    nouns = [noun for noun in _NOUNS if body and re.search(rf"\b{noun}\b", body, re.IGNORECASE)] or list(_NOUNS[:4])
    nouns = list(dict.fromkeys([*nouns, "board", "partnership", "panel", "group", "committee", "forum"]))
    short = short_name(body)
    words = [
        *(rf"(?:the\s+)?{re.escape(name)}" for name in (short, body) if name),
        *(rf"(?:the|this)\s+{noun}" for noun in nouns),
        r"the\s+meeting",
        *(rf"{noun}\s+members" for noun in nouns),
        r"(?:the\s+)?members(?:\s+of\s+the\s+(?:" + "|".join([*nouns, *([re.escape(short)] if short else [])]) + r"))?",
        r"all\s+present",
        "we",
    ]
    # "The", "Board" and "Members" may begin a sentence; names keep their capitals.
    return Subjects(
        re.compile(rf"(?:{'|'.join(f'(?i:{word})' for word in words)})"),
        re.compile(rf"(?:{'|'.join(_chair_words(chair))})"),
        short,
        chair,
    )


def _first_role(person: ListedPerson) -> str:
    roles = re.split(r",\s*", person.role or "")
    return next((role for role in roles if "chair" in role.lower()), "")


def _chair_words(chair: ListedPerson | None) -> list[str]:
    words = [r"(?i:the\s+(?:acting\s+)?chair(?:man|woman|person)?)"]
    if chair is None:
        return words
    name = re.escape(chair.name).replace("'", "['’]")
    surname = re.escape(chair.name.split()[-1])
    title = re.split(r"[,\s]", _office(chair) or "")[0]
    office = [word for word in re.findall(r"[A-Za-z]+", _office(chair)) if word not in ("and", "of", "for", "the")]
    if len(office) >= 3:
        words.append(rf"(?:The|the)\s+{''.join(word[0].upper() for word in office)}\b")
    words += [name, rf"(?:[A-Z][a-z]+\.?\s+){{1,2}}{surname}", rf"\b{re.escape(initials_of(chair.name))}"]
    if title.lower() == "mayor":
        words.append(r"(?i:the\s+mayor)")
    elif re.match(r"(?:deputy mayor|leader|commissioner|police and crime commissioner|pcc)\b", _office(chair), re.I):
        words.append(rf"(?i:the\s+{re.escape(re.split(r'[,(]| for | of ', _office(chair))[0].strip())})")
    return words


def _office(chair: ListedPerson) -> str:
    """Return the chair's own office: the first of their roles that is not the chair."""
    roles = re.split(r",\s*", chair.role or "")
    return next((role for role in roles if "chair" not in role.lower()), "").split("(")[0]


def _who(text: str, people: Sequence[ListedPerson]) -> ListedPerson | None:
    words = text.strip(" ,").removeprefix("the ").removeprefix("The ")
    for person in people:
        surname = person.name.split()[-1].lower()
        named = words.lower() in (person.name.lower(), initials_of(person.name).lower())
        if named or words.lower().endswith(f" {surname}"):
            return person
    office = [person for person in people if (person.role or "").lower().startswith(words.lower())]
    return office[0] if office and len(words) > 3 else None
