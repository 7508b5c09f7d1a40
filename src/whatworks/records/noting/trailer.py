"""See that quarantined lines are the end of a printed report, such as "Total referrals | 108", and no records."""

import re

from whatworks.records.engine import Engine

MOST_LINES = 5
"""A report ends in a few lines; more of them are records of which something else is wrong."""
MOST_FILLED = 2


def trailer_lines(connection: Engine, source: str) -> list[int]:
    """Return the quarantined lines of a source that come after all kept ones and fill one or two fields, if few do."""
    blocks = connection.rows('SELECT source_id, "table" FROM source WHERE name = ?', [source])
    last = 0
    for source_id, table in blocks:
        [(line,)] = connection.rows(
            f"SELECT coalesce(max(source_line), 0) FROM {table} WHERE source_id = ?", [source_id]
        )
        last = max(last, line)
    rows = connection.rows(
        "SELECT q.line, min(q.raw) FROM quarantine q JOIN source s USING (source_id) "
        "WHERE s.name = ? AND q.line > ? GROUP BY q.line ORDER BY q.line LIMIT ?",
        [source, last, MOST_LINES + 1],
    )
    lines = [line for line, raw in rows if filled_fields(raw) <= MOST_FILLED]
    return lines if last and len(rows) <= MOST_LINES else []


def filled_fields(raw: str) -> int:
    """Return how many fields of a line hold anything.

    >>> filled_fields("Total referrals,108,,"), filled_fields('"*** END OF REPORT"')
    (2, 1)
    """
    return sum(1 for field in re.split(r"[,;|\t]", raw) if field.strip(' "'))
