"""A group's own register, where alone its members are named: one owner, a purpose, a rule, a review, and tombstones."""

from datetime import date
from typing import Any

import dataframely as dy
import polars as pl

from whatworks.places.gangs import call_in
from whatworks.places.gangs_records import VICTIM_ROLE
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.columns import code_of, day_of, link_to, name_of, written
from whatworks.records.register.entry import Author, ChangeTable, RegisterTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done
from whatworks.records.tables.codes import GROUP_ROLES, GROUP_STRANDS
from whatworks.records.tables.declaration import about

YES_NO = ("yes", "no")


class GangGroup(RegisterTable):
    """A group's register: who owns it, for what purpose and on what rule, until when."""

    name = written("Code of the group.", nullable=False)
    owner = written("The agency that answers for it, by its id.", nullable=False)
    purpose = written("What it is kept for.", nullable=False)
    lawful_basis = written("The law that allows it.", nullable=False)
    evidence_rule = written("By what rule somebody is entered.", nullable=False)
    version = written("Edition of that rule.", nullable=False)
    dpia = written("Reference of the data protection impact assessment.", nullable=False)
    equality_assessment = written("Reference of the equality assessment.", nullable=False)
    review_on = day_of("The day by which it is to be reviewed.", nullable=False)
    retain_until = day_of("The day on which it is closed at the latest.", nullable=False)
    closed_on = day_of("The day on which it was closed; null while it is open.")


class GangMember(RegisterTable):
    """Somebody's entry; after removal a tombstone without identity."""

    group_id = link_to("gang_group", "The group")
    person = name_of("The owner's own number for the person; null once removed.")
    role = code_of(GROUP_ROLES, "In what part; exploited members are victims.")
    under_18 = code_of(YES_NO, "Whether the person is a child.")
    strand = dy.Enum(GROUP_STRANDS, nullable=True, description="What is done.", metadata=about(handling="official"))
    evidence = written("What the entry rests on; null once removed.")
    rule_version = written("Edition of the rule at entry.", nullable=False)
    entered_on = day_of("The day of entry.", nullable=False)
    removed_on = day_of("The day of removal.")


GANGS = Ledger({"gang_group": GangGroup, "gang_member": GangMember, "gang_change": ChangeTable}, "gang_")


def open_group(connection: Connection, ledger: Ledger, author: Author, **values: Any) -> int:
    """Open a register; refused where its review or its end does not lie ahead, or where one of that code is open."""
    faults = []
    if values["review_on"] <= author.on:
        faults.append(Fault("does not lie ahead", "name the day of the first review", field="--review-on"))
    if values["retain_until"] < values["review_on"]:
        faults.append(Fault("lies before the review", "name a later day", field="--retain-until"))
    if ledger.rows(connection, "group", "name = ? AND closed_on IS NULL", [values["name"]]):
        faults.append(Fault("is open already", "use the one that is open", field="name", value=values["name"]))
    if faults:
        raise Refused(faults)
    return ledger.add(connection, "group", values, author=author)


def review_group(
    connection: Connection, ledger: Ledger, author: Author, number: int, review_on: date, version: str | None = None
) -> list[str]:
    """Record a review: the next one lies ahead and within what is retained."""
    row = _open(connection, ledger, number)
    if not author.on < review_on <= row["retain_until"]:
        remedy = f"name a day after today, up to {row['retain_until']}, or close the register"
        raise Refused(Fault("is not a day for the next review", remedy, field="--review-on", value=str(review_on)))
    changed = {"review_on": review_on} | ({"version": version} if version else {})
    return ledger.change(connection, "group", number, changed, author)


def close_group(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Close a register: every entry becomes a tombstone."""
    _open(connection, ledger, number)
    entered = _entered(connection, ledger, number)
    for row in entered:
        _bury(connection, ledger, row["id"], author)
    ledger.change(connection, "group", number, {"closed_on": author.on}, author)
    return Done(f"group {number}: closed; {len(entered)} entries removed", number, ("closed_on",))


def list_groups(connection: Connection, ledger: Ledger, author: Author) -> Done:
    """List the registers, those overdue for review first; of children only how many."""
    rows = sorted(ledger.rows(connection, "group", "closed_on IS NULL"), key=lambda row: (row["review_on"], row["id"]))
    lines = []
    for row in rows:
        entered = _entered(connection, ledger, row["id"])
        children = sum(each["under_18"] == "yes" for each in entered)
        due = "OVERDUE FOR REVIEW since" if row["review_on"] < author.on else "review by"
        about_it = f"owner {row['owner']}; {len(entered)} entries, {children} under 18"
        lines.append(f"{row['id']:>4}  {row['name']}: {due} {row['review_on']}; {about_it}")
    return Done("\n".join(lines) or "None is open.", more={"groups": len(rows)})


def enter_member(
    connection: Connection, ledger: Ledger, author: Author, group: int, person: str, role: str, under_18: str,
    evidence: str, strand: str | None = None,
) -> int:  # fmt: skip
    """Enter somebody; refused in a register overdue for review, and for somebody who is in it."""
    row = _current(connection, ledger, group, author.on)
    if any(each["person"] == person for each in _entered(connection, ledger, group)):
        raise Refused(Fault("is entered already", "change that entry, or remove it first", field="person"))
    values = {"group_id": group, "person": person, "role": role, "under_18": under_18, "evidence": evidence,
              "strand": strand, "rule_version": row["version"], "entered_on": author.on}  # fmt: skip
    return ledger.add(connection, "member", values, author=author)


def remove_member(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Remove an entry: what stays says that there was one, and why it went, and nothing of whom."""
    if ledger.row(connection, "member", number)["removed_on"] is not None:
        raise Refused(Fault(f"member {number} was removed before", "nothing is left to remove"))
    _bury(connection, ledger, number, author)
    return Done(f"member {number}: removed", number, ("person", "evidence", "removed_on"))


def list_members(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Name a group's members to its owner, and keep who looked and why."""
    _current(connection, ledger, number, author.on)
    ledger.note(connection, "group", number, ("consulted", None, None), author)
    return _named(_entered(connection, ledger, number), number)


def call_in_members(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Name the fewest adults through whom every adult is met, by the owner's records of events; and keep who looked."""
    row = _current(connection, ledger, number, author.on)
    entered = [each for each in _entered(connection, ledger, number) if each["under_18"] == "no"]
    adults = {each["person"]: each for each in entered if each["role"] != VICTIM_ROLE}
    pairs = connection.rows(
        "SELECT DISTINCT a.person_id, b.person_id FROM incident_person AS a JOIN incident_person AS b "
        "ON a.organisation_id = b.organisation_id AND a.incident_id = b.incident_id AND a.person_id < b.person_id "
        "WHERE a.organisation_id = ? AND a.role = 'suspect' AND b.role = 'suspect' ORDER BY 1, 2",
        [row["owner"]],
    )
    ties = pl.DataFrame(pairs, schema={"person": pl.String, "tied_to": pl.String}, orient="row")
    ledger.note(connection, "group", number, ("consulted", None, "call-in"), author)
    return _named([adults[person] for person in call_in(ties, list(adults))], number)


def _named(rows: list[Row], number: int) -> Done:
    lines = []
    for row in rows:
        marks = (row["role"], "UNDER 18" if row["under_18"] == "yes" else None, row["strand"])
        lines.append(f"{row['id']:>4}  {row['person']}: {', '.join(filter(None, marks))}; {row['evidence']}")
    return Done("\n".join(lines) or "Nobody is entered.", number, more={"members": len(rows)})


def _open(connection: Connection, ledger: Ledger, number: int) -> Row:
    row = ledger.row(connection, "group", number)
    if row["closed_on"] is not None:
        raise Refused(Fault(f"group {number} is closed", "open a register anew, on its own grounds"))
    return row


def _current(connection: Connection, ledger: Ledger, number: int, on: date) -> Row:
    row = _open(connection, ledger, number)
    if row["review_on"] < on or row["retain_until"] < on:
        remedy = f"review it first: whatworks places group review {number} --review-on DAY"
        raise Refused(Fault(f"group {number} is overdue for review since {row['review_on']}", remedy))
    return row


def _entered(connection: Connection, ledger: Ledger, group: int) -> list[Row]:
    return ledger.rows(connection, "member", "group_id = ? AND removed_on IS NULL", [group])


def _bury(connection: Connection, ledger: Ledger, number: int, author: Author) -> None:
    ledger.set_quietly(connection, "member", number, {"person": None, "evidence": None})
    ledger.change(connection, "member", number, {"removed_on": author.on}, author)
