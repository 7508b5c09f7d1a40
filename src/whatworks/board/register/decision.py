"""Decisions: who took them, on what condition, what became of them, and the authority that was given with them."""

import re
from datetime import date

from whatworks.board.parsed import ParsedPaper
from whatworks.board.register.ledger import add, change, row_of
from whatworks.board.register.paper_rows import PaperRows
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, picked

_ELSEWHERE = (
    re.compile(r"\b(?:members of (?:the )?)([A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*) (agreed|approved) "),
    re.compile(r"\bpreviously been (?:agreed|approved) by (?:the )?([A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*)()"),
)
_DELEGATE = re.compile(
    r"\bdelegated? (?:authority|powers?) to (?:the )?(?P<holder>[^.]+?) to (?P<scope>[^.]+?)"
    r"(?: on behalf of (?:the )?(?P<giver>[^.]+))?\.?$",
    re.IGNORECASE,
)
_DUTY = re.compile(r"[^.]*\bsubject to a further report\b[^.]*\.", re.IGNORECASE)
_STOP = r"(?<!Cmdr)(?<!Cllr)(?<!Supt)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.!?]"
"""The end of a sentence, not of a shortened title."""
_EXPIRY = re.compile(r"\b(?:until|expires? on|for a period of|up to) ([^.,;]*\d[^.,;]*)", re.IGNORECASE)


def put_decisions(paper: PaperRows, parsed: ParsedPaper, event_id: int | None, body_id: int | None) -> None:
    """Put the body's own decisions in; a conditional one waits until somebody records that its condition was met."""
    for taken in parsed.decisions:
        sort = {"kind": kind_of(taken.text, taken.verb), "item": item_title(parsed, taken.item), "asked": False}
        values = {"event_id": event_id, "body_id": body_id, **sort, **picked(taken, "text paragraph decider condition")}
        first = {"condition_state": "open" if taken.condition else "none", "state": "stands"}
        number = paper.put("motion", values, taken.lines, first=first)
        _put_delegation(paper, parsed, number, taken.text, taken.lines)


def put_elsewhere(paper: PaperRows, recogniser: Recogniser, parsed: ParsedPaper, event_id: int | None) -> None:
    """Put in what the minutes say that another body decided: its decision, never this board's."""
    for paragraph in parsed.paragraphs:
        for pattern in _ELSEWHERE:
            for found in pattern.finditer(paragraph.text):
                body_id = recogniser.organisation(found[1], paragraph.lines, "decision")
                text, item = _sentence(paragraph.text, found.start()), item_title(parsed, paragraph.item)
                values = {"event_id": event_id, "body_id": body_id, "text": text, "paragraph": paragraph.number}
                kind = "agree" if found[2] == "agreed" else "approve"
                values |= {"item": item, "kind": kind, "decider": found[1], "asked": False, "condition": None}
                paper.put("motion", values, paragraph.lines, first={"condition_state": "none", "state": "stands"})


def put_recommendations(paper: PaperRows, parsed: ParsedPaper, event_id: int | None, body_id: int | None) -> None:
    """Put in what a report asks for: proposed, since the report does not show that it was decided."""
    for asked in parsed.recommendations:
        values = {"event_id": event_id, "body_id": body_id, "text": asked.text, "paragraph": asked.number}
        values |= {"kind": kind_of(asked.text, None), "decider": None, "asked": True, "condition": None}
        number = paper.put("motion", values, asked.lines, first={"condition_state": "none", "state": "proposed"})
        _put_delegation(paper, parsed, number, asked.text, asked.lines)


def _put_delegation(paper: PaperRows, parsed: ParsedPaper, motion_id: int, text: str, lines: tuple[int, int]) -> None:
    """Put in the authority that a decision gives or a recommendation asks for, if it is of that sort."""
    found = _DELEGATE.search(text)
    if found is None:
        return
    expiry = _EXPIRY.search(text)
    given = {"motion_id": motion_id, **found.groupdict(), "expiry_text": expiry and expiry[0], "duty": duty(parsed)}
    paper.put("delegation", given, lines, said="scope")


def duty(parsed: ParsedPaper) -> str | None:
    """Return the sentence that makes a later step wait for a further report, with its paragraph, or None."""
    for paragraph in parsed.paragraphs:
        found = _DUTY.search(paragraph.text)
        if found:
            return f"{found[0].strip()} (lines {paragraph.lines[0]} to {paragraph.lines[1]})"
    return None


def item_title(parsed: ParsedPaper, number: str | None) -> str | None:
    """Return an item's number and heading, for a decision that is only "Agreed."."""
    found = next((one for one in parsed.items if number is not None and number in (one.number, one.title)), None)
    return " ".join(part for part in (found.number, found.title) if part) if found else number


def kind_of(text: str, verb: str | None) -> str:
    """Return the sort of a decision, by the first telling verb of it.

    >>> kind_of("The terms of reference were approved.", "approved"), kind_of("Delegate authority to the clerk", None)
    ('approve', 'delegate')
    """
    said = f"{text.split(' ')[0]} {verb or text}".casefold()
    for word, kind in (("delegat", "delegate"), ("defer", "defer"), ("approv", "approve"), ("note", "note")):
        if word in said:
            return kind
    return "agree" if any(word in said for word in ("agree", "support", "conclu", "resolv", "happy")) else "other"


def add_decision(
    connection: Connection, event_id: int, text: str, author: Author, *, decider: str = "", condition: str = ""
) -> int:
    """Enter a decision of a meeting that no paper holds; return its number. The author's `why` says how it is known."""
    if not text.strip():
        raise Refused(Fault("has no words", "say what was decided", field="text"))
    if not (author.why or "").strip():
        raise Refused(Fault("is missing", "say how it is known: a letter, a note, who remembers it", field="why"))
    event = row_of(connection, "event", event_id)
    if event["from_date"] > author.on:
        raise Refused(Fault(f"meeting {event_id} had not begun by {author.on}", "see `whatworks board meeting list`"))
    values = {
        "event_id": event_id,
        "body_id": event["body_id"],
        "text": text.strip(),
        "asked": False,
        "state": "stands",
    }
    values |= {"kind": kind_of(text.strip(), None), "decider": decider.strip() or None}
    values |= {"condition": condition.strip() or None, "condition_state": "open" if condition.strip() else "none"}
    return add(connection, "motion", values, author=author)


def add_delegation(
    connection: Connection, motion_id: int, holder: str, scope: str, author: Author, *, giver: str = "", duty: str = ""
) -> int:
    """Enter authority that a decision gave and no paper words as such; return its number."""
    row_of(connection, "motion", motion_id)
    faults = [
        Fault("is missing", remedy, field=field)
        for field, said, remedy in (("to", holder, "say who may act"), ("scope", scope, "say what they may do"))
        if not said.strip()
    ]
    if faults:
        raise Refused(faults)
    values = {"motion_id": motion_id, "giver": giver.strip() or None, "duty": duty.strip() or None}
    values |= {"holder": holder.strip(), "scope": scope.strip()}
    return add(connection, "delegation", values, author=author)


def settle_condition(connection: Connection, number: int, met: bool, evidence: str, author: Author) -> list[str]:
    """Record that a decision's condition was met, or has failed; a failed one lapses the decision."""
    row = row_of(connection, "motion", number)
    if not row["condition"]:
        raise Refused(Fault(f"decision {number} has no condition", "there is nothing to settle"))
    if not evidence.strip():
        raise Refused(Fault("is missing", "name what shows it, with its date", field="evidence"))
    values = {"condition_state": "met" if met else "failed", "condition_evidence": evidence}
    return change(connection, "motion", number, values if met else {**values, "state": "lapsed"}, author)


def decide(connection: Connection, number: int, author: Author) -> list[str]:
    """Record that what a report asked for was decided as asked; the author's `why` names the minutes that show it."""
    row = row_of(connection, "motion", number)
    if row["state"] != "proposed":
        raise Refused(Fault(f"decision {number} is not a recommendation that waits", "see `whatworks board decisions`"))
    if not (author.why or "").strip():
        raise Refused(Fault("is missing", "name the minutes that show it", field="why"))
    return change(connection, "motion", number, {"state": "stands"}, author)


def reverse(
    connection: Connection, number: int, state: str, author: Author, by_decision: int | None = None
) -> list[str]:
    """Record that a decision was reversed, superseded or lapsed; by which later one, or else why."""
    row = row_of(connection, "motion", number)
    if by_decision is not None:
        later = row_of(connection, "motion", by_decision)
        if by_decision == number or _day(connection, later["event_id"]) < _day(connection, row["event_id"]):
            raise Refused(Fault(f"decision {by_decision} is not later than {number}", "name the later decision"))
    elif not (author.why or "").strip():
        raise Refused(Fault("a decision does not end without a reason", "name the later decision, or say why"))
    return change(connection, "motion", number, {"state": state, "changed_by_id": by_decision}, author)


def _day(connection: Connection, event_id: int | None) -> date:
    return row_of(connection, "event", event_id)["from_date"] if event_id else date.min


def _sentence(text: str, at: int) -> str:
    begin = max((found.end() for found in re.finditer(rf"{_STOP}\s+(?=[A-Z])", text[:at])), default=0)
    end = re.search(rf"{_STOP}(?=\s+[A-Z]|\s*$)", text[at:])
    return text[begin : at + end.end() if end else len(text)].strip()
