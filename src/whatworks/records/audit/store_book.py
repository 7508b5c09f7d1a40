"""Keep a chained book in a partnership's store."""

import json
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import dataframely as dy

from whatworks.records.audit.chain import Entry, Head, canonical_json, check_chain, head_of, next_entry
from whatworks.records.engine import Store
from whatworks.records.tables.ddl import create_tables


class BookEntry(dy.Schema):
    """One thing that happened, chained to the one before."""

    entry_number = dy.Int64(description="Its place in the book, from 1.")
    kind = dy.String(description="What happened.")
    written_at = dy.String(description="When, ISO 8601.")
    payload = dy.String(description="What is remembered of it, as JSON.")
    previous = dy.String(description="Hash of the entry before it.")
    sha256 = dy.String(description="Hash of this one and of the one before.")


class BookHead(dy.Schema):
    """How far the book had come when it was last written, and its random key."""

    entry_count = dy.Int64(description="Number of entries.")
    last_sha256 = dy.String(description="Hash of the last.")
    hash_key = dy.String(description="Random key by which people are recognised, in hexadecimal.")


BOOK_TABLES: dict[str, type[dy.Schema]] = {"book_entry": BookEntry, "book_head": BookHead}


@dataclass(frozen=True)
class StoreBook:
    """The book of a partnership's store; its caller has no transaction open.

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

    def entries(self, kind: str | None = None) -> tuple[Entry, ...]:
        """Return the entries, of one kind or all, in the order in which they were made; refuse a broken chain."""
        head, _ = self._begun()
        return tuple(entry for entry in self._checked(head) if kind in (None, entry.kind))

    def append(self, kind: str, at: str, payload: dict[str, Any]) -> Entry:
        """Add one entry for good, and return it; refuse to add to a broken chain."""
        head, _ = self._begun()
        entry = next_entry(head_of(self._checked(head)), kind, at, payload)
        row = [entry.number, entry.kind, entry.at, canonical_json(entry.payload), entry.previous, entry.sha256]
        with self.connection.transaction():
            self.connection.change("INSERT INTO book_entry VALUES (?, ?, ?, ?, ?, ?)", row)
            self.connection.change(
                "UPDATE book_head SET entry_count = ?, last_sha256 = ?", [entry.number, entry.sha256]
            )
        return entry

    def _begun(self) -> tuple[Head, str]:
        """Return the head and the key, making the tables of a new book."""
        create_tables(self.connection, BOOK_TABLES)
        rows = self.connection.rows("SELECT entry_count, last_sha256, hash_key FROM book_head")
        if not rows:
            rows = [(Head().count, Head().sha256, secrets.token_hex(32))]
            self.connection.change("INSERT INTO book_head VALUES (?, ?, ?)", rows[0])
        count, sha256, key = rows[0]
        return Head(count, sha256), key

    def _checked(self, head: Head) -> list[Entry]:
        rows = self.connection.rows(
            "SELECT entry_number, kind, written_at, payload, previous, sha256 FROM book_entry ORDER BY entry_number"
        )
        entries = [Entry(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5]) for row in rows]
        check_chain(entries, head, "the book of locks in the store")
        return entries
