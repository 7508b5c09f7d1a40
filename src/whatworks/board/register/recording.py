"""Put a paper that was read into the register: once, and as a correction where it replaces another version."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whatworks.board.parsed import ParsedPaper
from whatworks.board.partial import DRAFT, part_of, why_partial
from whatworks.board.register.attendance import put_attendance, put_other_spellings
from whatworks.board.register.decision import put_decisions, put_elsewhere, put_recommendations
from whatworks.board.register.document import StoredDocument, papers_of, put_document, set_standing, stored_documents
from whatworks.board.register.event import add_detail, meeting_on, mention_meeting, record_meeting
from whatworks.board.register.ledger import make_ready, rows
from whatworks.board.register.merging import roots
from whatworks.board.register.names import normal
from whatworks.board.register.paper_rows import ManualValue, PaperRows, replacing
from whatworks.board.register.priority import put_priorities
from whatworks.board.register.promise import put_promises
from whatworks.board.register.recognition import Key, Recogniser
from whatworks.board.register.status import propose_statuses, take_back, without_restated
from whatworks.board.register.strategy import put_strategies
from whatworks.records.documents import Document
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, picked

_NOWHERE = (1, 1)
ALIKE = 0.6
"""Share of the shorter paper's words that two versions of one paper have in common, at least."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a paper: the rows put in by table, merges proposed, what it changed of an earlier version.

    `unmatched` are statuses of promises that are not held, `restated` promises that are held already, `left` is why it
    was left out, where it was, and `manual_values` are what a hand had set otherwise.
    """

    document_id: str
    event_id: int | None
    new: bool
    replaced: str | None
    counts: dict[str, int]
    proposals: int
    manual_values: tuple[ManualValue, ...] = ()
    changes: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    restated: tuple[str, ...] = ()
    left: str | None = None


def record(
    connection: Connection, parsed: ParsedPaper, document: Document, on: date, by: str, *, replace: bool = False
) -> Recorded:
    """Put a paper into the register, in one transaction; the same file a second time changes nothing.

    Another version of a paper of the same meeting takes its place: rows find their former ones by wording, and what
    people entered or decided since stands. A part of the minutes (a draft, an extract, an agenda) never takes the place
    of the whole, and makes no meeting one whose minutes are held. With `replace` a paper stands that was replaced or
    withdrawn, and one that is hardly like that of its meeting takes its place. Raises `Refused` for a paper without a
    date, and for minutes that are unlike those which are held of their meeting.
    """
    make_ready(connection)
    document_id = document.sha256[:12]
    held = next((each for each in stored_documents(connection, replaced=True) if each.id == document_id), None)
    if held is not None and (held.state == "stands" or not replace):
        left = "in the register already" if held.state == "stands" else f"{held.state} before; --replace puts it back"
        return Recorded(document_id, held.event_id, False, None, {}, 0, left=left)
    parsed = dataclasses.replace(parsed, partial=why_partial(document, parsed))
    if parsed.date is None:
        remedy = "write the date at the head of the paper; `whatworks board check FILE` shows what was read"
        raise Refused(Fault("has no date, so it belongs to no meeting", remedy, document.name))
    with connection.transaction():
        return _record(connection, parsed, document, parsed.date, Author(by, on, None, "reading"), replace)


def _record(
    connection: Connection, parsed: ParsedPaper, document: Document, day: date, author: Author, replace: bool
) -> Recorded:
    document_id = document.sha256[:12]
    recogniser = Recogniser(connection, document_id)
    body_id = _body(connection, recogniser, parsed)
    event = meeting_on(connection, body_id, day)
    papers = papers_of(connection, event["id"] if event else None, parsed.kind)
    part = part_of(document, parsed)
    before, left = _before(papers, parsed, document, part, replace)
    if left is not None:
        return Recorded(document_id, event["id"] if event else None, False, None, {}, 0, left=left)
    if before is not None:
        author = Author(author.by, author.on, f"corrected version: {document.name}", "reading")
        recogniser.before = _meant_before(connection, before.id)
    mine = {document_id, before.id if before else None}
    again = [each.id for each in papers if each.id in mine or (each.state, each.kind) == ("withdrawn", "minutes")]
    paper = replacing(connection, document_id, author, again)
    event_id = _meeting(paper, parsed, body_id, day, part)
    put_document(connection, parsed, document, event_id, author, part=part is not None)
    if before is not None:
        set_standing(connection, before.id, "replaced_by", document_id, author)
        paper.changes += paper_changes(before.parsed, parsed)
    for short in parsed.abbreviations:
        recogniser.alias(short.short, short.long, short.lines)
    put_attendance(paper, recogniser, parsed, event_id)
    put_other_spellings(paper, recogniser, document)
    _around(paper, parsed, body_id, event_id)
    put_decisions(paper, parsed, event_id, body_id)
    put_elsewhere(paper, recogniser, parsed, event_id)
    put_recommendations(paper, parsed, event_id, body_id)
    take_back(paper)
    parsed = without_restated(paper, parsed, event_id, body_id, day)
    put_promises(paper, recogniser, parsed, event_id, body_id)
    propose_statuses(paper, parsed, event_id, body_id, day)
    put_priorities(paper, recogniser, parsed, body_id, day)
    put_strategies(paper, parsed, body_id, day)
    recogniser.keep()
    paper.withdraw_rest()
    return Recorded(
        document_id,
        event_id,
        True,
        before.name if before else None,
        paper.counts,
        recogniser.proposed,
        tuple(paper.manual_values),
        tuple(paper.changes) if before else (),
        tuple(paper.unmatched),
        tuple(paper.restated),
    )


def _body(connection: Connection, recogniser: Recogniser, parsed: ParsedPaper) -> int | None:
    if parsed.body is None:
        return None
    number = recogniser.organisation(parsed.body, parsed.lines.get("body", _NOWHERE), "body")
    return roots(connection, "organisation")[number]


def _before(
    papers: Sequence[StoredDocument], parsed: ParsedPaper, document: Document, part: str | None, replace: bool
) -> tuple[StoredDocument | None, str | None]:
    """Return the paper whose place this one takes, if any; or why this one is left out."""
    words = _words(line.text for line in document.lines)
    standing = [each for each in papers if each.state == "stands"]
    alike = [each for each in standing if _share(words, _words(each.lines)) >= ALIKE]
    whole = next((each for each in standing if not each.partial), None)
    if parsed.kind == "report":
        return next(iter(alike), None), None
    if part and not replace:
        if whole is not None:
            return None, f"left out, since the whole minutes are held, from {whole.name}. {part}"
        draft = part.startswith(DRAFT)
        return next((each for each in alike if draft and DRAFT in (each.parsed.partial or "")), None), None
    if whole is not None and whole not in alike and not replace:
        remedy = "read it with --replace if it is the corrected version; else check its date and body"
        raise Refused(Fault(f"minutes of {parsed.date} are held, from {whole.name}, and unlike", remedy, document.name))
    return next(iter(sorted(alike or standing, key=lambda each: each.partial)), None), None


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in re.findall(r"[a-z]{4,}", line.casefold()))


def _share(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / max(min(len(some), len(others)), 1)


def paper_changes(before: ParsedPaper, now: ParsedPaper) -> list[str]:
    """Return what the head and the lists of a corrected version say otherwise, as sentences."""
    said = []
    for name in ("time_text", "place", "previous"):
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            said.append(f"{name.removesuffix('_text')}: {old or 'nothing'} -> {new or 'nothing'}")
    was, following = (each.next.day if each.next else "nothing" for each in (before, now))
    if was != following:
        said.append(f"next meeting: {was} -> {following}")
    lists = {
        "present": [[each.name for each in paper.people if each.present] for paper in (before, now)],
        "apologies": [[each.name for each in paper.people if not each.present] for paper in (before, now)],
        "item": [[each.title for each in paper.items] for paper in (before, now)],
    }
    for word, (earlier, later) in lists.items():
        said += [f"{word}: {name} was added" for name in later if name not in earlier]
        said += [f"{word}: {name} was taken out" for name in earlier if name not in later]
    return said


def _meeting(paper: PaperRows, parsed: ParsedPaper, body_id: int | None, day: date, part: str | None) -> int:
    source = paper.source(parsed.lines.get("date", _NOWHERE))
    if parsed.kind == "minutes" and part is None:
        return record_meeting(paper.connection, body_id, parsed, day, source, paper.author)
    state = "referred_to" if parsed.kind == "minutes" else "announced"
    return mention_meeting(paper.connection, body_id, (day, day), state, source)


def _around(paper: PaperRows, parsed: ParsedPaper, body_id: int | None, event_id: int) -> None:
    """Put in the items, and what the paper says of the meetings before and after it."""
    connection = paper.connection
    for item in parsed.items:
        paper.put("item", {"event_id": event_id, "number": item.number, "title": item.title}, item.lines, said="title")
    if parsed.previous:
        where = paper.source(parsed.lines.get("previous", _NOWHERE))
        mention_meeting(connection, body_id, (parsed.previous, parsed.previous), "referred_to", where)
    following = None
    if parsed.next:
        where = paper.source(parsed.lines.get("next", _NOWHERE))
        following = mention_meeting(connection, body_id, (parsed.next.day, parsed.next.day), "announced", where)
        start = parsed.next.time.strftime("%H:%M") if parsed.next.time else None
        add_detail(connection, following, start, parsed.next.place)
    for promised in parsed.agenda_next:
        to = following
        if promised.meeting:
            window = (promised.meeting, promised.meeting)
            to = mention_meeting(connection, body_id, window, "announced", paper.source(promised.lines))
        if to is not None:
            values = {"text": promised.text, "made_at_id": event_id, "to_event_id": to}
            paper.put("planned", values, promised.lines, first={"state": "promised"})
    for correction in parsed.corrections:
        corrected = None
        if correction.meeting:
            window = (correction.meeting, correction.meeting)
            corrected = mention_meeting(connection, body_id, window, "referred_to", paper.source(correction.lines))
        values = {"event_id": corrected, "made_at_id": event_id, **picked(correction, "paragraph change text")}
        paper.put("correction", values, correction.lines)


def _meant_before(connection: Connection, document_id: str) -> dict[Key, int]:
    named = rows(connection, "name", "source_id = ? AND entity_id IS NOT NULL", [document_id])
    return {(row["kind"], normal(row["printed"])): row["entity_id"] for row in named}
