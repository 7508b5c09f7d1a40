"""What does a paper say, line by line and cell by cell?

`read_document` opens text, HTML, Word, PDF, CSV, Excel and OpenDocument files and returns a `Document`: its lines as
they stand and its tables as `Grid`s, each cell with its lines. It opens files and judges nothing: what the lines mean
is for the rooms above. Files that cannot be read are refused with a sentence; those read in part say so in `partial`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from whatworks.records.documents.document import Cell, Document, Grid, Line

if TYPE_CHECKING:
    from whatworks.records.documents.opening import read_document

__all__ = ["Cell", "Document", "Grid", "Line", "read_document"]


def __getattr__(name: str) -> Any:
    """Import the reader when it is first asked for: it loads the libraries of each form late."""
    if name != "read_document":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.opening").read_document
