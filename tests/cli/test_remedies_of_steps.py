"""What an import's commands refuse says what to do; each step is done here as it says, and is accepted."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from whatworks.cli import main

SETTINGS = 'name = "Made up"\nas_at = 2025-06-30\n'
AGENCY = '[[agency]]\norganisation_id = "{0}"\nname = "Made up {0}"\nkind = "{0}"\n'
PEOPLE = "person_id,sex\nP1,female\nP2,male\n"
CRIMES = "offence_id,person_id,committed_from\nC1,P1,2024-03-01\nC2,P7,2024-03-02\n"
PLAN = '[[file]]\npattern = "{}"\norganisation = "police"\nsource = "{}"\ntable = "person"\n'
DROP = ["quarantine", "drop", "--source", "people"]
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `whatworks` in a partnership and gives what it says; refusals begin with a mark."""
    write("whatworks.toml", SETTINGS + AGENCY.format("police"), tmp_path)
    (tmp_path / "extracts").mkdir()
    (tmp_path / "mappings").mkdir()
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return {0: "", 2: "REFUSED "}[int(ended.value.code or 0)] + " ".join((said.err + said.out).split())

    return command


def write(name: str, text: str, folder: Path | None = None) -> None:
    ((folder or Path()) / name).write_text(text, encoding="utf-8")


def take(run: Run, text: str = PEOPLE, table: str = "person", source: str = "people", *more: str) -> str:
    write(f"{source}.csv", text)
    return run("import", f"{source}.csv", "--as", table, "--from", "police", "--source", source, *more)


def refused(said: str, words: str) -> re.Match[str]:
    found = re.search(words, said)
    assert found, said
    return found


def accepted(said: str, words: str = "") -> None:
    assert not said.startswith("REFUSED") and words in said, said


def test_an_agency_that_is_not_known_is_added(run: Run) -> None:
    write("a.csv", PEOPLE)
    words = ["import", "a.csv", "--as", "person", "--from", "prison", "--source", "people"]
    refused(run(*words), r"a new one is added as \[\[agency\]\] in whatworks.toml")
    write("whatworks.toml", SETTINGS + AGENCY.format("police") + AGENCY.format("prison"))
    accepted(run(*words), "2 kept")


def test_a_newer_extract_replaces_and_another_source_takes_what_is_new(run: Run) -> None:
    take(run)
    newer = PEOPLE + "P3,male\n"
    refused(take(run, newer), "use --replace for a newer extract")
    words = r"held already from source (\w+); if it is a newer extract, import it as that source with --replace"
    source = refused(take(run, newer, source="again"), words)
    accepted(
        run("import", "again.csv", *(["--as", "person", "--from", "police", "--replace", "--source"]), source[1]),
        "3 kept",
    )
    refused(take(run, newer, source="other"), r"put only_new = true in its \[\[table\]\] block of the mapping")
    accepted(take(run, "person_id,sex\nP4,male\n", source="other"), "1 kept")


def test_strictness_is_left_out_or_the_row_is_corrected(run: Run) -> None:
    refused(take(run, PEOPLE + "P3,man\n", "person", "people", "--strict"), "or import without --strict")
    accepted(take(run, PEOPLE + "P3,man\n"), "1 quarantined")


def test_a_date_after_the_extract_is_right_once_the_extract_has_its_own_day(run: Run) -> None:
    late = "person_id,died_on\nP1,2025-07-04\n"
    refused(take(run, late), "or the extract's as-at date")
    accepted(take(run, late, "person", "people", "--as-at", "2025-07-31"), "1 kept")


def test_a_parent_comes_and_its_rows_are_looked_at_again(run: Run) -> None:
    refused(take(run, CRIMES, "offence", "crimes"), "import this agency's person file; the row is then looked at again")
    accepted(take(run, PEOPLE + "P7,male\n"), "2 rows of offence kept now")


def test_a_scheme_is_added_as_a_block(run: Run) -> None:
    take(run)
    part = "participation_id,person_id,scheme_id,referred_on\na,P1,DOOR,2024-03-01\n"
    refused(take(run, part, "participation", "parts"), r"add it as a \[\[scheme\]\] of this agency in whatworks.toml")
    scheme = '[[scheme]]\nid = "DOOR"\nname = "The door"\norganisation = "police"\nfrom = 2024-01-01\n'
    write("whatworks.toml", SETTINGS + AGENCY.format("police") + scheme)
    take(run, PEOPLE + "P9,male\n", "person", "people", "--replace")
    assert "Nothing is in quarantine" in run("quarantine", "list")


def test_the_mapping_that_a_refusal_sends_to_is_drafted_and_leads_to_an_import(run: Run) -> None:
    write("a.csv", "Extract of 2025\n" + PEOPLE + "P3,male\nP4,male\n")
    words = ["import", "a.csv", "--from", "police", "--source", "people"]
    refused(run(*words, "--as", "person"), "`whatworks mapping suggest FILE --as TABLE` drafts one")
    accepted(run("mapping", "suggest", "a.csv", "--as", "person"), "[file] header_row = 2")
    columns = 'columns = { person_id = "person_id", sex = "sex" }\n'
    write("mappings/m.toml", f'[file]\nheader_row = 2\n[[table]]\ntable = "person"\n{columns}')
    accepted(run(*words, "--mapping", "m.toml"), "4 kept")


def test_a_mapping_is_corrected_as_its_faults_say(run: Run) -> None:
    write("a.csv", PEOPLE)
    words = ["import", "a.csv", "--from", "police", "--source", "people", "--mapping", "m.toml"]
    refused(run(*words), "check the name and the folder")
    write("mappings/m.toml", '[[table]]\ntabel = "person"\ntable = "person"\n')
    refused(run(*words), "tabel: is not a setting; check its spelling, or take it out")
    write("mappings/m.toml", '[file]\nencoding = "latin9000"\n[[table]]\ntable = "person"\n')
    refused(run(*words), "encoding 'latin9000' is not known")
    write("mappings/m.toml", '[file]\nencoding = "latin-1"\n[[table]]\ntable = "person"\n'
          'columns = { person_id = "person_id" }\n')  # fmt: skip
    accepted(run(*words), "2 kept")


def test_a_plan_is_corrected_as_its_faults_say(run: Run) -> None:
    write("extracts/a.csv", PEOPLE)
    write("mappings/import.toml", "")
    refused(run("import"), r"add a \[\[file\]\] block for each sort of extract")
    write("mappings/import.toml", PLAN.format("b*.csv", "people"))
    refused(run("import"), "put it there, or take the block out")
    write("mappings/import.toml", PLAN.format("a*.csv", "people") + PLAN.format("*.csv", "more people"))
    refused(run("import"), "make the patterns differ")
    write("extracts/b.csv", "person_id\nP9\n")
    write("mappings/import.toml", PLAN.format("a*.csv", "people") + PLAN.format("b*.csv", "people"))
    refused(run("import"), "give each block its own source")
    write("mappings/import.toml", PLAN.format("a*.csv", "people") + PLAN.format("b*.csv", "more people"))
    accepted(run("import"), "more people -> person: 1 rows in, 1 kept")


def exported(run: Run, **cells: str) -> openpyxl.Workbook:
    """Return the workbook that a quarantine is exported to, with these cells of its rows filled."""
    accepted(run("quarantine", "export", "out.xlsx", "--source", "people"))
    made = openpyxl.load_workbook("out.xlsx")
    for place, text in cells.items():
        made["Rows"][place] = text
    return made


def test_a_corrected_workbook_is_put_right_as_its_faults_say(run: Run) -> None:
    take(run, PEOPLE + "P3,man\nP4,woman\n")
    for cells, words in (
        ({"D1": "gender"}, "leave the header as it is"),
        ({"A2": "77"}, "leave the column as it was exported"),
        ({"A3": "4"}, "keep one row of each line"),
    ):
        exported(run, **cells).save("back.xlsx")
        refused(run("quarantine", "import", "back.xlsx"), words)
    refused(run("quarantine", "import", "people.csv"), "use one that `whatworks quarantine export` made")
    exported(run, D2="male").save("back.xlsx")
    accepted(run("quarantine", "import", "back.xlsx"), "1 kept now")
    exported(run, D2="female").save("old.xlsx")
    take(run, PEOPLE + "P3,man\n", "person", "people", "--replace")
    refused(run("quarantine", "import", "old.xlsx"), "export the quarantine again and correct that")
    exported(run, D2="male").save("back.xlsx")
    accepted(run("quarantine", "import", "back.xlsx"), "1 kept now")
    refused(run("quarantine", "export", "out.xlsx", "--source", "people"), "there is nothing to correct")


def test_what_is_no_record_is_dropped_as_the_faults_say(run: Run) -> None:
    take(run, PEOPLE + "Total,2,in,all\nEnd\n")
    by = ["--by", "A Person", "--reason", "a report's end"]
    refused(run(*DROP, *by), "give --line or --begins")
    command = refused(run(*DROP, *by, "--line", "2"), r"see them with: whatworks (quarantine list) --source \"(\w+)\"")
    listed = run(*command[1].split(), "--source", command[2])
    assert {"row 4", "row 5"} == set(re.findall(r"row \d", listed)), listed
    refused(run(*DROP, "--line", "5", "--by", "A Person", "--reason", " "), "give it with --reason")
    accepted(run(*DROP, *by, "--line", "5"), "1 in all")
    refused(run(*DROP, *by, "--begins", "Sum"), "see them with")
    accepted(run(*DROP, *by, "--begins", "Total"), "2 in all")
    refused(run(*["quarantine", "drop", "--source", "peeple", *by, "--line", "5"]), "the sources are people")
