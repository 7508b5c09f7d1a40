"""The table of lists of people as agencies kept them: who was on which list from when to when, and why they left."""

import dataframely as dy

from whatworks.records.tables import columns
from whatworks.records.tables.codes import LEAVE_REASONS
from whatworks.records.tables.declaration import Table


class ListEntry(Table):
    """Somebody's time on a list, as an agency kept it."""

    organisation_id = columns.organisation()
    list_entry_id = columns.key("entry")
    list_name = dy.String(description="Name of the list.")
    person_id = columns.person()
    borough = dy.String(nullable=True, description="Code of the borough that entered the person.")
    entered_on = columns.happened("First day on the list.", nullable=False)
    left_on = columns.happened("First day no longer on it; null while the person is.")
    leave_reason = dy.Enum(LEAVE_REASONS, nullable=True, description="Why the person left.")
    rule_version = dy.String(nullable=True, description="Edition of the rule at entry.")


PEOPLE_TABLES: dict[str, type[Table]] = {"list_entry": ListEntry}
"""The tables that histories of lists are read from."""
