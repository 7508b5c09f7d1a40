"""Find marked actions: "Action 1 – ...", "ACTION:", a list under "Actions", a note in brackets, or a table's rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whatworks.board.parsed import Lines, ListedPerson, Promise
from whatworks.board.reading.block import ACTION_LABEL
from whatworks.board.reading.due import Clock, Due, find_due, read_due
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.owner import find_owners, split_owners, stated_owner
from whatworks.board.reading.promise_state import is_status, state_of

_WORD = (
    r"(?:new |agreed |further )?(?:actions?(?: points?| items?)?|ap|follow[- ]ups?|next steps?|tasks?|to[- ]do"
    r"|cam gweithredu|gweithred(?:u)?)"
)
_MARK = re.compile(
    rf"^(?:[^/:.]{{3,40}} / )?(?:{_WORD}|{ACTION_LABEL}(?=[^:]{{0,80}}:))(?:\s*(?:no\.?\s*|for\s+"
    rf"|by\s+)?(?P<number>(?!for\b)[\w./-]*\d[\w./]*))?(?:\s*[(\[](?P<who>[^)\]]{{2,60}})[)\]])?"
    r"\s*(?P<sign>[:–—-]|\s\||(?=\bby\b|\bfor\b|\bon\b))\s*(?P<what>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_INLINE = re.compile(
    r"[\[(]\s*(?:[Aa]ctions?|ACTIONS?)(?:\s+(?P<number>[\w./]*\d))?\s*(?:[:–—-]|\b(?:by"
    r"|for)?)\s*(?P<bracketed>[^\])]{2,160})[\])]"
    r"|(?:(?<=[.;])|\s[–—-])\s*ACTIONS?(?:\s+(?P<number2>[\w./]*\d))?\s*[:–—-]?\s*(?P<tail>.{2,300})$"
    r"|(?<=[.;])\s+(?:Action|ACTION)\s+(?P<alone>[A-Z][\w'’./&, -]{1,40})$"
    r"|(?<=[.;])\s+Actions?(?:\s+(?P<number3>[\w./]*\d))?\s*[:–—-]\s*(?P<tail2>.{2,300})$",
)
HEADS = {
    "action": r"(?:agreed |new |further |key )?actions?(?: points?| items?| required| to be taken| agreed"
    r"| and (?:next steps?|tasks?))?|tasks?|what|next steps?|follow[- ]ups?|directions?",
    "owner": r"(?:action |task )?(?:owners?|leads?)(?: officers?| agency)?|who|by whom"
    r"|(?:person |officer )?responsib\w+(?: for)?(?: officers?| person| agency)?|(?:assigned|allocated) to"
    r"|actions? by|officers?|agency|initials",
    "due": r"due(?: date| by)?|by when|when|deadline|timescales?|target(?: date)?|completion(?: date)?|date(?: due)?"
    r"|by|(?:target|due|completion) date|timings?|timeframe",
    "number": r"(?:action )?(?:no\.?|number|ref\.?(?:erence)?|id)|#|item(?: no\.?)?|minute(?: ref\.?)?",
    "status": r"status|progress|update|rag(?: status)?|comments?|outcome",
}
_INITIALS = re.compile(r"[A-Z][A-Za-z'’]{1,3}")
_MARKED_BY = re.compile(r"[A-Z]{1,2}[a-z'’]?[A-Z]{1,2}(?:\s*[/,&]\s*[A-Z]{1,2}[a-z'’]?[A-Z]{1,2})*")
"""Initials alone, as a column "Action by" holds them, whoever they are."""
_HEADS_LIST = re.compile(rf"^(?:.* of )?(?:the )?{ACTION_LABEL}\b|^next steps?\b|^to[- ]do\b", re.IGNORECASE)
_DECIDES = re.compile(
    r"(?:it was )?(?:agreed|resolved|decided|decisions?|carried)\b\s*(?:[:–—-]|that\b)", re.IGNORECASE
)
_TASK = re.compile(
    r"\b(?!(?:by|due|before|on|at|in|for|until|within|no|later|than|the|end|of|early|mid|late|target|deadline|date"
    r"|completion)\b)[a-z]{2,}",
    re.IGNORECASE,
)
"""A word that is no part of a due date."""
_NOBODY_YET = re.compile(
    r"(?:an? |the )?(?:owner|lead|officer|who)?\s*(?:tb[acd]|(?:to be|not yet) \w+)", re.IGNORECASE
)
_NOTHING = re.compile(r"^\W*(?:none|nil|n/?a|no actions?|-|–)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PromiseContext:
    """What is known when promises are read."""

    people: tuple[ListedPerson, ...]
    clock: Clock
    short: str | None


def head_columns(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return what the columns of an action table hold; None if these cells are no header of one.

    >>> head_columns(("No.", "Action", "Owner", "Due date"))
    ('number', 'action', 'owner', 'due')
    >>> head_columns(("Name", "Organisation")) is None
    True
    """
    kinds: list[str] = []
    for cell in cells:
        text = cell.strip(" :*").lower()
        found = next((k for k, words in HEADS.items() if re.fullmatch(words, text) and k not in kinds), "")
        kinds.append(found)
    return tuple(kinds) if "action" in kinds and ("owner" in kinds or "due" in kinds) else None


def find_actions(units: Sequence[Unit], reading: PromiseContext) -> Iterator[Promise]:
    """Yield the marked actions, in order."""
    columns: tuple[str, ...] | None = None
    for at, unit in enumerate(units):
        text = unit.block.text
        if unit.role == "row":
            head = head_columns(unit.block.cells)
            columns = head or columns
            if not head and columns and (found := _of_row(unit, columns, reading)):
                yield found
            continue
        columns = None
        if _is_listed(unit) and unit.role in ("entry", "paragraph") and not _MARK.match(text):
            if not _NOTHING.match(text):
                yield _promise(unit, text, None, reading, unit.block.lines)
        elif found_mark := _MARK.match(text):
            if not is_status(text) and not _NOTHING.match(found_mark.group("what")):
                yield _marked(unit, found_mark, units[max(0, at - 1) : at], reading)
        elif unit.role in ("paragraph", "entry"):
            yield from _inline(unit, units[max(0, at - 1) : at], reading)


def is_action(unit: Unit) -> bool:
    """Tell whether a unit is a marked action itself."""
    return bool(_MARK.match(unit.block.text) or _INLINE.match(unit.block.text)) or _is_listed(unit)


def _is_listed(unit: Unit) -> bool:
    """Tell whether a unit is an entry of a list under "Actions", "Staff directions" and the like, and no decision."""
    return bool(unit.label and _HEADS_LIST.search(unit.label)) and not _DECIDES.match(unit.block.text)


def _marked(unit: Unit, found: re.Match[str], before: Sequence[Unit], reading: PromiseContext) -> Promise:
    what = found.group("what").strip()
    if found.group("who") and (owners := split_owners(found.group("who"), reading.people)):
        due = find_due(what, reading.clock, reading.short)
        return promised(what, owners, due, unit, unit.block.lines, marked=True, number=found.group("number"))
    owners, ahead = _owners_and_due(what, reading)
    owners = owners or (tuple(_INITIALS.findall(what)) if _MARKED_BY.fullmatch(what) else ())
    if owners and before and before[0].role in ("paragraph", "entry"):
        spoken = before[0].block  # "Action: KM" alone marks what was said before it
        due = ahead or find_due(spoken.text, reading.clock, reading.short)
        return promised(
            spoken.text, owners, due, unit, (spoken.lines[0], unit.block.lines[1]), marked=True,
            number=found.group("number"),
        )  # fmt: skip
    return _promise(unit, what, found.group("number"), reading, unit.block.lines)


def _promise(unit: Unit, text: str, number: str | None, reading: PromiseContext, lines: Lines) -> Promise:
    due = find_due(text, reading.clock, reading.short)
    owners = find_owners(text, reading.people).owners
    return promised(text, owners, due, unit, lines, marked=True, number=number)


def promised(
    text: str, owners: tuple[str, ...], due: Due | None, unit: Unit, lines: Lines, *, marked: bool, number: str | None
) -> Promise:
    """Return a promise of this unit's item, due as the text says."""
    return Promise(
        text=text,
        owners=owners,
        due_text=due.text if due else None,
        due_from=due.from_day if due else None,
        due_to=due.to_day if due else None,
        marked=marked,
        lines=lines,
        paragraph=unit.number,
        item=unit.item,
        number=number,
        due_kind=due.kind if due else None,
    )


def _inline(unit: Unit, before: Sequence[Unit], reading: PromiseContext) -> Iterator[Promise]:
    text = unit.block.text
    for found in _INLINE.finditer(text):
        number = found.group("number") or found.group("number2") or found.group("number3")
        said_of = next(filter(None, map(found.group, ("bracketed", "alone", "tail", "tail2"))), "")
        what = said_of.strip(" .")
        lines = unit.block.lines_of(found.start(), found.end())
        owners, ahead = _owners_and_due(what, reading)
        unnamed = _NOBODY_YET.fullmatch(what)
        if found.group("bracketed") and not owners and not unnamed and not re.search(r"\b(?:to|be|is|by)\b", what):
            owners = stated_owner(what, reading.people)
        if owners or unnamed:
            begun = (
                max(text.rfind(". ", 0, max(0, found.start() - 1)) + 2, 0) if ". " in text[: found.start() - 1] else 0
            )
            said = text[begun : found.start()].strip(" –—-")
            lines = unit.block.lines_of(begun, found.end())
            if not said and before and before[0].role in ("paragraph", "entry"):
                said, lines = before[0].block.text, (before[0].block.lines[0], lines[1])
            due = ahead or find_due(said, reading.clock, reading.short)
            yield promised(said or what, owners, due, unit, lines, marked=True, number=number)
        elif not found.group("alone"):
            yield _promise(unit, what, number, reading, lines)


def _owners_and_due(what: str, reading: PromiseContext) -> tuple[tuple[str, ...], Due | None]:
    """Return who owes and by when of a mark that says no more: "AB", "AB - 1 July 2022", "AB by the next meeting"."""
    parts = [
        part for part in re.split(r"\s*[–—;-]\s+|\s*,\s*(?=by\b|due\b|\d)|\s+(?=by\b|before\b|due\b)", what) if part
    ]
    owners = split_owners(parts[0], reading.people) if parts else ()
    rest = " ".join(parts[1:])
    due = read_due(rest, reading.clock, reading.short)
    phrase = find_due(rest, reading.clock, reading.short)
    task = bool(phrase and _TASK.search(rest[: phrase.start]))  # "AB - visit the assemblies - by 1 July"
    whole = not rest or bool(due and (due.text.lower() == "ongoing" or (due.kind != "event" and not task)))
    return (owners, due) if owners and whole else (split_owners(what, reading.people), None)


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of an action table."""

    text: str
    number: str | None
    owners: tuple[str, ...]
    due: Due | None
    status: str


def row_of_log(row: Sequence[str], columns: Sequence[str], reading: PromiseContext) -> LogRow:
    """Return what stands in a row of an action table under its columns."""
    cells = {kind: text.strip() for kind, text in zip(columns, row, strict=False)}
    text = cells.get("action", "")
    due = read_due(cells.get("due", ""), reading.clock, reading.short)
    if due is None and "due" not in columns:
        due = find_due(text, reading.clock, reading.short)
    stated = cells.get("owner", "")
    owners = stated_owner(stated, reading.people)
    if not owners and "owner" not in columns:
        owners = find_owners(text, reading.people).owners
    return LogRow(text, cells.get("number") or None, owners, due, cells.get("status", ""))


def _of_row(unit: Unit, columns: Sequence[str], reading: PromiseContext) -> Promise | None:
    log = row_of_log(unit.block.cells, columns, reading)
    if not log.text or _NOTHING.match(log.text) or state_of(log.status):
        return None
    return promised(log.text, log.owners, log.due, unit, unit.block.lines, marked=True, number=log.number)


def inherit_due(actions: Sequence[Promise], units: Sequence[Unit], reading: PromiseContext) -> tuple[Promise, ...]:
    """Give an action without a due date that of the paragraph right above it, where that names the same owners.

    Minutes say "to be developed over the coming two months. A and B will lead." and then mark "Action: A and B to ...".
    """
    given = []
    places = {unit.block.lines: at for at, unit in reversed(list(enumerate(units)))}
    for action in actions:
        above = _above(action, units, places.get(action.lines, 0))
        due = find_due(above.block.text, reading.clock, reading.short) if above and not action.due_text else None
        if above and due and due.kind != "meeting" and action.owners and _names_all(above.block.text, action.owners):
            lines = above.block.lines_of(due.start, due.start + len(due.text))
            action = replace(
                action,
                due_text=due.text,
                due_from=due.from_day,
                due_to=due.to_day,
                due_kind=due.kind,
                due_lines=lines,
            )
        given.append(action)
    return tuple(given)


def _above(action: Promise, units: Sequence[Unit], at: int) -> Unit | None:
    before = units[at - 1] if at else None
    return before if before and before.role in ("paragraph", "entry") and before.item == action.item else None


def _names_all(text: str, owners: Sequence[str]) -> bool:
    return all(owner.lower() in text.lower() for owner in owners)
