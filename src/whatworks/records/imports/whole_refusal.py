"""Refuse a whole file: where none of its rows can be kept or, if strictness is asked for, where any has a fault."""

from collections.abc import Mapping

from whatworks.records.engine import Engine
from whatworks.records.imports.cross_row import UNKNOWN_PARENT
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.standing import FaultyValue, show_faulty

FAULTS_SHOWN = 10


def refuse_faulty(connection: Engine, tables: Mapping[str, str], file: str, *, strict: bool) -> None:
    """Raise `Refused` for the import under way, whose `tables` (by `source_id`) hold the sound rows by now.

    A file stands if one row of it is kept, or waits in quarantine for nothing but its parent; a `strict` one only if
    every row is kept. The refusal shows each kind of fault once before it shows any twice.
    """
    counts = connection.rows(
        "SELECT count(*), count(DISTINCT line), count(*) FILTER (WHERE waits) FROM (SELECT source_id, line, "
        "bool_and(rule = ?) AS waits FROM staged_fault GROUP BY source_id, line)",
        [UNKNOWN_PARENT],
    )
    bad, lines, waiting = counts[0]
    if not bad or (not strict and (waiting or _any_kept(connection, tables))):
        return
    shown = _first_of_each_kind(connection, tables, file)
    [(faults,)] = connection.rows("SELECT count(*) FROM staged_fault")
    if strict:
        problem, remedy = f"has {_rows(lines)} at fault", "correct them, or import without --strict to set them aside"
    else:
        problem, remedy = "has no row that can be kept", "correct the file, or the mapping that reads it"
    more = faults - len(shown)
    end = [Fault(f"and {more:,} more faults, {_rows(lines)} at fault", "none was imported", file)] if more else []
    raise Refused([Fault(problem, remedy, file), *shown, *end])


def _rows(count: int) -> str:
    return f"{count:,} row" + "s" * (count != 1)


def _any_kept(connection: Engine, tables: Mapping[str, str]) -> bool:
    return any(
        connection.rows(f"SELECT 1 FROM {table} WHERE source_id = ? LIMIT 1", [source_id])
        for source_id, table in tables.items()
    )


def _first_of_each_kind(connection: Engine, tables: Mapping[str, str], file: str) -> list[Fault]:
    rows = connection.rows(
        "SELECT source_id, line, field, value, problem, remedy FROM (SELECT *, row_number() OVER "
        "(PARTITION BY source_id, field, rule ORDER BY line, problem) AS nth FROM staged_fault "
        "ORDER BY nth, line, source_id, field, rule, problem LIMIT ?) ORDER BY line, source_id, field, problem",
        [FAULTS_SHOWN],
    )
    values = [FaultyValue(source_id, tables[source_id], field, value) for source_id, _, field, value, _, _ in rows]
    shown = show_faulty(connection, "staged_fault", values)
    return [
        Fault(problem, remedy, file, line, field or "whole row", value)
        for (_, line, field, _, problem, remedy), value in zip(rows, shown, strict=True)
    ]
