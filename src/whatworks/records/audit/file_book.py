"""Keep a chained book in a folder of the user's own, which nobody else may read."""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from whatworks.records.audit.chain import (
    Entry,
    Head,
    broken_chain,
    canonical_json,
    check_chain,
    head_of,
    next_entry,
)
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import OWNER_ONLY, private_folder, write_private

VARIABLE = "WHATWORKS_BOOK"
ENTRIES, HEAD, KEY, TURN = "book.jsonl", "head.json", "key", "turn"
GONE = "was altered or taken away"


def book_folder() -> Path:
    """Return the folder of this user's book: `WHATWORKS_BOOK`, else one in the system's place for users' data."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        data = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = Path.home() / "Library" / "Application Support"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "whatworks"


@dataclass(frozen=True)
class FileBook:
    """The book in `folder`; by default the user's.

    Entries stand one a line in `book.jsonl`; `head.json` says how far they had come, so that a shortened file is
    noticed; `key` holds the random key. Two processes that write at once wait for each other.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     book = FileBook(Path(folder) / "book")
    ...     _ = book.append("locked", "2025-01-01T09:00:00+00:00", {"protocol": "mentors"})
    ...     [(entry.number, entry.kind) for entry in book.entries()]
    [(1, 'locked')]
    """

    folder: Path

    @classmethod
    def of_user(cls) -> "FileBook":
        """Return the book of this user on this machine."""
        return cls(book_folder())

    @cached_property
    def key(self) -> bytes:
        """The random key of this book, which the first use makes."""
        with self._turn():
            self._begin()
            return bytes.fromhex((self.folder / KEY).read_text(encoding="ascii"))

    def entries(self, *kinds: str) -> tuple[Entry, ...]:
        """Return the entries, of some kinds or all, in the order in which they were made; refuse a broken chain."""
        if not self.folder.is_dir():
            return ()
        with self._turn():
            entries, _ = self._read()
        return tuple(entry for entry in entries if not kinds or entry.kind in kinds)

    def append(self, kind: str, at: str, payload: dict[str, Any]) -> Entry:
        """Add one entry for good, and return it; refuse to add to a broken chain."""
        with self._turn():
            self._begin()
            entries, size = self._read()
            entry = next_entry(head_of(entries), kind, at, payload)
            self._write_at(size, f"{canonical_json(asdict(entry))}\n".encode())
            self._write_head(Head(entry.number, entry.sha256))
        return entry

    def _begin(self) -> None:
        """Make the key and the head of a new book; refuse a book that has lost either."""
        there = [(self.folder / name).exists() for name in (HEAD, KEY, ENTRIES)]
        if not any(there):
            self._write_head(Head())
        if not (self.folder / KEY).exists() and not (self.folder / ENTRIES).exists():
            write_private(self.folder / KEY, secrets.token_hex(32) + "\n")
        for name in (HEAD, KEY):
            if not (self.folder / name).exists():
                raise broken_chain(GONE, str(self.folder / name))

    def _read(self) -> tuple[list[Entry], int]:
        """Return the entries, and the size of the part of the file that holds them.

        What follows the last line's end is half a line of a writer that was stopped: it was never an entry.
        """
        path, entries, size = self.folder / ENTRIES, [], 0
        for line in (path.read_bytes() if path.exists() else b"").split(b"\n")[:-1]:
            try:
                entries.append(Entry(**json.loads(line)))
            except (ValueError, TypeError):
                raise broken_chain(f"was altered at entry {len(entries) + 1}", str(path)) from None
            size += len(line) + 1
        check_chain(entries, self._head(), str(path))
        return entries, size

    def _write_at(self, size: int, line: bytes) -> None:
        try:
            descriptor = os.open(self.folder / ENTRIES, os.O_WRONLY | os.O_CREAT, OWNER_ONLY)
            with os.fdopen(descriptor, "wb") as file:
                file.seek(size)
                file.write(line)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            remedy = f"make room on the disk, or name another folder in {VARIABLE}"
            raise Refused(Fault(f"cannot be written ({fault.strerror})", remedy, str(self.folder / ENTRIES))) from fault

    def _write_head(self, head: Head) -> None:
        write_private(self.folder / HEAD, canonical_json(asdict(head)) + "\n")

    def _head(self) -> Head:
        path = self.folder / HEAD
        if not path.exists() and not (self.folder / ENTRIES).exists() and not (self.folder / KEY).exists():
            return Head()
        try:
            return Head(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise broken_chain(GONE, str(path)) from None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until nobody else reads or writes the book."""
        try:
            private_folder(self.folder)
            descriptor = os.open(self.folder / TURN, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        except (OSError, Refused):
            remedy = f"name another folder in the environment variable {VARIABLE}"
            raise Refused(Fault("cannot hold the book of locks and outcomes seen", remedy, str(self.folder))) from None
        try:
            _wait(descriptor)
            yield
        finally:
            os.close(descriptor)  # which ends the turn, as the end of the process does


def _wait(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
