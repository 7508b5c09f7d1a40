"""Importing from the command line: a one-screen answer to every bad file, and the store as it was before."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
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
organisation_id = "prison"
name = "HMP Northbank (made up)"
kind = "prison"
"""
PEOPLE = "person_id,surname,date_of_birth,sex\nP1,Quixote,1987-02-28,female\nP2,Zebedee,1990-01-01,male\n"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> int:
        return len((self.out + self.err).splitlines())


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `whatworks` inside a partnership, as its own process would."""
    (tmp_path / "whatworks.toml").write_text(SETTINGS)
    (tmp_path / "mappings").mkdir()
    (tmp_path / "extracts").mkdir()
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return command


def people(run: Run, content: str | bytes = PEOPLE, file: str = "people.csv", *more: str) -> Answer:
    Path(file).write_bytes(content.encode() if isinstance(content, str) else content)
    return run("import", file, "--as", "person", "--from", "police", "--source", "people", *more)


def stored() -> dict[str, list[tuple[Any, ...]]]:
    with DuckDBStore(Path("partnership.duckdb"), read_only=True) as store:
        con = store
        tables = [name for (name,) in con.rows("SELECT table_name FROM information_schema.tables")]
        return {name: con.rows(f'SELECT * FROM "{name}" ORDER BY ALL') for name in sorted(tables)}


def test_a_sound_file_is_kept_and_known_the_second_time(run: Run) -> None:
    first = people(run)
    assert (first.status, first.out.splitlines()[0]) == (
        0,
        "people -> person: 2 rows in, 2 kept, 0 quarantined, 0 excluded",
    )
    before = stored()
    again = people(run)
    assert (again.status, again.out) == (0, "people: imported before; nothing was done.\n")
    assert stored() == before


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A1:B1")
    book.save("made.xlsx")
    return Path("made.xlsx").read_bytes()


REFUSED: list[tuple[str, str, str | Callable[[], bytes], list[str]]] = [
    ("empty", "b.csv", "", ["b.csv: is empty", "send the extract again"]),
    ("blank", "b.csv", "\n \n\n", ["b.csv", "is empty"]),
    ("header only", "b.csv", "person_id,sex\n", ["b.csv: has a header but no rows", "send the extract again"]),
    ("wrong delimiter", "b.csv", "person_id^sex\nP3^male\n", ["b.csv", "person_id", "not in the header"]),
    ("equal headers", "b.csv", "person_id,sex,sex\nP3,male,male\n", ["b.csv, sex", "in the header 2 times"]),
    ("no key", "b.csv", "surname,sex\nFlorizel,male\n", ["b.csv, person_id", "not in the header"]),
    (
        "another table's file",
        "b.csv",
        "spell_id,person_id,received_on,status\nS1,P1,2024-01-31,remand\n",
        ["b.csv", "looks like table custody_spell"],
    ),
    ("no text", "b.csv", lambda: b"PK\x03\x04\x14\x00\x06\x00", ["b.csv: is not text", ".xlsx"]),
    ("titles", "b.xlsx", lambda: workbook([["Our people"], [], ["person_id", "sex"], ["P3", "male"]]), [
        "b.xlsx, row 1", "row 3 looks like the header (person_id, sex)", "header_row = 3",
    ]),
    ("damaged workbook", "b.xlsx", lambda: workbook([["person_id", "sex"]])[:300], ["b.xlsx", "damaged"]),
    ("old workbook", "b.xls", lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(99), ["b.xls", "save it as .xlsx"]),
    ("no parquet", "b.parquet", "person_id,sex\n", ["b.parquet", "damaged"]),
    ("no JSON", "b.jsonl", "person_id,sex\nP3,male\n", ["b.jsonl", "no line that is a JSON object"]),
    ("unknown ending", "b.pdf", "%PDF-1.7", ["b.pdf: cannot be read as a table", "CSV, Excel"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "said"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_a_file_that_cannot_be_read_is_refused(
    run: Run, file: str, content: str | Callable[[], bytes], said: list[str]
) -> None:
    people(run)
    before = stored()
    Path(file).write_bytes(content.encode() if isinstance(content, str) else content())
    answer = run("import", file, "--as", "person", "--from", "police", "--source", "more people")
    assert answer.status == 2
    assert answer.out == ""
    assert all(words in answer.err for words in said), answer.err
    assert "Traceback" not in answer.err
    assert answer.lines <= 24
    assert stored() == before


def row(n: int, day: str = "1990-01-01", sex: str = "male") -> str:
    return f"R{n},Florizel,{day},{sex}\n"


ASIDE = [
    ("ragged", row(1) + "R2,Florizel\n" + row(3), ["row 3, whole row: has 2 fields where the header has 4"]),
    ("no key", row(1) + ",Florizel,1990-01-01,male\n" + row(3), ["row 3, person_id: is empty"]),
    (
        "31/02",
        row(1) + row(2, "1990-02-31") + row(3),
        ['row 3, date_of_birth "9999-99-99": is not a date in the calendar'],
    ),
    ("two digits", row(1) + row(2, "31/01/90") + row(3), ['row 3, date_of_birth "99/99/99": has a year of two digits']),
    ("future", row(1) + row(2, "2030-01-31") + row(3), ['row 3, date_of_birth "9999-99-99": lies after 2025-06-30']),
    (
        "two faults",
        row(1) + row(2, "x", "y") + row(3),
        ['row 3, date_of_birth "x": is not a date', 'row 3, sex "a": is'],
    ),
    ("open quote", row(1) + 'R2,"Florizel,1990-01-01,male\n' + row(3), ["row 3, whole row: opens a quoted field"]),
    ("endless", row(1) + "R2," + "x" * 2_000_000 + "\n" + row(3), ["row 3, whole row: is longer than 1,048,576 bytes"]),
]


@pytest.mark.parametrize(("content", "said"), [one[1:] for one in ASIDE], ids=[one[0] for one in ASIDE])
def test_a_bad_row_is_set_aside_and_the_others_kept(run: Run, content: str, said: list[str]) -> None:
    answer = people(run, "person_id,surname,date_of_birth,sex\n" + content)
    assert answer.status == 0
    assert answer.out.startswith("people -> person: 3 rows in, 2 kept, 1 quarantined, 0 excluded\n")
    assert all(words in answer.out for words in said), answer.out
    assert "Florizel" not in answer.out
    assert answer.lines <= 24
    kept = [values[3] for values in stored()["person"]]
    assert kept == ["R1", "R3"]


def test_a_file_without_headers_does_not_have_its_people_shown(run: Run) -> None:
    answer = people(run, PEOPLE.partition("\n")[2])
    assert answer.status == 2
    assert "first line seems to be a record" in answer.err
    assert "Quixote" not in answer.err
    drafted = run("mapping", "suggest", "people.csv", "--as", "person")
    assert drafted.status == 2
    assert "first line seems to be a record" in drafted.err
    assert "Quixote" not in drafted.err


def test_what_a_screen_cannot_show_is_not_sent_to_it(run: Run) -> None:
    answer = people(run, "\x1b[31m,\x07\nQuixote,x\n")
    assert answer.status == 2
    assert answer.err.replace("\n", "").isprintable()


def test_mixed_encodings_cost_only_the_rows_that_cannot_be_read(run: Run) -> None:
    content = "person_id,surname\nR1,Zoë\n".encode() + "R2,Zoë\n".encode("cp1252") + b"R3,Ann\n"
    answer = people(run, content)
    assert (answer.status, [values[3] for values in stored()["person"]]) == (0, ["R1", "R3"])
    assert "row 3, whole row: holds characters that are not in the encoding of the rest" in answer.out


def test_a_file_of_one_endless_line_is_refused_or_set_aside_without_being_held(run: Run) -> None:
    answer = people(run, b"x" * 3_000_000)
    assert answer.status == 2
    assert "has no header" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "polise", "--source", "s", "--as", "person"], "did you mean 'police'? known: police, prison"),
        (["--from", "police", "--source", "s"], "--as TABLE or --mapping FILE"),
        (["--source", "s", "--as", "person"], "--from ORGANISATION"),
        (["--from", "police", "--source", "s", "--as", "people"], "use one of organisation, area, person"),
        (["--from", "police", "--source", "s", "--as", "person", "--as-at", "31/02/2024"], "write it as 2025-06-30"),
        (["--from", "police", "--source", "s", "--as", "person", "--as-at", "2999-01-01"], "lies ahead"),
        (["--from", "police", "--source", "s", "--mapping", "none.toml"], "none.toml"),
        (["--from", "prison", "--source", "people", "--as", "person"], "came from police"),
        (["--from", "police", "--source", "again", "--as", "person"], "held already from source people"),
    ],
)
def test_what_is_said_of_a_file_is_checked(run: Run, words: list[str], said: str) -> None:
    people(run)
    before = stored()
    Path("same.csv").write_text(PEOPLE.replace("Quixote", "Quixot"))
    answer = run("import", "same.csv", *words)
    assert answer.status == 2
    assert said in answer.err
    assert "Quixot" not in answer.err
    assert stored() == before


def test_a_mapping_with_faults_is_refused_with_all_of_them(run: Run) -> None:
    people(run)
    Path("mappings/m.toml").write_text('[[table]]\ntable = "person"\ncolums = 1\n[table.columns]\nsecks = "Sex"\n')
    answer = run("import", "people.csv", "--mapping", "m.toml", "--from", "police", "--source", "s")
    assert answer.status == 2
    assert "colums" in answer.err


def test_json_is_one_document_and_nothing_else(run: Run) -> None:
    people(run)
    Path("mappings/import.toml").write_text(
        '[[file]]\npattern = "*.csv"\norganisation = "prison"\nsource = "inmates"\ntable = "person"\n'
    )
    Path("extracts/a.csv").write_text("person_id,sex\nX1,man\nX2,male\n")
    for words in (
        ["import", "--json"],
        ["import", "--json", "."],
        ["quarantine", "list", "--json"],
        ["quarantine", "export", "out", "--json"],
        ["mapping", "suggest", "people.csv", "--as", "person", "--json"],
        ["init", "other", "--json"],
    ):
        answer = run(*words)
        assert (answer.status, answer.err) == (0, "")
        assert isinstance(json.loads(answer.out), dict)
    listed = json.loads(run("quarantine", "list", "--json").out)
    assert listed["counts"] == [{"source": "inmates", "table": "person", "rule": "code", "field": "sex", "rows": 1}]
    assert listed["faults"][0]["value"] == "aaa"


def test_rows_go_out_and_come_back_corrected(run: Run) -> None:
    people(run, PEOPLE.replace("female", "woman"))
    assert run("quarantine", "export", "q.xlsx", "--source", "people").out == "q.xlsx: 1 rows of people\n"
    book = openpyxl.load_workbook("q.xlsx")
    book["Rows"]["F2"] = "female"
    book.save("q.xlsx")
    answer = run("quarantine", "import", "q.xlsx")
    assert "people -> person: 1 rows looked at again, 1 kept now, 0 still quarantined, 0 excluded" in answer.out
    assert run("quarantine", "list").out == "Nothing is in quarantine.\n"
    assert run("quarantine", "export", "out").status == 2


def test_corrections_are_not_written_over_something_else(run: Run) -> None:
    people(run, PEOPLE.replace("female", "woman"))
    answer = run("quarantine", "export", "people.csv")
    assert (answer.status, "people.csv is the name of a file, and a folder of workbooks" in answer.err) == (2, True)
    assert Path("people.csv").read_text() == PEOPLE.replace("female", "woman")
    answer = run("quarantine", "export", "new.csv")
    assert (answer.status, "--source people new.xlsx" in answer.err) == (2, True)
    assert not Path("new.csv").exists()


def test_a_whole_partnership_from_another_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mappings/import.toml").write_text(
        '[[file]]\npattern = "p*.csv"\norganisation = "police"\nsource = "people"\ntable = "person"\n'
    )
    Path("extracts/people.csv").write_text(PEOPLE)
    Path("extracts/notes.txt").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    answer = run("import", "--partnership", str(tmp_path))
    assert answer.status == 0
    assert "2 rows in, 2 kept" in answer.out
    assert "extracts/notes.txt: it was not read" in answer.err
    assert run("import", "--partnership", str(tmp_path), "--from", "police").status == 2


def test_a_replacement_says_what_changed(run: Run) -> None:
    people(run)
    newer = PEOPLE.replace("P1,Quixote", "P3,Quixote").replace("1990-01-01", "1990-01-02")
    assert people(run, newer).status == 2
    answer = people(run, newer, "people.csv", "--replace")
    assert "since the extract before: 1 ids added, 1 gone, 1 with other values" in answer.out


def test_a_suggested_mapping_reads_the_file_it_was_drafted_from(run: Run) -> None:
    Path("extracts/p.csv").write_text("URN;Sname;DOB;Gender\nU1;Quixote;28/02/1987;F\nU2;Zebedee;31/12/1990;M\n")
    draft = run("mapping", "suggest", "extracts/p.csv", "--as", "person")
    Path("mappings/p.toml").write_text(draft.out)
    answer = run("import", "extracts/p.csv", "--mapping", "p.toml", "--from", "police", "--source", "people")
    assert "2 rows in, 2 kept" in answer.out
    assert [(values[3], values[5], str(values[6]), values[7]) for values in stored()["person"]] == [
        ("U1", "Quixote", "1987-02-28", "female"),
        ("U2", "Zebedee", "1990-12-31", "male"),
    ]
