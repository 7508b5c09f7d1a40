"""Find the promise that a paper's status speaks of, and propose what the line says became of it."""

from datetime import date

from whatworks.board.parsed import ParsedPaper, PromiseStatus
from whatworks.board.register.event import mention_meeting
from whatworks.board.register.ledger import add, change, rows
from whatworks.board.register.names import shared_words
from whatworks.board.register.office import meetings_of
from whatworks.board.register.paper_rows import PaperRows
from whatworks.records.register.ledger import Connection, Row

KINDS = {"closed": "close", "carried": "carry", "dropped": "drop"}
ALIKE = 0.6
"""Share of telling words that a status and a promise have in common, at least, to speak of one thing."""


def propose_statuses(paper: PaperRows, parsed: ParsedPaper, event_id: int, body_id: int | None, day: date) -> None:
    """Propose what a paper says became of earlier promises of its body; a status that fits none is said, and left.

    A line that was proposed from a version of the paper before, and decided, is not proposed again.
    """
    for former in paper.before:
        for row in rows(paper.connection, "proposal", "source_id = ? AND state = 'proposed'", [former]):
            change(paper.connection, "proposal", row["id"], {"state": "withdrawn"}, paper.author)
    earlier = _made_before(paper.connection, event_id, body_id, day)
    for status in parsed.statuses:
        action, reason = promise_meant(status, earlier)
        if action is not None and action["state"] != "open":
            continue
        if action is None:
            said = f"line {status.lines[0]}: {status.promise or status.number or status.text}: {status.text}"
            paper.unmatched.append(f"{said} ({reason})")
            continue
        kind, text = KINDS[status.state], status.text
        decided = "action_id = ? AND kind = ? AND text = ? AND list_contains(?, source_id)"
        if rows(paper.connection, "proposal", decided, [action["id"], kind, text, [*paper.before, paper.document_id]]):
            continue
        to = None
        if kind == "carry" and status.due_to is None and parsed.next:
            window = (parsed.next.day, parsed.next.day)
            to = mention_meeting(paper.connection, body_id, window, "announced", paper.source(status.lines))
        values = {
            "kind": kind,
            "action_id": action["id"],
            "value": str(status.due_to) if status.due_to else None,
            "event_id": to,
            "text": text,
            "reason": reason,
            "state": "proposed",
        }
        add(paper.connection, "proposal", values, paper.source(status.lines))
        paper.counts["proposal"] = paper.counts.get("proposal", 0) + 1


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
    days = {row["id"]: row["from_date"] for row in rows(connection, "event")}
    return [
        {**row, "day": days[row["event_id"]]}
        for row in rows(connection, "action", "state <> 'withdrawn' AND event_id <> ?", [event_id])
        if row["event_id"] in meetings and days[row["event_id"]] < day
    ]


def _plain(number: str | None) -> str:
    """Return a printed number as compared.

    >>> _plain("Action 03."), _plain(None)
    ('3', '')
    """
    return (number or "").casefold().removeprefix("action").strip(" .:)(").lstrip("0")
