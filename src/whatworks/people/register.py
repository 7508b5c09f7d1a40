"""What is done with the entries of a list: each step by a named officer, for a reason, and every entry ends."""

import re
from datetime import date

from whatworks.people.impact import impact, impact_words
from whatworks.people.listed_links import LinkedNow, linked_now
from whatworks.people.meeting import POSSIBLE
from whatworks.people.rule import months_after
from whatworks.people.tables import LISTS, done, list_named, rule_of
from whatworks.records.audit.reader import present_reader
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.person_list import child_mark, due, due_first, overdue
from whatworks.records.register.verb import Done
from whatworks.sharing.consult import permit

FIELDS = ("person", "organisation_id", "under_18", "standing", "agencies", "review_on")
"""Columns of an entry that are shown with its person."""
SAFEGUARDING = ("safeguarding_children", "safeguarding_adults")
"""The purposes for which alone it is seen that somebody on a list is a victim too."""


def enter(
    connection: Connection, ledger: Ledger, author: Author, number: int, review_on: date, retain_until: date,
    links: str | None = None,
) -> Done:  # fmt: skip
    """Enter somebody who is proposed; whoever is only possible, after a person has looked at the links."""
    row = _in_state(connection, ledger, number, "proposed")
    held = LISTS.current(connection, ledger, row["list_id"], author.on)
    terms, faults = rule_of(held), []
    if row["standing"] == POSSIBLE and links != "same":
        remedy = "look at the links (whatworks link questions), then give --links same, or decline the proposal"
        faults.append(Fault("meets the rule only if doubtful links are right", remedy, field="--links"))
    for flag, day, months in (
        ("--review-on", review_on, terms.review_months),
        ("--retain-until", retain_until, terms.retain_months),
    ):
        last = months_after(author.on, months)
        if not author.on < day <= last:
            remedy = f"name a day after today, up to {last}"
            faults.append(Fault("is not a day that the rule allows", remedy, field=flag, value=str(day)))
    if retain_until < review_on:
        faults.append(Fault("lies before the review", "name a later day", field="--retain-until"))
    if faults:
        raise Refused(faults)
    changed = {"state": "listed", "entered_on": author.on, "rule_version": held["version"], "review_on": review_on,
               "retain_until": retain_until, "reviewed_on": author.on}  # fmt: skip
    ledger.change(connection, "entry", number, changed, author)
    return done(_line_of(row, f"entry {number}: entered, review by {review_on}"), number, [row], changed=tuple(changed))


def decline(connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
    """Decline a proposal: a tombstone stays, and the person is proposed again if the rule is met again."""
    row = _in_state(connection, ledger, number, "proposed")
    _check_reason(connection, row, author)
    LISTS.bury(connection, ledger, number, author, state="declined")
    return done(_line_of(row, f"entry {number}: declined"), number, [row], changed=("state", *LISTS.identity))


def review(
    connection: Connection, ledger: Ledger, author: Author, number: int, review_on: date, links: str | None = None
) -> Done:
    """Record that an entry was reviewed and stays; where links changed whom it is about, that a person decided it."""
    row = _in_state(connection, ledger, number, "listed")
    now = linked_now(connection, LISTS.entered(connection, ledger, row["list_id"]))[number]
    if now.changed and links != "same":
        remedy = "look at the records; then give --links same where the entry is about this person, or remove it"
        raise Refused(Fault(f"the links have changed since entry ({now.changed})", remedy, field="--links"))
    changed = LISTS.review(connection, ledger, author, number, review_on, table="entry")
    changed += ledger.change(connection, "entry", number, {"reviewed_on": author.on}, author)
    if now.changed:
        ledger.set_quietly(connection, "entry", number, {"records": now.records})
        ledger.note(connection, "entry", number, ("links", now.changed, "same person"), author)
    return done(_line_of(row, f"entry {number}: reviewed, next by {review_on}"), number, [row], changed=tuple(changed))


def remove(connection: Connection, ledger: Ledger, author: Author, number: int, reason: str) -> Done:
    """Remove an entry: a tombstone without identity stays, with the reason's code and who decided."""
    row = _in_state(connection, ledger, number, "listed")
    _check_reason(connection, row, author)
    LISTS.bury(connection, ledger, number, author, state="removed", leave_reason=reason)
    says = _line_of(
        row, f"entry {number}: removed ({reason.replace('_', ' ')}); nothing of the person stays on the list"
    )
    return done(says, number, [row], changed=("state", *LISTS.identity, "removed_on"))


def list_people(
    connection: Connection, ledger: Ledger, author: Author, here: Partnership, name: str | None = None,
    purpose: str | None = None, edition: str | None = None,
) -> Done:  # fmt: skip
    """List the lists, overdue ones first; or name one list's people for a purpose, overdue entries first."""
    if name is None:
        lines = LISTS.overdue_first(connection, ledger, author.on)
        return Done("\n".join(lines) or "None is open.", more={"lists": len(lines)})
    held = list_named(connection, ledger, name)
    rows = ledger.rows(connection, "entry", "list_id = ? AND state IN ('proposed', 'listed')", [held["id"]])
    listed = due_first([row for row in rows if row["state"] == "listed"])
    rows = [*listed, *(row for row in rows if row["state"] == "proposed")]
    people = [(row["organisation_id"], row["person"]) for row in rows]
    reader = present_reader(connection)
    permit(connection, here, reader, "people_entry", FIELDS, people, purpose or "", author.why, author.true_day)
    now = linked_now(connection, rows)
    ledger.note(connection, "list", held["id"], ("consulted", None, purpose), author)
    lines = [_named(row, now[row["id"]], author.on, purpose in SAFEGUARDING) for row in rows]
    if edition:
        numbers = [now[row["id"]].linked_id for row in rows]
        found = impact(connection, rule_of(held), author.on, edition, numbers)
        of = {row["linked_id"]: row for row in found.iter_rows(named=True)}
        lines = [f"{line}; {impact_words(of.get(number))}" for line, number in zip(lines, numbers, strict=True)]
    head = f"{name}, version {held['version']}, for {purpose}: {len(listed)} listed, {len(rows) - len(listed)} proposed"
    return done("\n".join((head, *lines)), held["id"], rows, {"listed": len(listed), "rows": lines})


def people_of(connection: Connection, ledger: Ledger, name: str, on: date) -> tuple[tuple[str, str], ...]:
    """Return the (organisation_id, person_id) of a list that may be acted on or leave: entries overdue are not there.

    Raises `Refused` where there is no such list, or it is itself overdue for review.
    """
    held = list_named(connection, ledger, name)
    LISTS.current(connection, ledger, held["id"], on)
    rows = LISTS.entered(connection, ledger, held["id"])
    return tuple((row["organisation_id"], row["person"]) for row in rows if not overdue(row, on))


def _check_reason(connection: Connection, row: Row, author: Author) -> None:
    """Refuse a reason that would name the person in what is left of the entry: by the number, or by the surname."""
    query = "SELECT surname FROM person WHERE organisation_id = ? AND person_id = ?"
    surnames = [name for (name,) in connection.rows(query, [row["organisation_id"], row["person"]]) if name]
    words = "|".join(re.escape(name) for name in (row["person"], *surnames))
    if re.search(rf"(?<!\w)({words})(?!\w)", author.why or "", re.IGNORECASE):
        remedy = "give the reason without number and name"
        raise Refused(Fault("names the person, and it is kept", remedy, field="--why"))


def _in_state(connection: Connection, ledger: Ledger, number: int, state: str) -> Row:
    row = ledger.row(connection, "entry", number)
    if row["state"] != state:
        remedy = f"whatworks people list NAME shows which entries are {state}"
        raise Refused(Fault(f"entry {number} is not {state}, but {row['state']}", remedy))
    return row


def _line_of(row: Row, words: str) -> str:
    return f"{words}{f'; {mark}' if (mark := child_mark(row)) else ''}"


def _named(row: Row, now: LinkedNow, on: date, safeguarding: bool) -> str:
    parts = [row["state"], child_mark(row), f"{row['agencies']} agencies", row["standing"],
             f"mean {row['agencies_mean']:.1f} ({row['agencies_low']:.0f} to {row['agencies_high']:.0f})",
             due(row, on) if row["state"] == "listed" else None, now.changed and f"LINKS CHANGED: {now.changed}",
             "also a victim" if safeguarding and now.also_victim else None]  # fmt: skip
    return f"{row['id']:>4}  {row['organisation_id']} {row['person']}: {'; '.join(filter(None, parts))}"
