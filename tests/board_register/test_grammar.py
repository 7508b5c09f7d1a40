"""One grammar: `board THING VERB`, declared once; a verb added from outside has JSON, history and refusals for free."""

import inspect
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from whatworks.board.register.standing import ORDER
from whatworks.cli.app import build
from whatworks.cli.board import views
from whatworks.cli.board.former import FORMER
from whatworks.cli.board.group import board_verbs
from whatworks.cli.register import RegisterHome, add_verbs
from whatworks.records.partnership import Partnership, init_partnership
from whatworks.records.register.columns import code_of, written
from whatworks.records.register.entry import Author, ChangeTable, RegisterTable
from whatworks.records.register.ledger import Connection, Ledger
from whatworks.records.register.verb import Entity, Verb, VerbOption
from whatworks.records.store import DuckDBStore

OFFERED = {"connection", "ledger", "author", "verb", "kind", "desk", "on", "folder", "out"}


# --- a register from outside: a depot's boxes, in no room of the house -----------------------------------------------
class Box(RegisterTable):
    """A box."""

    name = written("What is in it.", nullable=False)
    shelf = written("Where it stands.")
    state = code_of(("here", "lent"), "Whether it is here.")


DEPOT = Ledger({"depot_box": Box, "depot_change": ChangeTable}, "depot_")
BOX = Entity("box", "Boxes of a depot.")


def take_in(connection: Connection, name: str, author: Author) -> int:
    return DEPOT.add(connection, "box", {"name": name, "state": "here"}, author=author)


def lend(connection: Connection, number: int, state: str, author: Author) -> list[str]:
    return DEPOT.change(connection, "box", number, {"state": state}, author)


NUMBER = VerbOption("number", "Its number.", int, required=True, argument=True)
DEPOT_VERBS = (
    Verb(BOX, "add", "Take a box in.", take_in, (VerbOption("name", "What is in it.", required=True, argument=True),)),
    Verb(
        BOX, "lend", "Lend a box.", lend, (NUMBER, VerbOption("state", "Where it is.", required=True)), why="To whom."
    ),
    Verb(
        BOX,
        "set",
        "Say where a box stands.",
        options=(NUMBER, VerbOption("shelf", "Where."), VerbOption("state", "State.")),
    ),
)


@pytest.fixture
def depot(tmp_path: Path) -> Any:
    app = typer.Typer()
    home = RegisterHome(f"{__name__}:DEPOT", "the depot holds nothing yet", "take a box in")
    add_verbs(app, home, DEPOT_VERBS)
    app.command("other")(lambda: None)
    init_partnership(tmp_path / "p", name="A made-up depot", as_at=date(2025, 6, 30))
    return lambda *words: CliRunner().invoke(app, [*words, "--partnership", str(tmp_path / "p")])


def test_a_verb_from_outside_has_its_json_history_and_refusals_for_free(depot: Any) -> None:
    assert "nothing yet" in str(depot("box", "list").exception)
    made = json.loads(depot("box", "add", "maps", "--by", "C. Clerk", "--on", "2025-06-30", "--json").stdout)
    assert made == {"thing": "box", "verb": "add", "number": 1, "changed": ["*"], "says": "box 1: entered"}
    done = depot(
        "box", "lend", "1", "--state", "lent", "--by", "C. Clerk", "--why", "the archive", "--on", "2025-07-01"
    )
    assert done.stdout.strip() == "box 1: state changed"
    shown = json.loads(depot("box", "show", "1", "--json").stdout)
    assert (shown["row"]["state"], [row["why"] for row in shown["history"]]) == ("lent", [None, "the archive"])
    assert [(row["before"], row["after"], row["changed_by"]) for row in shown["history"]][1] == (
        "here",
        "lent",
        "C. Clerk",
    )
    assert "2025-07-01, C. Clerk, by command: state here -> lent (the archive)" in depot("box", "show", "1").stdout
    assert json.loads(depot("box", "list", "--json").stdout)["rows"][0]["name"] == "maps"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("lend", "7", "--state", "lent", "--by", "C", "--why", "x"), "there is no box 7; the register holds 1"),
        (("lend", "1", "--state", "lemt", "--by", "C", "--why", "x"), "did you mean lent?"),
        (("lend", "1", "--state", "lent", "--by", " ", "--why", "x"), "say who makes the change"),
        (("lend", "1", "--state", "lent", "--by", "C", "--why", "x", "--on", "2999-01-01"), "lies ahead"),
        (("lend", "1", "--state", "lent", "--by", "C"), "--why"),
        (("set", "1", "--by", "C"), "nothing is to be set; give --shelf or --state"),
        (("set", "1", "--state", "none", "--by", "C"), "state: is missing"),
        (("show", "7"), "there is no box 7"),
    ],
)
def test_what_cannot_be_done_from_outside_is_refused_and_changes_nothing(
    depot: Any, tmp_path: Path, words: tuple[str, ...], problem: str
) -> None:
    depot("box", "add", "maps", "--by", "C")
    done = depot("box", *words)
    assert done.exit_code != 0
    assert problem in str(done.exception) + done.output
    with DuckDBStore(Partnership.open(tmp_path / "p").store_path, read_only=True) as store:
        assert len(DEPOT.rows(store, "change")) == 1


def test_a_value_is_taken_away_and_what_stood_before_is_kept(depot: Any) -> None:
    depot("box", "add", "maps", "--by", "C")
    depot("box", "set", "1", "--shelf", "B2", "--by", "C")
    depot("box", "set", "1", "--shelf", "none", "--by", "D")
    shown = json.loads(depot("box", "show", "1", "--json").stdout)
    assert shown["row"]["shelf"] is None
    assert [(row["before"], row["after"]) for row in shown["history"]][1:] == [(None, "B2"), ("B2", None)]


# --- the board's verbs ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", board_verbs(), ids=lambda verb: f"{verb.entity.name} {verb.name}".strip())
def test_a_declared_verb_fits_its_function(verb: Verb) -> None:
    names = {option.name for option in verb.options} - {"out", "on"}
    if verb.does is None:
        return
    parameters = inspect.signature(verb.function()).parameters
    takes_all = any(each.kind is each.VAR_KEYWORD for each in parameters.values())
    assert takes_all or names <= set(parameters), "an option that its function does not take"
    needed = {name for name, each in parameters.items() if each.default is each.empty and each.kind != each.VAR_KEYWORD}
    certain = {option.name for option in verb.options if option.required or option.default is not None}
    assert needed <= OFFERED | certain, "a parameter that no command gives"


def test_all_that_cannot_be_read_is_refused_at_once_by_option(folder: Path) -> None:
    words = ("message", "add", "hello", "--to", "all", "--risk", "X9", "--kind", "evemt", "--planned", "2025-02-30")
    done = CliRunner().invoke(build(), ["board", *words, "--by", "C", "--partnership", str(folder)])
    assert [fault.field for fault in done.exception.faults] == ["--risk", "--kind", "--planned"]  # type: ignore[union-attr]


def test_the_states_of_a_promise_are_those_that_can_be_asked_for() -> None:
    assert views.STATES == ORDER


@cache
def root() -> Any:
    return get_command(build())


def test_the_eight_commands_of_a_day_come_first() -> None:
    group = root().commands["board"]
    names = list(group.commands)
    first = [name for name in names if not getattr(group.commands[name], "commands", None)]
    assert names[: len(first)] == first
    assert len(first) == 8
    for name in names[8:]:
        assert set(group.commands[name].commands), name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_partnership(tmp_path / "p", name="A made-up board", as_at=date(2025, 6, 30))
    done = CliRunner().invoke(
        build(), ["board", "risk", "add", "Too few", "--by", "C", "--partnership", str(tmp_path / "p")]
    )
    assert done.exit_code == 0
    return tmp_path / "p"


@pytest.mark.parametrize("former", FORMER)
def test_a_former_name_leads_to_the_new_one(former: str) -> None:
    thing, *verb = FORMER[former].split()[:2]
    now = root().commands["board"].commands[thing]
    assert not verb or verb[0] in now.commands
    assert " " in former or former not in root().commands["board"].commands or verb


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("risks",), ("risk", "list")),
        (("risks", "show", "R1"), ("risk", "show", "R1")),
        (("people", "--bodies"), ("body", "list")),
        (("dependencies",), ("risk", "list", "--kind", "dependency")),
        (("dependency", "list"), ("risk", "list", "--kind", "dependency")),
        (("action", "list", "--on", "2025-06-30"), ("actions", "--on", "2025-06-30")),
        (("body", "map"), ("bodies",)),
        (("agenda",), ("meeting", "agenda")),
        (("evidence",), ("evidence", "list")),
        (("evidence", "--on", "2025-06-30"), ("evidence", "list", "--on", "2025-06-30")),
        (("decision", "list", "--on", "2025-06-30"), ("decisions", "--on", "2025-06-30")),
        (("attendance",), ("member", "attendance")),
    ],
)
def test_a_former_name_works_and_says_which_to_use(folder: Path, before: tuple[str, ...], now: tuple[str, ...]) -> None:
    def ask(words: tuple[str, ...]) -> Any:
        return CliRunner().invoke(build(), ["board", *words, "--json", "--partnership", str(folder)])

    former, new = ask(before), ask(now)
    assert former.exit_code == new.exit_code == 0, former.exception
    assert former.stdout == new.stdout
    assert json.loads(former.stdout)["verb"] in now[:2]
    assert f"is `whatworks board {now[0]}" in former.stderr
    assert new.stderr == ""


def test_a_register_of_an_earlier_version_opens_and_gains_what_it_lacks(folder: Path) -> None:
    path = Partnership.open(folder).store_path
    with DuckDBStore(path) as store:
        for statement in (
            "DROP TABLE board_assessment",
            "DROP TABLE board_message",
            "ALTER TABLE board_risk DROP COLUMN provider",
            "ALTER TABLE board_action DROP COLUMN paragraph",
        ):
            store.change(statement)
        risks = store.rows("SELECT id, text, state FROM board_risk")
    for words in (("assessment", "list"), ("actions",), ("risk", "show", "R1")):
        done = CliRunner().invoke(build(), ["board", *words, "--json", "--partnership", str(folder)])
        assert done.exit_code == 0, done.exception
    with DuckDBStore(path, read_only=True) as store:
        assert store.rows("SELECT id, text, state FROM board_risk") == risks
        assert "provider" in store.columns("board_risk") and "paragraph" in store.columns("board_action")
        assert {"board_assessment", "board_message"} <= store.tables()
