"""Keep what people decided about two records, with who and why; nothing is deleted, and taking back is a row too."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.clusters.decided import Decisions
from whatworks.linkage.records_and_pairs import RecordTable, positions
from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused

Record = tuple[str, str]
"""An agency (organisation_id) and its number for the person."""
Kind = Literal["must", "cannot"]

_STANDING = """
SELECT decision_id, left_organisation_id, left_person_id, right_organisation_id, right_person_id, decision
FROM link_decision AS d
WHERE decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM link_decision AS u WHERE u.undoes = d.decision_id)
ORDER BY decision_id
"""


@dataclass(frozen=True, slots=True)
class StandingDecision:
    """A decision that nobody has taken back."""

    decision_id: int
    left: Record
    right: Record
    decision: Kind


def standing_decisions(connection: Engine) -> tuple[StandingDecision, ...]:
    """Return the decisions in force, in the order in which they were made."""
    return tuple(
        StandingDecision(number, (left_agency, left_number), (right_agency, right_number), kind)
        for number, left_agency, left_number, right_agency, right_number, kind in connection.rows(_STANDING)
    )


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as a screen may show it: who, when and about which agencies' records, but not whose."""

    decision_id: int
    decision: str
    agencies: tuple[str, str]
    decided_by: str
    decided_on: date
    undone: bool

    def __str__(self) -> str:
        """Return the line for a person to read.

        >>> print(DecisionLine(3, "cannot", ("court", "police"), "J. Ash", date(2026, 3, 1), True))
        decision 3: a court and a police record are two people (J. Ash, 2026-03-01), taken back
        """
        what = "one person" if self.decision == "must" else "two people"
        first, second = self.agencies
        line = f"decision {self.decision_id}: a {first} and a {second} record are {what}"
        return f"{line} ({self.decided_by}, {self.decided_on}){', taken back' if self.undone else ''}"


def decision_lines(connection: Engine) -> tuple[DecisionLine, ...]:
    """Return all decisions, also those taken back, in the order in which they were made."""
    rows = connection.rows(
        "SELECT decision_id, decision, left_organisation_id, right_organisation_id, decided_by, decided_on, "
        "decision_id IN (SELECT undoes FROM link_decision WHERE undoes IS NOT NULL) "
        "FROM link_decision WHERE decision <> 'undo' ORDER BY decision_id"
    )
    return tuple(
        DecisionLine(number, decision, (left, right), by, on, undone)
        for number, decision, left, right, by, on, undone in rows
    )


def last_decision(connection: Engine) -> int:
    """Return the number of the last decision or undo, 0 where there is none."""
    [(number,)] = connection.rows("SELECT COALESCE(MAX(decision_id), 0) FROM link_decision")
    return int(number)


def people_since(connection: Engine, last: int) -> list[Record]:
    """Return whom the decisions after the `last` are about."""
    rows = connection.rows(
        "SELECT left_organisation_id, left_person_id, right_organisation_id, right_person_id FROM link_decision "
        "WHERE decision_id > ? ORDER BY decision_id",
        [last],
    )
    return [end for row in rows for end in ((row[0], row[1]), (row[2], row[3]))]


def decide(connection: Store, kind: Kind, left: Record, right: Record, *, by: str, on: date, reason: str) -> int:
    """Keep the decision that two records are one person (`must`) or are not (`cannot`); return its number.

    Refuses, all faults at once, records that the store does not hold, a record with itself, a decision without who and
    why, and one that decisions in force contradict.
    """
    faults = [*_faults_of_author(by, reason), *_faults_of_records(connection, left, right)]
    if not faults:
        faults = _contradictions(connection, kind, left, right)
    if faults:
        raise Refused(faults)
    first, second = sorted((left, right))
    return _append(connection, first, second, kind, None, by, on, reason)


def undo(connection: Store, decision_id: int, *, by: str, on: date, reason: str) -> int:
    """Take a decision back; return the number of the undo. Refuses what is not a decision in force."""
    faults = _faults_of_author(by, reason)
    standing = {decision.decision_id: decision for decision in standing_decisions(connection)}
    decision = standing.get(decision_id)
    if decision is None:
        known = ", ".join(str(number) for number in standing) or "none"
        faults.append(
            Fault("is not a decision in force", f"in force: {known}", field="decision", value=str(decision_id))
        )
    if faults or decision is None:
        raise Refused(faults)
    return _append(connection, decision.left, decision.right, "undo", decision_id, by, on, reason)


def as_pairs(standing: tuple[StandingDecision, ...], records: RecordTable) -> tuple[Decisions, tuple[int, ...]]:
    """Return decisions as pairs of record indexes, and the numbers of those whose records are no longer there."""
    ends = [end for decision in standing for end in (decision.left, decision.right)]
    places = positions(records, [end[0] for end in ends], [end[1] for end in ends]).reshape(-1, 2).tolist()
    there = [
        (decision, (left, right))
        for decision, (left, right) in zip(standing, places, strict=True)
        if min(left, right) >= 0
    ]
    must, cannot = (tuple(pair for decision, pair in there if decision.decision == kind) for kind in ("must", "cannot"))
    missing = {decision.decision_id for decision in standing} - {decision.decision_id for decision, _ in there}
    return Decisions(must, cannot), tuple(sorted(missing))


def decided_pairs(connection: Engine) -> NDArray[np.int64]:
    """Return the running numbers of the records of all decisions, also of those taken back: a row a decision.

    Records count that stand in `link_record`, or in `gone_record` for having left since.
    """
    both = (f"SELECT record, organisation, person_id FROM {table}" for table in ("link_record", "gone_record"))
    records = f"({' UNION ALL '.join(both)})"
    rows = connection.rows(
        f"SELECT l.record, r.record FROM link_decision AS d "
        f"JOIN {records} AS l ON l.organisation = d.left_organisation_id AND l.person_id = d.left_person_id "
        f"JOIN {records} AS r ON r.organisation = d.right_organisation_id AND r.person_id = d.right_person_id"
    )
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _append(
    connection: Store,
    left: Record,
    right: Record,
    kind: str,
    undoes: int | None,
    by: str,
    on: date,
    reason: str,
) -> int:
    number = last_decision(connection) + 1
    connection.change(
        "INSERT INTO link_decision (decision_id, left_organisation_id, left_person_id, right_organisation_id, "
        "right_person_id, decision, undoes, decided_by, decided_on, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [number, *left, *right, kind, undoes, by.strip(), on, reason.strip()],
    )
    return number


def _faults_of_author(by: str, reason: str) -> list[Fault]:
    asked = (("by", by, "say who decides"), ("why", reason, "say why, for whoever reads it in a year"))
    return [Fault("is empty", remedy, field=field) for field, text, remedy in asked if not text.strip()]


def _faults_of_records(connection: Engine, left: Record, right: Record) -> list[Fault]:
    if left == right:
        return [Fault("are one and the same record", "name two records", field="records")]
    faults = []
    for organisation, person in (left, right):
        rows = connection.rows("SELECT person_id = ? FROM person WHERE organisation_id = ?", [person, organisation])
        matches = [row[0] for row in rows]
        if not matches:
            known = connection.rows("SELECT DISTINCT organisation_id FROM person ORDER BY 1")
            remedy = f"agencies with people: {', '.join(name for (name,) in known) or 'none'}"
            faults.append(Fault("is not an agency whose people are held", remedy, field="record", value=organisation))
        elif not any(matches):
            remedy = "check the number; it is written as the extract writes it"
            faults.append(Fault(f"{organisation} holds no record of a person with that number", remedy, field="record"))
    return faults


def _contradictions(connection: Engine, kind: Kind, left: Record, right: Record) -> list[Fault]:
    """Say which decisions in force a new one would contradict, be it through a chain of them."""
    standing = standing_decisions(connection)
    of = {left: left, right: right}

    def root(record: Record) -> Record:
        while (above := of.setdefault(record, record)) != record:
            record = above
        return record

    for decision in standing:
        if decision.decision == "must":
            of[root(decision.left)] = root(decision.right)
    if kind == "cannot":
        against = [
            decision.decision_id
            for decision in standing
            if decision.decision == "must" and root(decision.left) == root(left)
        ]
        return [_undo_first(against)] if root(left) == root(right) else []
    ends = {root(left), root(right)}
    apart = [decision for decision in standing if decision.decision == "cannot"]
    against = [
        decision.decision_id
        for decision in apart
        if len(ends) == 2 and {root(decision.left), root(decision.right)} == ends
    ]
    return [_undo_first(against)] if against else []


def _undo_first(numbers: list[int]) -> Fault:
    which = ", ".join(str(number) for number in numbers)
    return Fault(f"decisions in force say otherwise ({which})", "take back what is wrong with `whatworks link undo`")
