"""Find the priorities a paper names, who leads on each, and whether the board itself adopted them."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from whatworks.board.parsed import MinuteDecision, NamedPriority
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.person_name import find_name, whole_name
from whatworks.board.reading.sentence import sentences
from whatworks.board.reading.subject import Subjects

_LISTED = re.compile(r"\b(?:priorit(?:y|ies)|areas? of focus)\b[^.]*:\s*$", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:areas? of focus|priorities)\s+(?:for|of)\s+(?:the\s+)?(?!\d)(?P<whose>[^:]{3,80}?)(?:\s+(?:should"
    r"|are|were|is|will)\b|:)"
)
_ALONGSIDE = re.compile(
    r"\b(?:agreed?|adopt(?:ed)?|approved?)\s+(?P<new>[\w\s'’&-]{3,60}?)\s+as\s+(?:a|an|the|its)\s+(?:\w+\s+){0,2}?priorit(?:y|ies)"
    r"(?:\s+areas?)?(?:\s+(?:alongside|together with|in addition to|with)\s+(?P<old>[^.;]+))?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?P<name>.+?)[\s,–-]*(?:\(?(?P<interim>interim|acting)\s+lead(?: officer)?\)?"
    r"|\(?lead(?: officer)?)\s*[:)–-]*\s+(?P<lead>[A-Z].+?)\)?$",
    re.IGNORECASE,
)


def find_priorities(
    units: Sequence[Unit], decisions: Sequence[MinuteDecision], names: Subjects
) -> Iterator[NamedPriority]:
    """Yield the priorities, in order."""
    for at, unit in enumerate(units):
        last = list(sentences(unit.block.text))[-1:]
        if unit.role not in ("paragraph", "entry") or not last or not _LISTED.search(last[0].text):
            continue
        if not _is_the_boards(last[0].text, names):
            continue
        status, by = _status(unit, last[0].text, names)
        for entry in _below(units, at):
            yield _listed(entry, status, by)
    for decision in decisions:
        yield from _adopted(decision)


def _below(units: Sequence[Unit], at: int) -> Iterator[Unit]:
    """Yield the entries of the list under a unit: list entries, or paragraphs numbered below it."""
    number = units[at].number
    for unit in units[at + 1 :]:
        child = number and unit.number and unit.number.startswith(f"{number}.")
        if not (child or (unit.role == "entry" and unit.number == number and unit.block.marker)):
            return
        yield unit


def _is_the_boards(text: str, names: Subjects) -> bool:
    """Tell whether the list is the board's, and not that of some group below it."""
    whose = _OTHERS.search(text)
    if not whose:
        return True
    body = re.search(names.body.pattern, whose.group("whose"))
    return bool(body) or not re.search(r"[Gg]roup|[Tt]eam", whose.group("whose"))


def _status(unit: Unit, text: str, names: Subjects) -> tuple[Literal["suggested", "identified", "agreed"], str | None]:
    said = re.search(
        r"(?:^|,\s*)(?P<who>(?:[\w'’.]+\s+){1,5}?)(?P<verb>agreed|suggested|proposed|identified|approved|adopted)\b",
        text,
    )
    who = said.group("who").strip() if said else None
    if who in ("He", "She", "They"):
        who = unit.block.text.split()[0]
    if said and said.group("verb") in ("agreed", "approved", "adopted") and re.fullmatch(names.either, who or ""):
        return "agreed", who
    return ("suggested" if said and said.group("verb") in ("suggested", "proposed") else "identified"), who


def _listed(unit: Unit, status: Literal["suggested", "identified", "agreed"], by: str | None) -> NamedPriority:
    text = unit.block.text.strip(" .;")
    found = _LEAD.match(text)
    if not found:
        return NamedPriority(text, None, False, status, by, unit.block.lines)
    person = whole_name(found.group("lead")) or find_name(found.group("lead"))
    lead = person.name if person else found.group("lead").strip()
    return NamedPriority(
        found.group("name").strip(" ,–-"), lead, bool(found.group("interim")), status, by, unit.block.lines
    )


def _adopted(decision: MinuteDecision) -> Iterator[NamedPriority]:
    found = _ALONGSIDE.search(decision.text)
    if not found:
        return
    named = [found.group("new"), *re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", found.group("old") or "")]
    for name in named:
        if name.strip():
            yield NamedPriority(name.strip(" ."), None, False, "agreed", decision.decider, decision.lines)
