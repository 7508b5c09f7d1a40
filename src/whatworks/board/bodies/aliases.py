"""Take the ways in which papers write one body together; every merge is shown as another name of it."""

import re
from collections.abc import Mapping

from whatworks.board.bodies.naming import CHALLENGE, TASK, Mention
from whatworks.board.contradictions.body_names import words
from whatworks.board.contradictions.record import RecordPaper
from whatworks.board.contradictions.wording import plain, word_set
from whatworks.board.register.names import KNOWN_NAMES, is_short_name_of

PREFIXES = word_set("london pan the new wide city county national regional local")
SHORT = re.compile(r"\b[A-Z]{2,6}\b")
INLINE = re.compile(r"\b((?:[A-Z][\w'-]*(?: (?:and|of|&))? ?){2,7})'? ?\(([A-Z]{2,7})\)")


def short_names(papers: tuple[RecordPaper, ...]) -> dict[str, str]:
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
    """Return a name as compared: short names in full, without place words.

    >>> key("The City-wide DMG", {"DMG": "Delivery Management Group"})
    ('delivery', 'management', 'group')
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


def alike(one: str, other: str, shorts: Mapping[str, str]) -> bool:
    """Return whether two printed names are one body's; an agency's short name in front may be left out of one.

    >>> alike("MPA Policing Committee", "Policing Committee", {"MPA": "x"}), alike("MPA Group", "MPS Group", {})
    (True, False)
    """
    if one_body(key(one, shorts), key(other, shorts)):
        return True
    bare, other_bare = without_agency(one), without_agency(other)
    return (bare == one) != (other_bare == other) and key(bare, shorts) == key(other_bare, shorts)


def without_agency(name: str) -> str:
    """Return a name without the agency's capitals before it, where a name of two words or more is left.

    >>> without_agency("MPA Policing Committee"), without_agency("CONTEST Board")
    ('Policing Committee', 'CONTEST Board')
    """
    first, _, rest = name.partition(" ")
    topical = TASK.search(name) or CHALLENGE.search(name)
    return rest if not topical and " " in rest and first.isupper() and 2 <= len(first) <= 6 else name


def grouped(found: list[Mention], shorts: Mapping[str, str]) -> list[list[Mention]]:
    """Return the mentions of each body together, in the order in which the record first names them."""
    groups: list[list[Mention]] = []
    homes: dict[str, list[Mention]] = {}
    for mention in found:
        home = homes.get(mention.name)
        if home is None:
            home = next((group for group in groups if alike(group[0].name, mention.name, shorts)), None)
        if home is None:
            home = []
            groups.append(home)
        homes[mention.name] = home
        home.append(mention)
    return groups


def best_name(names: list[str]) -> str:
    """Return the first of a body's names that has no capitals to be spelt out, else the first.

    >>> best_name(["AV Partnership", "Anti-Violence Partnership"]), best_name(["CONTEST Board", "CT CONTEST Board"])
    ('Anti-Violence Partnership', 'CONTEST Board')
    """
    return next((name for name in names if not re.search(r"\b[A-Z]{2,}\b", name)), names[0])
