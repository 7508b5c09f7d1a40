"""The options of every command that writes a paper, and how an answer is shown: on the screen, as JSON, as a paper."""

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from whatworks.cli.answer import print_json, take
from whatworks.cli.options import read_day

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.papers.paper import Paper
    from whatworks.papers.writing import Form


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """Where a paper goes and what stands on its head; what is not given, the answer says itself."""

    out: Annotated[Path | None, typer.Option("--out", help="Write the paper into this folder.")] = None
    forms: Annotated[
        str, typer.Option("--forms", help="Which forms of the paper, separated by commas; all if not given.")
    ] = ""
    as_at: Annotated[str, typer.Option("--as-at", help="The day that the paper carries, as 2025-06-30.")] = ""
    item: Annotated[str, typer.Option("--item", help="The item of the agenda.")] = ""
    prepared_for: Annotated[str, typer.Option("--prepared-for", help="Who reads the paper.")] = ""
    command: str = ""
    """The command with what was asked for, but not where the answer goes."""

    def check(self) -> "PaperOptions":
        """Refuse forms, a day or a folder that would not do, before anything is computed: all faults at once."""
        from whatworks.records.refusal import Fault, Refused
        from whatworks.records.writing.whole_folder import check_swappable

        faults: list[Fault] = []
        for work in (self.wanted, lambda: self.day(None), lambda: check_swappable(self.out) if self.out else None):
            try:
                work()
            except Refused as refused:
                faults += refused.faults
        if faults:
            raise Refused(faults)
        return self

    def wanted(self) -> "tuple[Form, ...]":
        """Return the forms asked for, or refuse them; all where none are named."""
        from whatworks.papers.writing import FORMS, check_forms

        names = tuple(form.strip() for form in self.forms.split(",") if form.strip())
        check_forms(names)
        return tuple(form for form in FORMS if form in names) or FORMS

    def day(self, own: date | None) -> date:
        """Return the day asked for, or the answer's own, or today."""
        return read_day(self.as_at) if self.as_at else own or date.today()

    def write(self, answer: "Answer") -> list[Path]:
        """Write an answer's paper where a folder is given; return its files."""
        if self.out is None:
            return []
        return self.write_paper(answer.paper(self.day(answer.as_at)), answer.summary())

    def write_paper(self, paper: "Paper", figures: Any) -> list[Path]:
        """Write a paper where a folder is given, with the head asked for; return its files."""
        from whatworks.papers.writing import write_paper

        if self.out is None:
            return []
        head = {name: value for name in ("item", "prepared_for") if (value := getattr(self, name))}
        return write_paper(replace(paper, **head), self.out, figures, forms=self.wanted())


NO_PAPER = PaperOptions()
"""What stands in a command's signature, where `with_paper` puts its options."""


def show(answer: "Answer", paper: PaperOptions, json: bool, as_at: date | None = None) -> None:
    """Write an answer's paper if asked to, print it as lines or as the one JSON document, and name the files.

    An answer without a day of its own carries `as_at`, the partnership's.
    """
    answer = replace(answer, as_at=answer.as_at or as_at)
    written = paper.write(answer)
    if take(answer):
        return
    if json:
        print_json(answer.document())
    else:
        for line in answer.lines():
            typer.echo(line)
    name_files(written)


def name_files(written: list[Path]) -> None:
    """Name the files of a paper on stderr, so that standard output holds the answer alone."""
    for path in written:
        typer.echo(f"Paper: {path}", err=True)


Command = Callable[..., None]


def with_paper(*names: str) -> Callable[[Command], Command]:
    """Give a command the options of a paper (all, or these) in place of its parameter `paper`: it has an answer."""

    def given(command: Command) -> Command:
        run = with_options("paper", PaperOptions, *names)(command)
        run.answers = True  # type: ignore[attr-defined]
        return run

    return given


def with_options(parameter: str, kind: type, *names: str) -> Callable[[Command], Command]:
    """Give a command the options that a dataclass declares (all, or these) in place of one parameter.

    >>> @with_options("paper", PaperOptions, "out", "item")
    ... def command(file: str, paper: PaperOptions, json: bool = False) -> None: ...
    >>> list(inspect.signature(command).parameters)
    ['file', 'out', 'item', 'json']
    """
    hints = get_type_hints(kind, include_extras=True)
    declared = [one for one in fields(kind) if hasattr(hints[one.name], "__metadata__")]
    chosen = {one.name: one.default for one in declared if one.name in (names or hints)}

    def given(command: Command) -> Command:
        @functools.wraps(command)
        def run(**values: Any) -> None:
            options = {name: values.pop(name) for name in chosen if name in values}
            known = {"command": _words(command, values)} if "command" in hints else {}
            command(**values, **{parameter: kind(**options, **known)})

        signature, parameters = inspect.signature(command, eval_str=True), []
        for one in signature.parameters.values():
            if one.name != parameter:
                parameters.append(one)
                continue
            parameters += [
                inspect.Parameter(name, one.kind, default=default, annotation=hints[name])
                for name, default in chosen.items()
            ]
        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return given


def _words(command: Callable[..., None], values: dict[str, Any]) -> str:
    """Return a command as it is typed, without folders, and without what says nothing of the question."""
    words = [*command.__module__.split(".")[2:3], command.__name__]
    for name, annotation, value, default in _given(command, values):
        if name in ("json", "partnership", "paper") or value in (None, "", default):
            continue
        info = annotation.__metadata__[0]
        if isinstance(info, typer.models.OptionInfo):
            flags = (flag for flag in (info.default, *(info.param_decls or ())) if str(flag).startswith("--"))
            words.append(next(map(str, flags), f"--{name.replace('_', '-')}"))
        words.append(Path(str(value)).name)
    return " ".join(words)


def _given(command: Callable[..., None], values: dict[str, Any]) -> Iterator[tuple[str, Any, Any, Any]]:
    """Yield name, annotation, value and default of each parameter, and of each option of a bundle."""
    for name, one in inspect.signature(command, eval_str=True).parameters.items():
        value = values.get(name)
        if is_dataclass(value) and not isinstance(value, type):
            hints = get_type_hints(type(value), include_extras=True)
            yield from (
                (part.name, hints[part.name], getattr(value, part.name), part.default) for part in fields(value)
            )
        else:
            yield name, one.annotation, value, one.default
