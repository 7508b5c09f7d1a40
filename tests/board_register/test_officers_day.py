"""The officer's day: today's work with its commands, one screen, filters by body and owner, sheets that clash."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from whatworks.board.parsed import PromiseStatus, Unplaced
from whatworks.board.register import Author, record
from whatworks.board.register.promise import add_promise
from whatworks.cli.app import build
from whatworks.cli.register import SCREEN_LINES, SCREEN_WIDTH, one_screen
from whatworks.records.partnership import Partnership, init_partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

DAY = "2022-04-01"
OTHER = "Eastfield Youth Board"


@pytest.fixture
def folder(tmp_path: Path, made_up: Any) -> Path:
    """Return a register of two boards: Northmoor's two papers, the second with a status, and one of Eastfield's."""
    root = tmp_path / "p"
    init_partnership(root, name="A made-up board", as_at=dt.date(2022, 4, 1))
    june, march = made_up.june(), made_up.march()
    numbered = replace(june, actions=tuple(replace(one, number=str(at)) for at, one in enumerate(june.actions, 1)))
    said = PromiseStatus("closed", "Action 3 complete", None, "3", (), None, None, None, (12, 12))
    march = replace(march, statuses=(said,), unplaced=(Unplaced("Car parking permits", (30, 30)),))
    bench = made_up.promise(
        "paint the benches", 9, owners=("Northmoor Police",), due_text="1 March 2022", due_from=dt.date(2022, 3, 1),
        due_to=dt.date(2022, 3, 1), due_kind="date",
    )  # fmt: skip
    far = made_up.promise(
        "plant trees", 10, owners=("Ola Placeholder",), due_text="1 June 2022", due_from=dt.date(2022, 6, 1),
        due_to=dt.date(2022, 6, 1), due_kind="date",
    )  # fmt: skip
    east = made_up.minutes(dt.date(2022, 1, 20), body=OTHER, actions=(bench, far))
    with DuckDBStore(Partnership.open(root).store_path) as store:
        for at, paper in enumerate((numbered, east, march)):
            record(store, paper, made_up.document(paper, str(at)), dt.date(2022, 3, 9 + at), "C. Clerk")
    return root


@pytest.fixture
def ask(folder: Path) -> Any:
    app = build()

    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["board", *words, "--partnership", str(folder)])

    return run


def answer(done: Any) -> Any:
    assert done.exit_code == 0, done.exception
    return json.loads(done.stdout)


# --- today ------------------------------------------------------------------------------------------------------------
def test_the_board_alone_says_what_there_is_to_do_and_how(ask: Any) -> None:
    tasks = {task["title"]: task for task in answer(ask("--on", DAY, "--json"))["tasks"]}
    assert next(iter(tasks)) == "Overdue"
    assert tasks["Overdue"]["entries"][0].strip().startswith("4  Northmoor Police: paint the benches")
    assert tasks["Promised to a meeting of which no record is held"]["count"] == 2
    assert "P1  action 3 is done" in tasks["Waits for your word"]["entries"][0]
    assert tasks["Not placed in the last paper, minutes-2022-03-08-v2.txt"]["entries"] == [
        "line 30: “Car parking permits”"
    ]
    assert tasks["Decisions whose condition is not recorded as met"]["count"] == 1
    assert "Due by 2022-05-01" not in tasks  # trees are due on 1 June
    assert "Due by 2022-06-09" in {task["title"] for task in answer(ask("--on", "2022-05-10", "--json"))["tasks"]}


def test_every_part_of_the_day_ends_with_a_command_that_is_one(ask: Any) -> None:
    shown = ask("--on", DAY).stdout
    commands = [line.removeprefix("  -> ") for line in shown.splitlines() if line.startswith("  -> ")]
    assert len(commands) == len(answer(ask("--on", DAY, "--json"))["tasks"])
    group = get_command(build()).commands["board"]  # type: ignore[attr-defined]
    for command in commands:
        words = command.split()[2:]
        below = getattr(group.commands[words[0]], "commands", None)
        assert below is None or words[1] in below, command


def test_what_was_done_is_no_longer_asked_for(ask: Any) -> None:
    assert answer(ask("proposal", "accept", "P1", "--by", "C", "--json"))["changed"] == ["state"]
    ask("action", "close", "4", "--evidence", "seen", "--by", "C", "--on", DAY)
    titles = {task["title"] for task in answer(ask("--on", "2022-04-02", "--json"))["tasks"]}
    assert not titles & {"Overdue", "Waits for your word"} or "Waits for your word" in titles
    assert "P1" not in ask("proposal", "list").stdout


def test_one_body_s_day_holds_nothing_of_another(ask: Any) -> None:
    east = json.dumps(answer(ask("--on", DAY, "--body", OTHER, "--json"))["tasks"])
    north = json.dumps(answer(ask("--on", DAY, "--body", "Northmoor Safety Board", "--json"))["tasks"])
    assert "benches" in east and "lamps" not in east and "P1" not in east
    assert "lamps" in north and "benches" not in north
    assert isinstance(ask("--body", "Nobody's Board").exception, Refused)


def test_options_that_stand_before_a_command_are_refused(folder: Path) -> None:
    done = CliRunner().invoke(build(), ["board", "--on", DAY, "actions", "--partnership", str(folder)])
    assert "stands before the command; write it behind `actions`" in str(done.exception)


# --- one screen -------------------------------------------------------------------------------------------------------
def test_help_names_the_eight_commands_first_each_on_one_line() -> None:
    shown = CliRunner().invoke(build(), ["board", "--help"]).stdout
    listed = re.findall(r"^  ([a-z-]+)  +\S", shown.partition("Commands:")[2], re.MULTILINE)
    assert listed[:8] == [
        "read", "check", "actions", "decisions", "plan", "contradictions", "bodies", "withdraw",
    ]  # fmt: skip


def test_an_answer_is_one_screen_unless_everything_is_asked_for(ask: Any, folder: Path) -> None:
    with DuckDBStore(Partnership.open(folder).store_path) as store:
        for at in range(40):
            add_promise(store, f"write letter {at} " + "to everybody " * 30, Author("C", dt.date(2022, 3, 1)))
    for command in ("actions", "contradictions", "person list"):
        short, whole = (ask(*command.split(), *more).stdout.splitlines() for more in ((), ("--all",)))
        assert len(short) <= SCREEN_LINES + 3
        assert len(whole) >= len(short) - 1
        assert all(len(line) <= SCREEN_WIDTH + 4 for line in short[1:])
    short, whole = (ask("actions", *more).stdout.splitlines() for more in ((), ("--all",)))
    assert len(whole) > 80 and short[-1].endswith("more: --all shows everything")


def test_an_entry_is_never_parted_from_its_lines() -> None:
    lines = [part for at in range(30) for part in (f"{at:>4}  entry", "      its second line")]
    shown = one_screen(lines)
    assert len(shown) == SCREEN_LINES + 1
    assert shown[-2].strip() == "its second line"


# --- filters ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--owner", "NP"), {1}),
        (("--owner", "Northmoor Police"), {1, 4}),
        (("--owner", "ann testcase"), {3}),
        (("--owner", "none"), set()),
        (("--within", "30"), {1, 2, 4}),
        (("--within", "90"), {1, 2, 4, 5}),
        (("--body", OTHER), {4, 5}),
        (("--body", OTHER, "--owner", "Ola Placeholder"), {5}),
    ],
)
def test_actions_are_found_by_owner_by_day_and_by_body(ask: Any, words: tuple[str, ...], numbers: set[int]) -> None:
    rows = answer(ask("actions", "--on", DAY, *words, "--json"))["rows"]
    assert {row["id"] for row in rows} >= numbers
    assert {row["id"] for row in rows} == numbers or words[1] == "NP"


def test_an_owner_who_owns_nothing_is_refused_with_the_nearest(ask: Any) -> None:
    assert "did you mean Ann Testcase?" in str(ask("actions", "--owner", "Ann Testcaes").exception)


@pytest.mark.parametrize(
    "command", ["decisions", "plan", "priority list", "delegation list", "meeting list", "paper list"]
)
def test_every_list_keeps_to_one_body(ask: Any, command: str) -> None:
    every = answer(ask(*command.split(), "--json"))["rows"]
    north, east = (
        answer(ask(*command.split(), "--body", body, "--json"))["rows"] for body in ("Northmoor Safety Board", OTHER)
    )
    assert len(north) + len(east) == len(every)


# --- sheets -----------------------------------------------------------------------------------------------------------
def fill(file: Path, cells: dict[tuple[int, str], str]) -> None:
    book = openpyxl.load_workbook(file)
    page = book["Actions"]
    places = {cell.value: cell.column for cell in page[1]}
    for (row, heading), words in cells.items():
        page.cell(row, places[heading]).value = words
    book.save(file)


def test_a_sheet_with_good_rows_bad_rows_and_a_conflict(ask: Any, tmp_path: Path) -> None:
    file = tmp_path / "log.xlsx"
    assert ask("sheet", "export", str(file), "--on", DAY).exit_code == 0
    ask("action", "due", "2", "2022-05-01", "--by", "C", "--on", DAY)
    fill(
        file,
        {
            (2, "Update"): "half of the lamps are counted",
            (3, "Due to"): "30/06/2022",
            (4, "State"): "nearly",
            (4, "Due to"): "31/06/2022",
            (5, "State"): "Done",
            (5, "Evidence"): "seen on 2 April",
        },
    )
    done = ask("sheet", "import", str(file), "--by", "C", "--on", DAY, "--json")
    taken = json.loads(done.stdout)
    assert {(one["number"], one["field"]) for one in taken["taken"]} == {
        (1, "progress"), (2, "due_to"), (4, "state"), (4, "evidence"),
    } - {(2, "due_to")}  # fmt: skip
    assert [(one["number"], one["field"], one["returned"]) for one in taken["conflicts"]] == [
        (2, "due_to", "2022-06-30")
    ]
    assert [(one["row"], one["field"], one["value"]) for one in taken["faults"]] == [
        (4, "Due to", "31/06/2022"),
        (4, "State", "nearly"),
    ]
    assert isinstance(done.exception, Refused)
    waiting = answer(ask("proposal", "list", "--json"))["rows"]
    [clash] = [one for one in waiting if one["kind"] == "value"]
    assert "log.xlsx says 2022-06-30" in clash["shown_by"]
    assert ask("proposal", "accept", clash["reference"], "--by", "C", "--on", DAY).exit_code == 0
    rows = {row["id"]: row for row in answer(ask("actions", "--on", DAY, "--json"))["rows"]}
    assert (rows[2]["due_to"], rows[4]["state"], rows[3]["state"]) == ("2022-06-30", "closed", "no date")


def test_a_conflict_that_comes_back_twice_waits_once(ask: Any, tmp_path: Path) -> None:
    file = tmp_path / "log.xlsx"
    ask("sheet", "export", str(file), "--on", DAY)
    ask("action", "due", "2", "2022-05-01", "--by", "C")
    fill(file, {(3, "Due to"): "30/06/2022"})
    for _ in range(2):
        assert ask("sheet", "import", str(file), "--by", "C").exit_code == 0
    waiting = answer(ask("proposal", "list", "--json"))["rows"]
    assert [one["kind"] for one in waiting].count("value") == 1
