"""Open the partnership's one database file, and say plainly when it cannot be opened.

The one place that knows DuckDB: `DuckDBStore` is a `records.engine.Store`, and `scratch` gives one in memory.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Any, Self
from weakref import finalize

import duckdb
import polars as pl

from whatworks.records.engine import Row, Values
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.ddl import create_tables
from whatworks.records.writing.changed import mark_changed
from whatworks.records.writing.private_file import OWNER_ONLY, guard_new_files, unguard_new_files

LEAST_MEMORY_MB, UNKNOWN_MEMORY_MB = 1_000, 2_500
SHARE_OF_MEMORY = 4
"""The database takes one part in so many of the machine's memory; what it needs beyond that goes to disk."""
_SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_progress_bar = false",
)


class DuckDBEngine:
    """A DuckDB database as a `Store`: statements pass through as they are written."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection, self._within = connection, False
        for setting in _SETTINGS:
            connection.execute(setting)

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query as tuples.

        >>> scratch().rows("SELECT 1 + ?, 'a'", [2])
        [(3, 'a')]
        """
        return self._connection.execute(query, values).fetchall()

    def fetch(self, query: str, values: Values = ()) -> pl.DataFrame:
        """Return a query's rows as a frame."""
        frame: pl.DataFrame = self._connection.sql(query, params=values).pl()
        return frame

    def derive(self, name: str, query: str, values: Values = (), *, view: bool = False) -> None:
        """Make a query a table (or view) of the session; tables are joined in the order in which the query names them.

        Left to itself the planner now and then takes a comparison of dates for a cheaper join than one of people, and a
        partnership of 5,000 fills the memory. The queries name the cohort first, then its records by person.

        >>> engine = scratch()
        >>> engine.derive("borough", "SELECT 1 AS code", view=True)
        >>> engine.derive("borough", "SELECT 2 AS code")
        >>> engine.rows("SELECT code FROM borough")
        [(2,)]
        """
        other = "TABLE" if view else "VIEW"
        there = f"SELECT count(*) FROM duckdb_{other.lower()}s() WHERE temporary AND {other.lower()}_name = ?"
        if self.rows(there, [name]) != [(0,)]:
            self._connection.execute(f"DROP {other} temp.main.{name}")
        self._connection.execute("SET disabled_optimizers = 'join_order'")
        try:
            self._connection.execute(f"CREATE OR REPLACE TEMP {'VIEW' if view else 'TABLE'} {name} AS\n{query}", values)
        finally:
            self._connection.execute("RESET disabled_optimizers")

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a frame a table of the session.

        >>> engine = scratch()
        >>> engine.put("agency", pl.DataFrame({"name": ["police"]}))
        >>> engine.columns("agency"), engine.rows("FROM agency")
        (['name'], [('police',)])
        """
        with self.lent("frame_put", frame):
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM frame_put")

    @contextmanager
    def lent(self, name: str, frame: pl.DataFrame) -> Iterator[None]:
        """Let queries read a frame by that name, as long as the block lasts; nothing is copied."""
        self._connection.register(name, frame.to_arrow())
        try:
            yield
        finally:
            with suppress(
                duckdb.TransactionException
            ):  # after a fault within a transaction nothing but a rollback may follow
                self._connection.unregister(name)

    def drop(self, *names: str) -> None:
        """Drop tables of the session."""
        for name in names:
            self._connection.execute(f"DROP TABLE IF EXISTS temp.main.{name}")

    def tables(self) -> set[str]:
        """Return the names of all tables, those of the session among them."""
        return {name for (name,) in self.rows("SELECT table_name FROM duckdb_tables()")}

    def columns(self, table: str) -> list[str]:
        """Return a table's columns in order; none where there is no such table."""
        try:
            return [str(row[0]) for row in self.rows(f'DESCRIBE "{table}"')]
        except duckdb.CatalogException:
            return []

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read the records in one state: one process at a time opens the file, so they have no other."""
        yield

    def change(self, statement: str, values: Values = ()) -> int:
        """Carry out a statement that changes the store, and return how many rows it changed.

        >>> engine = scratch()
        >>> engine.change("CREATE TABLE agency (name VARCHAR)")
        0
        >>> engine.change("INSERT INTO agency VALUES (?)", ["court"])
        1
        """
        result = self._connection.execute(statement, values).fetchall()
        return int(result[0][0]) if result and isinstance(result[0][0], int) else 0

    def change_each(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out a statement once for each row of values."""
        if rows:
            self._connection.executemany(statement, rows)

    def append(self, table: str, frame: pl.DataFrame) -> int:
        """Add a frame's rows to a table that has its columns, by name; other columns stay empty."""
        if frame.height:
            with self.lent("rows_appended", frame):
                self._connection.execute(f"INSERT INTO {table} BY NAME FROM rows_appended")
        return frame.height

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that the block does, or none of it. A block within another belongs to the outer one."""
        if self._within:
            yield
            return
        self._connection.begin()
        self._within = True
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        else:
            self._connection.commit()
        finally:
            self._within = False

    def close(self) -> None:
        """Close the database; what was not committed is as if it had never been."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Scratch(DuckDBEngine):
    """A database in memory that holds nothing yet, for work on copies of records."""

    @property
    def connection(self) -> Any:
        """DuckDB's own connection, for Splink alone."""
        return self._connection

    @contextmanager
    def one_thread(self) -> Iterator[None]:
        """Work on one thread, since sums over several differ in their last digits from run to run."""
        [(threads,)] = self.rows("SELECT current_setting('threads')")
        self.change("SET threads = 1")
        try:
            yield
        finally:
            self.change(f"SET threads = {threads}")


def scratch() -> Scratch:
    """Return a database in memory, without a table."""
    return Scratch(duckdb.connect())


class DuckDBStore(DuckDBEngine):
    """The records of one partnership. One process at a time may open it for writing.

    >>> with DuckDBStore(None) as store:
    ...     store.rows("SELECT count(*) FROM offence")
    [(0,)]
    """

    def __init__(
        self,
        path: Path | None,
        *,
        read_only: bool = False,
        memory_limit: str | None = None,
        suppressed: bool = False,
    ) -> None:
        """Open the file at `path`, or a store in memory; its tables are made if they are not there.

        Raises `Refused` where another process holds the file, where it is not a store, or where the present reader is
        cleared to `official` alone, unless all that will be shown is `suppressed`.
        """
        self.path = path
        self._made = path is not None and not path.exists()
        if path is not None:
            guard_new_files()  # the store, what it has not yet taken in, and what does not fit into memory
        self._unguard = finalize(self, unguard_new_files if path is not None else _nothing)  # closed, or never closed
        try:
            super().__init__(_connect(path, read_only))
        except BaseException:
            self._unguard()
            raise
        if path is not None and not read_only:
            mark_changed()
            with suppress(OSError):
                path.chmod(OWNER_ONLY)
        self.change(f"SET memory_limit = '{memory_limit or memory_share()}'")
        if path is None:
            self.change("SET temp_directory = ''")
        elif not read_only:
            rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)  # what a killed import left there
        if not read_only:
            create_tables(self)
        if path is not None and not suppressed:
            self._refuse_unless_cleared()

    def _refuse_unless_cleared(self) -> None:
        from whatworks.records.audit.reader import present_reader, refuse_unless_cleared

        try:
            refuse_unless_cleared(present_reader(self))
        except Refused:
            self.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        unused = fault is not None and self._made and self._holds_nothing()
        self.close()
        if unused and self.path is not None:
            self.path.unlink(missing_ok=True)  # a first import that was refused leaves no store behind

    def close(self) -> None:
        """Close the store; what was not committed is as if it had never been."""
        super().close()
        self._unguard()

    def _holds_nothing(self) -> bool:
        """Return whether no agency's file was imported; what whatworks.toml declares comes again by itself."""
        try:
            return not self.rows("SELECT 1 FROM source WHERE organisation_id <> 'partnership' LIMIT 1")
        except duckdb.Error:
            return False


def _nothing() -> None:
    """End no guard: a store in memory makes no file."""


def rewrite(path: Path) -> None:
    """Write a store that nobody has open into a new file, and put that in its place.

    What was deleted stays in a database's file until something else is written over it: the new file never held it.
    """
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    guard_new_files()
    try:
        with duckdb.connect() as connection:
            for name, file in (("held", path), ("fresh", fresh)):
                place = str(file).replace("'", "''")
                connection.execute(f"ATTACH '{place}' AS {name}{' (READ_ONLY)' if name == 'held' else ''}")
            connection.execute("COPY FROM DATABASE held TO fresh")
            connection.execute("DETACH fresh")
        fresh.replace(path)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    finally:
        unguard_new_files()
        fresh.unlink(missing_ok=True)


def memory_share(control_group: Path = Path("/sys/fs/cgroup/memory.max")) -> str:
    """Return how much memory the database may take: a quarter of the machine's, or of what this process may have of it.

    Answers are the same whatever it is: less only means that more goes to disk. Where the machine does not tell,
    2,500 MB.

    >>> memory_share().endswith("MB")
    True
    """
    bytes_there = []
    with suppress(AttributeError, ValueError, OSError):  # Windows has no sysconf
        bytes_there.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with suppress(ValueError, OSError):  # "max" where a container is not limited
        bytes_there.append(int(control_group.read_text("ascii")))
    if not bytes_there:
        return f"{UNKNOWN_MEMORY_MB}MB"
    return f"{max(min(bytes_there) // SHARE_OF_MEMORY // 1_000_000, LEAST_MEMORY_MB)}MB"


def _connect(path: Path | None, read_only: bool) -> duckdb.DuckDBPyConnection:
    if path is None:
        return duckdb.connect()
    if read_only and not path.exists():
        raise Refused(Fault("is not there", "import something first", path.name))
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.IOException as fault:
        if "lock" in str(fault):
            remedy = "wait until the other command has ended, or end it"
            raise Refused(Fault("is in use by another process", remedy, path.name)) from None
        remedy = "check the folder; a store of another version, or no store, cannot be read"
        raise Refused(Fault("cannot be opened as a store", remedy, path.name)) from None
