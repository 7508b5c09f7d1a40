"""Read motions: who moved and seconded what, and whether it was carried; what was lost or withdrawn is no decision."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from whatworks.board.parsed import Lines, MinuteDecision
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.sentence import sentences

_WHO = r"(?-i:[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|van|von|der|den|de|da|di|le|la|del|al|bin)\b\.?)*)"
_MOVED = re.compile(
    rf"\b(?:(?:it was )?(?:moved|proposed|motion (?:was )?(?:made|moved|offered)|motion(?= by))\s*(?:by\b\s*:?"
    rf"|:)|mover\s*:"
    rf"|on (?:a |the )?motion (?:of|by))\s*(?P<who>{_WHO})",
    re.IGNORECASE,
)
_MADE = re.compile(rf"\bwas (?:made|moved|proposed) by (?P<who>{_WHO})", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"^(?P<who>{_WHO}) (?:moved|proposed|made (?:a|the) motion)\b,?(?: and {_WHO} seconded,?)?"
    r" (?:to|that|for|approval|acceptance|adoption)\b"
)
_SECONDED = re.compile(
    rf"\b(?:second(?:ed)?\s*(?:by\b\s*:?|:)|seconder\s*:)\s*(?P<who>{_WHO})|(?P<who2>{_WHO}) seconded\b", re.IGNORECASE
)
_RESULT = re.compile(
    r"^(?:(?:the )?(?:motion|amendment|proposal|resolution|vote|result)s?\b\s*[:–—-]?\s*(?:was |is "
    r"|were )?(?P<said>.*)|(?P<bare>(?:unanimously )?"
    r"(?:carried|adopted|approved|passed|accepted|defeated|lost|negatived|withdrawn|failed|tabled|agreed (?:by"
    r"|nem)\b.*|agreed unanimously|unanimous)"
    r"(?:,? (?:unanimously|as amended|nem\.? con\.?|\d.*|\[.*|by .*))?))\W*$",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:not|defeated|lost|negatived|withdrawn|failed|fell|tabled|rejected|deferred|discussed|postponed"
    r"|referred|no action)\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:carried|adopted|approved|passed|passes|accepted|agreed|unanimous(?:ly)?|resolved)\b", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\b(?:motion|vote|it|resolution)\b[^.]{0,40}?\b(?P<said>(?:was |is )?(?:not )?(?:carried|passed|adopted"
    r"|approved|unanimous\w*|defeated|failed|lost)\b[^.]*)",
    re.IGNORECASE,
)
_TALLY = re.compile(
    r"^\s*(?:ayes?|nays?|yeas?|noes|yes|no|abstain\w*|abstentions?|absent|in favou?r|against|for|recused"
    r"|vote)\s*[:(–-]",
    re.IGNORECASE,
)
_MOVER = re.compile(rf"^mover\s*:\s*(?P<who>{_WHO})", re.IGNORECASE)
_SECONDER = re.compile(rf"^seconder\s*:\s*(?P<who>{_WHO})", re.IGNORECASE)
_RESULT_LABEL = re.compile(r"^(?:result|vote|outcome)\s*:", re.IGNORECASE)
_AGREES = re.compile(
    r"(?:it was )?(?P<said>agreed|resolved|decided|carried)\b\W*(?P<what>(?:that"
    r"|to)\b.+)$",
    re.IGNORECASE | re.DOTALL,
)
_PROPOSAL = re.compile(r"^(?:motion|proposal|proposed|recommendation)\s*(?::|that\b|to\b)", re.IGNORECASE)
_THAT = re.compile(r"^(?:and )?(?:be it )?(?:further )?(?:resolved,? )?that\b", re.IGNORECASE)

Outcome = Literal["carried", "lost"]


@dataclass(slots=True)
class Motion:
    """A motion on its way to its result."""

    texts: list[str] = field(default_factory=list)
    unit: Unit | None = None
    moved: str | None = None
    seconded: str | None = None
    lines: Lines = (0, 0)

    def decided(self, result: str, end: int) -> list[MinuteDecision]:
        """Return the decisions that a carried motion is: one for each "That"; none where its words are not printed."""
        if not self.texts or self.unit is None:
            return []
        several = len(self.texts) > 1 and all(_THAT.match(text) for text in self.texts)
        return [
            MinuteDecision(
                text, self.unit.number, None, None, (self.lines[0], end), self.unit.item, "resolved",
                self.moved, self.seconded, result,
            )
            for text in (self.texts if several else [" ".join(self.texts)])
        ]  # fmt: skip


def outcome(text: str) -> tuple[Outcome, str] | None:
    """Return whether a line says that a motion was carried, and in which words; None where it is no such line.

    >>> outcome("CARRIED"), outcome("RESULT: ADOPTED [UNANIMOUS]"), outcome("Motion defeated 2-5.")
    (('carried', 'CARRIED'), ('carried', 'ADOPTED [UNANIMOUS]'), ('lost', 'defeated 2-5'))
    >>> outcome("The motion to adjourn was discussed at length by the members of the board")
    """
    found = _RESULT.match(text.strip()) if len(text.split()) <= 14 else None
    words = (found.group("bare") or found.group("said") or "").strip(" .") if found else ""
    if not words or words.lower().startswith(("to ", "that ", "made ", "by ")):
        return None
    if _LOST.search(words):
        return "lost", words
    return ("carried", words) if _CARRIED.search(words) else None


@dataclass(slots=True)
class MotionReader:
    """Goes over the units and puts motions together from the lines that boards set them in."""

    units: Sequence[Unit]
    open: Motion | None = None
    passed: int = 0
    """How far the lines below a result, which name its mover, were taken in."""

    def take(self, at: int) -> tuple[bool, list[MinuteDecision]]:
        """Return whether a unit belongs to a motion, and the decisions that it completes."""
        unit = self.units[at]
        text = unit.block.text
        if at < self.passed:
            return True, []
        if unit.role not in ("paragraph", "entry", "subheading", "label"):
            self.open = None
            return False, []
        ended = outcome(text)
        if ended and self.open is None and _RESULT_LABEL.match(text) and at:
            self.open = self._of_heading(self.units[at - 1])
        if ended and self.open:
            return self._end(ended, at)
        if self.open and _TALLY.match(text):
            return True, []
        if self.open and not self.open.texts and (agreed := _AGREES.match(text)):
            self.open.texts, self.open.unit = [agreed.group("what")], unit
            return self._end(("carried", agreed.group("said")), at)
        text = text[_moves_at(text) :]
        if self._opens(text):
            return self._begin(at, text)
        if self.open and not self.open.texts and (_THAT.match(text) or self.open.moved):
            self.open.texts, self.open.unit = [text], unit
            return True, []
        if self.open and _THAT.match(text):
            self.open.texts.append(text)
            return True, []
        self.open = None
        return False, []

    def _of_heading(self, above: Unit) -> Motion | None:
        """Return the motion of "RESULT: ACCEPTED" right below a heading: what the heading names."""
        if above.role not in ("subheading", "entry", "paragraph", "item") or len(above.block.text.split()) > 25:
            return None
        return Motion([above.block.text], above, lines=above.block.lines)

    def _opens(self, text: str) -> bool:
        moved = _MOVED.search(text) or _MADE.search(text) or _ACTIVE.match(text)
        alone = re.match(r"(?:seconded|seconder|mover|moved)\b", text, re.IGNORECASE)
        return bool(moved or _PROPOSAL.match(text) or (self.open and alone)) and not re.search(r"\bRESOLVED\b", text)

    def _begin(self, at: int, text: str) -> tuple[bool, list[MinuteDecision]]:
        unit = self.units[at]
        goes_on = self.open is not None and not self.open.texts
        motion = self.open if self.open and goes_on else Motion(unit=unit, lines=unit.block.lines)
        moved = _MOVED.search(text) or _MADE.search(text) or _ACTIVE.match(text)
        seconded = _SECONDED.search(text)
        motion.moved = motion.moved or (_who(moved.group("who")) if moved else None)
        motion.seconded = motion.seconded or (
            _who(seconded.group("who") or seconded.group("who2")) if seconded else None
        )
        self.open = motion
        if _says_what(text):
            within = _WITHIN.search(text)
            motion.texts = [text]
            if within:
                lost = _LOST.search(within.group("said"))
                motion.texts = [_before(text, within.start()) or text]
                return self._end(("lost" if lost else "carried", within.group("said")), at)
        return True, []

    def _end(self, ended: tuple[Outcome, str], at: int) -> tuple[bool, list[MinuteDecision]]:
        motion, self.open = self.open, None
        self.passed = at + 1
        while self.passed < len(self.units):
            text = self.units[self.passed].block.text
            moved, seconded = _MOVER.match(text), _SECONDER.match(text)
            if not (moved or seconded or _TALLY.match(text)):
                break
            if motion and moved:
                motion.moved = motion.moved or _who(moved.group("who"))
            if motion and seconded:
                motion.seconded = motion.seconded or _who(seconded.group("who"))
            self.passed += 1
        end = self.units[self.passed - 1].block.lines[1]
        return True, motion.decided(ended[1], end) if motion and ended[0] == "carried" else []


def _moves_at(text: str) -> int:
    """Return where in a paragraph the sentence begins in which somebody moves."""
    return next((one.start for one in sentences(text) if _ACTIVE.match(one.text) or _MOVED.match(one.text)), 0)


def _before(text: str, at: int) -> str:
    """Return the sentences before a place in a text."""
    return " ".join(one.text for one in sentences(text) if one.end <= at)


def _says_what(text: str) -> bool:
    """Tell whether a line says what is moved, and not only who moves and seconds it."""
    rest = _SECONDED.sub(" ", _MADE.sub(" ", _MOVED.sub(" ", text)))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) > 3


def _who(text: str) -> str:
    return re.sub(r"[\s,]+(?:and|second.*)?$", "", text.strip(), flags=re.IGNORECASE).strip(" ,")
