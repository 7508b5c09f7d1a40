"""A lock counts only if no outcome of its people was seen before, by the record of this machine."""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from whatworks.cli.app import build
from whatworks.evaluation.result import Result
from whatworks.records.audit.file_book import FileBook
from whatworks.records.refusal import Refused

PROTOCOL = """
id = "mentors"
[scheme]
id = "mentors"
name = "Mentors"
title = "Mentors (made up)"
[comparison]
method = "none"
covariates = ["age", "ward"]
[outcomes]
primary = "rearrest"
[data]
source = "flat"
treatment = "mentored"
as_at = 2024-12-31
[data.outcomes.rearrest]
column = "arrest"
label = "Rearrest"
"""


def run(*words: str) -> None:
    build()(list(words), standalone_mode=False)


def status(name: str) -> str:
    return Result.model_validate_json(Path(f"results/{name}/result.json").read_text("utf-8")).protocol.status


def made_up(seed: int) -> list[str]:
    draw = random.Random(seed)
    rows = [f"{n % 2},{draw.randint(18, 50)},W{draw.randint(1, 9)},{int(draw.random() < 0.4)}" for n in range(300)]
    return ["mentored,age,ward,arrest", *rows]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a protocol and people whose outcomes one evaluation has looked at."""
    monkeypatch.chdir(tmp_path)
    Path("mentors.toml").write_text(PROTOCOL)
    Path("people.csv").write_text("\n".join(made_up(1)))
    run("evaluate", "mentors.toml", "--data", "people.csv", "--forms", "json")
    assert status("mentors") == "exploratory"
    return tmp_path


def exported(_: str) -> str:
    pl.read_csv("people.csv").sample(fraction=1, shuffle=True, seed=2).write_excel("export.xlsx")
    return "export.xlsx"


def renamed_columns(_: str) -> str:
    Path("columns.csv").write_text("\n".join(["grp,years,place,flag", *sorted(made_up(1)[1:])]))
    text = Path("again.toml").read_text()
    for old, new in (("mentored", "grp"), ("age", "years"), ("ward", "place"), ("arrest", "flag")):
        text = text.replace(f'"{old}"', f'"{new}"')
    Path("again.toml").write_text(text)
    return "columns.csv"


def elsewhere(_: str) -> str:
    Path("far").mkdir()
    shutil.move("again.toml", "far/again.toml")
    shutil.copy("people.csv", "far/people.csv")
    shutil.rmtree("results")
    os.chdir("far")
    return "people.csv"


@pytest.mark.parametrize("wash", [lambda name: name, exported, renamed_columns, elsewhere])
def test_neither_a_new_name_nor_a_new_file_washes_seen_outcomes_off(folder: Path, wash: Callable[[str], str]) -> None:
    again = PROTOCOL.replace('"mentors"', '"befriending"').replace('"Mentors', '"Befriending')
    Path("again.toml").write_text(again)
    data = wash("people.csv")
    run("protocol", "lock", "again.toml", "--data", data)
    run("evaluate", "again.toml", "--data", data, "--forms", "json")
    assert status("befriending") == "locked after outcomes were seen"


def test_a_lock_over_other_people_does_not_serve_those_who_were_seen(folder: Path) -> None:
    Path("others.csv").write_text("\n".join(made_up(2)))
    run("protocol", "lock", "mentors.toml", "--data", "others.csv")
    run("evaluate", "mentors.toml", "--data", "people.csv", "--forms", "json")
    assert status("mentors") == "locked after outcomes were seen"
    run("evaluate", "mentors.toml", "--data", "others.csv", "--forms", "json")
    assert status("mentors") == "locked"


def test_a_protocol_locked_over_other_people_may_be_locked_over_these(folder: Path) -> None:
    run("protocol", "lock", "mentors.toml", "--data", "people.csv")
    Path("others.csv").write_text("\n".join(made_up(2)))
    run("protocol", "lock", "mentors.toml", "--data", "others.csv")
    with pytest.raises(Refused, match="is locked already, and has not changed since"):
        run("protocol", "lock", "mentors.toml", "--data", "others.csv")
    run("evaluate", "mentors.toml", "--data", "others.csv", "--forms", "json")
    assert status("mentors") == "locked"


def test_a_book_that_was_cut_is_said_before_anything_is_computed(folder: Path) -> None:
    book = FileBook.of_user().folder / "book.jsonl"
    book.write_text("")
    for command in (["protocol", "lock"], ["evaluate"]):
        with pytest.raises(Refused, match="was cut: it should hold 3 entries and holds 0"):
            run(*command, "mentors.toml", "--data", "people.csv")


def test_the_paper_says_whose_record_a_lock_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("others.csv").write_text("\n".join(made_up(2)))
    run("protocol", "lock", "mentors.toml", "--data", "others.csv")
    assert "Status: locked, by the record of this machine." in capsys.readouterr().out
    run("evaluate", "mentors.toml", "--data", "others.csv", "--forms", "html", "--out", "out")
    assert "Protocol: locked, by the record of this machine." in capsys.readouterr().out
    assert "mentors: locked, by the record of this machine, locked on" in Path("out/paper.html").read_text("utf-8")


def test_looking_twice_is_remembered_once_and_names_nobody(folder: Path) -> None:
    kinds = [entry.kind for entry in FileBook.of_user().entries()]
    run("evaluate", "mentors.toml", "--data", "people.csv", "--forms", "json")
    assert (
        [entry.kind for entry in FileBook.of_user().entries()] == kinds == ["data", "outcomes seen", "figures released"]
    )
    assert "arrest" not in json.dumps([entry.payload for entry in FileBook.of_user().entries("data")])
