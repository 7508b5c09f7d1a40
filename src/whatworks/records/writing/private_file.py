"""Write a file of people: only its owner may read it, and it is the old file or the new one, never half of either."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from whatworks.records.refusal import Fault, Refused

OWNER_ONLY, FOLDER_OF_OWNER = 0o600, 0o700


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner may enter, and the folders above it that are not there; return it.

    One that is there is closed to others where it is the owner's to close.

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
    with suppress(OSError):
        folder.chmod(FOLDER_OF_OWNER)
    return folder


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file for its owner only, whole or not at all: a full disk or a kill leaves the file that stood there.

    Raises `Refused` where it cannot be written (no room, no right, or held open by another program).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "result.json"
    ...     write_private(path, "{}")
    ...     path.read_text(), oct(path.stat().st_mode)[-3:]
    ('{}', '600')
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        remedy = "close it in other programs, make room on the disk, or check the folder; what stood there stands still"
        raise Refused(Fault(f"cannot be written ({fault.strerror})", remedy, path.name)) from fault
