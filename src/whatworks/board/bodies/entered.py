"""What officers enter of bodies: kind, remit, reporting line, dates and finish test, kept in the register."""

from datetime import date

from whatworks.board.bodies.body import EnteredBody, Kind
from whatworks.board.register.ledger import add, change, rows
from whatworks.board.register.names import normal
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row, value_of
from whatworks.records.register.verb import Done

KINDS: dict[str, Kind] = {
    "board": "board",
    "group": "group",
    "task_and_finish": "task and finish group",
    "challenge_board": "challenge board",
    "partnership": "partnership",
    "committee": "committee",
    "panel": "panel",
    "forum": "forum",
}
"""The register's codes for kinds of bodies; `agency` is none of the map's."""


def entered_bodies(connection: Connection) -> tuple[EnteredBody, ...]:
    """Return the bodies of which somebody entered anything that the map shows."""
    held = {row["id"]: row for row in rows(connection, "organisation", "merged_into IS NULL")}
    names = {number: str(row["name"]) for number, row in held.items()}
    seats = rows(connection, "membership", "to_date IS NULL")
    found = []
    for number, row in held.items():
        sent = [seat["on_behalf_of_id"] for seat in seats if seat["organisation_id"] == number]
        members = tuple(names[other] for other in sent if other in names)
        facts = ("classification", "parent_id", "founded_on", "dissolved_on", "remit", "finish_test")
        if members or any(row[name] is not None for name in facts):
            kind, above = KINDS.get(str(row["classification"])), names.get(row["parent_id"])
            dates = {"started": row["founded_on"], "ended": row["dissolved_on"]}
            found.append(value_of(EnteredBody, row, kind=kind, members=members, reports_to=above, **dates))
    return tuple(found)


def enter_body(
    connection: Connection,
    name: str,
    author: Author,
    *,
    classification: str | None = None,
    remit: str | None = None,
    reports_to: str | None = None,
    started: date | None = None,
    ended: date | None = None,
    finish_test: str | None = None,
) -> Done:
    """Keep what is known of a body, which is made if no row has its name.

    Raises `Refused` for an unknown kind, an end before the start, or a body that would report to itself.
    """
    faults = []
    if classification is not None and classification not in KINDS:
        remedy = f"choose from {', '.join(KINDS)}"
        faults.append(Fault("is not a kind of body", remedy, field="kind", value=classification))
    if started and ended and ended < started:
        faults.append(Fault("lies before the start", "give the later day as the end", field="ended", value=str(ended)))
    if not name.strip():
        faults.append(Fault("is empty", "name the body as papers write it", field="name"))
    if reports_to is not None and normal(reports_to) == normal(name):
        faults.append(Fault("is the body itself", "name the body above it", field="reports_to", value=reports_to))
    if faults:
        raise Refused(faults)
    number = _number(connection, name, author)
    values: Row = {"classification": classification, "remit": remit, "founded_on": started, "dissolved_on": ended}
    above = _number(connection, reports_to, author) if reports_to else None
    values |= {"finish_test": finish_test, "parent_id": above}
    given = {column: value for column, value in values.items() if value is not None}
    changed = change(connection, "organisation", number, given, author)
    return Done(f"{name} (number {number}): {', '.join(changed) or 'as before'}", number, tuple(changed))


def _number(connection: Connection, name: str, author: Author) -> int:
    """Return the number of the body of a name; a new row where the register knows none."""
    known = Recogniser(connection, "entered").known_organisation(name)
    return known or add(connection, "organisation", {"name": " ".join(name.split())}, author=author)
