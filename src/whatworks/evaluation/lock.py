"""Fix a protocol before its outcomes are seen, and remember whether they had been."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import dataframely as dy
import duckdb

from whatworks.evaluation.protocol import Protocol
from whatworks.evaluation.result import Status
from whatworks.records.ddl import create_tables
from whatworks.records.refusal import Fault, Refused


class ProtocolLock(dy.Schema):
    """A protocol that was fixed: by the hash of its parsed content, at a time, over known data."""

    protocol_id = dy.String(description="Names the protocol's results and papers.")
    scheme_id = dy.String(description="The scheme it asks about.")
    sha256 = dy.String(description="Hash of its parsed content.")
    locked_at = dy.String(description="Time of locking, ISO 8601 with its zone.")
    data_sha256 = dy.String(description="Hashes of the files held then, as JSON: name -> hash.")
    outcomes_seen = dy.Bool(description="Whether outcomes of the scheme had been computed before.")


class OutcomesComputed(dy.Schema):
    """An evaluation that computed outcomes of a scheme."""

    protocol_id = dy.String(description="Names the protocol's results and papers.")
    scheme_id = dy.String(description="The scheme it asked about.")
    sha256 = dy.String(description="Hash of the protocol's parsed content.")
    computed_on = dy.Date(description="Day of the evaluation.")


LOCK_TABLES: dict[str, type[dy.Schema]] = {"protocol_lock": ProtocolLock, "outcomes_computed": OutcomesComputed}


@dataclass(frozen=True, slots=True)
class Lock:
    """One row of `protocol_lock`; `data` holds the hashes of the files by name."""

    protocol_id: str
    scheme_id: str
    sha256: str
    locked_at: str
    data: dict[str, str]
    outcomes_seen: bool

    @property
    def locked_on(self) -> date:
        """The day of locking."""
        return date.fromisoformat(self.locked_at[:10])


@dataclass(frozen=True, slots=True)
class Computed:
    """One row of `outcomes_computed`."""

    protocol_id: str
    scheme_id: str
    sha256: str
    computed_on: date


@dataclass(frozen=True, slots=True)
class LockBook:
    """All that is remembered about locks and computed outcomes, in the order in which it happened."""

    locks: tuple[Lock, ...] = ()
    computed: tuple[Computed, ...] = field(default=())

    def lock_of(self, protocol: Protocol) -> Lock | None:
        """Return the first lock of a protocol as it stands now; None if it was never locked or was changed since."""
        digest = protocol.sha256()
        found = (one for one in self.locks if one.sha256 == digest and one.protocol_id == protocol.folder)
        return next(found, None)

    def status(self, protocol: Protocol) -> Status:
        """Return what every output says of the protocol."""
        lock = self.lock_of(protocol)
        if lock is None:
            return "exploratory"
        return "locked after outcomes were seen" if lock.outcomes_seen else "locked"

    def with_lock(self, protocol: Protocol, locked_at: str, data: dict[str, str]) -> "LockBook":
        """Return the book with one more lock; refuse to lock the same protocol twice."""
        if self.lock_of(protocol) is not None:
            raise Refused(
                Fault(
                    "is locked already, and has not changed since",
                    "evaluate it",
                    field="protocol",
                    value=protocol.folder,
                )
            )
        seen = any(one.scheme_id == protocol.scheme.id for one in self.computed)
        lock = Lock(protocol.folder, protocol.scheme.id, protocol.sha256(), locked_at, data, seen)
        return replace(self, locks=(*self.locks, lock))

    def with_computed(self, protocol: Protocol, computed_on: date) -> "LockBook":
        """Return the book with the note that outcomes of the protocol's scheme were computed."""
        note = Computed(protocol.folder, protocol.scheme.id, protocol.sha256(), computed_on)
        return replace(self, computed=(*self.computed, note))


def read_store_book(connection: duckdb.DuckDBPyConnection) -> LockBook:
    """Return the book of a partnership's store."""
    create_tables(connection, LOCK_TABLES)
    locks = connection.execute(
        "SELECT protocol_id, scheme_id, sha256, locked_at, data_sha256, outcomes_seen FROM protocol_lock "
        "ORDER BY locked_at, protocol_id"
    ).fetchall()
    computed = connection.execute(
        "SELECT protocol_id, scheme_id, sha256, computed_on FROM outcomes_computed ORDER BY computed_on, protocol_id"
    ).fetchall()
    return LockBook(
        tuple(Lock(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5]) for row in locks),
        tuple(Computed(*row) for row in computed),
    )


def write_store_book(connection: duckdb.DuckDBPyConnection, book: LockBook) -> None:
    """Keep the book in a partnership's store."""
    create_tables(connection, LOCK_TABLES)
    connection.begin()
    connection.execute("DELETE FROM protocol_lock")
    connection.execute("DELETE FROM outcomes_computed")
    for lock in book.locks:
        row = [
            lock.protocol_id,
            lock.scheme_id,
            lock.sha256,
            lock.locked_at,
            _sorted_json(lock.data),
            lock.outcomes_seen,
        ]
        connection.execute("INSERT INTO protocol_lock VALUES (?, ?, ?, ?, ?, ?)", row)
    for note in book.computed:
        row = [note.protocol_id, note.scheme_id, note.sha256, note.computed_on]
        connection.execute("INSERT INTO outcomes_computed VALUES (?, ?, ?, ?)", row)
    connection.commit()


def read_file_book(path: Path) -> LockBook:
    """Return the book kept in a file beside the results of a flat protocol; an empty one where there is no file."""
    if not path.is_file():
        return LockBook()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return LockBook(
            tuple(Lock(**one) for one in content["locks"]),
            tuple(
                Computed(**{**one, "computed_on": date.fromisoformat(one["computed_on"])})
                for one in content["computed"]
            ),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused(
            Fault("cannot be read as a lock", "restore it; without it the protocol counts as exploratory", path.name)
        ) from fault


def write_file_book(path: Path, book: LockBook) -> None:
    """Keep the book in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_sorted_json(asdict(book), indent=2) + "\n", encoding="utf-8", newline="\n")


def _sorted_json(content: object, indent: int | None = None) -> str:
    return json.dumps(content, sort_keys=True, indent=indent, default=str, ensure_ascii=False)
