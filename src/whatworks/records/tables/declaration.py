"""Declare a table once: types, keys, codes, units, handling, and whether a column names a person.

A declaration yields the store's DDL, the checks at import and the data dictionary. Other rooms declare their own
tables with `Table` too.
"""

from typing import Any

import dataframely as dy

from whatworks.records.tables.codes import Handling

DATED = (dy.Date, dy.Datetime)
"""Columns that hold a day, with or without the time of it."""


class Table(dy.Schema):
    """What every declared table has: the file that a row came from, and its line there."""

    source_id = dy.String(description="The imported file that the row came from (table `source`).")
    source_line = dy.Int64(min=1, description="The physical line in that file, or the row of a sheet; starts at 1.")


def handling_of(column: dy.Column) -> Handling:
    """Return how a column is handled: `official-sensitive` where its declaration says nothing else.

    >>> handling_of(dy.String()), handling_of(dy.String(metadata=about(handling="official")))
    ('official-sensitive', 'official')
    """
    found: Handling = (column.metadata or {}).get("handling", "official-sensitive")
    return found


def about(
    *,
    identifying: bool = False,
    handling: Handling = "official-sensitive",
    unit: str | None = None,
    event: bool = False,
    references: str | None = None,
) -> dict[str, Any]:
    """Return a column's metadata.

    `identifying` columns show only their shape in messages. `event` dates may not lie after the extract's as-at date.
    `references` names the table whose key, within the same organisation, must hold the value.

    >>> about(identifying=True)["identifying"]
    True
    """
    return {
        "identifying": identifying,
        "handling": handling,
        "unit": unit,
        "event": event,
        "references": references,
    }
