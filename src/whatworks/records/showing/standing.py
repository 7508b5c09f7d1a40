"""Count in how many rows faulty values stand, and see whether their columns look as if they told of whom they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from whatworks.records.engine import Engine
from whatworks.records.showing.person_like import LOOKED_AT, looks_identifying
from whatworks.records.tables.references import shown_value

FaultTable = Literal["staged_fault", "quarantine"]


@dataclass(frozen=True, slots=True)
class FaultyValue:
    """A value that stood at fault in a column of a source that fills a table."""

    source_id: str
    table: str
    field: str | None
    value: str | None


def show_faulty(connection: Engine, faults: FaultTable, values: Iterable[FaultyValue]) -> Sequence[str | None]:
    """Return what a message may show of faulty values, by the rows of `faults` in which they stand."""
    identifying: dict[tuple[str, str | None], bool] = {}
    shown = []
    for one in values:
        column = (one.source_id, one.field)
        if one.value is not None and column not in identifying:
            identifying[column] = looks_identifying(_different(connection, faults, one))
        rows = _rows(connection, faults, one) if one.value is not None else 0
        shown.append(shown_value(one.table, one.field, one.value, rows, identifying=identifying.get(column, False)))
    return shown


def _different(connection: Engine, faults: FaultTable, one: FaultyValue) -> list[str]:
    rows = connection.rows(
        f"SELECT DISTINCT value FROM {faults} WHERE source_id = ? AND field IS NOT DISTINCT FROM ? AND value <> '' "
        "ORDER BY value LIMIT ?",
        [one.source_id, one.field, LOOKED_AT],
    )
    return [value for (value,) in rows]


def _rows(connection: Engine, faults: FaultTable, one: FaultyValue) -> int:
    [(rows,)] = connection.rows(
        f"SELECT count(DISTINCT line) FROM {faults} WHERE source_id = ? AND field IS NOT DISTINCT FROM ? AND value = ?",
        [one.source_id, one.field, one.value],
    )
    return int(rows)
