"""Swap a set of files in, in a process that is killed at one step; run by test_whole_folder.py in a process of its own.

Arguments: the folder, at which step to be killed (0: never), and whether folders can be exchanged at once.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whatworks.records.writing import whole_folder

moment, kill_at = 0, int(sys.argv[2])


def mortal(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the call with two moments at which the process may die: before it and after it."""

    def instead(*given: Any, **named: Any) -> Any:
        pass_moment()
        done = call(*given, **named)
        pass_moment()
        return done

    return instead


def pass_moment() -> None:
    global moment
    moment += 1
    if moment == kill_at:
        os.kill(os.getpid(), signal.SIGKILL)


os.fsync, os.link, os.mkdir, os.rename = map(mortal, (os.fsync, os.link, os.mkdir, os.rename))  # type: ignore[assignment]
shutil.rmtree = mortal(shutil.rmtree)  # type: ignore[assignment]
Path.rename, Path.mkdir = mortal(Path.rename), mortal(Path.mkdir)  # type: ignore[method-assign]
at_once = mortal(whole_folder.exchange)
whole_folder.exchange = at_once if sys.argv[3] == "at once" else lambda one, other: False
files = {"paper.html": b"new paper", "summary.json": b"{}"}
whole_folder.stage(Path(sys.argv[1]), files).swap_in()
print(moment)
