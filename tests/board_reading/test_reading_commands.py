"""`board read` and `board check` from the command line: JSON alone, the register, drafts, and bad input."""

import json
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from board_layouts import BULLETS, COMMITTEE, NUMBERED, PARTNERSHIP, WRAPPED_TABLE
from typer.testing import CliRunner

from whatworks.board.parsed import ParsedPaper
from whatworks.board.reading import as_json, read_paper, read_papers
from whatworks.cli.app import build
from whatworks.records.documents import read_document
from whatworks.records.partnership import init_partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

RUN = CliRunner()
LAYOUTS = (COMMITTEE, PARTNERSHIP, NUMBERED, BULLETS, WRAPPED_TABLE)


def run(*arguments: str) -> Any:
    """Return the outcome of a command."""
    return RUN.invoke(build(), list(arguments))


def written(folder: Path, name: str, text: str) -> str:
    """Write a paper and return its path."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


@pytest.fixture(scope="module")
def schema() -> Any:
    """Return the published schema."""
    return json.loads(files("whatworks.board").joinpath("minutes.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", LAYOUTS)
def test_every_record_holds_to_the_schema(text: str, read: Callable[[str], ParsedPaper], schema: Any) -> None:
    jsonschema.validate(as_json(read(text)), schema)


@pytest.mark.real_data
def test_the_real_records_hold_to_the_schema(real: dict[str, ParsedPaper], schema: Any) -> None:
    for parsed in real.values():
        jsonschema.validate(as_json(parsed), schema)


def test_json_is_one_object_for_one_file_and_a_list_for_several(tmp_path: Path) -> None:
    one, two = written(tmp_path, "a.txt", NUMBERED), written(tmp_path, "b.txt", BULLETS)
    single, several = run("board", "read", one, "--json"), run("board", "read", one, two, "--json")
    assert json.loads(single.stdout)["date"] == "2024-01-18"
    assert [held["date"] for held in json.loads(several.stdout)] == ["2024-01-18", "2025-03-03"]
    folder = run("board", "read", str(tmp_path), "--json")
    assert [held["file"] for held in json.loads(folder.stdout)] == ["a.txt", "b.txt"]


def test_json_leaves_the_register_alone_and_reading_fills_it(tmp_path: Path) -> None:
    partnership = init_partnership(tmp_path / "p", name="Anytown", as_at=date(2025, 6, 30))
    paper = written(tmp_path, "a.txt", NUMBERED)
    store = partnership.store_path
    run("board", "read", paper, "--json", "--partnership", str(tmp_path / "p"))
    assert not store.exists() or "event" not in _tables(store)
    outcome = run("board", "read", paper, "--partnership", str(tmp_path / "p"))
    assert outcome.exit_code == 0, outcome.output
    assert "4 people present, 2 apologies, 4 items, 2 decisions, 2 actions" in outcome.stdout
    assert "in the register" in outcome.stdout
    again = run("board", "read", paper, "--partnership", str(tmp_path / "p"))
    assert "in the register already; nothing was changed" in again.stdout


def _tables(store: Path) -> set[str]:
    with DuckDBStore(store, read_only=True) as held:
        return held.tables()


TWO = (
    BULLETS
    + "\n\n"
    + BULLETS.replace("Monday 3rd March 2025", "Monday 2nd June 2025").replace("2 June 2025 at", "1 September 2025 at")
)


def test_two_meetings_in_one_file_are_told_and_read_apart(tmp_path: Path) -> None:
    paper = written(tmp_path, "two.txt", TWO)
    outcome = run("board", "read", paper, "--json")
    held = json.loads(outcome.stdout)
    assert [one["date"] for one in held] == ["2025-03-03", "2025-06-02"]
    assert [len(one["people"]) for one in held] == [5, 5]
    assert [one["next"] for one in held] == ["2025-06-02T13:30", "2025-09-01T13:30"]
    assert "holds 2 meetings (2025-03-03, 2025-06-02)" in outcome.stderr
    first = read_paper(read_document(Path(paper)))
    assert first.date and "only the first was read" in (first.partial or "")


def test_no_date_is_said_and_nothing_relative_is_dated(read: Callable[[str], ParsedPaper]) -> None:
    text = "Example Board\nMinutes\nPresent: Ada Grant\n1. REVIEW\nAction: Ada Grant to report within two weeks.\n"
    parsed = read(text)
    assert parsed.date is None
    assert "No date is printed in its head" in (parsed.partial or "")
    assert (parsed.actions[0].due_text, parsed.actions[0].due_to) == ("within two weeks", None)


def test_five_hundred_attendees(read: Callable[[str], ParsedPaper]) -> None:
    endings = ("rton", "lley", "nson", "ckham", "mby", "stead", "ville", "worth", "den", "field", "by", "ham", "ster")
    names = [f"Ada {a}{b}{c}" for a in "BCDFGHKL" for b in "aeiou" for c in endings][:500]
    assert len(names) == 500
    rows = "\n".join(f"{name}\tOfficer\tAnytown Council" for name in names)
    parsed = read(
        f"Example Board\nMonday 3 June 2024\nPresent\n{rows}\n\n1. WELCOME\n1.1 The Chair welcomed everyone.\n"
    )
    assert [one.name for one in parsed.people] == names
    assert {one.organisation for one in parsed.people} == {"Anytown Council"}
    assert [one.number for one in parsed.items] == ["1"]


def test_another_language_is_said(read: Callable[[str], ParsedPaper]) -> None:
    said = "Le conseil a examiné le rapport sur la prévention et les adjoints ont présenté leurs travaux. "
    text = "Conseil municipal\nProcès-verbal de la séance du lundi 3 juin\n" + said * 6
    parsed = read(text)
    assert "seems not to be in English" in (parsed.partial or "")
    assert parsed.decisions == parsed.actions == ()


def test_a_long_line_of_text_is_left_unplaced(read: Callable[[str], ParsedPaper]) -> None:
    parsed = read(
        "Example Board\nMonday 3 June 2024\nPresent: Ada Grant\n1. REVIEW\n" + "The Board met and talked " * 2_000
    )
    assert [one.lines for one in parsed.unplaced] == [(5, 5)]


def test_refused_files_are_all_named_and_the_others_read(tmp_path: Path) -> None:
    good = written(tmp_path, "a.txt", NUMBERED)
    empty, junk = tmp_path / "b.txt", tmp_path / "c.pdf"
    empty.write_bytes(b"")
    junk.write_bytes(b"hello")
    outcome = run("board", "read", good, str(empty), str(junk), "--json")
    assert isinstance(outcome.exception, Refused)
    assert [fault.file for fault in outcome.exception.faults] == ["b.txt", "c.pdf"]
    assert [held["file"] for held in json.loads(outcome.stdout)] == ["a.txt"]


DRAFT = """\
Example Safety Board
Monday 4 June 2024, 3:30 Town Hall
Present: Ada Grant (Chair, Anytown Council), Tom Bell (Northshire Police)
1. REVIEW
1.1 KB said that 12% of calls were late.
1.3 40 of 80 people (50%) were content.
1.3 The Chair thanked all.
1.4.1 TB agreed.
Action: Ivy Webb to write to the school by 1 July 2024.
Action: Report to be written.
"""


def test_a_draft_is_checked_line_by_line(tmp_path: Path) -> None:
    held = json.loads(run("board", "check", written(tmp_path, "draft.txt", DRAFT), "--json").stdout)
    assert [(one["kind"], one["lines"][0], one["problem"]) for one in held["faults"]] == [
        ("time", 2, "3:30 says neither am nor pm"),
        ("weekday", 2, "Monday 4 June 2024 was a Tuesday"),
        ("base", 5, "12% of how many is not said"),
        ("initials", 5, "KB: no person listed has these initials"),
        ("numbering", 6, "No 1.2 between 1.1 and 1.3"),
        ("numbering", 7, "Two paragraphs 1.3"),
        ("numbering", 8, "1.4.1 without 1.4"),
        ("owner", 9, "Ivy Webb owns this and was not in the room, and is in no register"),
        ("no date", 10, "the action has no date"),
        ("no owner", 10, "the action has no owner"),
    ]


def test_a_clean_draft_has_no_faults(tmp_path: Path) -> None:
    text = (
        "Example Safety Board\nTuesday 4 June 2024, 3.30pm, Town Hall\n"
        "Present: Ada Grant (Chair), Tom Bell (Northshire Police)\n"
        "1. REVIEW\n1.1 The Board agreed the plan.\nAction: Northshire Police to report by 1 July 2024.\n"
    )
    outcome = run("board", "check", written(tmp_path, "draft.txt", text))
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("draft.txt: no faults found, 0 lines not placed, 9 things read\n")
    assert "line 6: action: Northshire Police; 1 July 2024 = 2024-07-01: " in outcome.stdout


@pytest.mark.real_data
def test_sums_of_a_draft_are_checked(papers: Path) -> None:
    held = json.loads(run("board", "check", str(papers / "mpa-report-diamond-2008-06-19.txt"), "--json").stdout)
    assert sorted(one["lines"][0] for one in held["faults"] if one["kind"] == "sums") == [157, 160]


def test_the_register_takes_each_of_two_meetings(tmp_path: Path) -> None:
    init_partnership(tmp_path / "p", name="Anytown", as_at=date(2025, 6, 30))
    outcome = run("board", "read", written(tmp_path, "two.txt", TWO), "--partnership", str(tmp_path / "p"))
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.count("in the register:") == 2
    assert len(read_papers(read_document(tmp_path / "two.txt"))) == 2
