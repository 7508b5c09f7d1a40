"""Turn the declared verbs of a register into commands: one loop adds who, when, why, the store, paper and JSON."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import View, print_json, take
from whatworks.cli.options import LONGEST_LINE, FolderOption, JsonOption, Written, printable, read_day
from whatworks.records.register.verb import NUMBER, TAKEN_AWAY, Entity, Verb, VerbOption, call, perform, unknown_code
from whatworks.records.showing.beginning import beginning

if TYPE_CHECKING:
    from whatworks.papers.paper import Paper
    from whatworks.records.partnership import Partnership
    from whatworks.records.register.entry import Author
    from whatworks.records.register.ledger import Connection, Ledger

ON = VerbOption("on", "The day it is about, as 2025-06-30; today if not given.")
OUT = VerbOption("out", "Also write it as a paper, in every form, to a folder.", Path)
BY = VerbOption("by", "Who makes the change.", required=True)
WHY = VerbOption("why", "Why.")
ALL = VerbOption("all", "Everything, not only what one screen holds.", bool, default=False)
PLAIN = (str, int, float, bool, Path)
"""Kinds of values that the parser of the command line reads itself."""
SCREEN_LINES, SCREEN_WIDTH = 22, 160
"""What is shown of an answer unless everything is asked for."""


@dataclass(frozen=True, slots=True)
class RegisterHome:
    """Where a register lies: its ledger (`package.module:NAME`), and what to say where it holds nothing yet."""

    ledger: str
    empty: str
    remedy: str

    def load(self) -> "Ledger":
        """Return the ledger."""
        module, _, name = self.ledger.partition(":")
        found: Ledger = getattr(import_module(module), name)
        return found


@dataclass(frozen=True, slots=True)
class Desk:
    """An open register, the partnership that it belongs to, and the day that a question is about."""

    connection: "Connection"
    ledger: "Ledger"
    partnership: "Partnership"
    on: date

    @property
    def minimum_count(self) -> int:
        """Smaller counts of people are withheld."""
        return self.partnership.config.settings.minimum_count

    @property
    def name(self) -> str:
        """The partnership's name."""
        return self.partnership.config.name


@contextmanager
def open_register(home: RegisterHome, folder: Path | None, on: date, *, writing: bool = False) -> "Iterator[Desk]":
    """Open the register for reading, or in one transaction for writing; refused where nothing was entered yet.

    One that an earlier version made gets the tables and columns that have been declared since.
    """
    from whatworks.records.partnership import Partnership
    from whatworks.records.refusal import Refused

    here, ledger = Partnership.open(folder), home.load()
    if not writing:
        if not here.has_store:
            raise Refused(home.empty, home.remedy)
        with here.open_store(read_only=True) as store:
            begun, ready = ledger.is_begun(store), ledger.is_ready(store)
            if begun and ready:
                yield Desk(store, ledger, here, on)
                return
        if not begun:
            raise Refused(home.empty, home.remedy)
        with here.open_store() as store:
            ledger.make_ready(store)
    with here.open_store(read_only=not writing) as store:
        if writing:
            ledger.make_ready(store)
        with store.transaction() if writing else nullcontext():
            yield Desk(store, ledger, here, on)


def add_verbs(group: typer.Typer, home: RegisterHome, verbs: Sequence[Verb]) -> None:
    """Add verbs to a group, each below its entity; `list` and `show` come by themselves where none is declared.

    Verbs of an entity without a name stand in the group itself, and so first in its help.
    """
    for verb in verbs:
        if not verb.entity.name:
            group.command(verb.name)(_command(home, verb))
    for entity in dict.fromkeys(verb.entity for verb in verbs if verb.entity.name):
        own = [verb for verb in verbs if verb.entity == entity]
        names = {verb.name for verb in own}
        kept = entity.is_kept and any(verb.signed for verb in own)
        free = (*([_list(entity)] if kept and entity.is_listed else []), *([_show(entity)] if kept else []))
        below = typer.Typer(help=entity.help, no_args_is_help=True)
        for verb in (*(each for each in free if each.name not in names), *own):
            below.command(verb.name)(_command(home, verb))
        group.add_typer(below, name=entity.name)


def say(text: str) -> None:
    """Print a line, whatever stands in it."""
    typer.echo(printable(text, LONGEST_LINE))


def one_screen(lines: Iterable[str], most: int = SCREEN_LINES) -> list[str]:
    """Return the lines of the first entries that one screen holds, cut to its width, and how many entries are left.

    >>> one_screen(["a", "    of a", "b", "c"], 3)
    ['a', '    of a', 'b', '1 more: --all shows everything']
    """
    entries: list[list[str]] = []
    for line in lines:
        if line.startswith("    ") and entries:
            entries[-1].append(line)
        else:
            entries.append([line])
    shown: list[str] = []
    for at, entry in enumerate(entries):
        if at and len(shown) + len(entry) > most:
            return [*shown, f"{len(entries) - at} more: --all shows everything"]
        shown += [beginning(line, SCREEN_WIDTH) for line in entry]
    return shown


def today() -> date:
    """Return the day on which a command is given: nobody names another where something is permitted or expires."""
    return date.today()


def author_of(by: str, on: str, why: str) -> "Author":
    """Return who changes the register; refused without a name, or for a day that lies ahead."""
    from whatworks.records.refusal import Fault, Refused
    from whatworks.records.register.entry import Author

    if not by.strip():
        raise Refused(Fault("is empty", "say who makes the change", field="--by"))
    return Author(by.strip(), read_day(on, latest=today()) if on else today(), why.strip() or None, today=today())


def write_out(paper: "Paper", out: Path, figures: Any, *, quiet: bool) -> None:
    """Write a paper in every form; its files are named unless `quiet`."""
    import dataclasses
    import json

    from whatworks.cli.paper import PaperOptions
    from whatworks.records.refusal import Refused

    def plain(value: Any) -> Any:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return str(value)

    try:
        written = PaperOptions(out).write_paper(paper, json.loads(json.dumps(figures, default=plain)))
    except OSError as fault:
        raise Refused(f"{out} cannot be written", "name a folder that is new or may be written") from fault
    for path in written if not quiet else ():
        typer.echo(str(path))


def _command(home: RegisterHome, verb: Verb) -> Callable[..., None]:
    """Return the function of a command, with the parameters that a verb's options and its kind ask for."""
    options = list(verb.options)
    if verb.signed:
        options += [BY, replace(WHY, help=verb.why, required=True) if verb.why else WHY, *([ON] if verb.dated else [])]
    elif verb.name != "show":
        options += [ALL]

    parameters = [_parameter(option) for option in options]
    parameters += [_keyword("partnership", FolderOption, None), _keyword("json", JsonOption, False)]
    required = [each for each in parameters if each.default is each.empty]
    ordered = [*required, *(each for each in parameters if each.default is not each.empty)]

    def command(**given: Any) -> None:
        folder, json = given.pop("partnership"), given.pop("json")
        _run(home, verb, {option.name: option for option in options}, given, folder, json)

    command.__doc__ = verb.help
    command.__name__ = verb.name
    command.verb = verb  # type: ignore[attr-defined]
    command.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in ordered}
    return command


def _run(
    home: RegisterHome,
    verb: Verb,
    options: Mapping[str, VerbOption],
    given: dict[str, Any],
    folder: Path | None,
    json: bool,
) -> None:
    from whatworks.records.refusal import Refused

    signed_by = {name: given.pop(name) or "" for name in ("by", "why") if verb.signed}
    on_text, out, whole = given.pop("on", None) or "", given.pop("out", None), given.pop("all", True)
    values = _values(options, given)
    on = read_day(on_text) if on_text else today()
    if verb.signed:
        author = author_of(signed_by["by"], on_text, signed_by["why"])
        with open_register(home, folder, on, writing=True) as desk:
            done = perform(verb, desk.ledger, desk.connection, author, values, datetime.now(UTC), desk.partnership)
        if take(done):
            return
        if json:
            print_json({**_named(verb), "number": done.number, "changed": done.changed, "says": done.says, **done.more})
        else:
            for line in done.says.splitlines():
                say(line)
        if done.faults:
            raise Refused(done.faults)
        return
    opened = open_register(home, folder, on, writing=verb.writes) if verb.opens else nullcontext()
    with opened as desk:
        offered = {"on": on, "folder": folder, "out": out}
        if desk is not None:
            offered |= {"desk": desk, "connection": desk.connection, "ledger": desk.ledger}
        view = call(verb.function(), offered, values)
    show_view(_named(verb), view, out, json=json, whole=whole)


def show_view(named: Mapping[str, str], view: View, out: Path | None, *, json: bool, whole: bool) -> None:
    """Print a view, one screen of it or the `whole`, or as one JSON document; and write its paper to `out`."""
    if out is not None and view.paper is not None:
        paper, figures = view.paper()
        write_out(paper, out, figures, quiet=json)
    if take(view):
        return
    if json:
        answer = view.answer if isinstance(view.answer, dict) else {"rows": view.answer}
        print_json({**named, **answer})
        return
    for line in (*view.head, *(view.lines if whole else one_screen(view.lines))):
        say(line)


def _named(verb: Verb) -> dict[str, str]:
    return {"thing": verb.entity.name, "verb": verb.name} if verb.entity.name else {"verb": verb.name}


def _values(options: Mapping[str, VerbOption], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given, read as each option says; refuse all that cannot be read, at once and by option."""
    from whatworks.records.refusal import Refused

    values, faults = {}, []
    for name, value in given.items():
        option = options[name]
        if value is None or (value == "" and not option.required):
            continue
        try:
            values[name] = _read(option, value)
        except Refused as refused:
            faults += [replace(fault, field=fault.field or option.shown) for fault in refused.faults]
    if faults:
        raise Refused(faults)
    return values


def _read(option: VerbOption, value: Any) -> Any:
    """Return a value as its option reads it, or refuse it; what is to be taken away stays `none`."""
    from whatworks.records.refusal import Refused

    if option.codes and value not in option.codes:
        raise Refused(unknown_code(option.shown, str(value), option.codes))
    if option.kind is date:
        return value if value == TAKEN_AWAY else read_day(value)
    return value if option.kind in PLAIN else option.kind(value)


def _parameter(option: VerbOption) -> inspect.Parameter:
    kind: Any = option.kind if option.kind in PLAIN else str
    if option.many:
        kind = list[kind]
    codes = f" One of: {', '.join(option.codes)}." if option.codes else ""
    settings: dict[str, Any] = {"help": option.help + codes}
    if option.least is not None or option.most is not None:
        settings |= {"min": option.least, "max": option.most}
    written = Written(option.writes)
    if option.argument:
        return _keyword(option.name, Annotated[kind, typer.Argument(**settings), written], _default(option))
    made = typer.Option(*(option.flags or (option.flag,)), **settings)
    if not option.required and option.default is None:
        kind = kind | None
    return _keyword(option.name, Annotated[kind, made, written], _default(option))


def _default(option: VerbOption) -> Any:
    return inspect.Parameter.empty if option.required else option.default


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _list(entity: Entity) -> Verb:
    def rows(desk: Desk) -> View:
        from whatworks.records.register.showing import row_lines

        found = desk.ledger.rows(desk.connection, entity.rows)
        return View(found, [line for row in found for line in row_lines(row)] or ["None is held."])

    return Verb(entity, "list", f"Show every {entity.name}.", rows, signed=False)


def _show(entity: Entity) -> Verb:
    def row(desk: Desk, number: int) -> View:
        from whatworks.records.register.showing import history_lines, row_lines, row_with_history

        found = row_with_history(desk.ledger, desk.connection, entity.rows, number)
        return View(found, [*row_lines(found["row"]), *history_lines(found["history"])])

    sentence = "Show one with its whole history: who changed what, when, why, and what stood before."
    return Verb(entity, "show", sentence, row, (NUMBER,), signed=False)
