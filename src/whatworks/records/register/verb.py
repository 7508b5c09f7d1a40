"""Declare what can be done with the rows of a register: each verb once, for every face that offers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from whatworks.records.refusal import Fault, Refused

if TYPE_CHECKING:
    from whatworks.records.partnership import Partnership
    from whatworks.records.register.entry import Author
    from whatworks.records.register.ledger import Connection, Ledger

TAKEN_AWAY = "none"
"""What is given for a value that is to be null from now on."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What a register keeps, by the word that commands use: a promise is an `action`. `table` has its rows.

    What is no row of a table, such as a sheet that goes out, is not kept (`is_kept`). What has a command of its own
    that lists it is not listed again (`is_listed`).
    """

    name: str
    help: str
    table: str = ""
    is_kept: bool = True
    is_listed: bool = True

    @property
    def rows(self) -> str:
        """The table's name without the register's prefix."""
        return self.table or self.name


@dataclass(frozen=True, slots=True)
class VerbOption:
    """What a verb asks for: the parameter of its function, or the column that it sets, with its words for help.

    `kind` is str, int, float, bool, a date, a `Path`, or a function that reads text; `flags` are given where they are
    not `--name`. An option may be given by its place (`argument`), several times (`many`), or from a list (`codes`). A
    path may name what the verb `writes`: a file of this ending, or a folder where the ending is empty.
    """

    name: str
    help: str
    kind: Callable[..., Any] = str
    required: bool = False
    argument: bool = False
    many: bool = False
    flags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    default: Any = None
    least: int | None = None
    most: int | None = None
    writes: str | None = None

    @property
    def flag(self) -> str:
        """What a command calls it.

        >>> VerbOption("finish_test", "What must be so for it to end.").flag
        '--finish-test'
        """
        return self.flags[0] if self.flags else f"--{self.name.replace('_', '-')}"

    @property
    def shown(self) -> str:
        """What a message calls it: its flag, or its name where it is given by its place."""
        return self.name if self.argument else self.flag


NUMBER = VerbOption("number", "Its number, as the list shows it.", int, required=True, argument=True)
"""Which row a verb is about."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that is done with an entity: its name, its sentence for help, the function that does it, its options.

    `does` is a function, or where it lies (`package.module:function`), so that it is imported when it is needed. It
    gets what its parameters name: `connection`, `ledger`, the `author` of a signed verb, `here` (its partnership; None
    where there is none), the `kind` of rows (the
    table's name), and the options that were given. A signed verb changes the register, and its author is kept; `why` is
    said where the reason must be given. Without `does`, it sets the columns that its options name, in the row of its
    `number`. `act` is what the audit calls it (one of `ACTS`): a signed look is `consulted`. One that is not
    `dated` is of the day on which it is done.
    """

    entity: Entity
    name: str
    help: str
    does: str | Callable[..., Any] | None = None
    options: tuple[VerbOption, ...] = ()
    signed: bool = True
    writes: bool = False
    opens: bool = True
    why: str = ""
    act: str = "changed"
    dated: bool = True

    def function(self) -> Callable[..., Any]:
        """Return the function that does it."""
        if isinstance(self.does, str):
            module, _, name = self.does.partition(":")
            found: Callable[..., Any] = getattr(import_module(module), name)
            return found
        return self.does if self.does is not None else set_columns


@dataclass(frozen=True, slots=True)
class Done:
    """What a signed verb did: the row's number, the columns that changed (`*` for a new row), and a sentence.

    `faults` say what of it was left undone, though the rest is done: the command tells them, and ends as refused.
    `people` are those whom it touched or named, as (organisation_id, person_id): the audit names them by a reference.
    `kept` is what the audit keeps of it beside, and names nobody.
    """

    says: str
    number: int | None = None
    changed: tuple[str, ...] = ()
    more: Mapping[str, Any] = dataclass_field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    kept: Mapping[str, Any] = dataclass_field(default_factory=dict)


def perform(
    verb: Verb,
    ledger: "Ledger",
    connection: "Connection",
    author: "Author",
    given: Mapping[str, Any],
    at: date | None = None,
    here: "Partnership | None" = None,
) -> Done:
    """Do what a signed verb says with the options that were given, write it into the audit, and return what was done.

    A function may return a `Done` of its own, the number of a new row, or the columns that it changed in the row whose
    `number` was given. The entry is of the time `at`, else of the author's day, and holds the hash of all values that
    the verb replaced. Refused where the verb asks for a reason and none is given.
    """
    from whatworks.records.audit.journal import journal
    from whatworks.records.audit.reader import present_reader

    empty = [(option.shown, option.help) for option in verb.options if _is_blank(given.get(option.name))]
    empty += [("--why", verb.why)] if verb.why and _is_blank(author.why or "") else []
    blank = [Fault("is empty", f"say it: {words.rstrip('.').lower()}", field=shown) for shown, words in empty]
    if blank and verb.act != "changed":
        raise Refused(blank)  # before anything is shown or leaves the store
    with connection.transaction():
        last = ledger.last_change(connection)
        offered = {"ledger": ledger, "connection": connection, "author": author, "verb": verb, "here": here}
        try:
            done = _done(verb, ledger, offered, given)
        except Refused as refused:
            known = {fault.field for fault in blank}
            raise Refused([*blank, *(fault for fault in refused.faults if fault.field not in known)]) from None
        if blank:
            raise Refused(blank)
        changes = ledger.rows(connection, "change", "id > ?", [last])
        before = [[row[name] for name in ("table_name", "row_id", "field", "before")] for row in changes]
        what = " ".join(filter(None, (ledger.prefix.rstrip("_"), verb.entity.name, verb.name)))
        journal(
            connection,
            verb.act,
            what,
            reader=present_reader(connection),
            at=at or author.on,
            why=author.why,
            people=done.people,
            before=before or None,
            more={"by": author.by, "number": done.number, "changed": list(done.changed), **done.kept},
        )
    return done


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _done(verb: Verb, ledger: "Ledger", offered: Mapping[str, Any], given: Mapping[str, Any]) -> Done:
    result = call(verb.function(), {**offered, "kind": verb.entity.rows}, given)
    if isinstance(result, Done):
        return result
    if isinstance(result, int):
        return Done(f"{ledger.term(verb.entity.name)} {result}: entered", result, ("*",))
    number = given.get("number")
    what = f"{ledger.term(verb.entity.name)} {number}"
    columns = ", ".join(name.replace("_", " ") for name in result)
    return Done(f"{what}: {columns} changed" if result else f"{what}: as before", number, tuple(result))


def call(function: Callable[..., Any], offered: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    """Call a function with what was given, and with what it names of the things that are offered.

    >>> call(lambda connection, number: (connection, number), {"connection": "c", "author": "a"}, {"number": 3})
    ('c', 3)
    """
    names = signature(function).parameters
    takes_all = any(each.kind is each.VAR_KEYWORD for each in names.values())
    wanted = {name: value for name, value in offered.items() if name in names and name not in given}
    return function(**wanted, **(given if takes_all else {name: given[name] for name in given if name in names}))


def unknown_code(field: str, value: str, codes: Sequence[str]) -> Fault:
    """Return what is wrong with a value that is none of a list of codes, with the code that was perhaps meant.

    >>> print(unknown_code("state", "opem", ["open", "closed"]))
    state "opem": is not known; did you mean open?
    """
    near = get_close_matches(value, codes, 1)
    remedy = f"did you mean {near[0]}?" if near else f"choose from {', '.join(codes)}"
    return Fault("is not known", remedy, field=field, value=value)


def without_taken_away(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values to be set, null where `none` was given.

    >>> without_taken_away({"owner": "none", "lever": "a letter"})
    {'owner': None, 'lever': 'a letter'}
    """
    return {name: None if value == TAKEN_AWAY else value for name, value in values.items()}


def set_columns(
    verb: Verb, ledger: "Ledger", connection: "Connection", author: "Author", number: int, **values: Any
) -> list[str]:
    """Set the columns that were given; refuse where none was. `none` takes a value away."""
    if not values:
        flags = [option.flag for option in verb.options if option.name != "number"]
        raise Refused("nothing is to be set", f"give {', '.join(flags[:-1])} or {flags[-1]}")
    read = without_taken_away(values)
    unknown = [name for name in read if name not in ledger.tables[f"{ledger.prefix}{verb.entity.rows}"].columns()]
    if unknown:
        raise Refused([Fault("is not a column", "name a column of the table", field=name) for name in unknown])
    return ledger.change(connection, verb.entity.rows, number, read, author)
