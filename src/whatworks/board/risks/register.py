"""Keep risks and dependencies: taken from the board's papers, entered, scored, proved, closed, with their history."""

from collections.abc import Sequence
from datetime import date
from json import loads
from typing import Any

from whatworks.board.register import ledger
from whatworks.board.register.document import STANDS, document_names
from whatworks.board.risks.risk import Kind, Message, Proof, Risk, Watch, WatchReading
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author, RowSource
from whatworks.records.register.ledger import Connection, value_of
from whatworks.records.register.verb import Done, without_taken_away


def take_from_papers(connection: Connection, author: Author) -> list[int]:
    """Enter the risks and dependencies of every report read that are not held yet; return their numbers.

    A paper's risk has the owner, score and date that the paper gives it: none, so none is put in. Corrected papers that
    were read again add what is new in them; what they no longer hold stays, for a person to close.
    """
    papers = connection.rows(f"SELECT source_id, parsed FROM board_document WHERE {STANDS} ORDER BY dated, source_id")
    held = {(row["kind"], _plain(row["text"])) for row in ledger.rows(connection, "risk")}
    added = []
    for source_id, parsed in papers:
        for values, lines in _entries(loads(parsed)):
            key = (values["kind"], _plain(values["text"]))
            if key not in held:
                held.add(key)
                added.append(ledger.add(connection, "risk", values, RowSource(str(source_id), lines), author))
    return added


def add_risk(connection: Connection, author: Author, **values: Any) -> int:
    """Enter a risk or dependency by hand, with the columns that are known of it, and return its number."""
    _check(values)
    if not str(values.get("text") or "").strip():
        raise Refused(Fault("is missing", "say what the risk is", field="text"))
    return ledger.add(connection, "risk", {"kind": "risk", "state": "not known", **values}, author=author)


def raise_risk(connection: Connection, author: Author, **values: Any) -> int:
    """Enter a risk or dependency that is raised on the author's day, and return its number."""
    return add_risk(connection, author, raised_on=author.on, **values)


def change_risk(connection: Connection, number: int, author: Author, **given: Any) -> list[str]:
    """Change a risk (its owner, its scores, the day of its next review, ...); return which fields changed."""
    values = without_taken_away(given)
    _check(values)
    if "state" in values and ledger.rows(connection, "watch", "risk_id = ? AND ends_on IS NULL", [number]):
        remedy = "end its watch first (`whatworks board risk unwatch NUMBER`), or change the watch's limits"
        raise Refused(Fault("follows the number that it watches", remedy, field="state"))
    return ledger.change(connection, "risk", number, values, author)


def close_risk(connection: Connection, number: int, author: Author) -> list[str]:
    """Close a risk or dependency on the author's day; the author says why."""
    return ledger.change(connection, "risk", number, {"closed_on": author.on}, author)


def link_proof(connection: Connection, number: int, text: str, evidence: str, author: Author) -> Done:
    """Link what shows that the response to a risk was done and works; the number done is the link's."""
    ledger.row_of(connection, "risk", number)
    faults = [
        Fault("is missing", "say what it shows, and where it can be seen", field=name)
        for name, value in (("shows", text), ("evidence", evidence))
        if not value.strip()
    ]
    if faults:
        raise Refused(faults)
    values = {"risk_id": number, "text": text, "evidence": evidence, "linked_on": author.on}
    link = ledger.add(connection, "proof", values, author=author)
    return Done(f"risk {number}: evidence linked", link, ("*",))


def read_risks(connection: Connection, kind: Kind | None = None, *, closed: bool = False) -> tuple[Risk, ...]:
    """Return the open risks or dependencies, or both, by number; with `closed` the closed ones as well."""
    watches, readings = ledger.entries(connection, "watch", Watch), ledger.entries(connection, "reading", WatchReading)
    proofs = ledger.entries(connection, "proof", Proof)
    papers = document_names(connection)
    found = []
    for row in ledger.rows(connection, "risk"):
        mine = {one.id: one for one in watches if one.risk_id == row["id"]}
        parts = {
            "watches": tuple(one for one in mine.values() if one.ends_on is None),
            "readings": tuple(reading for reading in readings if reading.watch_id in mine),
            "proofs": tuple(proof for proof in proofs if proof.risk_id == row["id"]),
            "paper": papers.get(row["source_id"]),
        }
        if kind in (None, row["kind"]) and (closed or row["closed_on"] is None):
            found.append(value_of(Risk, row, **parts))
    return tuple(found)


def review_overdue(risks: Sequence[Risk], on: date) -> tuple[Risk, ...]:
    """Return the risks whose review should have been held before that day."""
    return tuple(risk for risk in risks if risk.review_on is not None and risk.review_on < on)


def _entries(parsed: dict[str, Any]) -> list[tuple[dict[str, Any], tuple[int, int]]]:
    found = []
    for kind, name in (("risk", "risks"), ("dependency", "dependencies")):
        for one in parsed.get(name, ()):
            first, last = one["lines"]
            values = {"kind": kind, "text": one["text"], "response": one.get("response"), "state": "not known"}
            found.append((values, (int(first), int(last))))
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")


def _check(values: dict[str, Any]) -> None:
    faults = [
        Fault("is not a score", "give 1 (least) to 5 (most)", field=name, value=str(values[name]))
        for name in ("likelihood", "severity")
        if values.get(name) is not None and not 1 <= values[name] <= 5
    ]
    if faults:
        raise Refused(faults)


def add_message(connection: Connection, author: Author, **values: Any) -> int:
    """Enter a message or an event (a launch, say), and return its number."""
    if values.get("risk_id") is not None:
        ledger.row_of(connection, "risk", values["risk_id"])
    return ledger.add(connection, "message", {"kind": "message", **values}, author=author)


def approve(connection: Connection, number: int, author: Author) -> list[str]:
    """Write down that a message was approved, by whom and when."""
    return ledger.change(connection, "message", number, {"approved_on": author.on, "approved_by": author.by}, author)


def publish(connection: Connection, number: int, author: Author) -> list[str]:
    """Write down that a message went out, or that an event took place; refused before it was approved."""
    row = ledger.row_of(connection, "message", number)
    if row["approved_on"] is None or row["approved_on"] > author.on:
        remedy = f"have it approved first: `whatworks board message approve {number} --by NAME`"
        raise Refused(Fault(f"message {number} was not approved by {author.on.isoformat()}", remedy))
    return ledger.change(connection, "message", number, {"published_on": author.on}, author)


def read_messages(connection: Connection) -> tuple[Message, ...]:
    """Return all messages and events, by number."""
    return tuple(ledger.entries(connection, "message", Message))
