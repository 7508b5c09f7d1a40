"""Documents on their way to sign-off: no sign-off is recorded before the consultation that the minutes promised."""

import re
from datetime import date

from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.event import mention_meeting
from whatworks.board.register.ledger import add, change, row_of
from whatworks.board.register.paper_rows import PaperRows
from whatworks.records.calendar_names import MONTHS
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection

_DOCUMENT = re.compile(r"\b(?:strateg(?:y|ies)|plan|policy|framework)\b", re.IGNORECASE)
_SIGN_OFF = re.compile(r"[^.]*\bsign(?:ed|ing)?[- ]off\b[^.]*\.", re.IGNORECASE)
_CONSULT = re.compile(r"\b(?:wider |public |formal )?consultation\b", re.IGNORECASE)
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(MONTHS)})\b", re.IGNORECASE)
_OWNER = re.compile(r"(?:^|[.] )((?:[A-Z][\w&’']*)(?: [\w&’']+){0,5}?) will ")


def put_strategies(paper: PaperRows, parsed: ParsedPaper, body_id: int | None, day: date) -> None:
    """Put in each document that an item is about and whose sign-off its paragraphs promise."""
    for item in parsed.items:
        if not _DOCUMENT.search(item.title):
            continue
        under = [paragraph for paragraph in parsed.paragraphs if paragraph.item in (item.number, item.title)]
        gate = next((one for one in under if _SIGN_OFF.search(one.text)), None)
        if gate is None:
            continue
        sentence = _SIGN_OFF.search(gate.text)
        consulted = _CONSULT.search(gate.text)
        owner = _OWNER.search(gate.text)
        values = {
            "name": item.title,
            "owner": owner[1] if owner else None,
            "consultation": consulted[0] if consulted else None,
            "gate_text": sentence[0].strip() if sentence else None,
            "gate_event_id": _gate(paper, gate.text, body_id, day, gate.lines),
        }
        paper.put("strategy", values, gate.lines, said="name")


def next_day(text: str, after: date) -> date | None:
    """Return the next day after `after` that a text names by day and month, or None.

    >>> next_day("signed off at the 25 September meeting", date(2012, 7, 20))
    datetime.date(2012, 9, 25)
    """
    found = _DAY.search(text)
    if found is None:
        return None
    month = MONTHS.index(found[2].capitalize()) + 1
    for year in (after.year, after.year + 1):
        try:
            day = date(year, month, int(found[1]))
        except ValueError:
            continue
        if day > after:
            return day
    return None


def add_strategy(
    connection: Connection, name: str, author: Author, consultation: str | None = None, gate_text: str | None = None
) -> int:
    """Enter a document and what stands before its sign-off; return its number."""
    if not name.strip():
        raise Refused(Fault("has no name", "say which document it is", field="name"))
    values = {"name": name, "consultation": consultation, "gate_text": gate_text}
    return add(connection, "strategy", values, author=author)


def consulted(connection: Connection, number: int, evidence: str, author: Author) -> list[str]:
    """Record that a document's consultation ended on the author's day."""
    if not evidence.strip():
        raise Refused(Fault("is missing", "name what shows that it was consulted on", field="evidence"))
    return change(
        connection, "strategy", number, {"consulted_on": author.on, "consultation_evidence": evidence}, author
    )


def sign_off(connection: Connection, number: int, evidence: str, author: Author) -> list[str]:
    """Record that a document was signed off; refused while a consultation that was promised is not recorded."""
    row = row_of(connection, "strategy", number)
    faults = []
    if row["consultation"] and row["consulted_on"] is None:
        remedy = "record it first: `whatworks board strategy consulted NUMBER --evidence TEXT --by NAME`"
        faults.append(Fault(f"strategy {number} waits for {row['consultation']!r}", remedy))
    if row["consulted_on"] and row["consulted_on"] > author.on:
        faults.append(Fault(f"the consultation ended on {row['consulted_on']}", "sign it off on that day or later"))
    if not evidence.strip():
        faults.append(Fault("is missing", "name the minutes that show the sign-off", field="evidence"))
    if faults:
        raise Refused(faults)
    values = {"signed_off_on": author.on, "sign_off_evidence": evidence}
    return change(connection, "strategy", number, values, author)


def _gate(paper: PaperRows, text: str, body_id: int | None, day: date, lines: tuple[int, int]) -> int | None:
    named = next_day(text, day)
    if named is None:
        return None
    return mention_meeting(paper.connection, body_id, (named, named), "announced", paper.source(lines))
