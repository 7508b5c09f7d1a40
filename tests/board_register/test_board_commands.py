"""The commands from outside: one JSON document, plain refusals, and a store that a refused change leaves as it was."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from typer.testing import CliRunner

from whatworks.board.register import record
from whatworks.cli.app import build
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

VIEWS = (
    "actions", "decisions", "plan", "contradictions", "bodies", "meeting agenda", "delegation list", "member list",
    "member attendance", "meeting list", "priority list", "strategy list", "blockage list", "person list", "body list",
    "evidence list", "message list", "assessment list", "proposal list", "paper list", "action show 1",
    "decision show 1", "meeting show 1", "paper show minutes-2021-06-07-v1.txt",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, made_up: Any) -> Path:
    """Return a partnership whose register holds two papers; tests that change it work on a copy."""
    folder = tmp_path_factory.mktemp("board") / "p"
    runner, app = CliRunner(), build()
    runner.invoke(app, ["init", str(folder)])
    empty = runner.invoke(app, ["board", "actions", "--partnership", str(folder)])
    assert isinstance(empty.exception, Refused)
    with DuckDBStore(Partnership.open(folder).store_path) as store:
        for paper in (made_up.june(), made_up.march()):
            record(store, paper, made_up.document(paper), paper.date, "C. Clerk")
    return folder


@pytest.fixture(scope="module")
def app() -> Any:
    return build()


@pytest.fixture
def look(made: Path, app: Any) -> Any:
    """Run a command that must not change anything."""
    return lambda *words: CliRunner().invoke(app, ["board", *words, "--partnership", str(made)])


@pytest.fixture
def ask(made: Path, app: Any, tmp_path: Path) -> Any:
    copytree(made, tmp_path / "p")
    return lambda *words: CliRunner().invoke(app, ["board", *words, "--partnership", str(tmp_path / "p")])


def test_every_view_prints_one_json_document(look: Any) -> None:
    for view in VIEWS:
        done = look(*view.split(), "--json")
        assert done.exit_code == 0, view
        answer = json.loads(done.stdout)
        assert [answer.get("thing"), answer["verb"]] == ([None] * (" " not in view) + view.split())[:2]
        assert "show" not in view or {"row", "history"} <= set(answer)
        assert "list" not in view or view == "evidence list" or isinstance(answer["rows"], list)


def test_a_promise_is_kept_by_commands(ask: Any) -> None:
    assert ask("action", "close", "1", "--evidence", "report", "--by", "C", "--on", "2022-04-01").exit_code == 0
    assert ask("action", "assign", "2", "Dev Dummy", "--by", "C").exit_code == 0
    assert ask("action", "due", "3", "2022-05-01..2022-06-30", "--by", "C").exit_code == 0
    found = {one["id"]: one for one in json.loads(ask("actions", "--on", "2030-01-01", "--json").stdout)["rows"]}
    assert [found[number]["state"] for number in (1, 2, 3)] == ["closed", "unresolved", "overdue"]
    assert found[2]["owners"] == ["Dev Dummy"]
    assert [row["changed_by"] for row in found[1]["history"]] == ["C", "C", "C"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("action", "close", "1", "--evidence", " ", "--by", "C"), "--evidence: is empty"),
        (("action", "close", "99", "--evidence", "x", "--by", "C"), "there is no action 99"),
        (("action", "close", "1", "--evidence", "x", "--by", " "), "say who"),
        (("action", "close", "1", "--evidence", "x", "--by", "C", "--on", "2999-01-01"), "lies ahead"),
        (("action", "due", "1", "soon", "--by", "C"), "is not a date"),
        (("actions", "--state", "late"), "is not known"),
        (("member", "list", "--body", "Nowhere"), "no body"),
        (("decision", "end", "1", "undone", "--by", "C"), "is not known"),
        (("proposal", "accept", "M9", "--by", "C"), "there is no merge 9"),
        (("proposal", "accept", "9", "--by", "C"), "is not the reference of a proposal"),
        (("meeting", "add", "2021-06-07", "--by", "C"), "in the register already"),
        (("meeting", "add", "2023-06-07", "--time", "25:00", "--by", "C"), "is not a time"),
        (("blockage", "set", "1", "--by", "C"), "nothing is to be set"),
        (("sheet", "export", "log.txt"), "end it in .xlsx"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    look: Any, made: Path, words: tuple[str, ...], problem: str
) -> None:
    def changes() -> list[tuple[int]]:
        with DuckDBStore(Partnership.open(made).store_path, read_only=True) as store:
            return store.rows("SELECT count(*) FROM board_change WHERE through <> 'reading'")

    done = look(*words)
    assert isinstance(done.exception, Refused)
    assert problem in str(done.exception)
    assert changes() == [(0,)]


def test_the_sheet_and_the_export_go_through_files(ask: Any, tmp_path: Path) -> None:
    file = tmp_path / "log.xlsx"
    assert ask("sheet", "export", str(file)).exit_code == 0
    done = ask("sheet", "import", str(file), "--by", "C", "--json")
    answer = json.loads(done.stdout)
    assert (answer["taken"], answer["conflicts"], answer["changed"]) == ([], [], [])
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"no workbook")
    assert isinstance(ask("sheet", "import", str(other), "--by", "C").exception, Refused)
    assert ask("paper", "export", "--to", str(tmp_path / "out")).exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"csv", "popolo.json", "board.ics"}


def test_entries_by_hand_are_listed(ask: Any) -> None:
    ask("blockage", "add", "courts list late", "--owner", "Courts", "--lever", "a letter", "--by", "C")
    ask("strategy", "add", "Lighting plan", "--consultation", "wider consultation", "--by", "C")
    ask("action", "add", "write a letter", "--owner", "Dev Dummy", "--due", "2022-05-01", "--by", "C")
    ask("meeting", "add", "2023-06-07", "--time", "14:30", "--by", "C")
    assert json.loads(ask("blockage", "list", "--json").stdout)["rows"][0]["lacks"] == ["escalation", "harm"]
    assert isinstance(ask("strategy", "sign-off", "1", "--evidence", "x", "--by", "C").exception, Refused)
    assert "write a letter" in ask("actions", "--on", "2030-01-01").stdout
    assert json.loads(ask("meeting", "agenda", "--on", "2023-01-01", "--json").stdout)["start_time"] == "14:30"
