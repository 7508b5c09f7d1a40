"""Count what changed who is who, from the journal."""

from dataclasses import dataclass
from datetime import date

from whatworks.records.engine import Engine
from whatworks.records.showing.counted import counted


@dataclass(frozen=True, slots=True)
class JournalLine:
    """How often one event happened on one day for one cause, and to how many records."""

    happened_on: date | None
    event: str
    cause: str
    times: int
    records: int

    def __str__(self) -> str:
        """Return the line for a person to read.

        >>> print(JournalLine(date(2026, 3, 1), "merge", "decision", 1, 2))
        2026-03-01: merge, 1 of 2 records (decision)
        """
        day = self.happened_on.isoformat() if self.happened_on else "day not known"
        return (
            f"{day}: {self.event}, {self.times:,} of {counted(self.records, 'record')} ({self.cause.replace('_', ' ')})"
        )


def last_entry(connection: Engine) -> int:
    """Return the number of the journal's last entry, 0 where it has none."""
    [(entry,)] = connection.rows('SELECT COALESCE(MAX("entry"), 0) FROM link_journal')
    return int(entry)


def journal_since(connection: Engine, entry: int = 0) -> tuple[JournalLine, ...]:
    """Return what happened after an entry, counted by day, event and cause, the latest day first."""
    rows = connection.rows(
        'SELECT happened_on, event, cause, count(*), CAST(sum(records) AS BIGINT) FROM link_journal WHERE "entry" > ? '
        "GROUP BY happened_on, event, cause ORDER BY happened_on DESC NULLS LAST, event, cause",
        [entry],
    )
    return tuple(JournalLine(*row) for row in rows)
