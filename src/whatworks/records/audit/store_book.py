"""Keep a chained book in a partnership's store."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakSet

from whatworks.records.audit.chain import START, Entry, Head, broken_chain, canonical_json, digest, next_entry
from whatworks.records.audit.tables import BOOK_TABLES
from whatworks.records.engine import Row, Store
from whatworks.records.tables.ddl import create_tables

WHERE = "the book in the store"
_BEGUN: WeakSet[Store] = WeakSet()
"""The open stores that were seen to have all tables of a book: asking what tables there are takes milliseconds."""
AT_ONCE = 100_000
"""Entries that are read at a time when all are checked."""
_COLUMNS = "SELECT entry_number, kind, written_at, payload, previous, sha256 FROM book_entry"
_UNCHAINED = """
SELECT min(place) AS place FROM (
  SELECT
    entry_number,
    previous,
    ROW_NUMBER() OVER (ORDER BY entry_number, sha256) AS place,
    LAG(sha256) OVER (ORDER BY entry_number, sha256) AS before
  FROM book_entry
) AS chained
WHERE entry_number <> place OR previous IS DISTINCT FROM COALESCE(before, ?)
"""


@dataclass(frozen=True)
class StoreBook:
    """The book of a partnership's store. An entry made within a transaction stands or falls with it.

    >>> from whatworks.records.store import DuckDBStore
    >>> with DuckDBStore(None) as store:
    ...     book = StoreBook(store)
    ...     _ = book.append("locked", "2025-01-01T09:00:00+00:00", {"protocol": "mentors"})
    ...     [(entry.number, entry.kind) for entry in book.entries("locked")]
    [(1, 'locked')]
    """

    connection: Store

    @cached_property
    def key(self) -> bytes:
        """The random key of this book, which the first use makes."""
        _, key = self._begun()
        return bytes.fromhex(key)

    def head(self) -> Head:
        """Return how far the book has come."""
        return self._begun()[0]

    def entries(self, *kinds: str) -> tuple[Entry, ...]:
        """Return the entries, of some kinds or all, in the order in which they were made; refuse a broken chain.

        That all are linked is looked up; what stands in an entry is checked of those that are returned.
        """
        self._check_links(self.head())
        asked = f" WHERE kind IN ({', '.join('?' for _ in kinds)})" if kinds else ""
        rows = self.connection.rows(f"{_COLUMNS}{asked} ORDER BY entry_number", kinds)
        return tuple(map(_entry, rows))

    def numbered(self, number: int) -> tuple[Entry, ...]:
        """Return the entry of a number, if there is one; only it is checked."""
        self._begun()
        return tuple(map(_entry, self.connection.rows(f"{_COLUMNS} WHERE entry_number = ?", [number])))

    def append(self, kind: str, at: str, payload: dict[str, Any]) -> Entry:
        """Add one entry for good, and return it; only the last one is read, and refused where it was altered."""
        with self.connection.transaction():
            head = self.head()
            last = self.connection.rows(f"{_COLUMNS} WHERE entry_number >= ?", [head.count])
            if [row[5] for row in last] != [head.sha256][: head.count]:
                raise broken_chain(f"was cut or altered at entry {head.count}", WHERE)
            for row in last:
                _check(row)
            entry = next_entry(head, kind, at, payload)
            stored = [entry.number, entry.kind, entry.at, canonical_json(entry.payload), entry.previous, entry.sha256]
            self.connection.change("INSERT INTO book_entry VALUES (?, ?, ?, ?, ?, ?)", stored)
            self.connection.change(
                "UPDATE book_head SET entry_count = ?, last_sha256 = ?", [entry.number, entry.sha256]
            )
        return entry

    def checked(self) -> Iterator[Row]:
        """Give each entry's columns in order, each checked and held to the one before; refuse a broken chain."""
        head, last = self.head(), Head()
        for first in range(1, head.count + 1, AT_ONCE):
            rows = self.connection.rows(
                f"{_COLUMNS} WHERE entry_number BETWEEN ? AND ? ORDER BY entry_number", [first, first + AT_ONCE - 1]
            )
            for row in rows:
                if row[0] != last.count + 1 or row[4] != last.sha256:
                    raise broken_chain(f"was altered at entry {last.count + 1}", WHERE)
                _check(row)
                last = Head(row[0], row[5])
                yield row
        self._check_end(head)

    def _check_links(self, head: Head) -> None:
        """Refuse a book whose entries do not follow one another up to its head."""
        [(place,)] = self.connection.rows(_UNCHAINED, [START])
        if place is not None:
            raise broken_chain(f"was altered at entry {place}", WHERE)
        self._check_end(head)

    def _check_end(self, head: Head) -> None:
        """Refuse a book that does not end with its head."""
        tail = self.connection.rows(
            "SELECT entry_number, sha256 FROM book_entry WHERE entry_number >= ? ORDER BY entry_number", [head.count]
        )
        [(count,)] = self.connection.rows("SELECT count(*) FROM book_entry")
        if count < head.count:
            raise broken_chain(f"was cut: it should hold {head.count} entries and holds {count}", WHERE)
        if count > head.count or tail != [(head.count, head.sha256)][: head.count]:
            raise broken_chain(f"was altered at entry {head.count}", WHERE)

    def _begun(self) -> tuple[Head, str]:
        """Return the head and the key, making the tables of a new book."""
        if self.connection not in _BEGUN:
            if BOOK_TABLES.keys() <= self.connection.tables():
                _BEGUN.add(self.connection)
            else:
                create_tables(self.connection, BOOK_TABLES)
        rows = self.connection.rows("SELECT entry_count, last_sha256, hash_key FROM book_head")
        if not rows:
            rows = [(Head().count, Head().sha256, secrets.token_hex(32))]
            self.connection.change("INSERT INTO book_head VALUES (?, ?, ?)", rows[0])
        count, sha256, key = rows[0]
        return Head(count, sha256), key


def _check(row: Row) -> None:
    if digest(*row[:5]) != row[5]:
        raise broken_chain(f"was altered at entry {row[0]}", WHERE)


def _entry(row: Row) -> Entry:
    _check(row)
    return Entry(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5])
