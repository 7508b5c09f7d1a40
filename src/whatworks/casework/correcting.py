"""Correct a record: the corrected row is a new one, and the old one stays to be seen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import dataframely as dy

from whatworks.casework.case import filled, known_agency, people_of, seen_record, within_tier
from whatworks.casework.plan import TABLES
from whatworks.casework.register import amend
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, Ledger
from whatworks.records.register.verb import TAKEN_AWAY, Done, Verb
from whatworks.records.tables.agency_tables import RECORD_TABLES

BY_VERBS_ALONE = (
    "organisation_id", "case_id", "requirement_id", "replaces", "source_id", "source_line", "lead_organisation",
    "to_organisation", "answer",
)  # fmt: skip
"""Columns that no correction sets: whose a record is stands, and who has a case's duty needs the receiver's word."""


def correct(
    connection: Connection, ledger: Ledger, author: Author, verb: Verb, what: str, number: str, set_to: Sequence[str]
) -> Done:
    """Set columns of a record to other values, given as COLUMN=VALUE; all that is wrong is refused at once."""
    filled(verb, author, {})
    table = TABLES[what]
    found = seen_record(connection, table, number)
    columns = correctable(table)
    changes, faults = {}, []
    for text in set_to:
        name, equals, value = text.partition("=")
        if name not in columns:
            faults.append(Fault("is not a column to correct", choice(name, columns), field="--set", value=name))
            continue
        if not equals:
            faults.append(Fault("has no value", f"write it as {name}=VALUE", field="--set", value=name))
            continue
        try:
            changes[name] = read_value(table, name, value)
            if name == "owner_organisation":
                known_agency(connection, name, changes[name])
            if name == "tier":
                within_tier(connection, changes[name])
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    changed = amend(connection, ledger, found, changes, author)
    words = ", ".join(changed) or "as before"
    return Done(f"{what} {number}: {words}", None, changed, {"record": number}, people=people_of(connection, found))


def correctable(table: str) -> list[str]:
    """Return the columns of a table that a correction may set.

    >>> correctable("contact")
    ['contacted_on', 'how', 'outcome', 'provider']
    """
    kinds = RECORD_TABLES[table].columns()
    identifying = [name for name, kind in kinds.items() if (kind.metadata or {}).get("identifying")]
    return [
        name for name, kind in kinds.items() if name not in (*BY_VERBS_ALONE, *identifying) and not kind.primary_key
    ]


def read_value(table: str, column: str, text: str) -> Any:
    """Return a column's value as text says it; `none`, and an empty text, are null, but where `none` is a code.

    >>> read_value("contact", "contacted_on", "2025-06-30"), read_value("need", "level", "none")
    (datetime.date(2025, 6, 30), 'none')
    """
    kind = RECORD_TABLES[table].columns()[column]
    if text.strip() in ("", TAKEN_AWAY) and text not in getattr(kind, "categories", ()):
        return None
    if not isinstance(kind, dy.Date):
        return text.strip()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(Fault("is not a day", "write it as 2025-06-30", field=column, value=text)) from None
