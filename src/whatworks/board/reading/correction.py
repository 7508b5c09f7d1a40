"""Find changes to the minutes of an earlier meeting, that meeting's date, and claims about the record itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from whatworks.board.parsed import Claim, Lines, MinuteCorrection
from whatworks.board.reading.outline import Outline, Unit
from whatworks.board.reading.printed_date import PrintedDate, find_dates
from whatworks.board.reading.sentence import sentences

_PREVIOUS = re.compile(
    r"\b(?:minutes?|notes|record)\b.{0,90}?\b(?:of|from|for|dated|on)\b|"
    r"\bminutes\b.{0,80}?\b(?:last|previous|meeting held|meeting of|meeting on|of the|from|dated|held on)\b"
    r"|\bminutes\b.*\(|"
    r"\b(?:last|previous) meeting\b",
    re.IGNORECASE,
)
_PLACE = r"(?:paragraphs?|paras?\.?|minutes?|items?|sections?|pages?|points?)"
_CHANGED = re.compile(
    rf"\b(?:{_PLACE})\s+(?P<where>\d[\d./]*[a-z]?)\b(?P<of>[^.;]{{0,80}}?)\b(?:was|were|be|to be|being|should be|is)\s+"
    r"(?P<change>removed|amended|deleted|replaced|corrected|changed|added|struck out|reworded)\b",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    rf"\b(?P<change>amendments?|corrections?|changes?|deletion|removal|addition)\s+(?:to|of|at"
    rf"|in)\s+(?:the\s+)?(?:{_PLACE})\s+"
    r"(?P<where>\d[\d./]*[a-z]?)\b",
    re.IGNORECASE,
)
_TO_READ = re.compile(
    rf"\b(?:{_PLACE})\s+(?P<where>\d[\d./]*[a-z]?)\b[^.;]{{0,40}}\b(?:to|should|shall) (?:now )?read\b", re.I
)
_CLAIM = re.compile(
    r"\b(?:no outstanding actions?|no actions? outstanding|all (?:\w+ )?actions (?:had been|have been|were"
    r"|are) (?:\w+ )?(?:completed?|"
    r"discharged|closed)|no (?:other )?matters arising)\b",
    re.IGNORECASE,
)
_NOUNS = {
    "amendment": "amended",
    "correction": "corrected",
    "change": "changed",
    "deletion": "deleted",
    "removal": "removed",
    "addition": "added",
}


@dataclass(frozen=True, slots=True)
class Previous:
    """The meeting whose minutes were taken."""

    day: date
    inferred: bool
    lines: Lines


def find_previous(outline: Outline, meeting: date | None) -> Previous | None:
    """Return the date of the last meeting; without a printed year, the nearest one past."""
    texts = [(item.title, item.lines) for item in outline.items]
    texts += [(unit.block.text[:300], unit.block.lines) for unit in outline.units[:30] if unit.role != "item"]
    for text, lines in texts:
        if not _PREVIOUS.search(text):
            continue
        for printed in find_dates(text):
            day = _past(printed, meeting)
            if day and (meeting is None or day < meeting):
                return Previous(day, printed.year is None, lines)
    return None


def _past(printed: PrintedDate, meeting: date | None) -> date | None:
    return printed.on() or (printed.before(meeting) if meeting else None)


def find_corrections(
    units: Sequence[Unit], meeting: date | None, previous: Previous | None
) -> Iterator[MinuteCorrection]:
    """Yield the changes made to earlier minutes, each with the meeting that it changes."""
    for unit in units:
        if unit.role not in ("paragraph", "entry"):
            continue
        about = re.search(r"\bminutes\b", unit.block.text, re.I) or re.search(r"\bminutes\b", unit.item or "", re.I)
        for sentence in sentences(unit.block.text) if about else ():
            found = _CHANGED.search(sentence.text) or _AMENDED.search(sentence.text) or _TO_READ.search(sentence.text)
            if not found:
                continue
            change = found.groupdict().get("change", "amended").lower()
            change = _NOUNS.get(change.removesuffix("s"), change)
            printed = next(find_dates(sentence.text), None)
            day = _past(printed, meeting) if printed else previous.day if previous else None
            inferred = printed.year is None if printed else bool(previous and previous.inferred)
            lines = unit.block.lines_of(sentence.start, sentence.end)
            yield MinuteCorrection(day, found.group("where").rstrip("."), change, sentence.text, inferred, lines)


def find_claims(units: Sequence[Unit]) -> Iterator[Claim]:
    """Yield what the paper says about the record: that no actions are outstanding, that all were completed."""
    for unit in units:
        if unit.role in ("paragraph", "entry"):
            for sentence in sentences(unit.block.text):
                if found := _CLAIM.search(sentence.text):
                    lines = unit.block.lines_of(sentence.start, sentence.end)
                    yield Claim(found.group(), sentence.text, unit.number, lines)
