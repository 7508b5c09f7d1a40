"""See what was set aside, and why, without seeing whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whatworks.records.engine import Engine
from whatworks.records.imports.how_read import recall
from whatworks.records.refusal import Fault
from whatworks.records.showing.standing import FaultyValue, show_faulty


@dataclass(frozen=True, slots=True)
class FaultCount:
    """How many rows of a source one check set aside for one column of a table."""

    source: str
    table: str
    rule: str
    field: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class QuarantinedFault:
    """One fault of one row; `value` is its shape only, where the column identifies a person or is not known."""

    source: str
    table: str
    line: int
    rule: str
    field: str | None
    value: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return one line for a person to read.

        >>> print(QuarantinedFault("crimes", "offence", 7, "date", "charged_on", "28/02/24", "has a year of two digits",
        ...     "write the day as in 2024-02-28"))
        crimes -> offence, row 7, charged_on "28/02/24": has a year of two digits; write the day as in 2024-02-28
        """
        what = f"{self.source} -> {self.table}"
        return str(Fault(self.problem, self.remedy, what, self.line, self.field or "whole row", self.value))


def count_faults(connection: Engine, source: str | None = None) -> list[FaultCount]:
    """Return how many rows each check set aside, by source and table; of one source only, if it is named.

    A row with several faults counts for each of them. Refused is a source that the store does not know.
    """
    rows = connection.rows(
        'SELECT s.name, s."table", q.rule, q.field, count(DISTINCT q.line) AS rows FROM quarantine q '
        "JOIN source s USING (source_id) WHERE s.name = coalesce(?, s.name) GROUP BY 1, 2, 3, 4 "
        'ORDER BY s.name, s."table", rows DESC, q.rule, q.field',
        [_known(connection, source)],
    )
    return [FaultCount(*row) for row in rows]


def show_faults(connection: Engine, source: str | None = None, *, most: int = 20) -> list[QuarantinedFault]:
    """Return the first `most` faults in quarantine, in the order of the files' lines."""
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE s.name = coalesce(?, s.name) "
        'ORDER BY s.name, q.line, s."table", q.field, q.rule LIMIT ?',
        [_known(connection, source), most],
    )
    return _shown(connection, rows)


def show_kinds(
    connection: Engine, source: str, *, most: int = 5, but: Sequence[int] = ()
) -> list[tuple[QuarantinedFault, int]]:
    """Return the first fault of each kind of a source, those of most rows first, and in how many rows the kind stands.

    Faults are of one kind where one check found them in one column of a table, or in whole rows. Lines named in `but`
    are passed over.
    """
    rows = connection.rows(
        f"SELECT * EXCLUDE nth FROM (SELECT {_COLUMNS}, count(DISTINCT q.line) OVER kind AS rows, "
        f"row_number() OVER (kind ORDER BY q.line, q.problem, q.source_id) AS nth FROM {_FROM} "
        "WHERE s.name = ? AND q.line NOT IN (SELECT unnest(?::BIGINT[])) "
        "WINDOW kind AS (PARTITION BY if(q.field IS NULL, NULL, q.source_id), q.field, q.rule)) WHERE nth = 1 "
        'ORDER BY rows DESC, line, "table", field, rule LIMIT ?',
        [_known(connection, source), list(but), most],
    )
    faults = _shown(connection, [row[:-1] for row in rows])
    return [(fault, row[-1]) for fault, row in zip(faults, rows, strict=True)]


_COLUMNS = 'q.source_id, s.name, s."table", q.line, q.rule, q.field, q.value, q.problem, q.remedy'
_FROM = "quarantine q JOIN source s USING (source_id)"


def _shown(connection: Engine, rows: Sequence[tuple[Any, ...]]) -> list[QuarantinedFault]:
    shown = show_faulty(connection, "quarantine", [FaultyValue(row[0], row[2], row[5], row[6]) for row in rows])
    return [
        QuarantinedFault(name, table, line, rule, field, value, problem, remedy)
        for (_, name, table, line, rule, field, _, problem, remedy), value in zip(rows, shown, strict=True)
    ]


def quarantined_sources(connection: Engine) -> list[str]:
    """Return the sources of which at least one row is in quarantine."""
    rows = connection.rows("SELECT DISTINCT s.name FROM quarantine q JOIN source s USING (source_id) ORDER BY s.name")
    return [name for (name,) in rows]


def _known(connection: Engine, source: str | None) -> str | None:
    if source is not None:
        recall(connection, source)
    return source
