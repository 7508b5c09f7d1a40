"""Answer a person who asks what is held of them: in which tables and files, and who has read it."""

import gzip
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import IO

from whatworks.records.engine import Engine, Store
from whatworks.records.partnership import STORE_FILE
from whatworks.sharing.aside import lines_aside
from whatworks.sharing.person_places import Subject, base_tables, gather, going, namings

AT_ONCE = 1 << 20
"""Bytes of a file that are searched at a time."""


@dataclass(frozen=True, slots=True)
class Read:
    """An entry of the audit that names the person: when, what was done, by whom, and why where the reason is kept."""

    number: int
    at: str
    act: str
    what: str
    sign_in: str
    why: str | None
    file: str | None
    expires_on: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a person: rows by table, lines set aside or dropped by source, files, and entries of the audit.

    `alike` are lines set aside that hold the name alone. `files` are those in the partnership's folder, the store
    aside, in which one of the numbers stands: extracts, exports, backups.
    """

    records: tuple[tuple[str, str], ...]
    tables: dict[str, int]
    aside: tuple[tuple[str, int], ...]
    alike: tuple[tuple[str, int], ...]
    files: tuple[str, ...]
    reads: tuple[Read, ...]


def held_of(store: Store, subject: Subject, root: Path) -> Held:
    """Return what the store and the partnership's folder hold of a subject."""
    tables = base_tables(store)
    gather(store, list(tables))
    counts: dict[str, int] = {}
    for table, columns in tables.items():
        own = going(store, table)
        ways = [*([own] if own else []), *(one.matches() for one in namings(table, columns))]
        if ways:
            [(rows,)] = store.rows(f'SELECT count(*) FROM "{table}" AS t WHERE {" OR ".join(ways)}')
            counts |= {table: rows} if rows else {}
    lines = lines_aside(store, subject)
    files = tuple(path.relative_to(root).as_posix() for path in files_naming(root, subject))
    return Held(subject.records, counts, lines.own, lines.alike, files, tuple(reads_of(store, subject)))


def reads_of(store: Engine, subject: Subject) -> Iterator[Read]:
    """Give each entry of the audit that names the subject, oldest first."""
    for agency, number in subject.records:
        rows = store.rows(
            "SELECT e.entry_number, e.written_at, e.payload, k.why FROM audit_person AS a "
            "JOIN book_entry AS e ON e.entry_number = a.entry_number "
            "LEFT JOIN audit_seal AS k ON k.entry_number = a.entry_number "
            "WHERE a.organisation_id = ? AND a.person_id = ? ORDER BY 1",
            [agency, number],
        )
        for entry, at, payload, why in rows:
            told = json.loads(payload)
            more = told.get("more", {})
            sign_in, file = told["by"]["sign_in"], more.get("file") or more.get("file_name")
            yield Read(entry, at, told["act"], told["what"], sign_in, why, file, more.get("expires_on"))


def files_naming(root: Path, subject: Subject) -> Iterator[Path]:
    """Give the files below a folder, the store aside, in which one of the subject's numbers stands; packed ones too."""
    words = "|".join(re.escape(text) for text in subject.texts)
    wanted = re.compile(rf"(?<![A-Za-z0-9])({words})(?![A-Za-z0-9])".encode(), re.IGNORECASE)
    for path in sorted(root.rglob("*")) if words else ():
        other = path.is_file() and not path.is_symlink() and not path.name.startswith(STORE_FILE)
        if other and _holds(path, wanted):
            yield path


def _holds(path: Path, wanted: re.Pattern[bytes]) -> bool:
    return any(wanted.search(before + block) for part in _parts(path) for before, block in pairwise(chain([b""], part)))


def _parts(path: Path) -> Iterator[Iterator[bytes]]:
    """Give the contents of a file in blocks, those of each file in it where it is packed."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                with packed.open(name) as file:
                    yield iter(partial(file.read, AT_ONCE), b"")
        return
    opened: Callable[..., IO[bytes]] = gzip.open if path.suffix == ".gz" else open  # type: ignore[assignment]
    with opened(path, "rb") as file:
        yield iter(partial(file.read, AT_ONCE), b"")
