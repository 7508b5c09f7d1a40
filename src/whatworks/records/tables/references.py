"""Which column of a table names a row of which other table, as the declarations say."""

from collections.abc import Iterator
from typing import NamedTuple

import dataframely as dy

from whatworks.records.refusal import shape
from whatworks.records.showing.shown import shown
from whatworks.records.tables.agency_tables import RECORD_TABLES


class Reference(NamedTuple):
    """`child.field` holds the `parent_key` of a row of `parent`, within the same organisation."""

    child: str
    field: str
    parent: str
    parent_key: str


def key_columns(table: str) -> list[str]:
    """Return the columns of a table's key.

    >>> key_columns("sentence")
    ['organisation_id', 'sentence_id']
    """
    return list(RECORD_TABLES[table].primary_key())


def references(child: str) -> Iterator[Reference]:
    """Yield the references of a table to others; that to `organisation` is looked at once for a whole import.

    >>> [reference.parent for reference in references("participation")]
    ['person', 'scheme']
    """
    for field, column in RECORD_TABLES[child].columns().items():
        parent = (column.metadata or {}).get("references")
        if parent and parent != "organisation":
            yield Reference(child, field, parent, own_key(parent))


def own_key(table: str) -> str:
    """Return the column of a table's key that names the row within its organisation; the first, if it is several.

    >>> own_key("person"), own_key("organisation")
    ('person_id', 'organisation_id')
    """
    keys = key_columns(table)
    return next((key for key in keys if key != "organisation_id"), keys[0])


def is_identifying(table: str, column: str) -> bool:
    """Return whether a column's values may be shown by their shape only.

    >>> is_identifying("person", "person_id"), is_identifying("sentence", "sentence_id")
    (True, False)
    """
    return bool((RECORD_TABLES[table].columns()[column].metadata or {}).get("identifying"))


def shown_value(
    table: str, column: str | None, value: str | None, rows: int = 1, *, identifying: bool = False
) -> str | None:
    """Return a faulty value that stands in so many rows as a message may show it: as it is, or by its shape.

    A column is `identifying` by its content if not by declaration; so is one of which nobody knows which it is.

    >>> shown_value("offence", "sanction", "convicton"), shown_value("offence", "person_id", "AB12", 30)
    ('convicton', 'AA99')
    >>> shown_value("offence", "committed_from", "31/02/2024"), shown_value("offence", None, "AB12", 30)
    ('99/99/9999', 'AA99')
    """
    if value is None:
        return None
    kind = RECORD_TABLES[table].columns().get(column or "")
    if kind is None or is_identifying(table, str(column)):
        return shape(value)
    return shown(value, rows, codes=kind.categories if isinstance(kind, dy.Enum) else (), identifying=identifying)
