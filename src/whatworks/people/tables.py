"""The tables of lists of people and of their entries, and what every one of them obeys."""

from collections.abc import Sequence
from typing import Any

import dataframely as dy

from whatworks.people.rule import ListRule
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.register.columns import code_of, day_of, link_to, name_of, written
from whatworks.records.register.entry import ChangeTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.person_list import EntryTable, ListTable, PersonList, sensitive
from whatworks.records.register.verb import Done
from whatworks.records.tables.codes import LEAVE_REASONS

STATES = ("proposed", "listed", "declined", "removed")


class PeopleList(ListTable):
    """A list of people, and the rule that it was last proposed by."""

    variant_of = written("The list that it varies, as a borough's own.")
    rule_sha256 = written("Hash of the rule.", nullable=False)
    rule = written("The rule, as JSON.", nullable=False)


class PeopleEntry(EntryTable):
    """Somebody proposed for, or on, a list; once declined or removed a tombstone without identity."""

    list_id = link_to("people_list", "The list")
    state = sensitive(code_of(STATES, "How it stands."))
    organisation_id = sensitive(written("The agency whose number for the person it is; null once removed."))
    records = sensitive(name_of("All records of the person at entry, as JSON; null once removed."))
    standing = sensitive(code_of(("linked", "possible", "one_agency"), "How sure the links are that the rule is met."))
    agencies = sensitive(dy.Int64(min=0, description="Agencies with contacts that count, by the links in force."))
    agencies_mean = sensitive(dy.Float64(description="Its mean over believable ways to link the records."))
    agencies_low = sensitive(dy.Float64(description="2.5% of them have fewer."))
    agencies_high = sensitive(dy.Float64(description="2.5% of them have more."))
    sex = sensitive(written("Sex, for the equality assessment."))
    ethnicity = sensitive(written("Ethnic group, for the equality assessment."))
    proposed_on = sensitive(day_of("The day of the proposal.", nullable=False))
    reviewed_on = sensitive(day_of("The day of the last review."))
    review_on = sensitive(day_of("The day by which the entry is to be reviewed."))
    retain_until = sensitive(day_of("The day on which it is removed at the latest."))
    leave_reason = sensitive(dy.Enum(LEAVE_REASONS, nullable=True, description="Why it was removed."))


PEOPLE = Ledger({"people_list": PeopleList, "people_entry": PeopleEntry, "people_change": ChangeTable}, "people_")
LISTS = PersonList(
    "list", "entry", "list_id", "whatworks people propose lists/{}.toml --review-on DAY",
    ("person", "evidence", "organisation_id", "records"), "name",
)  # fmt: skip


def list_named(connection: Connection, ledger: Ledger, name: str) -> Row:
    """Return the open list of a name, or refuse naming those that are open."""
    rows = ledger.rows(connection, "list", "closed_on IS NULL")
    for row in rows:
        if row["name"] == name:
            return row
    known = [row["name"] for row in rows]
    remedy = choice(name, known, "open are") if known else "open one: whatworks people propose lists/NAME.toml"
    raise Refused(Fault("is not a list that is open", remedy, field="list", value=name))


def rule_of(held: Row) -> ListRule:
    """Return the rule that a list was last proposed by."""
    return ListRule.model_validate_json(held["rule"])


def done(
    says: str, number: int, rows: Sequence[Row], more: dict[str, Any] | None = None, changed: tuple[str, ...] = ()
) -> Done:
    """Return what was done, with the people whom it touched or named."""
    people = tuple((row["organisation_id"], row["person"]) for row in rows)
    return Done(says, number, changed, more or {}, people=people)
