"""What do the agencies hold, is it sound, and where did each row come from?

The ground floor of the house. `import_file` takes an agency's file into the `Store`, keeping or quarantining every
record; `load_frames` takes frames that are clean already; `sources` says what the store rests on. The tables are
declared once in `tables.py`, by the base class `Table`, from which the store, the checks and the data dictionary come.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.records.importing import ImportReport, import_file
    from whatworks.records.load import load_frames
    from whatworks.records.provenance import sources
    from whatworks.records.refusal import Fault, Refused
    from whatworks.records.store import Store

__all__ = ["Fault", "ImportReport", "Refused", "Store", "import_file", "load_frames", "sources"]

_HOMES = {
    "Fault": "refusal",
    "ImportReport": "importing",
    "Refused": "refusal",
    "Store": "store",
    "import_file": "importing",
    "load_frames": "load",
    "sources": "provenance",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `whatworks --help` loads no heavy library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
