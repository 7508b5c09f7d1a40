"""Give a room public names that cost nothing until they are asked for, so that `whatworks --help` stays quick."""

import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

_IMPORT = re.compile(r"^from (\S+) import ((?:[^\n(]+|\([^)]*\)))$", re.MULTILINE)


def lazy_names(room: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return the `__getattr__`, `__dir__` and `__all__` of a room, whose modules are imported at the first need.

    `room` is the package's `__name__`. Its stub `__init__.pyi` is the one list of its names, each as `from whatworks.x
    import Name as Name`, and what type checkers read. Where a name is also that of one of the room's modules, the room
    keeps the name: importing the module does not put it there.

    >>> ask, names, public = lazy_names("whatworks.records")
    >>> ask("Refused").__name__, "Refused" in names(), "Refused" in public
    ('Refused', True, True)
    >>> ask("nonsense")
    Traceback (most recent call last):
    AttributeError: module 'whatworks.records' has no attribute 'nonsense'
    """
    stub = Path(str(sys.modules[room].__file__)).with_suffix(".pyi").read_text("utf-8")
    home_of = {name: home for home, names in _IMPORT.findall(stub) for name in re.findall(r"(\w+) as \1\b", names)}

    class Room(ModuleType):
        def __setattr__(self, name: str, value: Any) -> None:
            if not (name in home_of and isinstance(value, ModuleType)):
                super().__setattr__(name, value)

    sys.modules[room].__class__ = Room

    def ask(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[room], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[room]), *home_of})

    return ask, names, sorted(home_of)
