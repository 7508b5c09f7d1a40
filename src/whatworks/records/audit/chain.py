"""Chain what happened: each entry holds the hash of the one before it, so that a cut or a change is noticed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted
from typing import Any, Protocol

from whatworks.records.refusal import Fault, Refused

START = "0" * 64
"""What stands for the entry before the first."""
FOLDER_REMEDY = (
    "restore it from a backup, or move its folder elsewhere: what was evaluated before then counts as exploratory"
)
"""What can be done where a user's book is broken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: of a `kind`, at a time (ISO 8601), with whatever is to be remembered of it as JSON."""

    number: int
    kind: str
    at: str
    payload: dict[str, Any]
    previous: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come when it was last written: the number of entries, and the hash of the last."""

    count: int = 0
    sha256: str = START


class Book(Protocol):
    """Whatever keeps a chain of entries, and the random key by which people are recognised in it."""

    @property
    def key(self) -> bytes:
        """The random key of this book."""

    def entries(self, *kinds: str) -> tuple[Entry, ...]:
        """Return the entries, of some kinds or all, in the order in which they were made; refuse a broken chain."""

    def append(self, kind: str, at: str, payload: dict[str, Any]) -> Entry:
        """Add one entry for good, and return it."""


def next_entry(head: Head, kind: str, at: str, payload: dict[str, Any]) -> Entry:
    """Return the entry that follows `head`.

    >>> first = next_entry(Head(), "locked", "2025-01-01T09:00:00+00:00", {"protocol": "mentors"})
    >>> first.number, first.previous == START, len(first.sha256)
    (1, True, 64)
    """
    number = head.count + 1
    return Entry(number, kind, at, payload, head.sha256, digest(number, kind, at, canonical_json(payload), head.sha256))


def check_chain(entries: Sequence[Entry], head: Head, where: str) -> None:
    """Refuse entries of which one was altered, taken out or put in, or that end before `head`.

    Entries beyond `head` stand if they are chained: whoever wrote them was stopped before the head was written.

    >>> first = next_entry(Head(), "locked", "2025-01-01", {})
    >>> check_chain([first], Head(1, first.sha256), "book.jsonl")
    >>> check_chain([], Head(1, first.sha256), "book.jsonl")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: book.jsonl: was cut: it should hold 1 entries and holds 0; restore it from a \
backup, or move its folder elsewhere: what was evaluated before then counts as exploratory
    """
    last = Head()
    for entry in entries:
        wanted = digest(last.count + 1, entry.kind, entry.at, canonical_json(entry.payload), last.sha256)
        if (entry.number, entry.previous, entry.sha256) != (last.count + 1, last.sha256, wanted):
            raise broken_chain(f"was altered at entry {last.count + 1}", where)
        last = Head(entry.number, entry.sha256)
        if entry.number == head.count and entry.sha256 != head.sha256:
            raise broken_chain(f"was altered before entry {entry.number}", where)
    if len(entries) < head.count:
        raise broken_chain(f"was cut: it should hold {head.count} entries and holds {len(entries)}", where)


def head_of(entries: Sequence[Entry]) -> Head:
    """Return the head of a chain that holds these entries.

    >>> head_of([])
    Head(count=0, sha256='0000000000000000000000000000000000000000000000000000000000000000')
    """
    return Head(entries[-1].number, entries[-1].sha256) if entries else Head()


def canonical_json(content: object) -> str:
    """Return content as the one JSON text that it is hashed by.

    >>> canonical_json({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(number: int, kind: str, at: str, payload: str, previous: str) -> str:
    """Return the hash of an entry: SHA-256 over the canonical JSON of its parts, `payload` being that of its own.

    >>> digest(1, "locked", "2025", "{}", "") == hashlib.sha256(b'[1,"locked","2025",{},""]').hexdigest()
    True
    """
    return hashlib.sha256(chained_text(number, kind, at, payload, previous).encode()).hexdigest()


def chained_text(number: int, kind: str, at: str, payload: str, previous: str) -> str:
    """Return the canonical JSON of an entry's parts, by which it is hashed.

    >>> chained_text(1, "locked", "2025", "{}", "")
    '[1,"locked","2025",{},""]'
    """
    return f"[{number},{_quoted(kind)},{_quoted(at)},{payload},{_quoted(previous)}]"


def broken_chain(problem: str, where: str, remedy: str = FOLDER_REMEDY) -> Refused:
    """Return the refusal of a book that is not as it was written.

    >>> print(broken_chain("was altered at entry 7", "book.jsonl").faults[0].problem)
    was altered at entry 7
    """
    return Refused(Fault(problem, remedy, where))
