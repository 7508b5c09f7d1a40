"""`whatworks web`: the partnership's pages on this machine, every question that a command answers among them."""

import inspect
import secrets
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import typer

from whatworks.cli.answer import View, taken_from
from whatworks.cli.options import OR_FILE, FolderOption, Written
from whatworks.cli.paper import PaperOptions
from whatworks.records.register.verb import Done, Verb

if TYPE_CHECKING:
    from whatworks.papers.answer import Answer
    from whatworks.web.question import Field, Kind, Question, Said

PORT = 8765
OF_THE_SCREEN = {"json", "partnership", "all", "out", "schema", "everything"}
"""Options that say where an answer goes, which a page knows by itself, or that only a terminal has a use for."""
ONLY_A_TERMINAL = {
    "init": "there is no partnership yet whose pages could be shown",
    "simulate": "it makes a new folder on this machine",
    "demo": "it makes a new folder on this machine, and opens its pages with --web",
    "web": "it serves the pages",
    "pack": "it writes into the partnership's folder what its pages show already",
    "import": "it is long: it runs in the background",
    "evaluate": "it is long: it runs in the background",
    "protocol lock": "it is long: it runs in the background",
    "protocol look": "it measures everybody: it runs in the background",
    "protocol new": "a person answers it in a text file",
    "link check": "it writes a sheet for each judge, in a folder",
    "combine": "it reads results that never leave this machine",
    "power": "it is of no partnership",
    "mapping suggest": "what it drafts is edited as a file beside the extract",
    "board read": "it is long where a folder is read",
    "sharing subject": "all that is held of a person goes to the data protection officer, by hand",
    "sharing erase": "it cannot be undone, and rewrites the store",
}
"""Commands without a page, each with the reason; every other command has one."""
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
    """Yield every question that a command answers and every change that one makes, in the order of the command line."""
    from whatworks.cli.app import build
    from whatworks.web.question import Question

    for path, called in _commands(build()):
        verb: Verb | None = getattr(called, "verb", None)
        parameters = inspect.signature(called).parameters
        written = {name: ending for name, one in parameters.items() if (ending := _ending(one)) is not None}
        needed = {
            name: ending for name, ending in written.items() if parameters[name].default is inspect.Parameter.empty
        }
        if " ".join(path) in ONLY_A_TERMINAL:
            continue
        unasked = OF_THE_SCREEN | written.keys() | (set() if verb or "paper" not in parameters else OF_A_PAPER)
        codes = {option.name: option.codes for option in verb.options} if verb else {}
        shown = tuple(_field(one, codes.get(name, ())) for name, one in parameters.items() if name not in unasked)
        ask = partial(_asked, called, {name: f"{'-'.join(path)}{ending}" for name, ending in needed.items()})
        changes = verb.signed if verb else getattr(called, "changes", False)
        yield Question(
            path[0] if len(path) > 1 else called.__module__.split(".")[2],
            path[-1],
            (inspect.getdoc(called) or "").replace("`", ""),
            shown,
            ask,
            "/".join(path[1:-1]),
            changes,
            bool(needed),
        )


def _commands(app: typer.Typer, above: tuple[str, ...] = ()) -> "Iterator[tuple[tuple[str, ...], Any]]":
    """Yield each command of groups with the words that call it."""
    for command in app.registered_commands:
        called: Any = command.callback
        yield (*above, command.name or called.__name__), called
    for group in app.registered_groups:
        if group.typer_instance is not None:
            yield from _commands(group.typer_instance, (*above, str(group.name)))


def _asked(command: Any, writes: dict[str, str], folder: Path, values: dict[str, Any]) -> "Answer | Said":
    """Return what a command answers, or the lines that it says with the files that it writes, by their names."""
    from whatworks.web.question import Said

    with TemporaryDirectory(prefix="whatworks-web-") as place:
        written = {name: Path(place, file) for name, file in writes.items()}
        found, told = taken_from(command, folder, {**values, **written})
        paths = [path for path in sorted(Path(place).rglob("*")) if path.is_file()]
        files = tuple((path.relative_to(place).as_posix(), path.read_bytes()) for path in paths)
    notes = tuple(told)
    if isinstance(found, View):
        paper = found.paper()[0] if found.paper else None
        return Said((*found.head, *found.lines), tuple(found.faults), paper, notes, files)
    if isinstance(found, Done):
        return Said(tuple(found.says.splitlines()), found.faults, None, notes, files)
    answer: Answer = replace(found, notice=" ".join(filter(None, (found.notice, *notes))))
    return answer


def _ending(one: inspect.Parameter) -> str | None:
    """Return the ending of the file that a parameter names to be written; None where it names none."""
    marks = getattr(one.annotation, "__metadata__", ())
    return next((mark.ending for mark in marks if isinstance(mark, Written)), None)


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
        or_file=OR_FILE in one.annotation.__metadata__,
    )
