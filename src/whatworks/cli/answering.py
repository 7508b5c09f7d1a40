"""A command as a function that returns its answer: its options, the opened store, screen, JSON and paper come to it."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from whatworks.cli.options import FolderOption, JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.told import cleared, show_told

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.telling import Telling
    from whatworks.records.engine import Engine
    from whatworks.records.partnership import Partnership

_TAKEN: "ContextVar[list[Answer] | None]" = ContextVar("taken", default=None)
"""Where answers go instead of the screen, while `answer_of` asks."""
Maker: TypeAlias = "Callable[[Telling], Answer]"
"""Makes an answer, naming of whom each figure is, so that no two papers give back a few of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The partnership that a command asks, and its store, open for reading."""

    here: "Partnership"
    store: "Engine"

    @property
    def minimum(self) -> int:
        """Counts below this are suppressed."""
        return self.here.config.settings.minimum_count


def answering(command: "Callable[..., Answer | Maker]") -> Callable[..., None]:
    """Make a command of a function that returns an `Answer`: it takes a paper's options and `--json` beside its own.

    Where its first parameter is `asked`, it takes `--partnership` too, and is given the opened store as an `Asked`. It
    may return what makes the answer beside what earlier papers told, which is then cleared and remembered.

    >>> @answering
    ... def victims(asked: Asked, by: str = "borough") -> "Answer": ...
    >>> list(inspect.signature(victims).parameters)[:3]
    ['by', 'partnership', 'out']
    """
    parameters = dict(inspect.signature(command).parameters)
    stored = parameters.pop("asked", None) is not None

    @functools.wraps(command)
    def run(*, paper: PaperOptions, json: bool, partnership: Path | None = None, **values: Any) -> None:
        paper.check()
        if not stored:
            alone: Answer = command(**values)  # type: ignore[assignment]
            show(alone, paper, json) if (taken := _TAKEN.get()) is None else taken.append(alone)
            return
        with opened_store(partnership) as (here, store):
            answer = command(Asked(here, store), **values)
        if (taken := _TAKEN.get()) is not None:
            day = here.config.as_at
            answer = cleared(answer, here, paper.command) if callable(answer) else answer
            taken.append(replace(answer, as_at=answer.as_at or day))
        elif callable(answer):
            show_told(answer, here, paper, json, here.config.as_at)
        else:
            show(answer, paper, json, here.config.as_at)

    keyword, added = inspect.Parameter.KEYWORD_ONLY, [("paper", NO_PAPER, Any), ("json", False, JsonOption)]
    own = [one.replace(kind=keyword) for one in parameters.values()]
    own += [
        inspect.Parameter(name, keyword, default=default, annotation=kind)
        for name, default, kind in [("partnership", None, FolderOption)] * stored + added
    ]
    run.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
    run.answers = True  # type: ignore[attr-defined]
    return with_paper()(run)


def answer_of(command: Callable[..., None], folder: Path, values: dict[str, Any]) -> "Answer":
    """Return what a command that answers says to these values, cleared and remembered, for a page to show."""
    taken: list[Answer] = []
    asked = {name: one.default for name, one in inspect.signature(command).parameters.items()}
    asked |= {"partnership": folder} if "partnership" in asked else {}
    before = _TAKEN.set(taken)
    try:
        command(**asked | values)
    finally:
        _TAKEN.reset(before)
    return taken[0]
