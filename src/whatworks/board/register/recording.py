"""Put a paper that was read into the register: once, and as a correction where it replaces another version."""

from dataclasses import dataclass
from datetime import date

from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.attendance import put_attendance, put_other_spellings
from whatworks.board.register.decision import put_decisions, put_elsewhere, put_recommendations
from whatworks.board.register.document import put_document, standing_document
from whatworks.board.register.event import add_detail, meeting_on, mention_meeting, record_meeting
from whatworks.board.register.ledger import make_ready, rows
from whatworks.board.register.merging import roots
from whatworks.board.register.names import normal
from whatworks.board.register.paper_rows import ManualValue, PaperRows, replacing
from whatworks.board.register.priority import put_priorities
from whatworks.board.register.promise import put_promises
from whatworks.board.register.recognition import Key, Recogniser
from whatworks.board.register.strategy import put_strategies
from whatworks.records.documents import Document
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection

_NOWHERE = (1, 1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a paper: the rows put in by table, merges proposed, and what a hand had set otherwise."""

    document_id: str
    event_id: int | None
    new: bool
    replaced: str | None
    counts: dict[str, int]
    proposals: int
    manual_values: tuple[ManualValue, ...] = ()


def record(
    connection: Connection, parsed: ParsedPaper, document: Document, on: date, by: str, *, replace: bool = False
) -> Recorded:
    """Put a paper into the register, in one transaction; the same file a second time changes nothing.

    Minutes of a meeting whose minutes are held already are refused unless `replace`: then they are the corrected
    version, rows find their former ones by wording, and what people entered or decided since stands. Raises `Refused`
    for a paper without a date.
    """
    make_ready(connection)
    document_id = document.sha256[:12]
    held = rows_of_document(connection, document_id)
    if held:
        return Recorded(document_id, held[0], False, None, {}, 0)
    if parsed.date is None:
        remedy = "write the date at the head of the paper; `whatworks board check FILE` shows what was read"
        raise Refused(Fault("has no date, so it belongs to no meeting", remedy, document.name))
    with connection.transaction():
        return _record(connection, parsed, document, parsed.date, Author(by, on, None, "reading"), replace)


def rows_of_document(connection: Connection, document_id: str) -> list[int | None]:
    """Return the meeting of a paper that is held, in a list; an empty list where it is not held."""
    found = connection.rows("SELECT event_id FROM board_document WHERE source_id = ?", [document_id])
    return [row[0] for row in found]


def _record(
    connection: Connection, parsed: ParsedPaper, document: Document, day: date, author: Author, replace: bool
) -> Recorded:
    document_id = document.sha256[:12]
    recogniser = Recogniser(connection, document_id)
    body_id = _body(connection, recogniser, parsed)
    replaced = _replaced(connection, parsed, document, body_id, day, replace)
    if replaced is not None:
        author = Author(author.by, author.on, f"corrected version: {document.name}", "reading")
        recogniser.before = _meant_before(connection, replaced)
    paper = replacing(connection, document_id, author, replaced)
    event_id = _meeting(paper, parsed, body_id, day)
    put_document(connection, parsed, document, event_id, author)
    if replaced is not None:
        connection.change("UPDATE board_document SET replaced_by = ? WHERE source_id = ?", [document_id, replaced])
    for short in parsed.abbreviations:
        recogniser.alias(short.short, short.long, short.lines)
    put_attendance(paper, recogniser, parsed, event_id)
    put_other_spellings(paper, recogniser, document)
    _around(paper, parsed, body_id, event_id)
    put_decisions(paper, parsed, event_id, body_id)
    put_elsewhere(paper, recogniser, parsed, event_id)
    put_recommendations(paper, parsed, event_id, body_id)
    put_promises(paper, recogniser, parsed, event_id, body_id)
    put_priorities(paper, recogniser, parsed, body_id, day)
    put_strategies(paper, parsed, body_id, day)
    recogniser.keep()
    paper.withdraw_rest()
    return Recorded(
        document_id, event_id, True, replaced, paper.counts, recogniser.proposed, tuple(paper.manual_values)
    )


def _body(connection: Connection, recogniser: Recogniser, parsed: ParsedPaper) -> int | None:
    if parsed.body is None:
        return None
    number = recogniser.organisation(parsed.body, parsed.lines.get("body", _NOWHERE), "body")
    return roots(connection, "organisation")[number]


def _replaced(
    connection: Connection, parsed: ParsedPaper, document: Document, body_id: int | None, day: date, replace: bool
) -> str | None:
    event = meeting_on(connection, body_id, day)
    held = standing_document(connection, event["id"], parsed.kind) if event else None
    if held is None:
        return None
    if not replace:
        remedy = "read it with --replace if it is the corrected version; else check the date"
        raise Refused(Fault(f"{parsed.kind} of {day} are held already, from {held['name']}", remedy, document.name))
    return str(held["source_id"])


def _meeting(paper: PaperRows, parsed: ParsedPaper, body_id: int | None, day: date) -> int:
    source = paper.source(parsed.lines.get("date", _NOWHERE))
    if parsed.kind == "minutes":
        return record_meeting(paper.connection, body_id, parsed, day, source, paper.author)
    return mention_meeting(paper.connection, body_id, (day, day), "announced", source)


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
        values = {
            "event_id": corrected,
            "made_at_id": event_id,
            "paragraph": correction.paragraph,
            "change": correction.change,
            "text": correction.text,
        }
        paper.put("correction", values, correction.lines)


def _meant_before(connection: Connection, document_id: str) -> dict[Key, int]:
    named = rows(connection, "name", "source_id = ? AND entity_id IS NOT NULL", [document_id])
    return {(row["kind"], normal(row["printed"])): row["entity_id"] for row in named}
