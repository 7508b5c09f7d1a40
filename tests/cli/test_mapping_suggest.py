"""Three ordinary exports become rows of the store by their drafts; each refusal's remedy, carried out, is accepted."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from whatworks.cli import main
from whatworks.records.store import DuckDBStore

SETTINGS = """
name = "Eastwick (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "police"
name = "Eastwick Police (made up)"
kind = "police"
[[agency]]
organisation_id = "probation"
name = "Eastwick Probation (made up)"
kind = "probation"
[[agency]]
organisation_id = "prison"
name = "HMP Eastwick (made up)"
kind = "prison"
"""
CRIMES = """\
Crime Number,Suspect Nominal Ref,Suspect Name,Suspect D.O.B.,Suspect Gender,PNC No,Committed From,Committed To,\
Date/Time Recorded,HO Code,Disposal,Disposal Date,OIC,Victim DOB
EW/1,N0071,"ARDLEY, Jo",14/02/1988,F,2004/0123456A,01/03/2023 21:40,02/03/2023 07:00,\
02/03/2023 09:12,049/10,Caution,09/05/2023,BELL,01/01/1950
EW/2,N0072,"CRANE, Lee",03/12/1999,M,,05/04/2023 10:00,05/04/2023 10:00,\
05/04/2023 10:40,008/01,NFA,10/07/2023,BELL,02/02/1960
EW/3,N0071,"ARDLEY, Jo",14/02/1988,F,2004/0123456A,28/07/2023 23:15,,29/07/2023 08:00,049/10,Charged,,HART,
"""
RELEASES = """\
NOMS No;Surname;First Name;Date of Birth;Sex;Prison;DATE RECEPTION;DATE RELEASE;Legal Status;Committed To;SED
A1234QZ;ARDLEY;Jo;14-Feb-1988;F;HMP Eastwick;10-May-2023;21-Jun-2023;Sentenced;Crown Court;21-Dec-2026
B2345QZ;CRANE;Lee;03-Dec-1999;M;HMP Eastwick;11-Jul-2023;30-Nov-2023;Remand;Crown Court;01-Jan-2027
A1234QZ;ARDLEY;Jo;14-Feb-1988;F;HMP Eastwick;02-Jan-2024;05-Mar-2024;Recall;;21-Dec-2026
"""
CASELOAD = [
    ["CRN", "Surname", "Forename", "DoB", "Gender", "NOMS Number", "Order Type", "Sentence Date", "Length (Days)",
     "Requirement ID", "Requirement Type", "Actual Start Date", "Actual End Date", "Expected End Date"],
    ["X100001", "ARDLEY", "Jo", date(1988, 2, 14), "Female", "A1234QZ", "Community Order", date(2023, 5, 9), 365,
     "R1", "Unpaid Work", date(2023, 5, 20), date(2023, 11, 1), date(2026, 5, 8)],
    ["X100002", "CRANE", "Lee", date(1999, 12, 3), "Male", None, "Suspended Sentence Order", date(2023, 7, 10), 540,
     "R2", "Drug Rehabilitation", date(2023, 7, 30), None, date(2026, 7, 9)],
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "whatworks.toml").write_text(SETTINGS)
    for folder in ("mappings", "extracts"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return command


def take(run: Run, file: str, agency: str) -> Answer:
    """Draft a mapping, write it down as it is, and import by it."""
    drafted = run("mapping", "suggest", f"extracts/{file}", "--from", agency)
    assert drafted.status == 0
    Path(f"mappings/{agency}.toml").write_text(drafted.out)
    return run("import", f"extracts/{file}", "--mapping", f"{agency}.toml", "--from", agency, "--source", file)


def stored(sql: str) -> list[tuple[Any, ...]]:
    with DuckDBStore(Path("partnership.duckdb")) as store:
        return store.rows(sql)


def test_three_ordinary_exports_are_imported_by_their_drafts(run: Run) -> None:
    Path("extracts/crimes.csv").write_text(CRIMES)
    Path("extracts/releases.csv").write_text(RELEASES)
    book = openpyxl.Workbook()
    for row in CASELOAD:
        book.active.append(row)  # type: ignore[union-attr]
    book.save("extracts/caseload.xlsx")
    crimes, releases = take(run, "crimes.csv", "police"), take(run, "releases.csv", "prison")
    caseload = take(run, "caseload.xlsx", "probation")
    assert crimes.out.splitlines() == [
        "crimes.csv -> person: 3 rows in, 2 kept, 0 quarantined, 1 excluded",
        "crimes.csv -> offence: 3 rows in, 3 kept, 0 quarantined, 0 excluded",
    ]
    assert releases.out.splitlines() == [
        "releases.csv -> person: 3 rows in, 2 kept, 0 quarantined, 1 excluded",
        "releases.csv -> custody_spell: 3 rows in, 3 kept, 0 quarantined, 0 excluded",
    ]
    assert caseload.out.splitlines() == [
        "caseload.xlsx -> person: 2 rows in, 2 kept, 0 quarantined, 0 excluded",
        "caseload.xlsx -> sentence: 2 rows in, 2 kept, 0 quarantined, 0 excluded",
        "caseload.xlsx -> requirement: 2 rows in, 2 kept, 0 quarantined, 0 excluded",
    ]
    born = date(1988, 2, 14)
    assert stored(
        "SELECT organisation_id, person_id, surname, forename, date_of_birth, sex, died_on, pnc_id, prison_number, crn "
        "FROM person WHERE surname = 'ARDLEY' ORDER BY 1"
    ) == [
        ("police", "N0071", "ARDLEY", "Jo", born, "female", None, "2004/0123456A", None, None),
        ("prison", "A1234QZ", "ARDLEY", "Jo", born, "female", None, None, "A1234QZ", None),
        ("probation", "X100001", "ARDLEY", "Jo", born, "female", None, None, "A1234QZ", "X100001"),
    ]
    assert stored(
        "SELECT offence_id, person_id, committed_from, committed_to, recorded_on, offence_code, sanctioned_on, "
        "sanction FROM offence ORDER BY 1"
    ) == [
        ("EW/1", "N0071", date(2023, 3, 1), date(2023, 3, 2), date(2023, 3, 2), "049/10", date(2023, 5, 9), "caution"),
        (
            "EW/2",
            "N0072",
            date(2023, 4, 5),
            date(2023, 4, 5),
            date(2023, 4, 5),
            "008/01",
            None,
            None,
        ),  # no sanction, no day
        ("EW/3", "N0071", date(2023, 7, 28), None, date(2023, 7, 29), "049/10", None, None),
    ]
    assert stored(
        "SELECT person_id, received_on, released_on, status, establishment FROM custody_spell ORDER BY 2"
    ) == [
        ("A1234QZ", date(2023, 5, 10), date(2023, 6, 21), "sentence", "HMP Eastwick"),
        ("B2345QZ", date(2023, 7, 11), date(2023, 11, 30), "remand", "HMP Eastwick"),
        ("A1234QZ", date(2024, 1, 2), date(2024, 3, 5), "recall", "HMP Eastwick"),
    ]
    assert stored("SELECT person_id, kind, sentenced_on, length_days FROM sentence ORDER BY 1") == [
        ("X100001", "community", date(2023, 5, 9), 365), ("X100002", "suspended", date(2023, 7, 10), 540),
    ]  # fmt: skip
    assert stored("SELECT requirement_id, person_id, kind, from_date, to_date FROM requirement ORDER BY 1") == [
        ("R1", "X100001", "Unpaid Work", date(2023, 5, 20), date(2023, 11, 1)),
        ("R2", "X100002", "Drug Rehabilitation", date(2023, 7, 30), None),
    ]


HEADERLESS = "Zed Lee;07/11/1987\nAnn Ray;08/12/1988\n"
PEOPLE = "Nominal Ref;Surname\nN1;Lee\nN2;Ray\n"
MORE = "".join(f"N{number};Crane\n" for number in range(3, 9))


@pytest.mark.parametrize(
    ("content", "words", "problem", "mended", "better"),
    [
        (PEOPLE, ["--as", "people"], "'people' is not a table; the tables are organisation, area, person",
         PEOPLE, ["--as", "person"]),
        (PEOPLE, ["--as", "people"], "auto drafts all that the file can fill", PEOPLE, ["--as", "auto"]),
        ("Colour;Shade\nred;dark\n", [], "no table is seen that it can fill; name the table that its records are for, "
         "as in --as offence", "Colour;Shade\nred;dark\n", ["--as", "offence"]),
        (HEADERLESS, ["--as", "person"], "put a line of column names above it", "Name;DoB\n" + HEADERLESS,
         ["--as", "person"]),
        (PEOPLE, ["--delimiter", ";;"], "name one, as in --delimiter ';'", PEOPLE, ["--delimiter", ";"]),
        (PEOPLE, ["--from", "polise"], "did you mean 'police'?", PEOPLE, ["--from", "police"]),
        (PEOPLE, ["--as-at", "30/06/2025"], "write it as 2025-06-30", PEOPLE, ["--as-at", "2025-06-30"]),
        ("Surname;Surname\nLee;Ray\n", [], "give each column its own name", "Surname;Forename\nLee;Ann\n", []),
        ("", [], "send the extract again", PEOPLE, []),
        ("Extract of 2025\n" + PEOPLE, ["--header-row", "1"], "row 2 looks like the header (Nominal Ref, Surname): put "
         "header_row = 2 in an option, as in --setting 'header_row = 3'",
         "Extract of 2025\n" + PEOPLE, ["--setting", "header_row = 2"]),
        (PEOPLE, ["--setting", "headers = 2"], "the settings are delimiter, encoding, header_row, sheet", PEOPLE,
         ["--setting", "encoding = 'utf-8'"]),
        (PEOPLE, ["--setting", "header_row ="], "--setting", PEOPLE, ["--setting", "header_row = 1"]),
    ],
)  # fmt: skip
def test_the_remedy_of_a_refusal_can_be_followed(
    run: Run, content: str, words: list[str], problem: str, mended: str, better: list[str]
) -> None:
    Path("extracts/x.csv").write_text(content)
    refused = run("mapping", "suggest", "extracts/x.csv", *words)
    assert (refused.status, refused.out) == (2, "")
    assert problem in refused.err
    Path("extracts/x.csv").write_text(mended)
    accepted = run("mapping", "suggest", "extracts/x.csv", *better)
    assert (accepted.status, accepted.err.splitlines()[0][:12]) == (0, "x.csv fills ")


def test_settings_stand_in_the_draft_and_are_imported_by(run: Run) -> None:
    Path("extracts/x.csv").write_text("Extract;\n" + PEOPLE + "*** END OF REPORT;\n")
    drafted = run("mapping", "suggest", "extracts/x.csv", "--header-row", "2", "--setting", "not_records = ['*** END']")
    assert '[file]\nheader_row = 2\nnot_records = ["*** END"]' in drafted.out
    Path("mappings/x.toml").write_text(drafted.out)
    done = run("import", "extracts/x.csv", "--mapping", "x.toml", "--from", "police", "--source", "people")
    assert "3 rows in, 2 kept, 0 quarantined" in done.out


def test_a_header_below_titles_is_taken_and_asked_about(run: Run) -> None:
    Path("extracts/x.csv").write_text("Extract of 2025\nOFFICIAL\n\n" + PEOPLE + MORE)
    drafted = run("mapping", "suggest", "extracts/x.csv")
    assert drafted.status == 0
    assert "[file]\nheader_row = 4    # CHECK: what stands above this row looks like titles\n" in drafted.out
    assert "Row 4 was taken for the header" in drafted.err
    Path("mappings/x.toml").write_text(drafted.out)
    done = run("import", "extracts/x.csv", "--mapping", "x.toml", "--from", "police", "--source", "people")
    assert "8 rows in, 8 kept, 0 quarantined" in done.out


def test_the_end_of_a_report_is_left_out_and_said_so(run: Run) -> None:
    Path("crimes.csv").write_text(CRIMES + "*** END OF REPORT ***\n")
    drafted = run("mapping", "suggest", "crimes.csv", "--from", "police")
    assert 'Its last lines begin with "*** END OF REPORT ***"' in drafted.err
    Path("mappings/crimes.csv.toml").write_text(drafted.out)
    imported = run("import", "crimes.csv", "--mapping", "crimes.csv.toml", "--from", "police", "--source", "crimes")
    assert "4 rows in" in imported.out and "1 dropped as not records" in imported.out


def test_the_sheet_that_a_refusal_names_can_be_chosen(run: Run) -> None:
    book = openpyxl.Workbook()
    for name in ("Notes", "Data"):
        sheet = book.create_sheet(name)
        for row in [["Nominal Ref", "Surname"], ["N1", "Lee"], ["N2", "Ray"]]:
            sheet.append(row)
    book.save("extracts/x.xlsx")
    refused = run("mapping", "suggest", "extracts/x.xlsx")
    assert refused.status == 2
    assert 'sheet = "Notes" in an option, as in --setting' in refused.err
    assert run("mapping", "suggest", "extracts/x.xlsx", "--setting", 'sheet = "Data"').status == 0
    assert run("mapping", "suggest", "extracts/x.xlsx", "--sheet", "Data").status == 0


def test_a_partnership_that_is_not_there_is_made_as_the_refusal_says(run: Run) -> None:
    Path("extracts/x.csv").write_text(PEOPLE)
    refused = run("mapping", "suggest", "extracts/x.csv", "--partnership", "new")
    assert (refused.status, "whatworks init DIR" in refused.err) == (2, True)
    assert run("init", "new").status == 0
    assert run("mapping", "suggest", "extracts/x.csv", "--partnership", "new").status == 0


def test_a_file_of_another_form_is_sent_as_csv(run: Run) -> None:
    Path("extracts/x.dat").write_text(PEOPLE)
    refused = run("mapping", "suggest", "extracts/x.dat")
    assert (refused.status, "send it as CSV" in refused.err) == (2, True)
    Path("extracts/x.dat").rename("extracts/x.csv")
    assert run("mapping", "suggest", "extracts/x.csv").status == 0


def test_what_a_draft_leaves_to_a_person_is_told_and_then_imported(run: Run) -> None:
    Path("extracts/x.csv").write_text("NOMS No;Date Received into Custody;Kind of stay\nA1234QZ;01/02/2024;S\n")
    Path("extracts/p.csv").write_text("NOMS No;Surname\nA1234QZ;Lee\n")
    assert take(run, "p.csv", "prison").status == 0
    refused = take(run, "x.csv", "prison")
    assert refused.status == 2
    assert "status: of table custody_spell is still to be told: the mapping has '?'" in refused.err
    text = Path("mappings/prison.toml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("status =")]
    Path("mappings/prison.toml").write_text("\n".join([*lines, "[table.constants]", 'status = "sentence"', ""]))
    done = run("import", "extracts/x.csv", "--mapping", "prison.toml", "--from", "prison", "--source", "stays")
    assert "1 rows in, 1 kept" in done.out


def test_as_json_a_draft_says_its_tables_and_what_is_undecided(run: Run) -> None:
    Path("extracts/x.csv").write_text("Nominal Ref;Offence Date;Charge Date\nN1;01/02/2024;soon\n")
    answer = run("mapping", "suggest", "extracts/x.csv", "--json")
    assert (answer.status, answer.err) == (0, "")
    told = json.loads(answer.out)
    assert [(table["table"], table["confidence"], table["missing"]) for table in told["tables"]] == [
        ("offence", 1.0, [])
    ]
    assert [(one["column"], one["candidates"], one["needed"]) for one in told["undecided"]] == [
        ("charged_on", ["Charge Date"], False)
    ]


def test_beside_the_draft_the_screen_says_what_an_import_needs(run: Run) -> None:
    Path("extracts/x.csv").write_text("NOMS No;DATE RECEPTION;Status\nA1234QZ;01/02/2024;S\n")
    answer = run("mapping", "suggest", "extracts/x.csv")
    assert answer.err.splitlines() == [
        "x.csv fills custody_spell (75% of what it must have).",
        "  An import needs custody_spell.status; is one of these columns it?: Status",
    ]


def test_the_day_of_the_extract_comes_from_the_partnership_or_the_command(run: Run) -> None:
    Path("extracts/x.csv").write_text("Nominal Ref;Offence Date;Charge Date\nN1;01/02/2024;01/08/2025\n")
    assert "# charged_on =     # CHECK" in run("mapping", "suggest", "extracts/x.csv").out
    assert 'charged_on = "Charge Date"' in run("mapping", "suggest", "extracts/x.csv", "--as-at", "2025-09-30").out
