"""See dates that repeat as placeholders do: one day in many rows, or the first of January in many years."""

import dataframely as dy

from whatworks.records.engine import Engine
from whatworks.records.tables.agency_tables import RECORD_TABLES

FEWEST_ROWS, FEWEST_REPEATS, FEWEST_YEARS = 50, 10, 3
OF_BIRTHS, OF_EVENTS = 0.05, 0.2
"""The shares of a column's dates beyond which one day is told: groups start on one day, but are not born on it."""


def repeated_dates(connection: Engine, source_id: str, table: str) -> tuple[str, ...]:
    """Return a sentence for each date column of a source's kept rows in which a day repeats as no calendar has it.

    Shares are told in whole per cent, of fifty dates or more and ten repeats or more. A day of a column that identifies
    people is not told itself.

    >>> from whatworks.records.store import DuckDBStore
    >>> with DuckDBStore(None) as store:
    ...     add = "INSERT INTO person (source_id, source_line, organisation_id, person_id, date_of_birth) "
    ...     days = "SELECT 's/person', n, 'police', n, DATE '1980-02-03' + CAST(if(n < 15, 0, n) AS INT) "
    ...     _ = store.change(f"{add} {days} FROM range(1, 101) AS r(n)")
    ...     repeated_dates(store, "s/person", "person")
    ('14% of the dates in person.date_of_birth are one and the same day, as a placeholder would be',)
    """
    told: list[str] = []
    for name, kind in RECORD_TABLES[table].columns().items():
        if (kind.metadata or {}).get("event"):
            told += _repeats(connection, source_id, table, name, kind)
    return tuple(told)


def _repeats(connection: Engine, source_id: str, table: str, name: str, kind: dy.Column) -> list[str]:
    found = connection.rows(
        f"SELECT {name}, count(*) FROM {table} WHERE source_id = ? AND {name} IS NOT NULL GROUP BY {name} "
        f"ORDER BY count(*) DESC, {name}",
        [source_id],
    )
    dates = sum(times for _, times in found)
    if dates < FEWEST_ROWS:
        return []
    is_birth = name == "date_of_birth"
    (top, most), first_days = found[0], [times for day, times in found[1:] if (day.month, day.day) == (1, 1)]
    column, told = f"{table}.{name}", []
    if most >= FEWEST_REPEATS and most > (OF_BIRTHS if is_birth else OF_EVENTS) * dates:
        day = "one and the same day" if (kind.metadata or {}).get("identifying") else top.isoformat()
        told.append(f"{most / dates:.0%} of the dates in {column} are {day}, as a placeholder would be")
    if len(first_days) >= FEWEST_YEARS and sum(first_days) > max(FEWEST_REPEATS - 1, OF_BIRTHS * dates):
        share = f"{sum(first_days) / dates:.0%}"
        told.append(f"{share} of the dates in {column} are 1 January of several years, as where only the year is known")
    return told
