"""Open the partnership's one database file, and say plainly when it cannot be opened."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from types import TracebackType

import duckdb

from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.ddl import create_tables
from whatworks.records.writing.changed import mark_changed
from whatworks.records.writing.private_file import OWNER_ONLY

MEMORY_LIMIT = "2500MB"
"""Of the database; what it needs beyond that goes to disk. An import stays below 4 GB in all."""
_SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_progress_bar = false",
)


class Store:
    """The records of one partnership. One process at a time may open it for writing.

    >>> with Store(None) as store:
    ...     store.connection.execute("select count(*) from offence").fetchone()
    (0,)
    """

    def __init__(self, path: Path | None, *, read_only: bool = False, memory_limit: str = MEMORY_LIMIT) -> None:
        """Open the file at `path`, or a store in memory; its tables are made if they are not there.

        Raises `Refused` where another process holds the file, or where it is not a store.
        """
        self.path = path
        self._made = path is not None and not path.exists()
        self.connection = _connect(path, read_only)
        if path is not None and not read_only:
            mark_changed()
            with suppress(OSError):
                path.chmod(OWNER_ONLY)
        for setting in _SETTINGS:
            self.connection.execute(setting)
        self.connection.execute(f"SET memory_limit = '{memory_limit}'")
        if path is None:
            self.connection.execute("SET temp_directory = ''")
        elif not read_only:
            rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)  # what a killed import left there
        if not read_only:
            create_tables(self.connection)

    def close(self) -> None:
        """Close the file; what was not committed is as if it had never been."""
        self.connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        unused = fault is not None and self._made and self._holds_nothing()
        self.close()
        if unused and self.path is not None:
            self.path.unlink(missing_ok=True)  # a first import that was refused leaves no store behind

    def _holds_nothing(self) -> bool:
        """Return whether no agency's file was imported; what whatworks.toml declares comes again by itself."""
        try:
            return not self.connection.execute(
                "SELECT 1 FROM source WHERE organisation_id <> 'partnership' LIMIT 1"
            ).fetchall()
        except duckdb.Error:
            return False


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


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do all of what follows, or none of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
