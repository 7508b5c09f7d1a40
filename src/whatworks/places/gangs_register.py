"""A group's own register, where alone its members are named: one owner, a purpose, a rule, a review, and tombstones."""

import dataframely as dy
import polars as pl

from whatworks.places.gangs import call_in
from whatworks.places.gangs_records import VICTIM_ROLE
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.columns import code_of, link_to, written
from whatworks.records.register.entry import Author, ChangeTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.person_list import EntryTable, ListTable, PersonList, child_mark, sensitive
from whatworks.records.register.showing import history_lines, row_lines, row_with_history
from whatworks.records.register.verb import Done
from whatworks.records.tables.codes import GROUP_ROLES, GROUP_STRANDS


class GangGroup(ListTable):
    """A group's register."""

    evidence_rule = written("By what rule somebody is entered.", nullable=False)


class GangMember(EntryTable):
    """Somebody's part in a group: the number is the owner's."""

    group_id = link_to("gang_group", "The group")
    role = sensitive(code_of(GROUP_ROLES, "In what part; exploited members are victims."))
    strand = sensitive(dy.Enum(GROUP_STRANDS, nullable=True, description="What is done."))


GANGS = Ledger({"gang_group": GangGroup, "gang_member": GangMember, "gang_change": ChangeTable}, "gang_")
GROUPS = PersonList("group", "member", "group_id", "whatworks places group review {} --review-on DAY")
open_group, review_group, close_group, remove_member = GROUPS.open, GROUPS.review, GROUPS.close, GROUPS.remove


def list_groups(connection: Connection, ledger: Ledger, author: Author) -> Done:
    """List the registers, those overdue for review first; of children only how many."""
    lines = GROUPS.overdue_first(connection, ledger, author.on)
    return Done("\n".join(lines) or "None is open.", more={"groups": len(lines)})


def enter_member(
    connection: Connection, ledger: Ledger, author: Author, group: int, person: str, role: str, under_18: str,
    evidence: str, strand: str | None = None,
) -> Done:  # fmt: skip
    """Enter somebody; refused in a register overdue for review, and for somebody who is in it."""
    row = GROUPS.current(connection, ledger, group, author.on)
    if any(each["person"] == person for each in GROUPS.entered(connection, ledger, group)):
        raise Refused(Fault("is entered already", "change that entry, or remove it first", field="person"))
    values = {"group_id": group, "person": person, "role": role, "under_18": under_18, "evidence": evidence,
              "strand": strand, "rule_version": row["version"], "entered_on": author.on}  # fmt: skip
    number = ledger.add(connection, "member", values, author=author)
    return Done(f"member {number}: entered", number, ("*",), people=((row["owner"], person),))


def list_members(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Name a group's members to its owner, and keep who looked and why."""
    row = GROUPS.current(connection, ledger, number, author.on)
    ledger.note(connection, "group", number, ("consulted", None, None), author)
    return _named(GROUPS.entered(connection, ledger, number), row)


def show_member(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Show one entry with its whole history to the group's owner, and keep who looked and why."""
    found = row_with_history(ledger, connection, "member", number)
    ledger.note(connection, "group", found["row"]["group_id"], ("consulted", None, f"member {number}"), author)
    lines = [*row_lines(found["row"]), *history_lines(found["history"])]
    owner, person = ledger.row(connection, "group", found["row"]["group_id"])["owner"], found["row"]["person"]
    return Done("\n".join(lines), number, people=((owner, person),) if person else ())


def call_in_members(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Name the fewest adults through whom every adult is met, by the owner's records of events; and keep who looked."""
    row = GROUPS.current(connection, ledger, number, author.on)
    entered = [each for each in GROUPS.entered(connection, ledger, number) if each["under_18"] == "no"]
    adults = {each["person"]: each for each in entered if each["role"] != VICTIM_ROLE}
    pairs = connection.rows(
        "SELECT DISTINCT a.person_id, b.person_id FROM incident_person AS a JOIN incident_person AS b "
        "ON a.organisation_id = b.organisation_id AND a.incident_id = b.incident_id AND a.person_id < b.person_id "
        "WHERE a.organisation_id = ? AND a.role = 'suspect' AND b.role = 'suspect' ORDER BY 1, 2",
        [row["owner"]],
    )
    ties = pl.DataFrame(pairs, schema={"person": pl.String, "tied_to": pl.String}, orient="row")
    ledger.note(connection, "group", number, ("consulted", None, "call-in"), author)
    return _named([adults[person] for person in call_in(ties, list(adults))], row)


def _named(rows: list[Row], group: Row) -> Done:
    lines = []
    for row in rows:
        marks = (row["role"], child_mark(row), row["strand"])
        lines.append(f"{row['id']:>4}  {row['person']}: {', '.join(filter(None, marks))}; {row['evidence']}")
    people = tuple((group["owner"], row["person"]) for row in rows)
    return Done("\n".join(lines) or "Nobody is entered.", group["id"], more={"members": len(rows)}, people=people)
