"""Show an answer about people whom earlier papers may have told of: cleared beside them, and remembered in the book."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from whatworks.cli.paper import PaperOptions, show

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling
    from whatworks.records.partnership import Partnership


def show_told(make: "Callable[[Telling], Answer]", here: "Partnership | None", paper: PaperOptions, json: bool) -> None:
    """Show what `make` answers, with all withheld that would give back few beside earlier answers.

    Outside a partnership there are none, and nothing is remembered. Whatever is shown is taken to have left: on the
    screen, as JSON, as a paper. JSON that is restricted stays, as an evaluation's `result.json` does; it holds every
    figure, and is not remembered.
    """
    from whatworks.records.audit.telling import Telling

    bare = make(Telling()) if here is None or (json and paper.out is None) else None
    if bare is not None and (here is None or bare.restricted is not None):
        show(bare, paper, json, None if here is None else here.config.as_at)
    elif here is not None:
        show(cleared(make, here, paper.command), paper, json, here.config.as_at)


def cleared(make: "Callable[[Telling], Answer]", here: "Partnership", words: str) -> "Answer":
    """Return an answer cleared beside what the partnership's book remembers, which then remembers this one."""
    from whatworks.papers.disclosure.told_answer import clear
    from whatworks.records.audit.store_book import StoreBook

    with here.open_store(suppressed=True) as store:
        return clear(make, StoreBook(store), here.config.settings.minimum_count, words, date.today().isoformat())
