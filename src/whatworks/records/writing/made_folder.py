"""Make a folder anew only where all that it holds was made by the same hand and has not changed since."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import write_whole
from whatworks.records.writing.whole_folder import check_swappable, empty_beside

MADE = "made.json"
SHOWN = 5


@contextmanager
def made_anew(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when all is done it stands as `folder`, in place of what was made so before.

    Refused where `folder` holds anything that was not made so, or that was changed since. Whatever goes wrong, what
    stood there stands.
    """
    check_swappable(folder)
    check_all_made(folder)
    staged = empty_beside(folder.resolve())
    try:
        yield staged.beside
        write_whole(staged.beside / MADE, json.dumps({"files": _hashes(staged.beside)}, indent=2) + "\n")
    except BaseException:
        staged.drop()
        raise
    check_all_made(folder)
    staged.swap_in()


def check_all_made(folder: Path) -> None:
    """Refuse a folder that holds anything else than what `made_anew` made, as it made it."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Refused(Fault("is a file", "name a new folder", str(folder)))
    try:
        listed = json.loads((folder / MADE).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        listed = {}
    here = _hashes(folder)
    others = sorted(name for name, sha256 in here.items() if listed.get(name) != sha256)
    if others:
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        problem = f"holds what was not made by this command, or was changed since: {', '.join(others[:SHOWN])}{more}"
        raise Refused(Fault(problem, "name a new folder, or delete this one yourself", str(folder)))


def _hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file but the list itself; a link counts by its target, an empty folder by its name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_dir():
            if not any(path.iterdir()):
                found[f"{name}/"] = "empty"
        elif name != MADE:
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
