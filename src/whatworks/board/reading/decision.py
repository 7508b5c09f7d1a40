"""Find what the board decided, by the strict rule: its own agreement, and no opinion, finding or other body's word."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from whatworks.board.parsed import MinuteDecision
from whatworks.board.reading.action import is_action
from whatworks.board.reading.block import PaperBlock
from whatworks.board.reading.motion import MotionReader
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.resolution import is_resolution
from whatworks.board.reading.sentence import TextSentence, sentences
from whatworks.board.reading.subject import Subjects

_VERBS = "agreed|determined|decided|concluded|supported|approved|endorsed|adopted|ratified|resolved|authorised|accepted"
_VERBS += "|confirmed"
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
    rf"\b(?P<aux>was|were|has been|have been|are|is)\s+{_ADVERBS}(?:\w+ed and (?:duly )?)?"
    r"(?P<verb>agreed|approved|endorsed|adopted|ratified|supported|accepted|resolved|signed(?: off)?)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^(?:[^/:.]{3,40} / )?(?:it (?:was|be) )?(?:unanimously )?(?:(?:the|this) [\w’' -]{1,60}? (?:unanimously "
    r"|also |then )*)?"
    r"(?P<verb>resolved|decided|decisions?(?: \d+)?|agreed|penderfynwyd|penderfyniad"
    r"|resolution(?: (?:no\.? )?[\w/.-]*\d[\w/.-]*)?)\s*(?:\([^)]{1,40}\)\s*)?"
    r"(?P<sign>[:–—-]+|that\b|to\b|unanimously\b)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SHOUTED = re.compile(
    r"^(?:unanimously )?(?P<verb>AGREED|APPROVED|RESOLVED|DECIDED|ENDORSED|ADOPTED|CONFIRMED)\b(?P<rest>.*)$", re.DOTALL
)
_RESOLVED_WITHIN = re.compile(r"\bRESOLVED\b[\s:,–—-]*(?:that|to|unanimously)?\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:the (?:\w+ )?)?(?:it was )?(?:decisions?|decided|determined|agreed|resolved|resolutions?|penderfyn\w+)\b"
    r"(?:\s*\([^)]*\)| unanimously)?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?i:(?:and )?(?:that|to)\b|(?:AGREED|APPROVED|RESOLVED|DECIDED|ENDORSED|ADOPTED|CONFIRMED)\b)|[a-z(]",
)
_NO_DECISION = re.compile(r"^\W*(?:noted|none)\b", re.IGNORECASE)
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
_OPENS = re.compile(r":\s*[–—-]?\s*$|\b(?:as below|following)\W*$")
_BESIDE = re.compile(
    r"(?:^|\s)((?:[Tt]he\s+)?[‘'\"]?[A-Z]{2}[A-Z]*\s+and\s+|[Tt]he\s+[‘'\"]?[A-Z][\w\s&’'\"]{1,60}?\s+and\s+)$"
)
_ENUMERATED = re.compile(
    r"(?:^|[;.]\s*(?:and\s+)?|\s)\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]\s+(?=[A-Z]|that\b|to\b|the\b)"
)


_ENTRY = re.compile(
    rf"(?:and )?{_ADVERBS}(?P<verb>{_VERBS})\b(?! (?:the )?(?:contents|position|update))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    verb: str
    decider: str | None
    opens: bool = False
    """Whether what was agreed stands in the list that follows."""


def find_decisions(units: Sequence[Unit], names: Subjects) -> Iterator[MinuteDecision]:
    """Yield the board's decisions, in order; of an agreement with a list below it, one for each entry."""
    opened: _Opened | None = None
    motions = MotionReader(units)
    for at, unit in enumerate(units):
        moved, decided = motions.take(at)
        if moved:
            opened = None
            yield from decided
            continue
        text = unit.block.text
        if opened and _goes_on(unit, opened) and not _OPENS.search(text):
            opened.taken.append(unit.block)
            if not opened.found.verb:
                said = _ENTRY.match(text)
                yield from (
                    [_of_unit(unit, text, _Found(said["verb"].lower(), opened.found.decider), None)] if said else []
                )
                continue
            if shouted := _SHOUTED.match(text):
                yield from _of_label(unit, shouted.group("rest"), _Found(shouted.group("verb").lower(), None))
            elif not _NO_DECISION.match(text):
                yield _of_unit(unit, text, opened.found, opened.condition)
            continue
        opened = None
        if unit.role in ("label", "subheading") and _LABEL.fullmatch(text.strip(" :–—-")):
            opened = _Opened(_Found(re.split(r"\W", text)[0].lower(), None, True), None)
        elif subject := re.fullmatch(rf"(?P<who>{names.either})\s*[:–—-]+\s*", text):
            opened = _Opened(_Found("", subject["who"]), None)
        elif unit.role in ("paragraph", "entry") and not is_action(unit):
            labelled = _LABELLED.match(text)
            if labelled and _is_resolution_label(labelled, names):
                decider = re.match(names.either, text)
                held = _Found("resolved", decider.group() if decider else None)
                yield from _of_label(unit, labelled.group("rest").strip(), held)
                opened = _Opened(held, _condition(text)) if _opens_list(labelled.group("rest")) else None
            elif shouted := _SHOUTED.match(text):
                yield from _of_label(unit, shouted.group("rest"), _Found(shouted.group("verb").lower(), None))
                opened = _Opened(_Found("agreed", None), None) if _opens_list(shouted.group("rest")) else None
            else:
                opened = yield from _in_prose(unit, names)


@dataclass(slots=True)
class _Opened:
    """An agreement of which what was agreed stands below."""

    found: _Found
    condition: str | None
    taken: list[PaperBlock] = field(default_factory=list)

    def is_over(self, block: PaperBlock) -> bool:
        """Tell whether the list ended: a mark of another kind, none after marks, or a full stop after semicolons."""
        if not self.taken:
            return False
        marks = [
            one.marker and (one.marker.kind == "decimal" or one.marker.style == "1/20")
            for one in (self.taken[0], block)
        ]
        texts = [one.text for one in self.taken]
        ended = len(texts) > 1 and all(_TRAILING.search(text) for text in texts[:-1]) and texts[-1].endswith(".")
        return (marks[0] != marks[1] and not _TRAILING.search(texts[-1])) or ended


def _goes_on(unit: Unit, opened: _Opened) -> bool:
    """Tell whether a unit is part of what was agreed above it: an entry, or a paragraph that begins like one."""
    if is_action(unit) or unit.role not in ("entry", "paragraph") or opened.is_over(unit.block):
        return False
    if unit.role == "entry" or (unit.block.marker and unit.block.marker.kind != "bullet"):
        return True
    return (
        bool(_PART.match(re.sub(r"^\(?[\d.]+[.)]?\s+", "", unit.block.text)))
        if opened.taken
        else not _NO_DECISION.match(unit.block.text)
    )


def _opens_list(rest: str) -> bool:
    return bool(re.fullmatch(r"\W*(?:that|to)?\W*", rest, re.IGNORECASE)) or (
        rest.rstrip(" -–—").endswith(":") and not _enumerated(rest)
    )


def _of_label(unit: Unit, rest: str, found: _Found) -> Iterator[MinuteDecision]:
    """Yield what stands behind "RESOLVED" in its own paragraph."""
    if _opens_list(rest) or _NO_DECISION.match(rest):
        if found.verb != "resolved" and not rest.strip(" .") and found.verb in ("agreed", "approved"):
            yield _of_unit(unit, unit.block.text, found, None)
        return
    for part in _enumerated(rest) or [unit.block.text if found.verb != "resolved" else rest]:
        yield _of_unit(unit, part, found, None)


def _in_prose(unit: Unit, names: Subjects) -> Generator[MinuteDecision, None, "_Opened | None"]:
    text = unit.block.text
    for sentence in sentences(text):
        if re.match(r"(?:it was )?(?:moved|proposed|on (?:a|the) )", sentence.text, re.I) and _RESOLVED_WITHIN.search(
            sentence.text
        ):
            yield _of_sentence(unit, sentence, _Found("resolved", None))
            continue
        found = _decided(sentence.text, names, bare=_BARE.match(text) is not None)
        if found and sentence.end >= len(text) and _OPENS.search(sentence.text):
            return _Opened(found, _condition(sentence.text))
        if found:
            yield _of_sentence(unit, sentence, found)
    return None


def _is_resolution_label(found: re.Match[str], names: Subjects) -> bool:
    head = found.group()[: found.start("sign") - found.start()].strip()
    head = re.sub(r"^[^/]* / ", "", head)
    subject = re.sub(r"\b(?:unanimously|also|then)\b", "", head[: -len(found.group("verb"))]).strip()
    if subject and not re.fullmatch(rf"(?i:it (?:was|be)|unanimously)|{names.either}", subject):
        return False
    if found.group("sign")[0] in ":–—-":
        return not (found.group("sign")[0] in "–—-" and subject and "resolved" not in head.lower())
    return head.lower().endswith(("resolved", "decided", "penderfynwyd"))


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
    return _impersonal(text, names) or _active(text, names) or _happy(text, names) or _passive(text, names)


def _impersonal(text: str, names: Subjects) -> _Found | None:
    """Read "Agreed that the scheme be extended" with nobody before it: minutes leave the board out."""
    found = re.match(r"(?:Agreed|Resolved|Decided)(?P<object>,? (?:that|to)\b.*)", text)
    return _Found("agreed", None) if found and is_resolution("agreed", found.group("object"), names) else None


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
        rf"(?P<who>\b{names.either})\s+(?:was|were|is|are)\s+(?:happy|content|willing)\s+to\s+(?:take|adopt"
        rf"|support|approve"
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
        if re.match(r"\s+(?:in|on|at|by) .{0,40}?\b(?:19|20)\d\d\b,? that\b", rest):
            continue  # it tells of an earlier agreement
        clause = re.match(r"\s+that\b(.*)", rest)
        if clause and not is_resolution("agreed", rest, names):
            continue
        return _Found(found.group("verb").lower(), board.group() if board else None)
    return None
