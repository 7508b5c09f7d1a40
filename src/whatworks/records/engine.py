"""What every room asks of the database that holds the records: `Engine` reads and derives, `Store` also writes.

Queries are written in DuckDB's dialect, values are bound and never formatted in. No room above knows which database
answers; only `records` imports one.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeAlias

import polars as pl

Values: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""What stands for the marks of a query: in order for `?`, by name for `$name`."""
Row: TypeAlias = tuple[Any, ...]


class Engine(Protocol):
    """The records as rooms read them, and tables of the session, which vanish when it ends."""

    @property
    def dialect(self) -> str:
        """The database's dialect of SQL, as sqlglot names it."""

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query as tuples; also of a change that returns rows."""

    def fetch(self, query: str, values: Values = ()) -> pl.DataFrame:
        """Return a query's rows as a frame."""

    def derive(self, name: str, query: str, values: Values = (), *, view: bool = False) -> None:
        """Make a query a table of the session, in place of one of that name; a `view` is worked out when asked for."""

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a frame a table of the session, in place of one of that name."""

    def lent(self, name: str, frame: pl.DataFrame) -> AbstractContextManager[None]:
        """Let queries read a frame by that name, as long as the block lasts."""

    def drop(self, *names: str) -> None:
        """Drop tables of the session; those that are not there are passed over. The records are not touched."""

    def tables(self) -> set[str]:
        """Return the names of all tables, those of the session among them."""

    def columns(self, table: str) -> list[str]:
        """Return a table's columns in order; none where there is no such table."""

    def reading(self) -> AbstractContextManager[None]:
        """Read the records in one state as long as the block lasts, whatever others commit meanwhile."""


class Store(Engine, Protocol):
    """An engine that keeps what is written to it."""

    def change(self, statement: str, values: Values = ()) -> int:
        """Carry out a statement that changes the store, and return how many rows it changed."""

    def change_each(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out a statement once for each row of values."""

    def append(self, table: str, frame: pl.DataFrame) -> int:
        """Add a frame's rows to a table that has its columns, by name; other columns stay empty."""

    def transaction(self) -> AbstractContextManager[None]:
        """Do all that the block does, or none of it. A block within another belongs to the outer one."""

    def close(self) -> None:
        """Close the store; what was not committed is as if it had never been."""
