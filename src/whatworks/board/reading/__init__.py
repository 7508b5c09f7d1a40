"""What does this paper say? Rules and lists of words, no language model: the same text gives the same record.

`read_paper` turns a `Document` into a `Parsed`; `read_papers` does so for each meeting where a file holds several;
`check_draft` lists what a careful secretary would catch before minutes go out; `as_json` is the published form.
"""

from typing import TYPE_CHECKING

from whatworks.records.lazy_names import lazy_names

if TYPE_CHECKING:
    from whatworks.board.reading.draft import check_draft
    from whatworks.board.reading.paper import as_json, read_paper, read_papers
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "draft": ["check_draft"],
            "paper": ["as_json", "read_paper", "read_papers"],
        },
    )

__all__ = ["as_json", "check_draft", "read_paper", "read_papers"]
