"""Let two folders change places at once, where the system can."""

import ctypes
import os
import sys
from pathlib import Path

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
