"""Take the ways in which papers write one body together; every merge is shown as another name of it."""

import re
from collections.abc import Mapping

from whatworks.board.bodies.naming import Mention
from whatworks.board.contradictions.body_names import words
from whatworks.board.contradictions.record import Paper
from whatworks.board.contradictions.wording import plain, word_set
from whatworks.board.register.known_names import KNOWN_NAMES
from whatworks.board.register.names import is_short_name_of, normal

PREFIXES = word_set("london pan the new wide city county national regional local")
SHORT = re.compile(r"\b[A-Z]{2,6}\b")
INLINE = re.compile(r"\b((?:[A-Z][\w'-]*(?: (?:and|of|&))? ?){2,7})'? ?\(([A-Z]{2,7})\)")


def short_names(papers: tuple[Paper, ...]) -> dict[str, str]:
    """Return what short names stand for: those known, those a paper defines, and each board's own initials."""
    found = {short: full for full, others in KNOWN_NAMES.items() for short in others if short.isupper()}
    for paper in papers:
        found |= {
            one.short: one.long.replace(" & ", " and ") for one in paper.parsed.abbreviations if one.short.isupper()
        }
        for line in paper.document.lines:
            for one in INLINE.finditer(plain(line.text).replace("'", "")):
                if is_short_name_of(one[2], one[1]):
                    found.setdefault(one[2], one[1].strip())
        if paper.parsed.body:
            found.setdefault(initials(paper.parsed.body), paper.parsed.body)
    return found


def initials(name: str) -> str:
    """Return a name's initials.

    >>> initials("London Crime & Reduction Board")
    'LCRB'
    """
    return "".join(
        word[0] for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in ("and", "of", "the")
    ).upper()


def key(name: str, shorts: Mapping[str, str]) -> tuple[str, ...]:
    """Return a name as compared: short names in full, without place words in front.

    >>> key("LCRB DMG", {}) == key("LCRB DMG", {"XX": "y"})
    True
    """
    full = " ".join(shorts.get(word, word) for word in name.split())
    kept = [word for word in words(full) if word not in PREFIXES and word != "and"]
    return tuple(kept) or words(full)


def one_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two compared names are one body's: alike, initials of each other, or apart by one word of four.

    >>> one_body(("av", "partnership"), ("anti", "violence", "partnership"))
    True
    >>> one_body(("contest", "board"), ("ct", "contest", "board")), one_body(("prevent", "board"), ("contest", "board"))
    (True, False)
    >>> one_body(("task", "finish", "group"), ("gangs", "task", "finish", "group"))
    False
    """
    if one == other:
        return True
    if one[-1] != other[-1] or {one[-2:], other[-2:]} & {("finish", "group"), ("challenge", "board")}:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == 2 and is_short_name_of(short[0].upper(), " ".join(long[:-1])):
        return True
    rest = list(long)
    if len(long) - len(short) != 1 or any(word not in rest for word in short):
        return False
    extra = next(word for word in long if word not in short)
    return len(short) > 2 or (len(extra) <= 3 and len(short) == 2)


def grouped(found: list[Mention], shorts: Mapping[str, str]) -> list[list[Mention]]:
    """Return the mentions of each body together, in the order in which the record first names them."""
    groups: list[tuple[tuple[str, ...], list[Mention]]] = []
    for mention in found:
        mine = key(mention.name, shorts)
        home = next((group for known, group in groups if one_body(known, mine)), None)
        if home is None:
            groups.append((mine, [mention]))
        else:
            home.append(mention)
    return [group for _, group in groups]


def best_name(names: list[str], shorts: Mapping[str, str]) -> str:
    """Return the fullest name among those that a body goes by."""
    full = [shorts.get(name, name) for name in names]
    return max(full, key=lambda name: (not normal(name).isupper(), len(name)))
