"""What officers enter of bodies: kind, remit, reporting line, dates and finish test, kept in the register."""

from collections.abc import Mapping
from datetime import date

from whatworks.board.bodies.body import EnteredBody, Kind
from whatworks.board.register.ledger import add, change, rows
from whatworks.board.register.names import normal
from whatworks.board.register.recognition import Recogniser
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Row
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
    seats = rows(connection, "membership", "to_date IS NULL")
    found = []
    for row in held.values():
        members = tuple(
            str(held[seat["on_behalf_of_id"]]["name"])
            for seat in seats
            if seat["organisation_id"] == row["id"] and seat["on_behalf_of_id"] in held
        )
        facts = ("classification", "parent_id", "founded_on", "dissolved_on", "remit", "finish_test")
        if any(row[name] is not None for name in facts) or members:
            found.append(_entered(row, held, members))
    return tuple(one for one in found if one is not None)


def _entered(row: Row, held: Mapping[int, Row], members: tuple[str, ...]) -> EnteredBody:
    above = held.get(row["parent_id"])
    return EnteredBody(
        name=str(row["name"]),
        kind=KINDS.get(str(row["classification"])),
        remit=row["remit"],
        members=members,
        reports_to=str(above["name"]) if above else None,
        started=row["founded_on"],
        ended=row["dissolved_on"],
        finish_test=row["finish_test"],
    )


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
    values = {
        "classification": classification,
        "remit": remit,
        "founded_on": started,
        "dissolved_on": ended,
        "finish_test": finish_test,
        "parent_id": _number(connection, reports_to, author) if reports_to else None,
    }
    given = {column: value for column, value in values.items() if value is not None}
    changed = change(connection, "organisation", number, given, author)
    return Done(f"{name} (number {number}): {', '.join(changed) or 'as before'}", number, tuple(changed))


def _number(connection: Connection, name: str, author: Author) -> int:
    """Return the number of the body of a name; a new row where the register knows none."""
    known = Recogniser(connection, "entered").known_organisation(name)
    return known or add(connection, "organisation", {"name": " ".join(name.split())}, author=author)
