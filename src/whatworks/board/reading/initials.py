"""Hold the initials that minutes speak in against the people listed, and offer readings for those that match nobody."""

import re
from collections.abc import Iterator, Sequence

from whatworks.board.parsed import ListedPerson, Promise, Unresolved
from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.person_name import initials_of

_ACTS = (
    r"(?:said|asked|agreed|noted|advised|explained|introduced|presented|reported|updated|thanked|welcomed|suggested|informed|outlined?"
    r"|referred|confirmed|stated|felt|argued|acknowledged|saw|was|is|has|had|will|also|then|highlighted|stressed|responded|concluded"
    r"|supported|proposed|raised|invited|requested|expressed|countered|led|provided|gave|offered|set|sought|commented|queried|added"
    r"|addressed|identified|described|to\s+[a-z]+|and\s+[A-Z]{2}\b)"
)
_SPEAKER = re.compile(rf"(?<![\w/&'’.-])(?P<who>[A-Z](?:['’][A-Z])?[A-Z])(?:['’]s)?\s+{_ACTS}\b")
_NO_PERSON = frozenset(
    {"AM", "PM", "AC", "IT", "AV", "TV", "HR", "UK", "US", "EU", "MP", "HO", "PC", "PS", "CC", "TP", "NI", "IM&T", "CT"}
)


def find_unresolved(
    units: Sequence[Unit], people: Sequence[ListedPerson], actions: Sequence[Promise]
) -> Iterator[Unresolved]:
    """Yield each mention that matches nobody, once: initials that speak, and initials that owe a promise."""
    known: dict[str, list[str]] = {}
    for person in people:
        for letters in {initials_of(person.name).replace("’", "'"), person.initials or ""} - {""}:
            known.setdefault(letters, []).append(person.name)
    seen: set[str] = set()
    for unit in units:
        if unit.role in ("paragraph", "entry"):
            yield from _initials_in(unit, known, people, seen)
    for action in actions:
        for owner in action.owners:
            free = owner not in known and owner not in seen and owner not in _NO_PERSON
            if people and free and re.fullmatch(r"[A-Z][A-Z]", owner) and owner not in gazetteer().organisations:
                seen.add(owner)
                yield _unresolved(owner, known, people, action.lines)


def _initials_in(
    unit: Unit, known: dict[str, list[str]], people: Sequence[ListedPerson], seen: set[str]
) -> Iterator[Unresolved]:
    for found in _SPEAKER.finditer(unit.block.text):
        who = found.group("who").replace("’", "'")
        if who in seen or who in _NO_PERSON or who in gazetteer().organisations or not people:
            continue
        lines = unit.block.lines_of(found.start(), found.end())
        if who not in known:
            seen.add(who)
            yield _unresolved(who, known, people, lines)
        elif len(known[who]) > 1:
            seen.add(who)
            yield Unresolved(who, "initials", tuple(known[who]), "more than one person has these initials", lines)


def _unresolved(
    who: str, known: dict[str, list[str]], people: Sequence[ListedPerson], lines: tuple[int, int]
) -> Unresolved:
    """Offer who is nearest: one letter different, the first letter alike before the last."""
    near = [one for one in known if len(one) == len(who) and sum(a != b for a, b in zip(one, who, strict=True)) == 1]
    near.sort(key=lambda one: (one[0] != who[0], one))
    likely = tuple(f"{one} ({name})" for one in near for name in known[one])
    return Unresolved(who, "initials", likely, "no person listed has these initials", lines)
