"""What every list of people obeys, whoever keeps it: grounds, a review and an end that lie ahead, and tombstones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import dataframely as dy

from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.columns import code_of, day_of, name_of, written
from whatworks.records.register.entry import Author, RegisterTable
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.verb import Done

YES_NO = ("yes", "no")
Kind = TypeVar("Kind", bound=dy.Column)


def sensitive(column: Kind) -> Kind:
    """Return a column that tells of a person on a list, handled as official-sensitive.

    >>> (sensitive(written("What the entry rests on.")).metadata or {})["handling"]
    'official-sensitive'
    """
    column.metadata = {**(column.metadata or {}), "handling": "official-sensitive"}
    return column


class ListTable(RegisterTable):
    """A list: who owns it, for what purpose and on what law, by which edition of its rule, until when."""

    name = written("Its name, or the code of whom it is about.", nullable=False)
    owner = written("The agency that answers for it, by its id.", nullable=False)
    purpose = written("What it is kept for.", nullable=False)
    lawful_basis = written("The law that allows it.", nullable=False)
    version = written("Edition of the rule by which people are entered.", nullable=False)
    dpia = written("Reference of the data protection impact assessment.", nullable=False)
    equality_assessment = written("Reference of the equality assessment.", nullable=False)
    review_on = day_of("The day by which it is to be reviewed.", nullable=False)
    retain_until = day_of("The day on which it is closed at the latest.", nullable=False)
    closed_on = day_of("The day on which it was closed; null while it is open.")


class EntryTable(RegisterTable):
    """Somebody's entry; after removal a tombstone without identity."""

    person = sensitive(name_of("An agency's own number for the person; null once removed."))
    under_18 = sensitive(code_of((*YES_NO, "not known"), "Whether the person is a child."))
    evidence = sensitive(written("What the entry rests on; null once removed."))
    rule_version = written("Edition of the rule at entry.", nullable=False)
    entered_on = sensitive(day_of("The day of entry."))
    removed_on = sensitive(day_of("The day of removal."))


@dataclass(frozen=True, slots=True)
class PersonList:
    """The tables of lists and of their entries, without the ledger's prefix; `key` links an entry to its list.

    `identity` are the columns of an entry that say, or hint, who it is: a tombstone has none of them. `reviewed_by` is
    the command that reviews a list, with `{}` for what names it (`called`, its column).
    """

    lists: str
    entries: str
    key: str
    reviewed_by: str
    identity: tuple[str, ...] = ("person", "evidence")
    called: str = "id"

    def open(self, connection: Connection, ledger: Ledger, author: Author, **values: Any) -> int:
        """Open a list; refused where a ground is missing, its review or end does not lie ahead, or it is open."""
        faults = [Fault("is missing", "no list is opened without it", field=_flag(name)) for name in GROUNDS
                  if not str(values.get(name) or "").strip()]  # fmt: skip
        if values["review_on"] <= author.on:
            faults.append(Fault("does not lie ahead", "name the day of the first review", field="--review-on"))
        if values["retain_until"] < values["review_on"]:
            faults.append(Fault("lies before the review", "name a later day", field="--retain-until"))
        if ledger.rows(connection, self.lists, "name = ? AND closed_on IS NULL", [values["name"]]):
            faults.append(Fault("is open already", "use the one that is open", field="name", value=values["name"]))
        if faults:
            raise Refused(faults)
        return ledger.add(connection, self.lists, values, author=author)

    def review(
        self, connection: Connection, ledger: Ledger, author: Author, number: int, review_on: date,
        version: str | None = None, table: str = "",
    ) -> list[str]:  # fmt: skip
        """Record a review of a list, or of a row of `table`: the next lies ahead and within what is retained."""
        row = ledger.row(connection, table, number) if table else self.opened(connection, ledger, number)
        if not author.on < review_on <= row["retain_until"]:
            remedy = f"name a day after today, up to {row['retain_until']}, or end it"
            raise Refused(Fault("is not a day for the next review", remedy, field="--review-on", value=str(review_on)))
        changed = {"review_on": review_on} | ({"version": version} if version else {})
        return ledger.change(connection, table or self.lists, number, changed, author)

    def close(self, connection: Connection, ledger: Ledger, author: Author, number: int) -> Done:
        """Close a list: every entry becomes a tombstone."""
        self.opened(connection, ledger, number)
        entered = self.entered(connection, ledger, number)
        for row in entered:
            self.bury(connection, ledger, row["id"], author)
        ledger.change(connection, self.lists, number, {"closed_on": author.on}, author)
        return Done(f"{ledger.term(self.lists)} {number}: closed; {len(entered)} entries removed", number,
                    ("closed_on",))  # fmt: skip

    def remove(self, connection: Connection, ledger: Ledger, author: Author, number: int, **more: Any) -> Done:
        """Remove an entry: what stays says that there was one, and why it went, and nothing of whom."""
        row = ledger.row(connection, self.entries, number)
        if row["removed_on"] is not None:
            raise Refused(
                Fault(f"{ledger.term(self.entries)} {number} was removed before", "nothing is left to remove")
            )
        self.bury(connection, ledger, number, author, **more)
        whose = (ledger.row(connection, self.lists, row[self.key])["owner"], row["person"])
        says, changed = f"{ledger.term(self.entries)} {number}: removed", (*self.identity, "removed_on")
        return Done(says, number, changed, people=(whose,))

    def bury(self, connection: Connection, ledger: Ledger, number: int, author: Author, **more: Any) -> None:
        """Make a tombstone of an entry: no identity, and no reason once given for the person, stays in its history."""
        ledger.set_quietly(connection, self.entries, number, dict.fromkeys(self.identity))
        history = [row["id"] for row in ledger.history(connection, self.entries, number)]
        for change in history:
            ledger.set_quietly(connection, "change", change, {"why": None})
        ledger.change(connection, self.entries, number, {"removed_on": author.on, **more}, author)

    def opened(self, connection: Connection, ledger: Ledger, number: int) -> Row:
        """Return a list that is open, or refuse."""
        row = ledger.row(connection, self.lists, number)
        if row["closed_on"] is not None:
            problem = f"{ledger.term(self.lists)} {number} is closed"
            raise Refused(Fault(problem, "open one anew, on its own grounds"))
        return row

    def current(self, connection: Connection, ledger: Ledger, number: int, on: date) -> Row:
        """Return a list that may be acted on: open, and neither its review nor its end past."""
        row = self.opened(connection, ledger, number)
        if overdue(row, on):
            problem = f"{ledger.term(self.lists)} {row[self.called]} is overdue for review since {row['review_on']}"
            raise Refused(Fault(problem, f"review it first: {self.reviewed_by.format(row[self.called])}"))
        return row

    def entered(self, connection: Connection, ledger: Ledger, number: int) -> list[Row]:
        """Return a list's entries that are in force."""
        where = f"{self.key} = ? AND entered_on IS NOT NULL AND removed_on IS NULL"
        return ledger.rows(connection, self.entries, where, [number])

    def overdue_first(self, connection: Connection, ledger: Ledger, on: date) -> list[str]:
        """Return a line for each open list, those overdue first; of children only how many."""
        lines = []
        for row in due_first(ledger.rows(connection, self.lists, "closed_on IS NULL")):
            entered = self.entered(connection, ledger, row["id"])
            children = sum(each["under_18"] == "yes" for each in entered)
            about_it = f"owner {row['owner']}; {len(entered)} entries, {children} under 18"
            lines.append(f"{row['id']:>4}  {row['name']}: {due(row, on)}; {about_it}")
        return lines


GROUNDS = ("owner", "purpose", "lawful_basis", "version", "dpia", "equality_assessment")
"""What a list cannot be opened without."""


def overdue(row: Row, on: date) -> bool:
    """Tell whether a list's, or an entry's, review or end is past on a day: nothing is acted on until it is reviewed.

    >>> overdue({"review_on": date(2025, 7, 1), "retain_until": date(2026, 1, 1)}, date(2025, 7, 2))
    True
    """
    return bool(row["review_on"] < on or row["retain_until"] < on)


def due(row: Row, on: date) -> str:
    """Return the words for when something is to be reviewed."""
    return f"{'OVERDUE FOR REVIEW since' if row['review_on'] < on else 'review by'} {row['review_on']}"


def due_first(rows: Sequence[Row]) -> list[Row]:
    """Return lists or entries, those whose review is due earliest first."""
    return sorted(rows, key=lambda row: (row["review_on"], row["id"]))


def child_mark(row: Row) -> str | None:
    """Return the mark that a child's entry bears wherever it is shown; one whose age nobody knows bears it too.

    >>> child_mark({"under_18": "yes"}), child_mark({"under_18": "no"})
    ('UNDER 18', None)
    """
    return {"yes": "UNDER 18", "not known": "AGE NOT KNOWN"}.get(row["under_18"])


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
