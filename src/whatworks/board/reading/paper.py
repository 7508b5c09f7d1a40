"""Read one paper: put head, attendance, outline and everything found in it together into one record."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from whatworks.board.parsed import Lines, ListedPerson, NextMeeting, ParsedPaper, Unplaced, Unresolved
from whatworks.board.reading.action import find_actions, inherit_due
from whatworks.board.reading.action_table import head_columns
from whatworks.board.reading.attendance.lines import apologies_in
from whatworks.board.reading.attendance.listing import AttendanceLists, both_ways, merge, read_attendance, read_within
from whatworks.board.reading.block import PaperBlock, ends_sentence, make_blocks, plain
from whatworks.board.reading.column import align
from whatworks.board.reading.commitment import find_agenda_items, find_commitments, find_deliverables
from whatworks.board.reading.correction import find_claims, find_corrections, find_previous
from whatworks.board.reading.decision import find_decisions
from whatworks.board.reading.due import Clock
from whatworks.board.reading.figure import find_figures
from whatworks.board.reading.initials import find_unresolved
from whatworks.board.reading.meeting import MeetingFacts, read_end, read_head, read_next
from whatworks.board.reading.minutes_table import unfold
from whatworks.board.reading.outline import Outline, make_outline
from whatworks.board.reading.owner import resolved
from whatworks.board.reading.page_form import meeting_ranges, tidy
from whatworks.board.reading.printed_date import find_dates
from whatworks.board.reading.priority import find_priorities
from whatworks.board.reading.promise import PromiseContext
from whatworks.board.reading.report import find_benefits, find_dependencies, find_measures, find_recommendations
from whatworks.board.reading.report_table import Tables, read_tables
from whatworks.board.reading.status import find_statuses
from whatworks.board.reading.subject import Subjects, find_chair, subjects
from whatworks.records.documents import Document, Line

_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "was", "that", "for", "on", "a", "is", "be", "were", "will", "with", "by")
)
_TITLE_LINE = re.compile(
    r"^(?:draft |confirmed |approved )?(?:minutes|notes)\b.{0,60}$|^meeting\b.{0,30}$", re.IGNORECASE
)
_REPORT_HEAD = re.compile(r"^(?:report(?: no\.?)?|date|by|to|from|author|agenda item|subject)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was read from a range of lines, before it becomes the record."""

    kind: str
    meeting: MeetingFacts
    attendance: AttendanceLists
    tables: Tables
    outline: Outline
    people: tuple[ListedPerson, ...]
    both_ways: tuple[Unresolved, ...]
    names: Subjects
    placed: set[int]


def read_papers(document: Document) -> tuple[ParsedPaper, ...]:
    """Return one record a meeting: several where the file holds several, else one."""
    ranges = meeting_ranges(document.lines)
    return tuple(_read(document, first, last) for first, last in ranges)


def read_paper(document: Document) -> ParsedPaper:
    """Return the record of a paper.

    A file with several meetings gives the first, marked partial; `read_papers` gives them all.
    """
    ranges = meeting_ranges(document.lines)
    others = None
    if len(ranges) > 1:
        starts = ", ".join(str(first) for first, _ in ranges[1:])
        others = f"The file holds {len(ranges)} meetings; only the first was read, others begin on line {starts}."
    return _read(document, *ranges[0], others)


def _read(document: Document, first: int, last: int, others: str | None = None) -> ParsedPaper:
    original = document.lines
    document, labels = tidy(document)
    document, spans = align(document)
    parts = _parts(document, first, last)
    meeting, units = parts.meeting, parts.outline.units
    previous = find_previous(parts.outline, meeting.date)
    reading = PromiseContext(parts.people, Clock(meeting.date, meeting.next), parts.names.short)
    decisions = tuple(find_decisions(units, parts.names)) if parts.kind == "minutes" else ()
    marked = inherit_due(tuple(find_actions(units, reading)), units, reading)
    actions = tuple(
        replace(
            one, lines=(one.lines[0], spans.get(one.lines[1], one.lines[1])), owners=resolved(one.owners, parts.people)
        )
        for one in marked
    )
    recommendations = tuple(find_recommendations(parts.outline)) if parts.kind == "report" else ()
    asked = {recommendation.lines for recommendation in recommendations}
    deliverables = tuple(find_deliverables(units, reading))
    commitments = tuple(
        replace(one, owners=resolved(one.owners, parts.people)) for one in find_commitments(units, reading, parts.names)
    )
    inferred = (("previous",) if previous and previous.inferred else ()) + (("next",) if meeting.next_inferred else ())
    paragraphs = tuple(paragraph for paragraph in parts.outline.paragraphs if paragraph.lines not in asked)
    placed = parts.placed | _lines_in([*paragraphs, *actions, *deliverables, *recommendations])
    statuses = tuple(find_statuses(units, {one.number or one.title: one.title for one in parts.outline.items}, reading))
    placed |= _lines_in([*statuses, *decisions])
    placed |= {line for at, end in spans.items() if at in placed for line in range(at, end + 1)}
    lines = dict(meeting.lines) | ({"previous": previous.lines} if previous else {})
    return ParsedPaper(
        kind="report" if parts.kind == "report" else "minutes",
        body=meeting.body,
        date=meeting.date,
        weekday_ok=meeting.weekday_ok,
        time=meeting.time,
        time_text=meeting.time_text,
        end=meeting.end,
        place=meeting.place,
        next=meeting.next,
        previous=previous.day if previous else None,
        inferred=inferred,
        people=parts.people,
        items=tuple(parts.outline.items),
        subheadings=tuple(parts.outline.subheadings),
        paragraphs=paragraphs,
        decisions=decisions,
        actions=actions,
        deliverables=deliverables,
        commitments=commitments if parts.kind == "minutes" else (),
        statuses=statuses,
        priorities=tuple(find_priorities(units, decisions, parts.names)) if parts.kind == "minutes" else (),
        agenda_next=tuple(find_agenda_items(units, meeting.next)),
        corrections=tuple(find_corrections(units, meeting.date, previous)) if parts.kind == "minutes" else (),
        figures=tuple(find_figures(units)),
        claims=tuple(find_claims(units)),
        recommendations=recommendations,
        risks=tuple(parts.tables.risks),
        dependencies=tuple(find_dependencies(units)),
        benefits=tuple(find_benefits(units)),
        measures=tuple(find_measures(units)),
        abbreviations=tuple(parts.tables.abbreviations),
        table_faults=tuple(parts.tables.faults),
        unresolved=(*parts.both_ways, *find_unresolved(units, parts.people, actions)),
        unplaced=_unplaced(original[first - 1 : last], placed | labels),
        lines=lines,
        file=document.name,
        partial=_partial(document, parts, first, last, others),
    )


def _parts(document: Document, first: int, last: int) -> _Parts:
    attendance = read_attendance(document.lines, first, last)
    tables = read_tables(document, first, last)
    kind = _kind(document.lines[first - 1 : last], attendance)
    head_end = (attendance.first or first) - 1 if attendance.first else _head_end(document, first, last, kind)
    meeting = read_head(document.lines[first - 1 : max(head_end, first)])
    body_from = _report_body(document, first, head_end) if kind == "report" else max(attendance.last, head_end) + 1
    if attendance.first and attendance.first > 1 and attendance.last and body_from > attendance.last + 1:
        body_from = attendance.last + 1
    blocks = [
        block
        for block in make_blocks(document, min(body_from, last), last)
        if not (set(range(block.lines[0], block.lines[1] + 1)) & (tables.placed | attendance.placed))
    ]
    unfolded, heads = unfold(blocks)
    said = read_end(unfolded, meeting) | read_next(unfolded, meeting)
    if meeting.next is None:
        said |= read_next(make_blocks(document, first, head_end), meeting)
    blocks = [block for block in unfolded if block.lines[0] not in said]
    outline = make_outline(blocks, report=kind == "report")
    if kind == "minutes":
        _read_within_items(document, outline, last, attendance)
        blocks = [block for block in blocks if not attendance.placed & set(range(block.lines[0], block.lines[1] + 1))]
        outline = make_outline(blocks)
    _drop_idle_headings(outline)
    listed = _everybody(attendance, outline)
    people = merge(listed)
    names = subjects(meeting.body, find_chair(people, [paragraph.text for paragraph in outline.paragraphs]))
    placed = (
        said | heads | tables.placed | attendance.placed | _head_lines(document.lines[first - 1 : head_end], meeting)
    )
    placed |= _lines_in([*outline.items, *outline.subheadings])
    placed |= _blocks_lines(
        unit.block for unit in outline.units if unit.role == "label" or head_columns(unit.block.cells) is not None
    )
    return _Parts(
        kind,
        meeting,
        attendance,
        tables,
        outline,
        people,
        (*both_ways(listed), *_doubtful(document, attendance)),
        names,
        placed,
    )


def _read_within_items(document: Document, outline: Outline, last: int, attendance: AttendanceLists) -> None:
    """Add who is listed below "Apologies", "Roll call" or "Attendance" where that is an item of the agenda."""
    ends = [item.lines[0] - 1 for item in outline.items[1:]] + [last]
    for item, end in zip(outline.items, ends, strict=False):
        found = read_within(document.lines[item.lines[1] : end], item.title)
        attendance.people += found.people
        attendance.placed |= found.placed - attendance.placed


def _kind(lines: Sequence[Line], attendance: AttendanceLists) -> str:
    head = [plain(line.text) for line in lines[:40] if plain(line.text)]
    if any(re.match(r"report(?: no\.?)?\s*:|report \d+ of\b", text, re.IGNORECASE) for text in head[:12]):
        return "report"
    if attendance.people or any(re.search(r"\bminutes\b|\bnotes of\b", text, re.IGNORECASE) for text in head[:12]):
        return "minutes"
    asks = any(re.match(r"(?:[A-Z\d]{1,2}\.?\s+)?recommendations?\b", plain(line.text), re.I) for line in lines)
    return "report" if asks else "minutes"


def _head_end(document: Document, first: int, last: int, kind: str) -> int:
    """Return the last line of the head of a paper without an attendance list: that before its first item."""
    outline = make_outline(make_blocks(document, first, last), report=kind == "report")
    dated = [line.number for line in document.lines[first - 1 : first + 14] if any(find_dates(plain(line.text)))]
    begun = [item.lines[0] for item in outline.items if item.number or not dated or item.lines[0] > dated[0]]
    begun += [
        paragraph.lines[0]
        for paragraph in outline.paragraphs
        if kind == "minutes"
        and (
            (len(paragraph.text.split()) > 12 and not paragraph.lines[0] <= min(dated, default=0) <= paragraph.lines[1])
            or (dated and paragraph.lines[0] > dated[0] and ends_sentence(paragraph.text))
        )
    ]
    return min([*begun, first + 15, last + 1]) - 1


def _report_body(document: Document, first: int, head_end: int) -> int:
    """Return where a report's text begins: after the lines that say number, date and author."""
    labelled = [line.number for line in document.lines[first - 1 : head_end] if _REPORT_HEAD.match(plain(line.text))]
    return (labelled[-1] if labelled else first - 1) + 1


def _everybody(attendance: AttendanceLists, outline: Outline) -> list[ListedPerson]:
    people = list(attendance.people)
    for paragraph in outline.paragraphs:
        if "apologies" in paragraph.text.lower() and len(paragraph.text) < 1500:
            people += [
                ListedPerson(away.name, away.role, away.organisation, "apologies", False, paragraph.lines, "Apologies")
                for away in apologies_in(paragraph.text)
            ]
    return people


def _doubtful(document: Document, attendance: AttendanceLists) -> Iterable[Unresolved]:
    reason = "the line holds two people, or a person and a body that is not known"
    for line in document.lines:
        if any(text in plain(line.text) for text in attendance.doubtful):
            yield Unresolved(plain(line.text), "name", (), reason, (line.number, line.number))


def _head_lines(lines: Sequence[Line], meeting: MeetingFacts) -> set[int]:
    placed = {line for span in meeting.lines.values() for line in range(span[0], span[1] + 1)}
    return placed | {line.number for line in lines if _TITLE_LINE.match(plain(line.text))}


def _drop_idle_headings(outline: Outline) -> None:
    """Take back sub-headings at the very end with nothing below them: they are the page's, not the paper's."""
    while outline.units and outline.units[-1].role == "subheading":
        gone = outline.units.pop()
        outline.subheadings[:] = [heading for heading in outline.subheadings if heading.lines != gone.block.lines]


def _lines_in(found: Iterable[object]) -> set[int]:
    spans: list[Lines] = [one.lines for one in found]  # type: ignore[attr-defined]
    return {line for first, last in spans for line in range(first, last + 1)}


def _blocks_lines(blocks: Iterable[PaperBlock]) -> set[int]:
    return {line for block in blocks for line in range(block.lines[0], block.lines[1] + 1)}


def _unplaced(lines: Sequence[Line], placed: set[int]) -> tuple[Unplaced, ...]:
    return tuple(
        Unplaced(plain(line.text), (line.number, line.number))
        for line in lines
        if plain(line.text) and line.number not in placed
    )


def _partial(document: Document, parts: _Parts, first: int, last: int, others: str | None) -> str | None:
    said = [text for text in (document.partial, others) if text]
    listed = parts.attendance.placed
    spoken = [line.text for line in document.lines[first - 1 : last] if line.number not in listed]
    words = [word.lower() for text in spoken for word in re.findall(r"[^\W\d_]+", text)]
    if len(words) > 40 and sum(word in _ENGLISH for word in words) < 0.1 * len(words):
        said.append("The paper seems not to be in English: rules made for English read little of it.")
    elif not parts.outline.items and not parts.people and not parts.tables.placed:
        said.append("Neither people nor items were found: this may be neither minutes nor a report.")
    if parts.meeting.date is None:
        said.append("No date is printed in its head, so whatever is relative to the meeting has no date.")
    return " ".join(said) or None


def as_json(parsed: ParsedPaper) -> dict[str, Any]:
    """Return the record as the dictionary that `minutes.schema.json` describes.

    >>> as_json(ParsedPaper("minutes", None, dt.date(2014, 6, 9), True, dt.time(11), "11:00", None, None,
    ...     NextMeeting(dt.date(2014, 9, 15), dt.time(11)), None, ()))["next"]
    '2014-09-15T11:00'
    """
    held: dict[str, Any] = _plain(parsed)
    return held


def _plain(value: Any) -> Any:
    if isinstance(value, NextMeeting):
        return f"{value.day.isoformat()}T{value.time:%H:%M}" if value.time else value.day.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value
