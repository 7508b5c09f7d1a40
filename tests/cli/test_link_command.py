"""`whatworks link`: training, the report, decisions and their undoing, from the command line."""

import csv
import json
import sys
from pathlib import Path

import pytest

from whatworks.cli import main
from whatworks.records.store import DuckDBStore

SETTINGS = """
name = "Northbank (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "police"
name = "Northbank Police (made up)"
kind = "police"
[[agency]]
organisation_id = "court"
name = "Northbank Courts (made up)"
kind = "court"
"""
HEADER = "person_id,forename,surname,date_of_birth,sex,pnc_id\n"
POLICE = HEADER + "2,Ann,Quixote,1990-02-03,female,2003/62845E\n4,Ben,Zebedee,1980-05-16,male,\n"
COURT = HEADER + "7,Anne,Quixote,1990-02-03,male,03/62845E\n8,Ben,Zebedee,1971-06-05,male,\n"


class Folder:
    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self.patch, self.capsys = path, monkeypatch, capsys
        monkeypatch.chdir(path)
        (path / "whatworks.toml").write_text(SETTINGS)
        for name, text in (("police", POLICE), ("court", COURT)):
            (path / f"{name}.csv").write_text(text)

    def __call__(self, words: str, status: int = 0) -> str:
        self.patch.setattr(sys, "argv", ["whatworks", *words.split()])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self.capsys.readouterr()
        assert int(ended.value.code or 0) == status, told.err
        return told.out if status == 0 else told.out + told.err

    def filled(self) -> "Folder":
        for name in ("police", "court"):
            self(f"import {name}.csv --as person --from {name} --source {name}")
        return self


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    return Folder(tmp_path, monkeypatch, capsys)


AUTHOR = "--by J.Ash --why warrant --on 2026-03-01"


def test_nothing_to_link_is_refused_in_words(folder: Folder) -> None:
    for words in ("link", "link report", f"link decide court:7 police:2 --same {AUTHOR}", f"link undo 1 {AUTHOR}"):
        assert "run `whatworks import` first" in folder(words, 2)


def test_a_model_is_trained_once_and_used_again(folder: Folder) -> None:
    first = json.loads(folder.filled()("link --json"))["report"]
    assert (first["method"], first["people"], first["threshold"]) == ("probabilistic", 3, 0.3)
    assert json.loads(folder("link --json"))["report"] == {**first, "changed": False}
    again = json.loads(folder("link --train --json"))["report"]
    assert again["model_id"] == first["model_id"], "the same records and seed give the same model"


def test_the_old_behaviour_is_a_setting(folder: Folder) -> None:
    (folder.path / "whatworks.toml").write_text(f'{SETTINGS}[linkage]\nmethod = "shared_number"\n')
    report = json.loads(folder.filled()("link --json"))["report"]
    assert (report["method"], report["model_id"], report["people"]) == ("shared_number", None, 3)
    assert "Joined by the PNC number" in folder("link")


def test_a_method_nobody_knows_and_a_threshold_outside_are_refused_together(folder: Folder) -> None:
    (folder.path / "whatworks.toml").write_text(f'{SETTINGS}[linkage]\nmethod = "guess"\nthreshold = 30\n')
    told = folder("link", 2)
    assert "linkage.method" in told and "linkage.threshold" in told


def test_decisions_are_kept_shown_and_taken_back(folder: Folder) -> None:
    folder.filled()("link")
    told = folder(f"link decide court:8 police:4 --same {AUTHOR}")
    assert told.splitlines()[0] == "decision 1: decided"
    assert "merge, 1 of 1 record (decision)" in told
    shown = folder("link report")
    assert "decision 1: a court and a police record are one person (J.Ash, 2026-03-01)" in shown
    assert json.loads(folder("link report --json"))["report"]["people"] == 2
    assert "split, 1 of 1 record (decision)" in folder(f"link undo 1 {AUTHOR}")
    assert json.loads(folder("link report --json"))["report"]["people"] == 3
    assert "taken back" in folder("link report")


def test_what_a_decision_lacks_is_said(folder: Folder) -> None:
    folder.filled()
    assert "--same nor --different" in folder(f"link decide court:8 police:4 {AUTHOR}", 2)
    assert "write it as police:1234" in folder(f"link decide court8 police:4 --same {AUTHOR}", 2)
    assert "lies ahead" in folder("link decide court:8 police:4 --same --by J --why w --on 2999-01-01", 2)
    told = folder(f"link decide court:99 police:4 --same {AUTHOR}", 2)
    assert "court holds no record" in told and "99" not in told


def test_questions_go_to_a_file_of_the_owners_and_no_number_to_the_screen(folder: Folder) -> None:
    folder.filled()("link")
    told = folder("link report --questions questions.csv")
    assert "two sexes: 1 person" in told
    with (folder.path / "questions.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {(row["reason"], row["organisation_id"], row["person_id"]) for row in rows} == {
        ("two sexes", "court", "7"),
        ("two sexes", "police", "2"),
    }
    assert (folder.path / "questions.csv").stat().st_mode & 0o777 == 0o600
    assert "L00" not in told and "2003" not in told


def test_a_saved_model_that_cannot_be_read_is_refused_and_trained_anew_as_the_refusal_says(folder: Folder) -> None:
    folder.filled()("link")
    with DuckDBStore(folder.path / "partnership.duckdb") as store:
        store.change("UPDATE link_model SET model = '{}'")
    assert "run `whatworks link --train`" in folder("link", 2)
    assert json.loads(folder("link --train --json"))["report"]["people"] == 3
