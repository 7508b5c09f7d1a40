"""Decisions and delegations as the board reads them: condition, who decided, what became of them, what duty is open."""

from dataclasses import dataclass
from datetime import date

from whatworks.board.register.document import document_names
from whatworks.board.register.ledger import rows
from whatworks.board.register.office import meetings_of
from whatworks.records.register.ledger import Connection, Row, value_of


@dataclass(frozen=True, slots=True)
class DecisionState:
    """A decision. `own` is False for what minutes report that another body decided; `says` is its state in words."""

    id: int
    day: date | None
    body: str | None
    own: bool
    text: str
    kind: str
    decider: str | None
    item: str | None
    paragraph: str | None
    condition: str | None
    condition_state: str
    condition_evidence: str | None
    state: str
    says: str
    document: str | None
    lines: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class DelegationState:
    """Authority given or asked for. `open` names what the record does not show."""

    id: int
    day: date | None
    giver: str | None
    holder: str
    scope: str
    limits: str | None
    expires_on: date | None
    expiry_text: str | None
    duty: str | None
    duty_evidence: str | None
    parties: str | None
    open: tuple[str, ...]
    document: str | None
    lines: tuple[int | None, int | None]


def decisions(connection: Connection, body_id: int | None = None) -> list[DecisionState]:
    """Return all decisions, or those of a body's papers, that stand in a version that stands, oldest first.

    Recommendations are among them, as proposed.
    """
    meetings = meetings_of(connection, body_id)
    events = {row["id"]: row for row in rows(connection, "event")}
    bodies = {row["id"]: row["name"] for row in rows(connection, "organisation")}
    names = document_names(connection)
    found = []
    for row in rows(connection, "motion", "state <> 'withdrawn'"):
        event = events.get(row["event_id"])
        if row["event_id"] in meetings:
            own = event is None or row["body_id"] == event["body_id"]
            told = {"body": bodies.get(row["body_id"]), "own": own, "says": state_words(row)}
            found.append(value_of(DecisionState, row, **told, **_where(row, event, names)))
    return sorted(found, key=lambda one: (one.day or date.min, one.id))


def state_words(row: Row) -> str:
    """Return the state of a decision in words.

    >>> state_words({"asked": False, "state": "stands", "condition_state": "open", "condition": "subject to a report"})
    'conditional: subject to a report (not recorded as met)'
    """
    if row["state"] in ("reversed", "superseded"):
        later = row["changed_by_id"]
        return f"{row['state']} by decision {later}" if later else str(row["state"])
    if row["state"] == "lapsed":
        return "lapsed"
    if row["state"] == "proposed" or row["asked"]:
        return "asked for; no record of a decision is held" if row["state"] == "proposed" else "decided as asked"
    if row["condition_state"] == "open":
        return f"conditional: {row['condition']} (not recorded as met)"
    return "stands; its condition was met" if row["condition_state"] == "met" else "stands"


def delegations(connection: Connection, on: date, body_id: int | None = None) -> list[DelegationState]:
    """Return all delegations, or those of a body's papers, as they are on a day."""
    meetings = meetings_of(connection, body_id)
    events = {row["id"]: row for row in rows(connection, "event")}
    motions = {row["id"]: row for row in rows(connection, "motion")}
    names = document_names(connection)
    found = []
    for row in rows(connection, "delegation"):
        motion = motions.get(row["motion_id"])
        event = events.get(motion["event_id"]) if motion else None
        if (event["id"] if event else None) not in meetings:
            continue
        left = tuple(_open(row, motion, on))
        found.append(value_of(DelegationState, row, open=left, **_where(row, event, names)))
    return found


def _where(row: Row, event: Row | None, names: dict[str, str]) -> Row:
    """Return the day of a row's meeting, and the paper and lines that it stands in."""
    day, document = event and event["from_date"], names.get(row["source_id"])
    return {"day": day, "document": document, "lines": (row["source_line"], row["last_line"])}


def _open(row: Row, motion: Row | None, on: date) -> list[str]:
    said = []
    if motion is not None and motion["state"] == "proposed":
        said.append("asked for: no record that it was given is held")
    if row["duty"] and not row["duty_evidence"]:
        said.append("the further report that it requires is not in the register")
    if row["expires_on"] is None and not row["expiry_text"]:
        said.append("no expiry is stated")
    elif row["expires_on"] is not None and row["expires_on"] < on:
        said.append(f"expired on {row['expires_on']}")
    if not row["limits"]:
        said.append("no limit is stated")
    return said
