"""A flat file and its protocol become a restricted result and a paper by one command; a locked protocol says so."""

import json
import stat
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from whatworks.cli.app import build, explain
from whatworks.evaluation.result import Result, result_schema
from whatworks.records.refusal import Refused

ROSSI = str(files("whatworks.examples").joinpath("rossi.toml"))


def run(*words: str) -> int:
    try:
        build()(list(words), standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from lifelines.datasets import load_rossi

    load_rossi().to_csv(tmp_path / "rossi.csv", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stored(folder: Path) -> Result:
    return Result.model_validate_json((folder / "results/rossi/result.json").read_text("utf-8"))


def test_a_paper_and_a_result_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", ROSSI, "--data", "rossi.csv", "--forms", "html,json", "--out", "out") == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["manifest.json", "paper.html", "summary.json"]
    result = stored(folder)
    jsonschema.validate(json.loads((folder / "results/rossi/result.json").read_text("utf-8")), result_schema())
    assert result.protocol.status == "exploratory"
    assert result.paper.command == "whatworks evaluate rossi.toml --data rossi.csv"
    assert str(folder) not in (folder / "results/rossi/result.json").read_text("utf-8")


def test_json_is_the_suppressed_summary_and_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", ROSSI, "--data", "rossi.csv", "--forms", "json", "--json") == 0
    out = capsys.readouterr().out
    assert json.loads(out) == json.loads((folder / "papers/rossi/summary.json").read_text("utf-8"))
    assert str(stored(folder).outcomes[0].p) not in out  # unrounded figures stay inside


def test_a_lock_beforehand_shows_and_a_lock_afterwards_says_so(folder: Path) -> None:
    assert run("protocol", "lock", ROSSI, "--data", "rossi.csv") == 0
    assert run("evaluate", ROSSI, "--data", "rossi.csv", "--forms", "json") == 0
    assert stored(folder).protocol.status == "locked"
    (folder / "changed.toml").write_text(Path(ROSSI).read_text("utf-8") + "\n# a comment\n")
    run("evaluate", "changed.toml", "--data", "rossi.csv", "--forms", "json")
    assert stored(folder).protocol.status == "locked"  # comments do not count
    (folder / "changed.toml").write_text(Path(ROSSI).read_text("utf-8").replace("= 0.05", "= 0.04"))
    run("evaluate", "changed.toml", "--data", "rossi.csv", "--forms", "json")
    assert stored(folder).protocol.status == "exploratory"
    assert run("protocol", "lock", "changed.toml", "--data", "rossi.csv") == 0
    run("evaluate", "changed.toml", "--data", "rossi.csv", "--forms", "json")
    assert stored(folder).protocol.status == "locked after outcomes were seen"
    assert run("protocol", "lock", "changed.toml", "--data", "rossi.csv") == 2  # nothing changed since


def test_a_lock_tells_what_the_file_hides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for line in (folder / "rossi.csv").read_text().splitlines():
        book.worksheets[0].append([float(cell) if cell.isdecimal() else cell for cell in line.split(",")])
    book.worksheets[0].row_dimensions[5].hidden = True
    book.save(folder / "rossi.xlsx")
    assert run("protocol", "lock", ROSSI, "--data", "rossi.xlsx") == 0
    assert "Note: rossi.xlsx: 1 row is hidden or filtered out in the sheet" in capsys.readouterr().err


def test_other_data_than_those_locked_bring_a_warning(folder: Path) -> None:
    run("protocol", "lock", ROSSI, "--data", "rossi.csv")
    with (folder / "rossi.csv").open("a", encoding="utf-8") as file:
        file.write("52,0,1,30,1,1,0,1,2\n")
    run("evaluate", ROSSI, "--data", "rossi.csv", "--forms", "json")
    assert any("not those that were held" in warning for warning in stored(folder).warnings)


def test_an_unknown_key_is_refused_with_the_nearest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "wrong.toml").write_text('[scheme]\nid = "a"\nname = "A"\ntitle = "A"\n[comparison]\nmethood = "none"\n')
    assert run("evaluate", "wrong.toml") == 2
    said = capsys.readouterr().err
    assert 'wrong.toml, comparison.methood: is not a key of a protocol; did you mean "method"?' in said
    assert not (folder / "results").exists()


def test_a_file_that_is_not_there_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", ROSSI, "--data", "rosi.csv") == 2
    assert "rosi.csv: is not there" in capsys.readouterr().err


def test_a_placebo_that_differs_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f"{i % 2},{i % 3 // 2},{int(i % 10 < 4 + 2 * (i % 2))}" for i in range(400)]
    (tmp_path / "people.csv").write_text("\n".join(["treated,again,before", *rows]) + "\n")
    (tmp_path / "drawn.toml").write_text(
        '[scheme]\nid = "drawn"\nname = "Drawn"\ntitle = "Drawn by lot"\n[comparison]\nmethod = "none"\n'
        '[outcomes]\nprimary = "again"\nplacebo = ["before"]\n'
        '[data]\nsource = "flat"\ntreatment = "treated"\nas_at = 2025-06-30\n'
        '[data.outcomes]\nagain = { column = "again", label = "Rearrest" }\n'
        'before = { column = "before", label = "Arrest in the year before" }\n'
    )
    assert run("evaluate", "drawn.toml", "--data", "people.csv", "--forms", "json") == 0
    # of odd numbers 1, 3 and 5 lie below 6, of even ones 0 and 2 below 4: three and two in five
    assert "Note: The groups differ in arrest in the year before, which the scheme cannot" in capsys.readouterr().err
    (shown,) = json.loads((tmp_path / "papers/drawn/summary.json").read_text("utf-8"))["placebos"]
    assert (shown["treated"]["value"], shown["comparison"]["value"], shown["difference"]) == (60, 40, 20)


def test_the_terminal_shows_no_more_than_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    # 7 of the 100 in the scheme were arrested again, and 30 of the 100 others
    rows = [f"{i % 2},{int(i < (14 if i % 2 else 60))}" for i in range(200)]
    (tmp_path / "people.csv").write_text("\n".join(["treated,again", *rows]) + "\n")
    (tmp_path / "few.toml").write_text(
        '[scheme]\nid = "few"\nname = "Few"\ntitle = "Few by lot"\n[comparison]\nmethod = "none"\n'
        '[outcomes]\nprimary = "again"\n[data]\nsource = "flat"\ntreatment = "treated"\nas_at = 2025-06-30\n'
        '[data.outcomes]\nagain = { column = "again", label = "Rearrest" }\n'
    )
    assert run("evaluate", "few.toml", "--data", "people.csv", "--forms", "json") == 0
    out = capsys.readouterr().out
    assert out.startswith("Rearrest: too few people for the figures to be shown.")
    assert "23" not in out.splitlines()[0]  # percentage points


def test_files_of_people_are_their_owners(folder: Path) -> None:
    assert run("evaluate", ROSSI, "--data", "rossi.csv", "--forms", "json") == 0
    modes = {
        path: stat.S_IMODE((folder / path).stat().st_mode) for path in ("results/rossi", "results/rossi/result.json")
    }
    assert modes == {"results/rossi": 0o700, "results/rossi/result.json": 0o600}


def test_a_paper_that_cannot_be_placed_leaves_result_and_paper(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", ROSSI, "--data", "rossi.csv", "--forms", "json") == 0
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    assert run("evaluate", ROSSI, "--data", "rossi.csv", "--out", ".") == 2
    assert "is the folder in which this runs" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before
