"""Open, review, hand over and close cases: until the receiver has accepted, the sender keeps the duty."""

from datetime import date
from typing import Any

from whatworks.casework.case import (
    filled,
    known_agency,
    known_person,
    linked_people,
    not_seen,
    open_case,
    person_of,
    records_of,
    seen_cases,
    seen_record,
    together,
    within_tier,
)
from whatworks.casework.plan import TABLES, is_open
from whatworks.casework.register import Kept, amend, record
from whatworks.records.audit.reader import present_reader
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done, Verb


def start_case(connection: Connection, ledger: Ledger, author: Author, verb: Verb, person: str, **values: Any) -> Done:
    """Open a case; refused where the team has one of its kind for the same person that the reader may see."""
    faults = [_ahead(values["review_on"], author.on)]
    together(
        lambda: filled(verb, author, values),
        lambda: known_person(connection, person),
        lambda: known_agency(connection, "--lead", values["lead_organisation"]),
        lambda: within_tier(connection, values.get("tier")),
        lambda: _refuse(faults),
    )
    organisation, number = known_person(connection, person)
    kind = values.get("kind", "casework")
    for other in other_cases(connection, (organisation, number), kind):
        raise Refused(Fault(f"has case {other.number} already", "work on that one", field="person"))
    row = {"organisation_id": organisation, "person_id": number, "kind": kind, "opened_on": author.on, **values}
    kept = record(connection, ledger, "casefile", row, author)
    return Done(f"case {kept.number}: opened", int(kept.number), ("*",), people=((organisation, number),))


def other_cases(connection: Engine, person: tuple[str, str], kind: str) -> list[Kept]:
    """Return the open cases of a kind of whoever is the same person by the links, as far as the reader may see them."""
    cases = [case for case in seen_cases(connection) if case.row["kind"] == kind]
    linked = linked_people(connection, [person, *map(person_of, cases)])
    return [case for case in cases if linked[person_of(case)] == linked[person]]


def review_case(connection: Connection, ledger: Ledger, author: Author, case: str, review_on: date) -> Done:
    """Record a review: the next one lies ahead."""
    found = open_case(connection, case)
    _refuse([_ahead(review_on, author.on)])
    columns = amend(connection, ledger, found, {"review_on": review_on}, author)
    return Done(f"case {case}: to be reviewed by {review_on}", None, columns, {"record": case}, (), (person_of(found),))


def answer_handover(connection: Connection, ledger: Ledger, author: Author, verb: Verb, handover: str) -> Done:
    """Record a receiver's answer, by the receiver or the team; a transfer that is accepted moves the lead."""
    filled(verb, author, {})
    found, reader = seen_record(connection, "handover", handover), present_reader(connection)
    if reader.organisation_id not in (None, found.row["to_organisation"]):
        raise not_seen("handover", handover)
    if found.row["answer"] is not None:
        raise Refused(Fault(f"is {found.row['answer']} already", "ask anew", field="handover", value=handover))
    case = open_case(connection, f"{found.organisation}:{found.row['case_id']}")
    accepted = verb.name == "accept"
    values: Row = {"answer": "accepted" if accepted else "refused", "answered_on": author.on}
    columns = amend(connection, ledger, found, values | ({} if accepted else {"reason": author.why}), author)
    lead = case.row["lead_organisation"] or "nobody"
    if accepted and found.row["kind"] == "transfer":
        lead = found.row["to_organisation"]
        amend(connection, ledger, case, {"lead_organisation": lead}, author)
    says = f"handover {handover}: {values['answer']}; the duty is with {lead}"
    return Done(says, None, columns, {"record": handover}, (), (person_of(case),))


def close_case(connection: Connection, ledger: Ledger, author: Author, verb: Verb, case: str) -> Done:
    """Close a case for a reason; refused while needs, actions or handovers of it are open."""
    filled(verb, author, {})
    found = open_case(connection, case)
    remedies = {"need": "meet it, or leave it with a reason", "action": "do or drop it", "handover": "have it answered"}
    faults = [
        Fault("is open", remedy, field=word, value=kept.number)
        for word, remedy in remedies.items()
        for kept, _ in records_of(connection, TABLES[word], [found])
        if is_open(kept)
    ]
    _refuse([*faults])
    columns = amend(connection, ledger, found, {"closed_on": author.on, "close_reason": author.why}, author)
    return Done(f"case {case}: closed", None, columns, {"record": case}, (), (person_of(found),))


def _ahead(day: date, on: date) -> Fault | None:
    remedy = "name the day of the next review"
    return None if day > on else Fault("does not lie ahead", remedy, field="--review-on", value=str(day))


def _refuse(faults: list[Fault | None]) -> None:
    if found := [fault for fault in faults if fault]:
        raise Refused(found)
