"""What is recorded for a case, each sort declared once: what it needs at entry, and how it is settled later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from whatworks.casework.case import (
    filled,
    known_agency,
    known_person,
    not_seen,
    open_case,
    people_of,
    person_of,
    seen_record,
)
from whatworks.casework.placing import available
from whatworks.casework.register import Kept, amend, kept_records, record
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done, Verb
from whatworks.records.tables.agency_tables import RECORD_TABLES

TABLES = {
    "case": "casefile", "need": "need", "action": "plan_action", "contact": "contact", "appointment": "appointment",
    "handover": "handover", "consent": "consent", "relative": "family_link", "condition": "no_contact",
    "placement": "placement",
}  # fmt: skip
"""What commands call a record -> its table."""
Check = Callable[[Engine, Kept, Row], Mapping[str, Any] | None]
"""Refuses what a case cannot have, or returns the columns that it reads otherwise than they were given."""


@dataclass(frozen=True, slots=True)
class Entering:
    """How a record is entered: its table, the columns that are the day's, those that are fixed, and what is checked."""

    table: str
    days: tuple[str, ...] = ()
    fixed: Row = field(default_factory=dict)
    check: Check | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Settling:
    """How a record is settled: its columns that say it is settled already, the day's, those fixed, and the reason's."""

    table: str
    settled: tuple[str, ...]
    day: str | None = None
    fixed: Row = field(default_factory=dict)
    check: Check | None = None
    reason: str | None = None


def enter(connection: Connection, ledger: Ledger, author: Author, verb: Verb, case: str, **values: Any) -> Done:
    """Enter a record for an open case, as `ENTERING` says of the verb."""
    filled(verb, author, values)
    how, found = ENTERING[verb.name], open_case(connection, case)
    organisation, person = person_of(found)
    own = {"organisation_id": organisation, "person_id": person, "case_id": found.key}
    row: Row = {**own, how.reason or "": author.why, **dict.fromkeys(how.days, author.on), **how.fixed, **values}
    row = {name: row.get(name) for name in RECORD_TABLES[how.table].columns()}
    row |= (how.check(connection, found, row) if how.check else None) or {}
    kept = record(connection, ledger, how.table, row, author, found)
    return Done(f"{_word(how.table)} {kept.number}: entered", int(kept.number), ("*",), people=(person_of(found),))


def settle(connection: Connection, ledger: Ledger, author: Author, verb: Verb, number: str, **values: Any) -> Done:
    """Settle a record, as `SETTLING` says of the verb; refused where it is settled already."""
    filled(verb, author, values)
    how = SETTLING[verb.name]
    found = seen_record(connection, how.table, number)
    word = _word(how.table)
    if was := next((found.row[name] for name in how.settled if found.row[name] not in (None, "open")), None):
        remedy = f"if that is wrong, correct it: whatworks casework correct {word} {number} --set COLUMN=VALUE"
        raise Refused(Fault(f"is settled already: {was}", remedy, field=word, value=number))
    stated: Row = {how.day or "": author.on, how.reason or "": author.why, **how.fixed, **values}
    changes = {name: value for name, value in stated.items() if name}
    if how.check:
        how.check(connection, found, {**found.row, **changes, "on": author.on})
    columns = amend(connection, ledger, found, changes, author)
    return Done(
        f"{word} {number}: {verb.name} recorded", None, columns, {"record": number}, people=people_of(connection, found)
    )


def is_open(kept: Kept) -> bool:
    """Return whether a record is not settled yet."""
    settled = {name for how in SETTLING.values() if how.table == kept.table for name in how.settled}
    if kept.table == "need" and kept.row["level"] == "none":
        return False
    return all(kept.row[name] in (None, "open") for name in settled or {"answer"})


def _word(table: str) -> str:
    return next(word for word, kept_in in TABLES.items() if kept_in == table)


def _not_twice(connection: Engine, case: Kept, row: Row) -> None:
    """An agency's own assessments do not count: it makes several."""
    where = "organisation_id = ? AND person_id = ? AND pathway = ?"
    for need in kept_records(connection, "need", where, [*person_of(case), row["pathway"]]):
        if need.number.isdecimal() and is_open(need):
            remedy = f"correct that one: whatworks casework correct need {need.number} --set level={row['level']}"
            raise Refused(
                Fault(f"is open already as need {need.number}", remedy, field="pathway", value=row["pathway"])
            )


def _due(connection: Engine, appointment: Kept, row: Row) -> None:
    if row["due_on"] > row["on"]:
        number = appointment.number
        raise Refused(Fault(f"is due on {row['due_on']}", "wait for its day", field="appointment", value=number))


def _owned(connection: Engine, case: Kept, row: Row) -> Mapping[str, Any] | None:
    known_agency(connection, "--owner", row.get("owner_organisation"))
    if (number := row.get("need_id")) is None:
        return None
    need = seen_record(connection, "need", number)
    if person_of(need) != person_of(case):
        raise not_seen("need", number)
    return {"need_id": need.key}


def _bound(connection: Engine, case: Kept, row: Row) -> Mapping[str, Any]:
    """Return whose requirement it is: it binds the case's person, as far as links say, and has no appointment then."""
    text = row["requirement_id"]
    organisation, _, number = text.partition(":") if ":" in text else (case.organisation, "", text)
    same = "SELECT i.linked_id FROM identity AS i WHERE i.organisation_id = ? AND i.person_id = ?"
    bound = connection.rows(
        "SELECT r.from_date FROM requirement AS r LEFT JOIN identity AS i ON i.organisation_id = "
        "r.organisation_id AND i.person_id = r.person_id WHERE r.organisation_id = ? AND r.requirement_id = ? AND "
        f"((r.organisation_id = ? AND r.person_id = ?) OR i.linked_id IN ({same}))",
        [organisation, number, *person_of(case), *person_of(case)],
    )
    if not bound:
        remedy = "name one that binds them as AGENCY:NUMBER; import the agency's requirements, or link anew"
        problem = "is not a requirement of this case's person"
        raise Refused(Fault(problem, remedy, field="--requirement", value=shape(text)))
    if row["due_on"] < bound[0][0]:
        problem, remedy = f"lies before the requirement, which begins on {bound[0][0]}", "name a later day"
        raise Refused(Fault(problem, remedy, field="--due-on", value=str(row["due_on"])))
    where = "organisation_id = ? AND requirement_id = ? AND due_on = ?"
    if kept_records(connection, "appointment", where, [organisation, number, row["due_on"]]):
        remedy = "name another day, or record what came of that one"
        problem = "has an appointment under this requirement"
        raise Refused(Fault(problem, remedy, field="--due-on", value=str(row["due_on"])))
    return {"organisation_id": organisation, "requirement_id": number}


def _askable(connection: Engine, case: Kept, row: Row) -> None:
    known_agency(connection, "--to", row["to_organisation"])
    where = "organisation_id = ? AND case_id = ? AND to_organisation = ? AND kind = ? AND answer IS NULL"
    if kept_records(connection, "handover", where, [case.organisation, case.key, row["to_organisation"], row["kind"]]):
        raise Refused(Fault("was asked already and has not answered", "wait for its answer", field="--to"))
    if row["kind"] == "transfer" and row["to_organisation"] == case.row["lead_organisation"]:
        raise Refused(Fault("leads this case already", "name another agency", field="--to"))


def _other(column: str, field: str) -> Check:
    """Return the check of a number of somebody beside the case's person, of the same agency."""

    def check(connection: Engine, case: Kept, row: Row) -> Mapping[str, Any] | None:
        if row.get(column) is None:
            return None
        other = known_person(connection, row[column])
        if other[0] != case.organisation or other == person_of(case):
            remedy = f"give {case.organisation}'s number for them"
            raise Refused(Fault("is not somebody else by the case's own agency", remedy, field=field))
        return {column: other[1]}

    return check


ENTERING = {
    "need": Entering("need", ("assessed_on", "recorded_on"), check=_not_twice),
    "action": Entering("plan_action", fixed={"state": "open"}, check=_owned),
    "contact": Entering("contact", ("contacted_on",)),
    "appoint": Entering("appointment", check=_bound),
    "refer": Entering("handover", ("asked_on",), {"kind": "referral"}, _askable, "reason"),
    "transfer": Entering("handover", ("asked_on",), {"kind": "transfer"}, _askable, "reason"),
    "consent": Entering("consent", ("given_on",)),
    "relative": Entering("family_link", check=_other("relative_person_id", "--person")),
    "forbid": Entering("no_contact", ("from_date",), check=_other("protected_person_id", "--person")),
    "offer": Entering("placement", ("offered_on",), check=available),
}
"""Verb -> how it enters a record."""
SETTLING = {
    "meet": Settling("need", ("met_on", "closed_on"), "met_on"),
    "leave": Settling("need", ("met_on", "closed_on"), "closed_on", reason="close_reason"),
    "done": Settling("plan_action", ("state",), "closed_on", {"state": "done"}),
    "drop": Settling("plan_action", ("state",), "closed_on", {"state": "dropped"}),
    "attend": Settling("appointment", ("outcome",), fixed={"outcome": "kept"}, check=_due),
    "miss": Settling("appointment", ("outcome",), check=_due),
    "withdraw": Settling("consent", ("withdrawn_on",), "withdrawn_on"),
    "lift": Settling("no_contact", (), "to_date"),
    "settle-in": Settling("placement", ("started_on", "answer"), "started_on", {"answer": "accepted"}, available),
    "turn-down": Settling("placement", ("started_on", "answer"), fixed={"answer": "refused"}, reason="end_reason"),
    "move-out": Settling("placement", ("ended_on",), "ended_on", reason="end_reason"),
}
"""Verb -> how it settles one."""
