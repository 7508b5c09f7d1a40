"""Keep rows of the register, and with every change who made it, when, why and what stood before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import dataframely as dy
import duckdb

from whatworks.board.declared import DECLARED
from whatworks.board.tables import ENTERED
from whatworks.records.refusal import Fault, Refused

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kept = TypeVar("Kept", bound="DataclassInstance")
Row = dict[str, Any]
Connection = duckdb.DuckDBPyConnection


AT_ONCE = 200
"""Rows that go into the store in one statement."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the register, on which day, why, and by which way."""

    by: str
    on: date
    why: str | None = None
    through: Literal["reading", "command", "sheet"] = "command"


@dataclass(frozen=True, slots=True)
class Source:
    """The paper and the lines that a row was drawn from; `(None, None)` where no line can be named."""

    document_id: str = ENTERED
    lines: tuple[int | None, int | None] = (None, None)


HAND = Source()
"""The source of what somebody entered."""


def rows(connection: Connection, table: str, where: str = "TRUE", values: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of `board_TABLE` for which the SQL condition `where` holds, in the order of their numbers."""
    found = connection.execute(f"SELECT * FROM board_{table} WHERE {where} ORDER BY id", list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def held(connection: Connection, table: str, kind: type[Kept]) -> list[Kept]:
    """Return the rows of `board_TABLE` as values of the dataclass `kind`, whose fields are some of its columns."""
    names = [field.name for field in fields(kind)]
    return [kind(**{name: row[name] for name in names}) for row in rows(connection, table)]


def one(connection: Connection, table: str, number: int) -> Row:
    """Return the row of that number, or refuse naming the numbers near it."""
    found = rows(connection, table, "id = ?", [number])
    if not found:
        count, most = connection.execute(f"SELECT count(*), max(id) FROM board_{table}").fetchall()[0]
        known = f"the register holds {count}, up to number {most}" if count else "the register holds none"
        raise Refused(Fault(f"there is no {words(table)} {number}", known))
    return found[0]


def add(
    connection: Connection, table: str, values: Mapping[str, Any], source: Source = HAND, author: Author | None = None
) -> int:
    """Put a row in and return its number. With an `author`, the history tells of it too."""
    check(table, values)
    [number] = _insert(connection, table, [{**_placed(source), **values}])
    if author is not None:
        _log(connection, author, table, number, "*", None, str(values.get("text") or values.get("name") or ""))
    return number


def add_many(connection: Connection, table: str, found: Sequence[tuple[Mapping[str, Any], Source]]) -> list[int]:
    """Put rows in that all have the same columns, at once, and return their numbers."""
    for values, _ in found:
        check(table, values)
    return _insert(connection, table, [{**_placed(source), **values} for values, source in found])


def change(connection: Connection, table: str, number: int, values: Mapping[str, Any], author: Author) -> list[str]:
    """Set the values that differ, keep what stood before, and return the names of the columns that changed.

    Raises `Refused` where there is no such row, or where a value is none of the column's.
    """
    before = one(connection, table, number)
    check(table, values)
    changed = [name for name, value in values.items() if before[name] != value]
    for name in changed:
        connection.execute(f'UPDATE board_{table} SET "{name}" = ? WHERE id = ?', [values[name], number])
        _log(connection, author, table, number, name, before[name], values[name])
    return changed


def note(connection: Connection, table: str, number: int, what: tuple[str, Any, Any], author: Author) -> None:
    """Keep a change that touches several rows as one line of a row's history: (what, before, after)."""
    _log(connection, author, table, number, *what)


def history(connection: Connection, table: str, number: int) -> list[Row]:
    """Return all changes of a row, oldest first."""
    return rows(connection, "change", "table_name = ? AND row_id = ?", [table, number])


def check(table: str, values: Mapping[str, Any]) -> None:
    """Refuse values that are none of their column's codes, all of them at once.

    >>> check("action", {"state": "finished"})
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: state "finished": is not known; choose from open, closed, dropped, withdrawn
    """
    columns = DECLARED[f"board_{table}"].columns()
    faults = []
    for name, value in values.items():
        kind = columns[name]
        if isinstance(kind, dy.Enum) and value is not None and value not in kind.categories:
            near = get_close_matches(str(value), kind.categories, 1)
            remedy = f"did you mean {near[0]}?" if near else f"choose from {', '.join(kind.categories)}"
            faults.append(Fault("is not known", remedy, field=name, value=str(value)))
    if faults:
        raise Refused(faults)


def words(table: str) -> str:
    """Return a table's name for a sentence.

    >>> words("action_owner"), words("motion")
    ('action owner', 'decision')
    """
    said = {"motion": "decision", "event": "meeting", "planned": "planned item"}
    return said.get(table, table.replace("_", " "))


def _placed(source: Source) -> Row:
    return {"source_id": source.document_id, "source_line": source.lines[0], "last_line": source.lines[1]}


def _insert(connection: Connection, table: str, found: Sequence[Mapping[str, Any]]) -> list[int]:
    """Put rows in with the next numbers, many in a statement: the store takes nearly as long for one as for many."""
    made: list[int] = []
    for begun in range(0, len(found), AT_ONCE):
        part = found[begun : begun + AT_ONCE]
        names = ", ".join(f'"{name}"' for name in part[0])
        marks = ", ".join(f"({at}, {', '.join('?' for _ in row)})" for at, row in enumerate(part, start=1))
        statement = (
            f"INSERT INTO board_{table} (id, {names}) SELECT highest + row_of_statement, {names} FROM (VALUES {marks}) "
            f"made(row_of_statement, {names}), (SELECT coalesce(max(id), 0) AS highest FROM board_{table}) RETURNING id"
        )
        values = [value for row in part for value in row.values()]
        made += sorted(row[0] for row in connection.execute(statement, values).fetchall())
    return made


def _log(connection: Connection, author: Author, table: str, number: int, field: str, before: Any, after: Any) -> None:
    row = {
        "source_id": ENTERED,
        "table_name": table,
        "row_id": number,
        "field": field,
        "before": None if before is None else str(before),
        "after": None if after is None else str(after),
        "changed_on": author.on,
        "changed_by": author.by,
        "why": author.why,
        "through": author.through,
    }
    _insert(connection, "change", [row])
