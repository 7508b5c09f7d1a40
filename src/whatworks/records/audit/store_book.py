"""Keep a chained book in a partnership's store."""

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from weakref import WeakSet

import polars as pl

from whatworks.records.audit.chain import (
    START,
    Entry,
    Head,
    broken_chain,
    canonical_json,
    chained_text,
    digest,
    next_entry,
)
from whatworks.records.audit.tables import BOOK_TABLES
from whatworks.records.engine import Row, Store
from whatworks.records.refusal import Refused
from whatworks.records.tables.ddl import create_tables

WHERE = "the book in the store"
_BEGUN: WeakSet[Store] = WeakSet()
"""The open stores that were seen to have all tables of a book: asking what tables there are takes milliseconds."""
REMEDY = (
    "put a backup of the store's file in its place (a head that was kept elsewhere shows which holds: `whatworks audit "
    "verify --head`); if there is none, move the file elsewhere and keep it, and import the extracts anew"
)
"""What can be done where the book in a store is broken."""
KEY_EVERY, KEY_MARK = 100, "key"
"""Every so many entries one tells the mark of the book's key, so that a key that was altered is noticed."""
_KEY = re.compile("[0-9a-f]{64}")
_HASHED = ("entry_number", "kind", "written_at", "payload", "previous")
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
            head, key = self._begun()
            if head.count % KEY_EVERY == 0:
                payload = {**payload, KEY_MARK: key_mark(key)}
            last = self.connection.rows(f"{_COLUMNS} WHERE entry_number >= ?", [head.count])
            if [row[5] for row in last] != [head.sha256][: head.count]:
                raise broken(f"was cut or altered at entry {head.count}")
            for row in last:
                _check(row)
            entry = next_entry(head, kind, at, payload)
            stored = [entry.number, entry.kind, entry.at, canonical_json(entry.payload), entry.previous, entry.sha256]
            self.connection.change("INSERT INTO book_entry VALUES (?, ?, ?, ?, ?, ?)", stored)
            self.connection.change(
                "UPDATE book_head SET entry_count = ?, last_sha256 = ?", [entry.number, entry.sha256]
            )
        return entry

    def checked(self) -> Iterator[pl.DataFrame]:
        """Give the entries in order, many at a time, each checked and held to the one before; refuse a broken chain."""
        head, last = self.head(), Head()
        for first in range(1, head.count + 1, AT_ONCE):
            rows = self.connection.fetch(
                f"{_COLUMNS} WHERE entry_number BETWEEN ? AND ? ORDER BY entry_number", [first, first + AT_ONCE - 1]
            )
            wanted = {
                "entry_number": pl.int_range(first, first + rows.height, dtype=pl.Int64, eager=True),
                "previous": rows["sha256"].shift(fill_value=last.sha256),
                "sha256": pl.Series([sha256(text).hexdigest() for text in _texts(rows)], dtype=pl.String),
            }
            fits: pl.Series = rows.select(
                pl.all_horizontal(pl.col(name).eq_missing(own) for name, own in wanted.items())
            ).to_series()
            if not fits.all():
                raise broken(f"was altered at entry {first + (fits.arg_min() or 0)}")
            yield rows
            last = Head(first + rows.height - 1, rows["sha256"].item(-1) if rows.height else last.sha256)
        self._check_end(head)

    def _check_links(self, head: Head) -> None:
        """Refuse a book whose entries do not follow one another up to its head."""
        [(place,)] = self.connection.rows(_UNCHAINED, [START])
        if place is not None:
            raise broken(f"was altered at entry {place}")
        self._check_end(head)

    def _check_end(self, head: Head) -> None:
        """Refuse a book that does not end with its head."""
        tail = self.connection.rows(
            "SELECT entry_number, sha256 FROM book_entry WHERE entry_number >= ? ORDER BY entry_number", [head.count]
        )
        [(count,)] = self.connection.rows("SELECT count(*) FROM book_entry")
        if count < head.count:
            raise broken(f"was cut: it should hold {head.count} entries and holds {count}")
        if count > head.count or tail != [(head.count, head.sha256)][: head.count]:
            raise broken(f"was altered at entry {head.count}")

    def _begun(self) -> tuple[Head, str]:
        """Return the head and the key, making the tables of a new book."""
        if self.connection not in _BEGUN:
            if BOOK_TABLES.keys() <= self.connection.tables():
                _BEGUN.add(self.connection)
            else:
                create_tables(self.connection, BOOK_TABLES)
        rows = self.connection.rows("SELECT entry_count, last_sha256, hash_key FROM book_head")
        if len(rows) > 1 or not all(_KEY.fullmatch(key) for _, _, key in rows):
            raise broken(f"has {len(rows)} heads" if len(rows) > 1 else "has a key that was altered")
        if not rows:
            rows = [(Head().count, Head().sha256, secrets.token_hex(32))]
            self.connection.change("INSERT INTO book_head VALUES (?, ?, ?)", rows[0])
        count, sha256, key = rows[0]
        return Head(count, sha256), key


def key_mark(key: str) -> str:
    """Return what stands in the chain for the book's random key: nobody finds the key by it.

    >>> len(key_mark("ab" * 32))
    16
    """
    return sha256(key.encode()).hexdigest()[:16]


def broken(problem: str) -> Refused:
    """Return the refusal of a store whose book is not as it was written.

    >>> broken("has 2 heads").faults[0].problem
    'has 2 heads'
    """
    return broken_chain(problem, WHERE, REMEDY)


def _texts(rows: pl.DataFrame) -> list[bytes]:
    """Return the texts that entries are hashed by, put together at once where nothing in them needs to be quoted."""
    plain = [pl.col(name).str.contains(r'[\x00-\x1f"\\]') for name in ("kind", "written_at", "previous")]
    if rows.select(pl.any_horizontal(plain).any()).item():
        return [chained_text(*row[:5]).encode() for row in rows.iter_rows()]
    text = pl.format('[{},"{}","{}",{},"{}"]', *_HASHED)
    return rows.select(text.cast(pl.Binary)).to_series().to_list()


def _check(row: Row) -> None:
    if digest(*row[:5]) != row[5]:
        raise broken(f"was altered at entry {row[0]}")


def _entry(row: Row) -> Entry:
    _check(row)
    return Entry(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5])
