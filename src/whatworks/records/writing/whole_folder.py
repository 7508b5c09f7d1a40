"""Put a set of files into a folder whole or not at all: written beside it first, then swapped in."""

import ctypes
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.changed import mark_changed

AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one disk change places in one step that no kill can halve; False where the system cannot.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in "ab":
    ...         (Path(folder) / name / name).mkdir(parents=True)
    ...     done = exchange(Path(folder) / "a", Path(folder) / "b")
    ...     done is False or (Path(folder) / "a" / "b").is_dir()
    True
    """
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*names, RENAME_SWAP) == 0)
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)
    return False


MANIFEST = "manifest.json"
MOST_OTHERS = 1_000
"""Files of somebody else's that a folder may hold and still be swapped."""


@dataclass(frozen=True, slots=True)
class StagedFolder:
    """A set of files, whole on disk in the folder `beside`, that is to stand in `folder`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as above:
    ...     out = Path(above) / "paper"
    ...     stage(out, {"paper.html": b"<html>"}).swap_in()
    ...     (out / "note.txt").write_text("of somebody else")
    ...     stage(out, {"summary.json": b"{}"}).swap_in()
    ...     sorted(path.name for path in out.iterdir())
    16
    ['manifest.json', 'note.txt', 'summary.json']
    """

    folder: Path
    beside: Path

    def swap_in(self) -> None:
        """Let the set stand in the folder in place of the one before; raises `Refused` where that one stands still."""
        try:
            if not self.folder.exists():
                self.beside.rename(self.folder)
            elif exchange(self.beside, self.folder):
                shutil.rmtree(self.beside, ignore_errors=True)
            else:
                self._swap_in_two_steps()
            mark_changed()
        except OSError as fault:
            self.drop()
            remedy = "close its files in other programs, or name another folder; what stood there stands still"
            raise Refused(Fault(f"cannot be replaced ({fault.strerror})", remedy, str(self.folder))) from fault

    def _swap_in_two_steps(self) -> None:
        """Swap where the system cannot do so at once; what a kill in between leaves aside is put right by `stage`."""
        aside = _beside(self.folder, "old")
        self.folder.rename(aside)
        try:
            self.beside.rename(self.folder)
        except OSError:
            aside.rename(self.folder)
            raise
        shutil.rmtree(aside, ignore_errors=True)

    def drop(self) -> None:
        """Remove what was written beside."""
        shutil.rmtree(self.beside, ignore_errors=True)


def stage(folder: Path, files: Mapping[str, bytes], own: Collection[str] = ()) -> StagedFolder:
    """Write a set of files beside a folder, with a manifest of their hashes; nothing of the folder changes yet.

    What the folder holds besides an earlier set stays: an earlier set is what its manifest names, or without one the
    names in `own`. Raises `Refused`, and leaves nothing, where a file cannot be written (no room, no right), and for a
    folder that is the one in which the command runs.
    """
    check_swappable(folder)
    folder = folder.resolve()
    staged = empty_beside(folder)
    try:
        listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        manifest = (json.dumps({"files": listed}, indent=2) + "\n").encode()
        for name, content in {**files, MANIFEST: manifest}.items():
            _write(staged.beside / name, content)
        if folder.is_dir():
            _keep_others(folder, staged.beside, {*own, *_listed(folder), MANIFEST})
            shutil.copymode(folder, staged.beside)
    except OSError as fault:
        staged.drop()
        remedy = "make room on the disk, or name another folder; what stood there stands still"
        raise Refused(Fault(f"cannot be written ({fault.strerror})", remedy, str(folder))) from fault
    except BaseException:
        staged.drop()
        raise
    return staged


def check_swappable(folder: Path) -> None:
    """Refuse what is not a folder of its own, in which or beside which nothing could be written.

    >>> check_swappable(Path("a-new-folder"))
    """
    whole, here = folder.resolve(), Path.cwd().resolve()
    if whole == here or whole in here.parents:
        problem = "is the folder in which this runs, and cannot be swapped for a new one"
        raise Refused(Fault(problem, "name a folder of its own", field="out", value=folder.name or str(folder)))
    nearest = next(path for path in whole.parents if path.exists())
    for there in [nearest, *([whole] if whole.exists() else [])]:
        try:
            with TemporaryFile(dir=there):
                pass
        except OSError:
            remedy = "name a folder that is new or may be written"
            raise Refused(Fault("cannot hold the paper", remedy, field="out", value=folder.name)) from None


def empty_beside(folder: Path) -> StagedFolder:
    """Make an empty folder beside, to be filled and swapped in; put right what a killed process left there."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _put_right(folder)
        beside = _beside(folder, "new")
        beside.mkdir()
    except OSError as fault:
        remedy = "name a folder that is new or may be written"
        raise Refused(Fault(f"cannot hold what is to be written ({fault.strerror})", remedy, str(folder))) from fault
    return StagedFolder(folder, beside)


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f".{folder.name}.{os.getpid()}.{kind}")


def _put_right(folder: Path) -> None:
    """Bring back a set that a killed swap left aside, and remove what other killed processes left."""
    for left in sorted(folder.parent.glob(f".{folder.name}.*.old")):
        if not folder.exists() and not _runs(left):
            left.rename(folder)
    for left in folder.parent.glob(f".{folder.name}.*.*"):
        if left.suffix in (".old", ".new") and not _runs(left):
            shutil.rmtree(left, ignore_errors=True)


def _runs(left: Path) -> bool:
    """Tell whether the process that made a folder beside still runs; on Windows nobody can tell without harm."""
    number = left.name.split(".")[-2]
    if not number.isdigit() or int(number) == os.getpid():
        return not number.isdigit()
    if sys.platform == "win32":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _listed(folder: Path) -> list[str]:
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        return list(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])
    return []


def _keep_others(folder: Path, beside: Path, own: Collection[str]) -> None:
    """Let what is somebody else's stand in the new folder too: the same files where that is possible, else copies."""
    others = [path for path in folder.rglob("*") if path.relative_to(folder).as_posix() not in own]
    if len(others) > MOST_OTHERS:
        problem = f"holds {len(others):,} files that are not of this paper"
        raise Refused(Fault(problem, "name a folder of its own", str(folder)))
    for path in others:
        place = beside / path.relative_to(folder)
        if path.is_dir() and not path.is_symlink():
            place.mkdir(parents=True, exist_ok=True)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, place, follow_symlinks=False)
            except OSError:
                shutil.copy2(path, place, follow_symlinks=False)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
