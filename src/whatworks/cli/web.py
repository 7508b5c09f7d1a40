"""`whatworks web`: the partnership's pages on this machine, every question that a command answers among them."""

import inspect
import secrets
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import typer

from whatworks.cli.answer import taken_from
from whatworks.cli.options import FolderOption
from whatworks.cli.paper import PaperOptions
from whatworks.records.register.verb import Done, Verb

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.web.question import Field, Kind, Question, Said

PORT = 8765
OF_THE_SCREEN = {"json", "partnership", "all", "out"}
"""Options that say where an answer goes, which a page knows by itself."""
OF_A_PAPER = {field.name for field in fields(PaperOptions)}
_KINDS: "dict[Any, Kind]" = {bool: "yes", int: "number", float: "number"}


def web(
    port: Annotated[int, typer.Option(min=1024, max=65535, help="The port of this machine to serve on.")] = PORT,
    partnership: FolderOption = None,
) -> None:
    """Show the partnership's pages in a browser on this machine: papers, actions, extracts, and every question.

    Only this machine can open them, by the address that is printed, which ends in a key. Stop it with Ctrl-C.
    """
    serve_pages(partnership, port)


def serve_pages(folder: Path | None, port: int = PORT) -> None:
    """Serve a partnership's pages until interrupted; refused without the extra, or where the port is taken."""
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    here, key = Partnership.open(folder), secrets.token_urlsafe(24)
    try:
        from whatworks.web import make_site, serve
    except ImportError:
        raise Refused("the pages need more than is installed", "pip install 'whatworks[web]'") from None
    site = make_site(here, tuple(questions()), key)
    serve(site, port, lambda: typer.echo(f"Open http://127.0.0.1:{port}/start/{key}", err=True))


def questions() -> "Iterator[Question]":
    """Yield every question that a command answers and every change that one makes, in the order of the command line.

    Not those that write a file.
    """
    from whatworks.cli.app import build
    from whatworks.web.question import Question

    for path, called in _commands(build()):
        verb: Verb | None = getattr(called, "verb", None)
        unasked = OF_THE_SCREEN if verb else OF_THE_SCREEN | OF_A_PAPER
        own = [one for name, one in inspect.signature(called).parameters.items() if name not in unasked]
        written = [one for one in own if _of_file(one) and one.annotation.__metadata__[0].writable]
        if (verb is None and not hasattr(called, "answers")) or any(one.default is one.empty for one in written):
            continue
        codes = {option.name: option.codes for option in verb.options} if verb else {}
        shown = tuple(_field(one, codes.get(one.name, ())) for one in own if one not in written)
        ask, changes = partial(_asked, called), verb is not None and verb.signed
        yield Question(
            path[0],
            path[-1],
            (inspect.getdoc(called) or "").replace("`", ""),
            shown,
            ask,
            "/".join(path[1:-1]),
            changes,
        )


def _commands(app: typer.Typer, above: tuple[str, ...] = ()) -> "Iterator[tuple[tuple[str, ...], Any]]":
    """Yield each command of groups with the words that call it."""
    for command in app.registered_commands if above else ():
        called: Any = command.callback
        yield (*above, command.name or called.__name__), called
    for group in app.registered_groups:
        if group.typer_instance is not None:
            yield from _commands(group.typer_instance, (*above, str(group.name)))


def _asked(command: Any, folder: Path, values: dict[str, Any]) -> "Answer | Said":
    """Return what a command answers, or the lines that a register's verb says."""
    from whatworks.cli.register import View
    from whatworks.web.question import Said

    found = taken_from(command, folder, values)
    if isinstance(found, View):
        return Said((*found.head, *found.lines), paper=found.paper()[0] if found.paper else None)
    return Said(tuple(found.says.splitlines()), found.faults) if isinstance(found, Done) else found


def _bare(one: inspect.Parameter) -> Any:
    """Return a parameter's type without what describes it, and without None."""
    kind = get_args(one.annotation)[0] if get_origin(one.annotation) is Annotated else one.annotation
    parts = [part for part in get_args(kind) if part is not NoneType]
    return parts[0] if NoneType in get_args(kind) and len(parts) == 1 else kind


def _of_file(one: inspect.Parameter) -> bool:
    """Return whether a parameter names a file, or several."""
    return Path in (_bare(one), *get_args(_bare(one)))


def _field(one: inspect.Parameter, codes: tuple[str, ...] = ()) -> "Field":
    """Return the field of a parameter, as its option is declared; `codes` are the values that it may have.

    >>> def ask(first: Annotated[str, typer.Option("--from", help="From this day on.")] = "") -> None: ...
    >>> field = _field(inspect.signature(ask).parameters["first"])
    >>> field.label, field.hint, field.required
    ('From', 'From this day on.', False)
    """
    from whatworks.web.question import Field

    info, kind = one.annotation.__metadata__[0], _bare(one)
    flags = [str(flag) for flag in (info.default, *(info.param_decls or ())) if str(flag).startswith("--")]
    if not flags and isinstance(info, typer.models.OptionInfo):
        flags = [f"--{one.name.replace('_', '-')}"]
    name = flags[0].removeprefix("--") if flags else one.name
    choices = tuple(get_args(kind)) if get_origin(kind) is Literal else codes
    suggest = getattr(info, "autocompletion", None)
    return Field(
        name=one.name,
        flag=flags[0] if flags else "",
        label=name.replace("-", " ").replace("_", " ").capitalize(),
        hint=(info.help or "").replace("`", ""),
        kind="file"
        if _of_file(one)
        else "many"
        if get_origin(kind) is list
        else "choice"
        if choices
        else _KINDS.get(kind, "text"),
        required=one.default is inspect.Parameter.empty,
        choices=choices,
        suggested=tuple(suggest()) if suggest else (),
        default=None if one.default is inspect.Parameter.empty else one.default,
        whole=kind is int,
        several=get_origin(kind) is list,
        least=info.min,
        most=info.max,
    )
