"""Keep rows of a register, and with every change who made it, when, why and what stood before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

import dataframely as dy

from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import ENTERED, MANUAL, Author, RowSource
from whatworks.records.register.verb import unknown_code
from whatworks.records.tables.ddl import create_tables

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from whatworks.records.tables.declaration import Table

Stored = TypeVar("Stored", bound="DataclassInstance")
Row = dict[str, Any]
Connection = Store

AT_ONCE = 200
"""Rows that go into the store in one statement."""


@dataclass(frozen=True)
class Ledger:
    """The rows of one register: its declared tables, all of whose names begin alike, one of them for changes.

    `terms` are the words for tables whose names no reader would know. Methods take a table's name without the prefix.

    >>> from datetime import date
    >>> from whatworks.records.register.columns import written
    >>> from whatworks.records.register.entry import ChangeTable, RegisterTable
    >>> class Shelf(RegisterTable):
    ...     name = written("Its name.", nullable=False)
    >>> ledger = Ledger({"depot_shelf": Shelf, "depot_change": ChangeTable}, "depot_")
    >>> from whatworks.records.store import scratch
    >>> connection = scratch()
    >>> ledger.make_ready(connection)
    >>> number = ledger.add(connection, "shelf", {"name": "A"}, author=Author("C. Clerk", date(2025, 6, 30)))
    >>> ledger.change(connection, "shelf", number, {"name": "B"}, Author("C. Clerk", date(2025, 7, 1), "moved"))
    ['name']
    >>> [(row["before"], row["after"], row["why"]) for row in ledger.history(connection, "shelf", number)]
    [(None, 'A', None), ('A', 'B', 'moved')]
    """

    tables: "Mapping[str, type[Table]]"
    prefix: str
    terms: Mapping[str, str] = field(default_factory=dict)

    def make_ready(self, connection: Connection) -> None:
        """Make the tables where there are none yet, and new columns where an earlier version made them."""
        if not self.is_ready(connection):
            create_tables(connection, self.tables)

    def is_ready(self, connection: Connection) -> bool:
        """Return whether the store holds every table with every column."""
        stored = set(
            connection.rows(
                "SELECT table_name, column_name FROM information_schema.columns WHERE starts_with(table_name, ?)",
                [self.prefix],
            )
        )
        return all((name, column) in stored for name, kind in self.tables.items() for column in kind.columns())

    def is_begun(self, connection: Engine) -> bool:
        """Return whether the store holds any table of the register."""
        return not connection.tables().isdisjoint(self.tables)

    def rows(self, connection: Engine, table: str, where: str = "TRUE", values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a table for which the SQL condition `where` holds, in the order of their numbers."""
        names = list(self.tables[f"{self.prefix}{table}"].columns())
        listed = ", ".join(f'"{name}"' for name in names)
        stored = connection.rows(f"SELECT {listed} FROM {self.prefix}{table} WHERE {where} ORDER BY id", values)
        return [dict(zip(names, row, strict=True)) for row in stored]

    def entries(self, connection: Connection, table: str, kind: type[Stored]) -> list[Stored]:
        """Return the rows of a table as values of the dataclass `kind`, whose fields are some of its columns."""
        return [value_of(kind, row) for row in self.rows(connection, table)]

    def row(self, connection: Connection, table: str, number: int) -> Row:
        """Return the row of that number, or refuse naming the numbers near it."""
        stored = self.rows(connection, table, "id = ?", [number])
        if not stored:
            query = f"SELECT count(*), max(id) FROM {self.prefix}{table}"
            count, most = connection.rows(query)[0]
            known = f"the register holds {count}, up to number {most}" if count else "the register holds none"
            raise Refused(Fault(f"there is no {self.term(table)} {number}", known))
        return stored[0]

    def add(
        self,
        connection: Connection,
        table: str,
        values: Mapping[str, Any],
        source: RowSource = MANUAL,
        author: Author | None = None,
    ) -> int:
        """Put a row in and return its number. With an `author`, the history tells of it too."""
        self.check(table, values)
        [number] = self._insert(connection, table, [{**_placed(source), **values}])
        if author is not None:
            title = str(values.get("text") or values.get("name") or "")
            self.note(connection, table, number, ("*", None, title), author)
        return number

    def add_many(
        self, connection: Connection, table: str, made: Sequence[tuple[Mapping[str, Any], RowSource]]
    ) -> list[int]:
        """Put rows in that all have the same columns, at once, and return their numbers."""
        for values, _ in made:
            self.check(table, values)
        return self._insert(connection, table, [{**_placed(source), **values} for values, source in made])

    def change(
        self, connection: Connection, table: str, number: int, values: Mapping[str, Any], author: Author
    ) -> list[str]:
        """Set the values that differ, keep what stood before, and return the names of the columns that changed.

        Raises `Refused` where there is no such row, or where a value is none of the column's.
        """
        before = self.row(connection, table, number)
        self.check(table, values)
        changed = [name for name, value in values.items() if before[name] != value]
        for name in changed:
            self.set_quietly(connection, table, number, {name: values[name]})
            self.note(connection, table, number, (name, before[name], values[name]), author)
        return changed

    def set_quietly(self, connection: Connection, table: str, number: int, values: Mapping[str, Any]) -> None:
        """Set values without a line of history: where a row came from, or what hangs on a row that moved."""
        names = ", ".join(f'"{name}" = ?' for name in values)
        connection.change(f"UPDATE {self.prefix}{table} SET {names} WHERE id = ?", [*values.values(), number])

    def place(self, connection: Connection, table: str, number: int, source: RowSource) -> None:
        """Say of a row that it stands at another place now, as in the corrected version of a paper."""
        self.set_quietly(connection, table, number, _placed(source))

    def remove(self, connection: Connection, table: str, where: str, values: Sequence[Any]) -> None:
        """Take rows out without a line of history: those that are drawn afresh from what stands."""
        connection.change(f"DELETE FROM {self.prefix}{table} WHERE {where}", list(values))

    def note(self, connection: Connection, table: str, number: int, what: tuple[str, Any, Any], author: Author) -> None:
        """Keep a line of a row's history: (what, before, after)."""
        name, before, after = what
        row = {
            "source_id": ENTERED,
            "table_name": table,
            "row_id": number,
            "field": name,
            "before": None if before is None else str(before),
            "after": None if after is None else str(after),
            "changed_on": author.on,
            "changed_by": author.by,
            "why": author.why,
            "through": author.source,
        }
        self._insert(connection, "change", [row])

    def history(self, connection: Connection, table: str, number: int) -> list[Row]:
        """Return all changes of a row, oldest first."""
        return self.rows(connection, "change", "table_name = ? AND row_id = ?", [table, number])

    def last_change(self, connection: Connection) -> int:
        """Return the number of the latest line of history; 0 where there is none."""
        [(number,)] = connection.rows(f"SELECT coalesce(max(id), 0) FROM {self.prefix}change")
        return int(number)

    def check(self, table: str, values: Mapping[str, Any]) -> None:
        """Refuse values that are none of their column's codes, or missing where the column needs one, all at once."""
        columns = self.tables[f"{self.prefix}{table}"].columns()
        faults = []
        for name, value in values.items():
            kind = columns[name]
            if value is None or (isinstance(value, str) and not value.strip()):
                if not kind.nullable and not kind.primary_key:
                    faults.append(Fault("is missing", f"give it: {kind.description}", field=name))
            elif isinstance(kind, dy.Enum) and value not in kind.categories:
                faults.append(unknown_code(name, str(value), kind.categories))
        if faults:
            raise Refused(faults)

    def term(self, table: str) -> str:
        """Return a table's name for a sentence."""
        return self.terms.get(table, table.replace("_", " "))

    def _insert(self, connection: Connection, table: str, made: Sequence[Mapping[str, Any]]) -> list[int]:
        """Put rows in with the next numbers, many in a statement: one takes the store nearly as long."""
        numbers: list[int] = []
        whole = f"{self.prefix}{table}"
        for begun in range(0, len(made), AT_ONCE):
            part = made[begun : begun + AT_ONCE]
            names = ", ".join(f'"{name}"' for name in part[0])
            marks = ", ".join(f"({at}, {', '.join('?' for _ in row)})" for at, row in enumerate(part, start=1))
            statement = (
                f"INSERT INTO {whole} (id, {names}) SELECT highest + row_of_statement, {names} FROM (VALUES {marks}) "
                f"made(row_of_statement, {names}), (SELECT coalesce(max(id), 0) AS highest FROM {whole}) RETURNING id"
            )
            values = [value for row in part for value in row.values()]
            numbers += sorted(row[0] for row in connection.rows(statement, values))
        return numbers


def value_of(kind: type[Stored], row: Mapping[str, Any], /, **more: Any) -> Stored:
    """Return a row as a value of the dataclass `kind`: its fields are columns of the row, but for those in `more`."""
    return kind(**{each.name: row[each.name] for each in fields(kind) if each.name not in more}, **more)


def picked(value: object, names: str) -> Row:
    """Return some fields of a value, by their names with spaces between, as columns of a row.

    >>> picked(slice(1, 5), "start stop")
    {'start': 1, 'stop': 5}
    """
    return {name: getattr(value, name) for name in names.split()}


def _placed(source: RowSource) -> Row:
    return {"source_id": source.document_id, "source_line": source.lines[0], "last_line": source.lines[1]}
