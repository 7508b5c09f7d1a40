"""Find promises made in prose, and key deliverables: what somebody will do without the minutes marking it an action."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whatworks.board.parsed import AgendaItem, NextMeeting, Promise
from whatworks.board.reading.action import is_action
from whatworks.board.reading.due import find_due
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.owner import split_owners
from whatworks.board.reading.promise import PromiseContext, promised
from whatworks.board.reading.sentence import TextSentence, sentences
from whatworks.board.reading.subject import Subjects

_DOING = (
    r"(?:come back|report(?: back)?|bring|provide|circulate|send|share|produce|prepare|draft|write|present|arrange"
    r"|organi[sz]e|convene|contact|meet|review|develop|explore|establish|set up|commission|invite|update|submit|publish"
    r"|investigate|lead|re-?structure|consult|follow up|look into|work up|look at|continue|take forward|raise|speak"
    r"|ensure that a|check|draw up|feed back|identify|map|scope|confirm|design|create|liaise|co-?ordinate|carry out"
    r"|complete|consider|discuss)"
)
_VOWED = re.compile(
    r"(?P<who>(?:^|(?<=[.,;] )|(?<=and )|(?<=that ))(?:[\w'’/&.-]+\s+){0,7}?)"
    r"(?P<vow>will|shall|offered to|undertook to|promised to|volunteered to|committed to)"
    rf"\s+(?:now\s+|then\s+|also\s+|jointly\s+)?{_DOING}\b",
    re.IGNORECASE,
)
_BARE_WILL = re.compile(rf"^(?:\(Re\.?\s*[\d.–-]+\)\s*)?Will\s+{_DOING}\b")
_HOPED = re.compile(r"\bhopes?\b.{0,60}\b(?:in place|complete|ready|available|finished)\b.{0,20}\bby\b", re.IGNORECASE)
_AGREED_TO = re.compile(rf"(?P<who>(?:[A-Z][\w'’.-]*\s+){{1,4}})agreed\s+to\s+{_DOING}\b")
_PASSIVE_WILL = re.compile(
    r"^(?P<what>(?:the|a|an|this|these|details)\b.{0,80}?)\s+will\s+(?:then\s+)?be\s+(?P<verb>available|ready"
    r"|in place|worked up|circulated"
    r"|brought|presented|produced|provided|published|shared|sent|established|reported|prepared|submitted|arranged|developed)\b",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"\b(?:proposed|proposal|suggested|suggests|would|explained|if\b|pilots?\b.{0,40}\bwill|funding|could|whether|argued"
    r"|concept|hoped that)\b",
    re.IGNORECASE,
)
_REPORT_BACK = re.compile(r"\bas (?:the|an?) .{0,60}\b(?:report|come|bring) back\b|\bto report back (?:to|at|by|in)\b")


def find_commitments(units: Sequence[Unit], reading: PromiseContext, names: Subjects) -> Iterator[Promise]:
    """Yield promises in prose: at most one a sentence, none from what is marked an action or a deliverable."""
    for unit in units:
        if unit.role not in ("paragraph", "entry") or is_action(unit) or (unit.label or "").endswith("deliverables"):
            continue
        said = sentences(unit.block.text)
        for at, sentence in enumerate(said):
            stated = _stated(sentence.text, names)
            if stated is not None:
                promise = _promise(unit, sentence, stated, reading)
                after = said[at + 1] if at + 1 < len(said) and _asked_by_chair(sentence.text, names) else None
                yield _due_after(promise, after, unit, reading)


def find_deliverables(units: Sequence[Unit], reading: PromiseContext) -> Iterator[Promise]:
    """Yield what stands under "Key deliverables", one for each entry or paragraph."""
    for unit in units:
        if (unit.label or "").endswith("deliverables") and unit.role in ("paragraph", "entry"):
            text = unit.block.text
            due = find_due(text, reading.clock, reading.short)
            named = re.match(r"(?P<who>(?:The\s+)?[‘'\"]?[A-Z].{2,60}?)\s+to\s+(?!be\b)[a-z]", text)
            owners = _owners(named.group("who"), reading) if named and not text.startswith("To ") else ()
            yield promised(text, owners, due, unit, unit.block.lines, marked=False, number=None)


def _stated(text: str, names: Subjects) -> str | None:
    """Return the words for whoever makes the promise in a sentence; None where it makes none."""
    if _asked_by_chair(text, names) or _BARE_WILL.match(text) or _HOPED.search(text):
        return ""
    if found := _AGREED_TO.search(text):
        return found.group("who")
    for found in _VOWED.finditer(text):
        who = found.group("who").strip(" ,;")
        if found.group("vow").lower() in ("will", "shall"):
            if not _can_vow(who) or _IDLE.search(text[: found.start("vow")]):
                continue
            if re.match(r"(?:to\s+)?\s*(?:be|have)\b", text[found.end("vow") :].strip()):
                continue
        return who
    if _PASSIVE_WILL.match(text) and not _IDLE.search(text):
        return ""
    return "" if _REPORT_BACK.search(text) else None


def _asked_by_chair(text: str, names: Subjects) -> bool:
    """Tell whether board or chair asks for something to be done: "The Mayor concluded ... and asked that"."""
    chair = rf"(?P<who>{names.either})"
    asked = re.search(
        rf"\b{chair}\b[^.]*?\b(?:asked|asking|requested|requesting)\s+(?:that\b|for\s+(?:a|an|the)\b.*\bto be\b)", text
    )
    urged = re.search(rf"\b{chair}\b[^.]*?\bagree(?:d|ing)\s+that\s+the\s+\w+\s+(?:should\s+)?{_DOING}\b", text)
    return bool(asked or urged)


def _can_vow(who: str) -> bool:
    """Tell whether a subject is somebody who can promise: not a proposal, a pilot or "it"."""
    words = who.split()
    if not words or len(words) > 8:
        return False
    if re.match(r"(?:it|this|that|these|those|there|which|who|what|and|he|she|they|not)\b", words[-1], re.IGNORECASE):
        return words[-1].lower() in ("he", "she", "they")
    if words[-1].lower() == "we":
        return True
    return words[-1][:1].isupper() or words[-1].lower() in ("officers", "partners", "members", "chair", "board", "team")


def _owners(who: str, reading: PromiseContext) -> tuple[str, ...]:
    who = re.sub(r"^(?:.*\b(?:and|that|said|,)\s+)?(?=(?:we|he|she|they)$)", "", who.strip(), flags=re.IGNORECASE)
    if who.lower() in ("", "we", "he", "she", "they"):
        return ()
    return split_owners(who, reading.people)


def _promise(unit: Unit, sentence: TextSentence, who: str, reading: PromiseContext) -> Promise:
    due = find_due(sentence.text, reading.clock, reading.short)
    lines = unit.block.lines_of(sentence.start, sentence.end)
    return promised(sentence.text, _owners(who, reading), due, unit, lines, marked=False, number=None)


def _due_after(promise: Promise, after: TextSentence | None, unit: Unit, reading: PromiseContext) -> Promise:
    """Give what the chair asked for the date of the next sentence: "He supported this being presented to the next ...".

    Only where the promise has none, and the same person goes on speaking.
    """
    if (
        promise.due_text
        or after is None
        or not re.match(r"(?:He|She|They) (?:supported|asked|requested)\b", after.text)
    ):
        return promise
    due = find_due(after.text, reading.clock, reading.short)
    if due is None:
        return promise
    lines = unit.block.lines_of(after.start + due.start, after.start + due.start + len(due.text))
    return replace(
        promise, due_text=due.text, due_from=due.from_day, due_to=due.to_day, due_kind=due.kind, due_lines=lines
    )


_OPENS = re.compile(
    r"\b(?:agenda items?|items? (?:for|on)(?: the)?(?: agenda)?|forward plan|agenda)\b.*\b(?:next|future"
    r"|forthcoming)\b.*:\s*$"
    r"|\bnext\b.*\bagenda\b.*:\s*$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"^(?P<what>[A-Z].{3,120}?)\s+(?:to be|will be|should be)\s+(?:added to|placed on|included on|put on"
    r"|taken on|on)\s+the\s+"
    r"agenda\s+(?:for|of)\s+the\s+(?:next|following)\b",
    re.IGNORECASE,
)


def find_agenda_items(units: Sequence[Unit], following: NextMeeting | None) -> Iterator[AgendaItem]:
    """Yield the items promised to the next meeting, in order."""
    day = following.day if following else None
    for at, unit in enumerate(units):
        if unit.role not in ("paragraph", "entry"):
            continue
        if _OPENS.search(unit.block.text):
            for entry in units[at + 1 :]:
                child = unit.number and (entry.number or "").startswith(f"{unit.number}.")
                if not child and not (entry.role == "entry" and entry.number == unit.number):
                    break
                yield AgendaItem(entry.block.text.strip(), day, entry.block.lines)
        elif found := _ONE.match(unit.block.text):
            yield AgendaItem(found.group("what").strip(), day, unit.block.lines)
