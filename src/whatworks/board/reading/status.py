"""Read what became of earlier promises: the status in an action log, "action 3 complete", "carried forward"."""

import re
from collections.abc import Iterator, Sequence

from whatworks.board.parsed import Lines, PromiseStatus
from whatworks.board.reading.action_table import head_columns, row_of_log
from whatworks.board.reading.due import Due, find_due, read_due
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.promise import PromiseContext
from whatworks.board.reading.promise_state import ANY_STATE, ENDS_IN_STATE, NUMBERED, is_numbered, state_of
from whatworks.board.reading.sentence import sentences

_SPOKEN = re.compile(
    r"\bactions? (?:(?:on|to|from|for|about|regarding|against)\b[^.;]{0,120}? )?"
    rf"(?:was|were|is|are|has been|have been|had been|be) (?:now |all )?(?P<state>{ANY_STATE})\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:forward|over|deferred)\s+(?:to|until)\s+(?P<when>.+)$", re.IGNORECASE)
_ENDED = re.compile(
    rf"^(?P<mark>(?:actions?|ap)\b(?: points?"
    rf"| items?)?\s*(?P<number>[\w./]*\d[\w./]*)?\s*[:.–—-]*\s*)?(?P<promise>.{{8,}}?)\s*"
    rf"(?:[.:;(]|\s[–—-])\s*(?:now |action |status:? )?(?P<state>{ANY_STATE})\b[^.;]{{0,40}}\W*$",
    re.IGNORECASE,
)
_LOG = re.compile(
    r"\b(?:matters arising|actions?(?: log| tracker| points?| from\b.*)?$|action log|outstanding actions)", re.I
)


def find_statuses(
    units: Sequence[Unit], titles: dict[str | None, str], reading: PromiseContext
) -> Iterator[PromiseStatus]:
    """Yield what became of earlier promises, in order; `titles` has each item's title by its key."""
    columns: tuple[str, ...] | None = None
    for unit in units:
        if unit.role == "row":
            columns = head_columns(unit.block.cells) or columns
            if columns and (found := _of_row(unit, columns, reading)):
                yield found
            continue
        columns = None
        if unit.role in ("paragraph", "entry"):
            yield from _in_prose(
                unit, bool(_LOG.search(titles.get(unit.item, "")) or _LOG.search(unit.under or "")), reading
            )


def _of_row(unit: Unit, columns: Sequence[str], reading: PromiseContext) -> PromiseStatus | None:
    log = row_of_log(unit.block.cells, columns, reading)
    state = state_of(log.status)
    if state is None or not (log.text or log.number):
        return None
    due = _until(log.status, reading) or log.due
    return PromiseStatus(
        state, log.status, log.text or None, log.number, log.owners, due.text if due else None,
        due.from_day if due else None, due.to_day if due else None, unit.block.lines,
    )  # fmt: skip


def _in_prose(unit: Unit, in_log: bool, reading: PromiseContext) -> Iterator[PromiseStatus]:
    ended = _ENDED.match(unit.block.text)
    if (
        ended
        and not is_numbered(unit.block.text)
        and (in_log or ended.group("mark"))
        and ENDS_IN_STATE.search(unit.block.text)
    ):
        yield _status(
            ended.group("state"),
            unit.block.text,
            ended.group("promise"),
            ended.group("number"),
            unit.block.lines,
            reading,
        )
        return
    for sentence in sentences(unit.block.text):
        numbered = NUMBERED.match(sentence.text) if is_numbered(sentence.text) else None
        found = numbered or _SPOKEN.search(sentence.text)
        if not found or re.search(r"\b(?:all|no)\s+(?:\w+\s+){0,2}actions?\b", sentence.text, re.IGNORECASE):
            continue
        lines = unit.block.lines_of(sentence.start, sentence.end)
        promise = _promise_in(found, numbered is not None)
        for number in _numbers(numbered.group("numbers")) if numbered else (None,):
            yield _status(found.group("state"), sentence.text, promise, number, lines, reading)


def _status(
    said: str, text: str, promise: str | None, number: str | None, lines: Lines, reading: PromiseContext
) -> PromiseStatus:
    state = state_of(said)
    assert state is not None  # noqa: S101
    due = _until(text, reading) if state == "carried" else None
    return PromiseStatus(
        state, text, promise, number, (), due.text if due else None, due.from_day if due else None,
        due.to_day if due else None, lines,
    )  # fmt: skip


def _until(text: str, reading: PromiseContext) -> Due | None:
    """Return when a promise that is carried forward is due now, as "carried forward to September" says."""
    found = _UNTIL.search(text)
    due = read_due(found.group("when").rstrip(" ."), reading.clock, reading.short) if found else None
    return due if due and due.kind != "event" else find_due(text, reading.clock, reading.short)


def _numbers(text: str) -> list[str]:
    return [one.strip(" .") for one in re.split(r"\s*(?:,|\band\b|&)\s*", text) if one.strip(" .")]


def _promise_in(found: re.Match[str], numbered: bool) -> str | None:
    """Return the words of the promise that a sentence repeats, if any."""
    if numbered:
        said = re.sub(
            r"\b(?:is|are|was|were|has|have|had|been|now|all)\b|^[\s:(–—-]+", "", found.group("between")
        ).strip(" :(–—-")
        return said if len(said.split()) > 2 else None
    return (
        found.groupdict().get("promise")
        or re.split(r"\b(?:was|were|is|are|has|have|had|be) ", found.group())[0].strip()
    )
