"""Fix a protocol before its outcomes are seen, and remember whether they had been."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import Protocol as Kind

from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import Status
from whatworks.records.audit.chain import Book, Entry, canonical_json
from whatworks.records.refusal import Fault, Refused

LOCKED, SEEN, DATA = "protocol locked", "outcomes seen", "data"
"""Kinds of entries. One of `data` keeps what some data can be known again by; the others name it by its hash."""


class KnownData(Kind):
    """The people whose outcomes an evaluation looks at: rows of a flat file, or participants of a scheme."""

    def remembered(self) -> dict[str, Any]:
        """Return what a book keeps of them: keyed hashes, and no value."""

    def same_as(self, remembered: dict[str, Any]) -> bool:
        """Tell whether most of them, or of those of whom this was kept, are the same people."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A protocol that was fixed: by the hash of its parsed content, at a time, over known data.

    `number` is its place in the book; `data` holds the hashes of the files by name, `people` names the entry by which
    the people in them are known again.
    """

    number: int
    protocol_id: str
    scheme_id: str
    sha256: str
    locked_at: str
    data: dict[str, str]
    people: str
    links: dict[str, Any] | None = None
    """What a model's links rested on then (`LinkStamp`); None where no model joined the records."""

    @property
    def locked_on(self) -> date:
        """The day of locking."""
        return date.fromisoformat(self.locked_at[:10])


@dataclass(frozen=True, slots=True)
class SeenOutcomes:
    """Outcomes were computed, at this place in the book, of these people."""

    number: int
    scheme_id: str
    sha256: str
    people: str


@dataclass(frozen=True, slots=True)
class LockBook:
    """What a book remembers of locks and of outcomes seen, in the order in which it happened.

    With `by_scheme`, outcomes of a scheme were seen if its name is the same, whoever took part: so in a partnership's
    store, where a scheme has one name. People are known again whatever their scheme or protocol is called.
    """

    locks: tuple[Lock, ...] = ()
    seen: tuple[SeenOutcomes, ...] = ()
    kept: dict[str, dict[str, Any]] | None = None
    key: bytes = b""
    by_scheme: bool = False

    def lock_of(self, protocol: Protocol, people: KnownData | None = None) -> Lock | None:
        """Return the lock of a protocol as it stands now; None if it was never locked or was changed since.

        One over the same people comes first.
        """
        digest = protocol.sha256()
        locks = [lock for lock in self.locks if lock.sha256 == digest and lock.protocol_id == protocol.folder]
        same = (lock for lock in locks if people is not None and people.same_as(self._kept(lock.people)))
        return next(same, locks[0] if locks else None)

    def status(self, protocol: Protocol, people: KnownData | None = None) -> Status:
        """Return what every output says of the protocol: whether outcomes of these people were seen before its lock."""
        lock = self.lock_of(protocol, people)
        if lock is None:
            return "exploratory"
        return "locked after outcomes were seen" if self._seen_before(lock, protocol, people) else "locked"

    def _seen_before(self, lock: Lock, protocol: Protocol, people: KnownData | None) -> bool:
        earlier = [seen for seen in self.seen if seen.number < lock.number]
        if self.by_scheme and any(seen.scheme_id == protocol.scheme.id for seen in earlier):
            return True
        prints = dict.fromkeys(seen.people for seen in earlier)
        return people is not None and any(people.same_as(self._kept(name)) for name in prints)

    def _kept(self, name: str) -> dict[str, Any]:
        return (self.kept or {})[name]


def read_locks(book: Book, *, by_scheme: bool = False) -> LockBook:
    """Return what a book remembers of locks and outcomes seen; refuse a book that was cut or altered."""
    entries = book.entries(LOCKED, SEEN, DATA)
    return LockBook(
        tuple(Lock(entry.number, **entry.payload) for entry in entries if entry.kind == LOCKED),
        tuple(SeenOutcomes(entry.number, **entry.payload) for entry in entries if entry.kind == SEEN),
        _kept_data(entries),
        book.key,
        by_scheme,
    )


def record_lock(
    book: Book,
    protocol: Protocol,
    locked_at: str,
    data: dict[str, str],
    people: KnownData,
    *,
    by_scheme: bool = False,
    links: dict[str, Any] | None = None,
) -> LockBook:
    """Add a lock to a book, and return what it remembers then; refuse to lock a protocol twice over the same people.

    `links` is the payload of what a linkage model's links rest on, where one joined the records.
    """
    held = read_locks(book, by_scheme=by_scheme)
    lock = held.lock_of(protocol, people)
    if lock is not None and people.same_as((held.kept or {})[lock.people]):
        problem, remedy = "is locked already, and has not changed since", "evaluate it"
        raise Refused(Fault(problem, remedy, field="protocol", value=protocol.folder))
    payload: dict[str, Any] = {
        "protocol_id": protocol.folder,
        "scheme_id": protocol.scheme.id,
        "sha256": protocol.sha256(),
        "locked_at": locked_at,
        "data": data,
        "people": _keep(book, held, people, locked_at),
    }
    if links is not None:
        payload["links"] = links
    book.append(LOCKED, locked_at, payload)
    return read_locks(book, by_scheme=by_scheme)


def record_outcomes_seen(book: Book, protocol: Protocol, seen_on: date, people: KnownData) -> None:
    """Remember for good that outcomes of these people were computed; once for each protocol as it stands."""
    held = read_locks(book)
    at = seen_on.isoformat()
    name = _keep(book, held, people, at)
    payload = {"scheme_id": protocol.scheme.id, "sha256": protocol.sha256(), "people": name}
    if all((seen.sha256, seen.people) != (payload["sha256"], name) for seen in held.seen):
        book.append(SEEN, at, payload)


def _keep(book: Book, held: LockBook, people: KnownData, at: str) -> str:
    """Keep what some people can be known again by, unless it is kept already; return the name of it."""
    remembered = people.remembered()
    name = hashlib.sha256(canonical_json(remembered).encode()).hexdigest()
    if name not in (held.kept or {}):
        book.append(DATA, at, {"name": name, "known_by": remembered})
    return name


def _kept_data(entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
    return {entry.payload["name"]: entry.payload["known_by"] for entry in entries if entry.kind == DATA}
