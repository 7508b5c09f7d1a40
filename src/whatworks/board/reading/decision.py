"""Find what the board decided, by the strict rule: its own agreement, and no opinion, finding or other body's word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whatworks.board.parsed import MinuteDecision
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.resolution import is_resolution
from whatworks.board.reading.sentence import TextSentence, sentences
from whatworks.board.reading.subject import Subjects

_VERBS = "agreed|concluded|supported|approved|endorsed|adopted|ratified|resolved|authorised|accepted|confirmed"
_ADVERBS = r"(?:(?:then|also|formally|unanimously|therefore|further|all|both|in principle|collectively)\s+)*"
_CONDITION = re.compile(
    r"\b(?:subject to|provided that|providing that|provided|on condition that|conditional (?:on|upon)"
    r"|on the proviso that)\b\s(?:[^.;:]|\.(?=\d))*",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"subject to (?:(?:the|an?|some|any|minor|small|one|two|following) )*(?:amendments?|corrections?)\b", re.IGNORECASE
)
"""Minutes agreed with a correction wait for nothing."""
_PASSIVE = re.compile(
    rf"\b(?P<aux>was|were|has been|have been|are|is)\s+{_ADVERBS}(?P<verb>agreed|approved|endorsed|adopted|ratified"
    r"|supported|accepted|resolved|signed(?: off)?)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^(?:it was )?(?:resolved|unanimously resolved|decision(?: \d+)?|agreed"
    r"|the (?:committee|board|panel|cabinet) resolved)\s*(?P<sign>[:–—-]|that\b|to\b|unanimously\b)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_MINUTES_AGREED = re.compile(
    r"^(?:the )?(?:previous |last |draft )?minutes\b[^.]*\b(?:agreed|approved|accepted|signed)\b", re.I
)
_BARE = re.compile(
    r"^(?:agreed|approved|minutes agreed|minutes approved)"
    r"(?: as (?:an? )?(?:\w+ (?:and \w+ )?record|accurate|correct))?\.?$",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"\b(?:if|once|until|when|whether|unless|before|had|were it)\s*(?:\w+\s+){0,3}$", re.IGNORECASE)
_TRAILING = re.compile(r"[;,]\s*(?:and|or)?$")
_OPENS = re.compile(r":\s*$|\b(?:as below|following)\W*$")
_BESIDE = re.compile(
    r"(?:^|\s)((?:[Tt]he\s+)?[‘'\"]?[A-Z]{2}[A-Z]*\s+and\s+|[Tt]he\s+[‘'\"]?[A-Z][\w\s&’'\"]{1,60}?\s+and\s+)$"
)
_ENUMERATED = re.compile(
    r"(?:^|[;.]\s*(?:and\s+)?|\s)\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]\s+(?=[A-Z]|that\b|to\b|the\b)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    verb: str
    decider: str | None
    opens: bool = False
    """Whether what was agreed stands in the list that follows."""


def find_decisions(units: Sequence[Unit], names: Subjects) -> Iterator[MinuteDecision]:
    """Yield the board's decisions, in order; of an agreement with a list below it, one for each entry."""
    opened: tuple[_Found, str | None] | None = None
    for unit in units:
        if unit.role == "entry" and opened:
            yield _of_unit(unit, unit.block.text, opened[0], opened[1])
            continue
        opened = None
        if unit.role == "label" and re.match(r"decisions?|agreed|resolved", unit.block.text, re.IGNORECASE):
            opened = (_Found(re.split(r"\W", unit.block.text)[0].lower(), None, True), None)
            continue
        if unit.role not in ("paragraph", "entry"):
            continue
        labelled = _LABELLED.match(unit.block.text)
        if labelled and _is_resolution_label(labelled):
            rest, held = labelled.group("rest").strip(), _Found("resolved", None)
            parts = _enumerated(rest)
            open_ended = bool(re.fullmatch(r"(?:that|to)?\W*", rest, re.IGNORECASE))
            if open_ended or (rest.endswith(":") and not parts):
                opened = (held, _condition(unit.block.text))
            for part in parts or ([] if open_ended or rest.endswith(":") else [rest]):
                yield _of_unit(unit, part, held, None)
            continue
        for sentence in sentences(unit.block.text):
            found = _decided(sentence.text, names, bare=_BARE.match(unit.block.text) is not None)
            if not found:
                continue
            if sentence.end >= len(unit.block.text) and _OPENS.search(sentence.text):
                opened = (found, _condition(sentence.text))
            else:
                yield _of_sentence(unit, sentence, found)


def _is_resolution_label(found: re.Match[str]) -> bool:
    head = found.group().lower()
    return "resolved" in head[:40] or found.group("sign") in ":–—-"


def _of_unit(unit: Unit, text: str, found: _Found, condition: str | None) -> MinuteDecision:
    at = max(0, unit.block.text.find(text))
    lines = unit.block.lines_of(at, at + len(text)) if text != unit.block.text else unit.block.lines
    return MinuteDecision(
        _TRAILING.sub("", text.strip()),
        unit.number,
        found.decider,
        condition or _condition(text),
        lines,
        unit.item,
        found.verb,
    )


def _of_sentence(unit: Unit, sentence: TextSentence, found: _Found) -> MinuteDecision:
    lines = unit.block.lines_of(sentence.start, sentence.end)
    return MinuteDecision(
        sentence.text, unit.number, found.decider, _condition(sentence.text), lines, unit.item, found.verb
    )


def _condition(text: str) -> str | None:
    minutes = re.search(r"\bminutes\b", text, re.IGNORECASE)
    found = next((one for one in _CONDITION.finditer(text) if not (minutes and _AMENDED.match(one.group()))), None)
    return found.group().strip(" ,") if found else None


def _enumerated(text: str) -> list[str]:
    """Return the parts of "(1) That ...; (2) That ..."; none where there are not two."""
    starts = [found.end() for found in _ENUMERATED.finditer(text)]
    if len(starts) < 2:
        return []
    ends = [*[found.start() for found in _ENUMERATED.finditer(text)][1:], len(text)]
    return [text[start:end].strip(" ;") for start, end in zip(starts, ends, strict=True)]


def _decided(text: str, names: Subjects, *, bare: bool) -> _Found | None:
    if bare:
        return _Found("agreed", None)
    return _active(text, names) or _happy(text, names) or _passive(text, names)


def _active(text: str, names: Subjects) -> _Found | None:
    pattern = re.compile(
        rf"(?P<who>\b{names.either})(?:,[^,]{{0,60}},)?(?P<between>\s+(?:[^.;:]*?\b(?:and|then)\s+)?){_ADVERBS}"
        rf"(?P<verb>(?i:{_VERBS}))\b(?P<object>.*)"
    )
    for found in pattern.finditer(text):
        if (
            re.search(r"\b(?:of|by|to|from|for|with)\s+$", text[: found.start()])
            and "member" not in found.group("who").lower()
        ):
            continue
        if re.search(rf"\b(?!{_VERBS})[A-Z]\w+ $", found.group("between")):
            continue
        if is_resolution(found.group("verb").lower(), found.group("object"), names):
            return _Found(found.group("verb").lower(), _whole_subject(text, found))
    return None


def _whole_subject(text: str, found: re.Match[str]) -> str:
    """Return the subject with whoever agreed beside the board ("The Group and the Board")."""
    before = _BESIDE.search(text[: found.start("who")])
    return f"{before.group(1) if before else ''}{found.group('who')}".strip()


def _happy(text: str, names: Subjects) -> _Found | None:
    found = re.search(
        rf"(?P<who>\b{names.either})\s+(?:was|were|is|are)\s+(?:happy|content|willing)\s+to\s+(?:take|adopt|support|approve"
        r"|endorse|proceed|go ahead|accept)\b",
        text,
    )
    return _Found("happy to take", _whole_subject(text, found)) if found else None


def _passive(text: str, names: Subjects) -> _Found | None:
    if _MINUTES_AGREED.match(text) and not re.search(r"\bnot\b", text):
        agent = re.search(rf"\bby\s+({names.either})", text)
        return _Found("agreed", agent.group(1) if agent else None)
    for found in _PASSIVE.finditer(text):
        rest, what = text[found.end() :], text[: found.start()]
        agent = re.match(r"\s+(?:\w+ly\s+)?by\s+(.*)", rest)
        board = agent and re.match(rf"{names.either}\b", agent.group(1))
        if (
            (agent and not board)
            or _UNREAL.search(what)
            or re.search(r"\b(?:not|previously|already|which|who)\s*$", what)
        ):
            continue
        if found.group("aux") in ("is", "are") and not board:
            continue
        clause = re.match(r"\s+that\b(.*)", rest)
        if clause and not is_resolution("agreed", rest, names):
            continue
        return _Found(found.group("verb").lower(), board.group() if board else None)
    return None
