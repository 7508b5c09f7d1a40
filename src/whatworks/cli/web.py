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

from whatworks.cli.options import FolderOption
from whatworks.cli.paper import PaperOptions

if TYPE_CHECKING:
    from whatworks.web.question import Field, Question

PORT = 8765
OF_THE_SCREEN = {"json", "partnership", *(field.name for field in fields(PaperOptions))}
"""Options that say where an answer goes, which a page knows by itself."""


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
    """Yield every question that a command answers, in the order of the command line; not those that need a file."""
    from whatworks.cli.answering import answer_of
    from whatworks.cli.app import build
    from whatworks.web.question import Question

    for group in build().registered_groups:
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            called: Any = command.callback
            own = [one for name, one in inspect.signature(called).parameters.items() if name not in OF_THE_SCREEN]
            files = [one for one in own if _bare(one) is Path]
            if not hasattr(called, "answers") or any(one.default is one.empty for one in files):
                continue
            shown = tuple(_field(one) for one in own if one not in files)
            name, ask = command.name or called.__name__, partial(answer_of, called)
            yield Question(str(group.name), name, inspect.getdoc(called) or "", shown, ask)


def _bare(one: inspect.Parameter) -> Any:
    """Return a parameter's type without what describes it, and without None."""
    kind = get_args(one.annotation)[0] if get_origin(one.annotation) is Annotated else one.annotation
    parts = [part for part in get_args(kind) if part is not NoneType]
    return parts[0] if NoneType in get_args(kind) and len(parts) == 1 else kind


def _field(one: inspect.Parameter) -> "Field":
    """Return the field of a parameter, as its option is declared.

    >>> def ask(first: Annotated[str, typer.Option("--from", help="From this day on.")] = "") -> None: ...
    >>> field = _field(inspect.signature(ask).parameters["first"])
    >>> field.label, field.hint, field.required
    ('From', 'From this day on.', False)
    """
    from whatworks.web.question import Field

    info, kind = one.annotation.__metadata__[0], _bare(one)
    flags = [str(flag) for flag in (info.default, *(info.param_decls or ())) if str(flag).startswith("--")]
    name = flags[0].removeprefix("--") if flags else one.name
    choices = tuple(get_args(kind)) if get_origin(kind) is Literal else ()
    suggest = getattr(info, "autocompletion", None)
    return Field(
        name=one.name,
        flag=flags[0] if flags else "",
        label=name.replace("-", " ").replace("_", " ").capitalize(),
        hint=info.help or "",
        kind="choice" if choices else "yes" if kind is bool else "number" if kind in (int, float) else "text",
        required=one.default is inspect.Parameter.empty,
        choices=choices,
        suggested=tuple(suggest()) if suggest else (),
        default=None if one.default is inspect.Parameter.empty else one.default,
        whole=kind is int,
        least=info.min,
        most=info.max,
    )
