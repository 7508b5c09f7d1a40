"""What the screen says of rows that an import did not keep: the reason, the remedy, and what is no record."""

import sys
from pathlib import Path

import pytest

from whatworks.cli import main

SETTINGS = """
name = "Northbank (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "police"
name = "Northbank Police (made up)"
kind = "police"
[[scheme]]
id = "GATE"
name = "Gate"
organisation = "police"
from = 2021-01-04
"""
PLAN = """
[[file]]
pattern = "people.csv"
organisation = "police"
source = "people"
table = "person"
[[file]]
pattern = "cases.csv"
organisation = "police"
source = "cases"
mapping = "cases.toml"
"""
CASES = """
[[table]]
table = "sentence"
[table.columns]
person_id = "Person"
kind = "Kind"
sentenced_on = "Day"
[table.key]
sentence_id = ["#line"]
[[table]]
table = "participation"
when = [{ column = "Scheme", not_empty = true }]
[table.columns]
person_id = "Person"
scheme_id = "Scheme"
started_on = "Day"
[table.key]
participation_id = ["#line"]
"""
PEOPLE = "person_id,surname,date_of_birth,sex\nP1,Quixote,1987-02-28,female\nP2,Zebedee,31/02/1990,male\n"
HEADER = "Person,Kind,Day,Scheme\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "extracts").mkdir()
    (tmp_path / "whatworks.toml").write_text(SETTINGS)
    (tmp_path / "mappings/import.toml").write_text(PLAN)
    (tmp_path / "mappings/cases.toml").write_text(CASES)
    (tmp_path / "extracts/people.csv").write_text(PEOPLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["whatworks", *words])
        main()
    assert not ended.value.code
    return capsys.readouterr().out


def imported(folder: Path, capsys: pytest.CaptureFixture[str], cases: str) -> str:
    (folder / "extracts/cases.csv").write_text(HEADER + cases)
    return run(capsys, "import")


def test_a_person_in_quarantine_is_not_asked_for_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = imported(folder, capsys, "P1,fine,2024-01-01,\nP2,fine,2024-01-01,\nP3,fine,2024-01-01,\n")
    assert 'row 3, person_id "A9": names a row of table person that is in quarantine itself' in said
    assert 'correct that row of source "people" first' in said
    assert 'row 4, person_id "A9": is not in table person; import this agency\'s person file' in said


def test_the_reason_follows_the_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "extracts/people.csv").write_text("\n".join(PEOPLE.splitlines()[:2]))
    said = imported(folder, capsys, "P1,fine,2024-01-01,\nP2,fine,2024-01-01,\n")
    assert "is not in table person; import this agency's person file; the row is then looked at again" in said
    (folder / "extracts/people.csv").write_text(PEOPLE)
    run(capsys, "import", "--replace")
    said = run(capsys, "quarantine", "list", "--source", "cases")
    assert "names a row of table person that is in quarantine itself" in said
    assert "import this agency" not in said
    (folder / "extracts/people.csv").write_text(PEOPLE.replace("31/02/1990", "1990-01-31"))
    assert "1 rows of sentence kept now" in run(capsys, "import", "--replace")
    assert run(capsys, "quarantine", "list") == "Nothing is in quarantine.\n"


def test_a_person_who_is_dropped_is_asked_for_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys, "P2,fine,2024-01-01,\n" * 2 + "P1,fine,2024-01-01,\n")
    run(capsys, "quarantine", "drop", "--source", "people", "--line", "3", "--reason", "a test row", "--by", "Ann Lee")
    assert "import this agency's person file" in run(capsys, "quarantine", "list", "--source", "cases")


def test_a_table_of_which_no_row_is_kept_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = imported(folder, capsys, "P1,fine,2024-01-01,\n" * 3)
    assert "no row of participation was kept: the mapping leaves out 3. See `when`" in said
    assert "no row of sentence" not in said


def test_no_row_kept_for_faults_shows_each_kind_of_fault_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = imported(folder, capsys, "P1,fine,2024-01-01,GATE\n" + "P1,fine,2024-01-01,DOOR\n" * 3)
    assert "no row of" not in said
    (folder / "extracts/cases.csv").write_text(HEADER + "P1,fine,2024-01-01,DOOR\n" * 3)
    said = run(capsys, "import", "--replace")
    assert "no row of participation was kept: 3 are quarantined, for what stands below" in said
    assert said.count("is not in table scheme; add it as a [[scheme]] of this agency in whatworks.toml") == 1
    assert "(3 rows in all)" in said


@pytest.mark.parametrize(
    "end", ["*** END OF REPORT", "Total cases,108", '"Printed on 1 June 2024"', "2 rows selected.\n\n--\n"]
)
def test_the_end_of_a_report_is_seen_and_its_drop_is_taken(
    folder: Path, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    said = imported(folder, capsys, "P1,fine,2024-01-01,GATE\n" * 2 + end)
    [hint] = [line for line in said.splitlines() if "may be the end of a report" in line]
    assert "not_records" in hint
    assert "has 1 field where" not in said
    lines = [part.split(" ")[0] for part in hint.split("--line ")[1:]]
    named = [word for line in lines for word in ("--line", line)]
    run(capsys, "quarantine", "drop", "--source", "cases", *named, "--reason", "end of the report", "--by", "Ann Lee")
    assert "cases ->" not in run(capsys, "quarantine", "list")


def test_a_faulty_last_record_is_not_taken_for_the_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = imported(folder, capsys, "P1,fine,2024-01-01,\nP1,fine,31/02/2024,\n")
    assert "may be the end" not in said
    assert "row 3, sentenced_on" in said
