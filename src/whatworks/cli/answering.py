"""A command as a function that returns its answer: its options, the opened store, screen, JSON and paper come to it."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import typer

from whatworks.cli.answer import View, print_json, take
from whatworks.cli.options import LONGEST_LINE, FolderOption, JsonOption, printable
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper
from whatworks.cli.place import opened_store
from whatworks.cli.told import show_told

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.records.audit.reader import Reader
    from whatworks.records.audit.telling import Telling
    from whatworks.records.engine import Engine
    from whatworks.records.partnership import Partnership

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


def shown_to(reader: "Reader", answer: "Answer | Maker") -> "Answer | Maker":
    """Return an answer as a reader may have it: at `official` what is suppressed beside earlier papers, and no more.

    One that names no people to be suppressed beside others is refused at that tier.
    """
    from whatworks.records.audit.reader import refuse_unless_cleared

    if reader.tier != "official":
        return answer
    if not callable(answer):
        refuse_unless_cleared(reader)
    make: Maker = answer  # type: ignore[assignment]
    return lambda told: replace(make(told), restricted=None)


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
            show(command(**values), paper, json)  # type: ignore[arg-type]
            return
        from whatworks.records.audit.reader import present_reader

        with opened_store(partnership, suppressed=True) as (here, store):
            answer = shown_to(present_reader(store), command(Asked(here, store), **values))
        if callable(answer):
            show_told(answer, here, paper, json)
        else:
            show(answer, paper, json, here.config.as_at)

    keyword, added = inspect.Parameter.KEYWORD_ONLY, [("paper", NO_PAPER, Any), ("json", False, JsonOption)]
    own = [one.replace(kind=keyword) for one in parameters.values()]
    own += [
        inspect.Parameter(name, keyword, default=default, annotation=kind)
        for name, default, kind in [("partnership", None, FolderOption)] * stored + added
    ]
    run.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
    return with_paper()(run)


def saying(changes: bool = False) -> Callable[[Callable[..., View]], Callable[..., None]]:
    """Make a command of a function that returns what is to be said: it takes `--json`, and its lines go on the screen.

    `changes` says whether it changes what is held, so that a page asks by a form that is sent, and answers once.

    >>> @saying()
    ... def count(of: str) -> View: return View({"of": of}, [f"All {of}."])
    >>> count(of="rows", json=False)
    All rows.
    """

    def made(command: Callable[..., View]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(*, json: bool = False, **values: Any) -> None:
            from whatworks.records.refusal import Refused

            view = command(**values)
            if take(view):
                return
            if json:
                print_json(view.answer)
            for line in () if json else (*view.head, *view.lines):
                typer.echo(printable(line, LONGEST_LINE))
            if view.faults:
                raise Refused(view.faults)

        keyword = inspect.Parameter.KEYWORD_ONLY
        own = [one.replace(kind=keyword) for one in inspect.signature(command).parameters.values()]
        own.append(inspect.Parameter("json", keyword, default=False, annotation=JsonOption))
        run.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
        run.answers, run.changes = True, changes  # type: ignore[attr-defined]
        return run

    return made
