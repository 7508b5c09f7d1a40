"""What does this paper say? Rules and lists of words, no language model: the same text gives the same record.

`read_paper` turns a `Document` into a `Parsed`; `read_papers` does so for each meeting where a file holds several;
`check_draft` lists what a careful secretary would catch before minutes go out; `as_json` is the published form.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.board.reading.draft import check_draft
    from whatworks.board.reading.json_form import as_json
    from whatworks.board.reading.paper import read_paper, read_papers

__all__ = ["as_json", "check_draft", "read_paper", "read_papers"]
_HOMES = {"read_paper": "paper", "read_papers": "paper", "check_draft": "draft", "as_json": "json_form"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
