"""Find marked actions: "Action 1 – ...", "ACTION:", a list under "Actions", a note in brackets, or a table's rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whatworks.board.parsed import Lines, Promise
from whatworks.board.reading.action_table import head_columns, row_of_log
from whatworks.board.reading.block import ACTION_LABEL, ends_sentence
from whatworks.board.reading.column_head import kinds_of
from whatworks.board.reading.due import Due, find_due, read_due
from whatworks.board.reading.gazetteer import gazetteer
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.owner import find_owners, is_somebody, split_owners, stated_owner
from whatworks.board.reading.person_name import PARTICLES
from whatworks.board.reading.promise import TASK, PromiseContext, fields_of, promised, tail_of, when_of, with_fields
from whatworks.board.reading.promise_state import is_status, state_of
from whatworks.board.reading.sentence import sentences

_WORD = (
    r"(?:new |agreed |further )?(?:actions?(?: points?| items?| agreed)?|ap|follow[- ]ups?|next steps?|tasks?|to[- ]do"
    r"|undertakings?|cam gweithredu|gweithred(?:u)?)"
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
_INITIALS = re.compile(r"[A-Z][A-Za-z'’]{1,3}")
_MARKED_BY = re.compile(r"[A-Z]{1,2}[a-z'’]?[A-Z]{1,2}(?:\s*[/,&]\s*[A-Z]{1,2}[a-z'’]?[A-Z]{1,2})*")
"""Initials alone, as a column "Action by" holds them, whoever they are."""
_HEADS_LIST = re.compile(rf"^(?:.* of )?(?:the )?{ACTION_LABEL}\b|^next steps?\b|^to[- ]do\b", re.IGNORECASE)
_DECIDES = re.compile(
    r"(?:it was )?(?:agreed|resolved|decided|decisions?|carried)\b\s*(?:[:–—-]|that\b)", re.IGNORECASE
)
_NOBODY_YET = re.compile(
    r"(?:an? |the )?(?:owner|lead|officer|who)?\s*(?:tb[acd]|(?:to be|not yet) \w+)", re.IGNORECASE
)
_NOTHING = re.compile(r"^\W*(?:none|nil|n/?a|no actions?|-|–)\W*$", re.IGNORECASE)


def find_actions(units: Sequence[Unit], reading: PromiseContext) -> Iterator[Promise]:
    """Yield the marked actions, in order; "Owner: ..." and "Due: ..." below one are its own."""
    heads: tuple[str, ...] | None = None
    last: Promise | None = None
    for at, unit in enumerate(units):
        if unit.role == "row":
            found = head_columns(unit.block.cells)
            heads = found or heads
            yield from [last] if last else []
            last = None if found else _of_row(unit, heads, reading) if heads else _of_cells(unit, reading)
            continue
        heads = None
        if last and (completed := _completed(last, unit, reading)):
            last = completed
            continue
        yield from [last] if last else []
        marked = list(_of_unit(unit, units[max(0, at - 1) : at], reading))
        yield from marked[:-1]
        last = marked[-1] if marked else None
    yield from [last] if last else []


def _of_unit(unit: Unit, before: Sequence[Unit], reading: PromiseContext) -> Iterator[Promise]:
    text = unit.block.text
    mark = _MARK.match(text)
    if _is_listed(unit) and unit.role in ("entry", "paragraph") and not mark:
        if not _NOTHING.match(text):
            yield _promise(unit, text, None, reading, unit.block.lines)
    elif mark:
        if not is_status(text) and not _NOTHING.match(mark.group("what")):
            yield _marked(unit, mark, before, reading)
    elif unit.role in ("paragraph", "entry"):
        inline = list(_inline(unit, before, reading))
        yield from inline or _ordered(unit, reading)


_ORDER = re.compile(
    r"(?:[^\w\s(]{1,2}\s+)?(?:(?P<label>[A-Z][\w -]{1,24}?)\s*[\d.]*\s*[:–—]\s+|[A-Z]{0,3}\d[\d.]*[:.)]?\s+)?"
    r"(?P<order>(?P<who>[^.;:]{2,90}?)\s+to\s+(?P<verb>[a-z][a-z-]*)\b[^.;]*[.;]?)"
)
_INSTRUCTED = re.compile(
    r"(?:that|to|and|agreed|(?:agreed )?to|the \w+)?\s*(?:instructed|asked|requested|directed|tasked)\s+(?P<order>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SUBJUNCTIVE = re.compile(r"(?:and )?[Tt]hat (?=(?:the )?[A-Z]|officers\b|all\b)(?P<order>[^.;:]+)[.;]?(?: and)?")
_NO_VERB = re.compile(r"the|an?|all|each|this|that|be|have|of|and|for|in|with|or|to|from|on|at|by")
_BOARDS = re.compile(
    r"(?:the |all )?(?:board|chair|group|committee|panel|partnership|council|members|meeting|forum|authority)",
    re.IGNORECASE,
)
_LEFT_MARK = re.compile(r"(?P<what>.{12,}?)\W*\s(?:ACTIONS?|Action)\W*", re.DOTALL)


_SMALL = re.compile(r"of|and|for|the|in|all|members|officers|partners|agencies|staff|chair|secretary|clerk")


def _ordered(unit: Unit, reading: PromiseContext) -> Iterator[Promise]:
    """Yield what a text that no mark stands before asks of somebody: "AB to write to them", "Write to them (AB)"."""
    text = unit.block.text
    begun = _INSTRUCTED.match(text)
    found = _ORDER.fullmatch(begun["order"] if begun else text)
    decided = found and kinds_of(found["label"] or "") & {"decision"}
    if left := _LEFT_MARK.fullmatch(text):
        yield _promise(unit, sentences(left["what"])[-1].text, None, reading, unit.block.lines)
    elif found and not decided and not _NO_VERB.fullmatch(found["verb"]) and _are_somebody(found["who"], reading):
        yield _promise(unit, found["order"], None, reading, unit.block.lines)
    elif asked := _SUBJUNCTIVE.fullmatch(text):
        for verb in re.finditer(r"\s([a-z][a-z-]*)\s", asked["order"]):
            who = asked["order"][: verb.start()]
            if not _NO_VERB.fullmatch(verb[1]) and not verb[1].endswith(("ed", "s")):
                if _are_somebody(who, reading) and not _BOARDS.fullmatch(who):
                    promise = _promise(unit, asked["order"], None, reading, unit.block.lines)
                    yield replace(promise, owners=split_owners(who, reading.people))
                return
    elif text.split(" ")[0].lower() in gazetteer().verbs and not ends_sentence(text.rstrip(")] ")):
        yield from [_promise(unit, text, None, reading, unit.block.lines)] if tail_of(text, reading)[0] else []


def _are_somebody(who: str, reading: PromiseContext) -> bool:
    """Tell whether a phrase is nothing but people listed, posts and bodies."""
    if any(word.islower() and not _SMALL.fullmatch(word) and word not in PARTICLES for word in who.split()):
        return False
    owners = split_owners(who, reading.people)
    return bool(owners) and all(is_somebody(one, reading.people) for one in owners)


def _completed(promise: Promise, unit: Unit, reading: PromiseContext) -> Promise | None:
    """Return a promise with what the line below it says of its owner or date: "Lead: AB"."""
    found = _FIELD.fullmatch(unit.block.text)
    kinds = kinds_of(found["label"]) if found else frozenset()
    if not found or "action" in kinds or not kinds & {"owner", "due", "status"}:
        return None
    return with_fields(
        replace(promise, lines=(promise.lines[0], unit.block.lines[1])),
        {next(iter(sorted(kinds & {"owner", "due", "status"}))): found["value"]},
        reading,
    )


_FIELD = re.compile(r"(?P<label>[A-Z][\w ]{1,24}?)\s*[:–—-]\s+(?P<value>.+)")


def _of_cells(unit: Unit, reading: PromiseContext) -> Promise | None:
    """Return the action of a row that no headings stand over: "Action", what, who and when in cells of their own."""
    cells = [cell.strip() for cell in unit.block.cells if cell.strip()]
    if len(cells) < 2 or "action" not in kinds_of(cells[0]) or kinds_of(cells[1]):
        return None
    if len(cells) == 2 and split_owners(cells[1], reading.people):
        return None
    promise = _promise(unit, cells[1], None, reading, unit.block.lines)
    for cell in cells[2:]:
        promise = with_fields(promise, {"due" if when_of(cell, reading) else "owner": cell}, reading)
    return promise


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
    what, fields = fields_of(text)
    tailed, ahead = tail_of(what, reading)
    owners = tailed if tailed and ahead else find_owners(what, reading.people).owners or tailed
    due = ahead or find_due(what, reading.clock, reading.short)
    return with_fields(promised(text, owners, due, unit, lines, marked=True, number=number), fields, reading)


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
    task = bool(phrase and TASK.search(rest[: phrase.start]))  # "AB - visit the assemblies - by 1 July"
    whole = not rest or bool(due and (due.text.lower() == "ongoing" or (due.kind != "event" and not task)))
    return (owners, due) if owners and whole else (split_owners(what, reading.people), None)


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
