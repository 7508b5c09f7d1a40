"""Find the promise that a paper's status speaks of, and propose what the line says became of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from whatworks.board.parsed import Lines, ParsedPaper, PromiseStatus
from whatworks.board.register.event import mention_meeting
from whatworks.board.register.ledger import add, change, rows
from whatworks.board.register.names import normal, shared_words
from whatworks.board.register.office import meetings_of
from whatworks.board.register.paper_rows import PaperRows
from whatworks.records.register.ledger import Connection, Row

KINDS = {"closed": "close", "carried": "carry", "dropped": "drop"}
ALIKE = 0.6
"""Share of telling words that a status and a promise have in common, at least, to speak of one thing."""


def take_back(paper: PaperRows) -> None:
    """Withdraw what the versions before a paper propose and nobody decided; the paper proposes it anew."""
    for former in paper.before:
        for row in rows(paper.connection, "proposal", "source_id = ? AND state = 'proposed'", [former]):
            change(paper.connection, "proposal", row["id"], {"state": "withdrawn"}, paper.author)


def propose_statuses(paper: PaperRows, parsed: ParsedPaper, event_id: int, body_id: int | None, day: date) -> None:
    """Propose what a paper says became of earlier promises of its body; a status that fits none is said, and left."""
    earlier = _made_before(paper.connection, event_id, body_id, day)
    for status in parsed.statuses:
        action, reason = promise_meant(status, earlier)
        if action is not None and action["state"] != "open":
            continue
        if action is None:
            said = f"line {status.lines[0]}: {status.promise or status.number or status.text}: {status.text}"
            paper.unmatched.append(f"{said} ({reason})")
            continue
        kind, to = KINDS[status.state], None
        if kind == "carry" and status.due_to is None and parsed.next:
            window = (parsed.next.day, parsed.next.day)
            to = mention_meeting(paper.connection, body_id, window, "announced", paper.source(status.lines))
        value = str(status.due_to) if status.due_to else None
        values = {"value": value, "event_id": to, "text": status.text, "reason": reason}
        _propose(paper, kind, action, values, status.lines)


def _propose(paper: PaperRows, kind: str, action: Row, values: dict[str, Any], lines: Lines) -> None:
    """Propose something of a promise, unless it was proposed from these words and decided before."""
    decided = "action_id = ? AND kind = ? AND text = ? AND list_contains(?, source_id) AND state <> 'withdrawn'"
    told = [action["id"], kind, values["text"], [*paper.before, paper.document_id]]
    if not rows(paper.connection, "proposal", decided, told):
        values = {"kind": kind, "action_id": action["id"], "event_id": None, **values, "state": "proposed"}
        add(paper.connection, "proposal", values, paper.source(lines))
        paper.counts["proposal"] = paper.counts.get("proposal", 0) + 1


def without_restated(
    paper: PaperRows, parsed: ParsedPaper, event_id: int, body_id: int | None, day: date
) -> ParsedPaper:
    """Return the paper without the actions that an earlier meeting made, word for word, and that are open still.

    A log names them again; they are no new promises. Another due date is proposed.
    """
    held = {normal(row["text"]): row for row in _made_before(paper.connection, event_id, body_id, day)}
    kept = []
    for promise in parsed.actions:
        action = held.get(normal(promise.text))
        if action is None or action["state"] != "open":
            kept.append(promise)
            continue
        paper.restated.append(f"action {action['id']}, line {promise.lines[0]}: {promise.text}")
        if promise.due_to not in (None, action["due_to"]):
            values = {"value": str(promise.due_to), "text": promise.due_text or "", "reason": "it is named again"}
            _propose(paper, "carry", action, values, promise.lines)
    return replace(parsed, actions=tuple(kept))


def promise_meant(status: PromiseStatus, earlier: list[Row]) -> tuple[Row | None, str]:
    """Return the one earlier promise that a status speaks of, with why; None, with why not, where that is not sure.

    Words decide where the line repeats them; a number alone means that of the latest meeting which has it.
    """
    number = _plain(status.number)
    if status.promise:
        scored = [(shared_words(status.promise, row["text"]), row) for row in earlier]
        alike = [(score, row) for score, row in scored if score >= ALIKE]
        numbered = [(score, row) for score, row in alike if number and _plain(row["number"]) == number]
        best = max(numbered or alike, key=lambda each: each[0], default=None)
        if best is None:
            return None, "no promise before it has these words"
        if sum(score == best[0] for score, _ in numbered or alike) > 1:
            return None, "several promises have these words"
        return best[1], "its words" + (" and its number" if numbered else "")
    same = [row for row in earlier if number and _plain(row["number"]) == number]
    if not same:
        return None, "no promise before it has this number"
    latest = max(row["day"] for row in same)
    last = [row for row in same if row["day"] == latest]
    return (last[0], f"its number, at the meeting of {latest}") if len(last) == 1 else (None, "its number stands twice")


def _made_before(connection: Connection, event_id: int, body_id: int | None, day: date) -> list[Row]:
    meetings = meetings_of(connection, body_id)
    events = rows(connection, "event", "TRUE" if body_id is not None else "body_id IS NULL")
    days = {row["id"]: row["from_date"] for row in events}
    return [
        {**row, "day": days[row["event_id"]]}
        for row in rows(connection, "action", "state <> 'withdrawn' AND event_id <> ?", [event_id])
        if row["event_id"] in meetings and days.get(row["event_id"], day) < day
    ]


def _plain(number: str | None) -> str:
    """Return a printed number as compared.

    >>> _plain("Action 03."), _plain(None)
    ('3', '')
    """
    return (number or "").casefold().removeprefix("action").strip(" .:)(").lstrip("0")
