"""Drop what is not a record, such as a trailer that reads "Total referrals | 108": by a person, counted for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import present_reader
from whatworks.records.engine import Engine, Store
from whatworks.records.imports.conservation import check_conservation, recount
from whatworks.records.imports.how_read import recall
from whatworks.records.imports.looking_again import reword_waiting
from whatworks.records.readers.reading import LeftOut, begins_with
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class DropReport:
    """What was dropped from a source: lines, and how many of its lines have been dropped in all."""

    source: str
    lines: tuple[int, ...]
    dropped_in_all: int


def drop_left_out(connection: Store, source_id: str, left_out: Sequence[LeftOut], sha256: str, on: date) -> None:
    """Write down the lines that a file's settings call no records."""
    if not left_out:
        return
    rows = pl.DataFrame(
        {
            "line": [one.line for one in left_out],
            "raw": [one.raw for one in left_out],
            "reason": [one.reason for one in left_out],
        }
    )
    statement = "INSERT INTO dropped SELECT ?, line, ?, raw, reason, NULL, ?, false FROM left_out"
    with connection.lent("left_out", rows):
        connection.change(statement, [source_id, sha256, on])


def drop_rows(
    store: Store,
    source: str,
    *,
    lines: Sequence[int] = (),
    begins: str | None = None,
    reason: str,
    by: str,
    on: date,
    at: datetime | None = None,
) -> DropReport:
    """Drop quarantined lines of a source that are not records: these `lines`, or those whose text `begins` so.

    They leave quarantine and stay in table `dropped`, with who said so, when and why; the source's counts still add up.
    The audit tells of it, at the time `at` or else on that day.
    Raises `Refused`, leaving the store as it was, for a source that is not known, lines that are not in quarantine, and
    a drop without a reason or a name.
    """
    connection = store
    recall(connection, source)
    held = _quarantined(connection, source)
    chosen = _chosen(held, source, lines, begins)
    faults = [
        Fault(f"a drop needs {what}", f"give it with {option}")
        for value, what, option in ((reason, "a reason", "--reason"), (by, "the name of who decides", "--by"))
        if not value.strip() or not value.isprintable()
    ]
    if faults:
        raise Refused(faults)
    query = 'SELECT source_id, "table" FROM source WHERE name = ? ORDER BY 1, 2'
    tables: dict[str, str] = dict(connection.rows(query, [source]))
    with connection.transaction():
        for source_id, table in tables.items():
            _drop(connection, source_id, chosen, reason.strip(), by.strip(), on)
            recount(connection, source_id, table)
        reword_waiting(connection)
        check_conservation(connection, tables)
        journal(
            connection,
            "removed",
            f"lines of source {source} that are not records",
            reader=present_reader(connection),
            at=at or on,
            why=reason.strip(),
            before=[[line, held[line]] for line in chosen],
            more={"by": by.strip(), "lines": list(chosen)},
        )
    [(in_all,)] = connection.rows(
        "SELECT count(DISTINCT line) FROM dropped WHERE source_id IN (SELECT unnest(?)) AND NOT replaced",
        [list(tables)],
    )
    return DropReport(source, tuple(chosen), in_all)


def _quarantined(connection: Engine, source: str) -> dict[int, str]:
    rows = connection.rows(
        "SELECT q.line, min(q.raw) FROM quarantine q JOIN source s USING (source_id) WHERE s.name = ? "
        "GROUP BY q.line ORDER BY q.line",
        [source],
    )
    return dict(rows)


def _chosen(held: dict[int, str], source: str, lines: Sequence[int], begins: str | None) -> list[int]:
    listed = f'see them with: whatworks quarantine list --source "{source}"'
    if bool(lines) == (begins is not None) or (begins is not None and not begins.strip()):
        raise Refused(Fault("a drop names lines, or how they begin, and not both", "give --line or --begins"))
    unknown = [line for line in dict.fromkeys(lines) if line not in held]
    if unknown:
        raise Refused([Fault(f"line {line} of {source!r} is not in quarantine", listed) for line in unknown[:20]])
    if begins is None:
        return sorted(set(lines))
    chosen = [line for line, raw in held.items() if begins_with(raw, begins.strip())]
    if not chosen:
        raise Refused(Fault(f"no quarantined line of {source!r} begins so", listed, field="begins", value=begins))
    return chosen


def _drop(connection: Store, source_id: str, lines: Sequence[int], reason: str, by: str, on: date) -> None:
    connection.change(
        "INSERT INTO dropped SELECT q.source_id, q.line, min(s.sha256), min(q.raw), ?, ?, ?, false "
        "FROM quarantine q JOIN source s USING (source_id) WHERE q.source_id = ? AND q.line IN (SELECT unnest(?)) "
        "GROUP BY q.source_id, q.line ORDER BY q.line",
        [reason, by, on, source_id, list(lines)],
    )
    for table in ("quarantine", "held_row"):
        connection.change(
            f"DELETE FROM {table} WHERE source_id = ? AND line IN (SELECT unnest(?))", [source_id, list(lines)]
        )
