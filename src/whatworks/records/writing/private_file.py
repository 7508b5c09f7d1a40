"""Write a file of people: only its owner may read it, and it is the old file or the new one, never half of either."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.changed import mark_changed

OWNER_ONLY, FOLDER_OF_OWNER = 0o600, 0o700


_UMASKS: list[int] = []
"""What stood before each guard that has not ended, the process's own first."""


def guard_new_files() -> None:
    """Let whatever this process makes be its owner's alone until `unguard_new_files`, for what libraries write.

    >>> guard_new_files()
    >>> oct(os.umask(0o077)), unguard_new_files()
    ('0o77', None)
    """
    _UMASKS.append(os.umask(0o077))


def unguard_new_files() -> None:
    """End one guard; when the last has ended, new files are made as the process made them before.

    >>> guard_new_files(), guard_new_files(), unguard_new_files(), len(_UMASKS) > 0, unguard_new_files()
    (None, None, None, True, None)
    """
    if _UMASKS and (before := _UMASKS.pop()) is not None and not _UMASKS:
        os.umask(before)


def private_folder(folder: Path, *, close: bool = True) -> Path:
    """Make a folder that only its owner may enter, and the folders above it that are not there; return it.

    One that is there is closed to others with `close`, where it is the owner's to close.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as above:
    ...     oct(private_folder(Path(above) / "results" / "mentors").stat().st_mode)[-3:]
    '700'
    """
    try:
        above = [one for one in folder.parents if not one.exists()]
        for one in (*reversed(above), folder):
            one.mkdir(mode=FOLDER_OF_OWNER, exist_ok=True)
    except OSError:
        remedy = "name a folder that is new or may be written"
        raise Refused(Fault("cannot be made as a folder", remedy, str(folder))) from None
    if close:
        with suppress(OSError):
            folder.chmod(FOLDER_OF_OWNER)
    return folder


def open_private(path: Path) -> BinaryIO:
    """Open a new or emptied file of people for writing; only its owner may read it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, open_private(Path(folder) / "people.csv") as file:
    ...     oct(os.fstat(file.fileno()).st_mode)[-3:]
    '600'
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with suppress(OSError):
        path.chmod(OWNER_ONLY)
    return os.fdopen(descriptor, "wb")


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file for its owner only, whole or not at all: a full disk or a kill leaves the file that stood there.

    Raises `Refused` where it cannot be written (no room, no right, or held open by another program).
    """
    write_whole(path, content, OWNER_ONLY)


def write_whole(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Write a file whole or not at all, for those whom the system lets read new files (`mode`, less the umask)."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        mark_changed()
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        remedy = "close it in other programs, make room on the disk, or check the folder; what stood there stands still"
        raise Refused(Fault(f"cannot be written ({fault.strerror})", remedy, path.name)) from fault
