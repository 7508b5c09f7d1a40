"""Give a room public names that cost nothing until they are asked for, so that `whatworks --help` stays quick."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any


def lazy_names(room: str, homes: Mapping[str, Sequence[str]]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the `__getattr__` and `__dir__` of a room, a package whose modules are imported at the first need.

    `room` is the package's `__name__`; `homes` says which names each of its modules defines. A room calls this in the
    `else` of `if TYPE_CHECKING:`, under which it imports the same names for type checkers. Where a name is also that of
    one of the room's modules, the room keeps the name: importing the module does not put it there.

    >>> ask, names = lazy_names("json", {"decoder": ["JSONDecodeError"]})
    >>> ask("JSONDecodeError").__name__, "JSONDecodeError" in names()
    ('JSONDecodeError', True)
    >>> ask("nonsense")
    Traceback (most recent call last):
    AttributeError: module 'json' has no attribute 'nonsense'
    """
    home_of = {name: f"{room}.{module}" for module, names in homes.items() for name in names}

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

    return ask, names
