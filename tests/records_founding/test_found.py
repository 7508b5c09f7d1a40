"""A folder of strangers' extracts becomes a partnership's folder: all drafted, what is to be told listed."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from whatworks.evaluation.drafting.choices import schemes_held
from whatworks.records.founding import found_partnership
from whatworks.records.imports.folder import import_folder
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

DAY = date(2025, 6, 30)
RELEASES = "Prison Number,Surname,Date of Birth,Reception Date,Release Date,Custody Status\n" + "".join(
    f"A{1000 + n}AB,{'Quill' if n % 2 else 'Marsh'},{1 + n % 28:02}/03/19{60 + n % 40},01/02/2022,"
    f"{1 + n % 28:02}/05/2022,"
    "Sentenced\n"
    for n in range(40)
)
MENTORS = "CRN,Surname,Date of Birth,Programme,Referral Date,Programme Start Date\n" + "".join(
    f"X{100_000 + n},{'Quill' if n % 2 else 'Marsh'},{1 + n % 28:02}/03/19{60 + n % 40},{'Mentors' if n % 2 else ''},"
    f"{'03/05/2022' if n % 2 else ''},{f'{1 + n % 28:02}/06/2022' if n % 2 else ''}\n"
    for n in range(60)
)


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    (folder / "july").mkdir(parents=True)
    (folder / "hmp_releases.csv").write_text(RELEASES)
    (folder / "july/caseload.csv").write_text(MENTORS)
    return folder


def test_every_file_is_drafted_and_imports_as_it_stands(tmp_path: Path, exports: Path) -> None:
    made = found_partnership(tmp_path / "town", exports, name="Eastmere (made up)", as_at=DAY)
    assert {file.name: (file.kind, file.tables) for file in made.files} == {
        "hmp_releases.csv": ("prison", ("person", "custody_spell")),
        "july/caseload.csv": ("probation", ("person", "participation")),
    }
    with DuckDBStore(made.partnership.store_path) as store:
        report = import_folder(store, made.partnership, received_on=DAY)
        assert report.unclaimed == ()
        counts = dict(store.rows("SELECT source_id, rows_kept FROM source"))
    assert counts["hmp releases/custody_spell"] == 40
    assert counts["july/caseload/participation"] == 30  # every second of 60 has a programme
    assert counts["schemes of whatworks.toml/scheme"] == 1


def test_a_scheme_is_drafted_with_its_earliest_day_and_the_rest_is_asked(tmp_path: Path, exports: Path) -> None:
    made = found_partnership(tmp_path / "town", exports, name="Eastmere", as_at=DAY)
    [scheme] = made.partnership.config.scheme
    assert (scheme.id, scheme.organisation, scheme.from_date) == ("Mentors", "probation", date(2022, 5, 3))
    asked = {told.place for told in made.to_tell}
    assert {"agency prison", "agency probation", "conviction_record", "scheme Mentors", "address"} <= asked
    assert made.partnership.config.conviction_record is None


def test_titles_above_a_header_stop_no_draft_and_are_asked_about(tmp_path: Path, exports: Path) -> None:
    (exports / "hmp_releases.csv").write_text("Releases of 2022\nRun on 01/07/2025\n\n" + RELEASES)
    book = openpyxl.Workbook()
    for line in ["Caseload", "", *MENTORS.splitlines()]:
        book.active.append(line.split(","))  # type: ignore[union-attr]
    (exports / "july/caseload.csv").unlink()
    book.save(exports / "caseload.xlsx")
    made = found_partnership(tmp_path / "town", exports, name="Eastmere (made up)", as_at=DAY)
    assert made.unread == {}
    asked = [told for told in made.to_tell if told.place == "file.header_row"]
    assert [one.question.split("?")[0] for one in asked] == ["is row 3 the header", "is row 4 the header"]
    with DuckDBStore(made.partnership.store_path) as store:
        import_folder(store, made.partnership, received_on=DAY)
        counts = dict(store.rows("SELECT source_id, rows_kept FROM source"))
    assert (counts["hmp releases/custody_spell"], counts["caseload/participation"]) == (40, 30)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n\x00\x01", b"\x00" * 40, b"only one line", b"PK\x03\x04 not a workbook"]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf", "parquet", "jsonl", "ods"])
def test_one_bad_file_never_stops_the_folder(tmp_path: Path, exports: Path, content: bytes, ending: str) -> None:
    (exports / f"broken.{ending}").write_bytes(content)
    made = found_partnership(tmp_path / "town", exports, name="Eastmere", as_at=DAY)
    assert set(made.unread) == {f"broken.{ending}"}
    assert len(made.files) == 2


def test_a_folder_of_bad_files_only_is_refused_with_every_reason_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"")
    (folder / "b.xlsx").write_bytes(b"no")
    with pytest.raises(Refused) as refused:
        found_partnership(tmp_path / "town", folder, name="Eastmere", as_at=DAY)
    assert {fault.file for fault in refused.value.faults} == {"a.csv", "b.xlsx"}
    assert not (tmp_path / "town").exists()


def test_two_files_that_differ_in_their_ending_only_have_mappings_of_their_own(tmp_path: Path, exports: Path) -> None:
    (exports / "hmp_releases.txt").write_text(RELEASES.replace(",", "\t"))
    (exports / "import.csv").write_text(RELEASES)
    made = found_partnership(tmp_path / "town", exports, name="Eastmere", as_at=DAY)
    assert len(set(made.mappings)) == 4
    assert "import.toml" not in made.mappings


def test_extracts_that_lie_in_the_folder_stay_and_copies_are_for_their_owner(tmp_path: Path, exports: Path) -> None:
    found_partnership(tmp_path / "town", exports, name="Eastmere", as_at=DAY)
    copy = tmp_path / "town/extracts/july/caseload.csv"
    assert copy.read_text() == MENTORS
    assert oct(copy.stat().st_mode)[-3:] == "600"
    inside = tmp_path / "village/extracts"
    inside.mkdir(parents=True)
    (inside / "hmp_releases.csv").write_text(RELEASES)
    found_partnership(tmp_path / "village", inside, name="Westmere", as_at=DAY)
    assert sorted(path.name for path in inside.iterdir()) == ["hmp_releases.csv"]


def test_a_file_of_nobodys_is_asked_about_and_the_import_says_how(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "people.csv").write_text("Forename,Surname,Date of Birth,PNC ID\n" + "".join(
        f"Ann,Quill,{1 + n:02}/03/1980,1999/{n:07}A\n" for n in range(20)
    ))  # fmt: skip
    made = found_partnership(tmp_path / "town", folder, name="Eastmere", as_at=DAY)
    assert any(told.file == "mappings/import.toml" and told.place == "people.csv" for told in made.to_tell)
    with DuckDBStore(None) as store, pytest.raises(Refused, match=r"'\?' is not an agency"):
        import_folder(store, made.partnership, received_on=DAY)


def test_a_partnership_is_never_drafted_over(tmp_path: Path, exports: Path) -> None:
    found_partnership(tmp_path / "town", exports, name="Eastmere", as_at=DAY)
    before = (tmp_path / "town/whatworks.toml").read_text()
    with pytest.raises(Refused, match="is a partnership already"):
        found_partnership(tmp_path / "town", exports, name="Else", as_at=DAY)
    assert (tmp_path / "town/whatworks.toml").read_text() == before


def test_what_is_left_out_though_an_evaluation_needs_it_is_asked_with_the_columns_it_may_be(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "suspects.csv").write_text(
        "Nominal ID,Surname,DOB,Crime No,Committed From,Result,Result Date\n"
        + "".join(f"N{n:05},Quill,01/02/1980,C{n:05},03/04/2022,Found guilty,05/06/2022\n" for n in range(30))
    )
    made = found_partnership(tmp_path / "town", folder, name="Eastmere", as_at=DAY)
    asked = {told.place: told.question for told in made.to_tell}
    filled = made.files[0].text
    for column, heading in (("sanctioned_on", "Result Date"), ("sanction", "Result")):
        assert f'\n{column} = "{heading}"' in filled or heading in asked[f"offence.{column}"]


def test_a_scheme_of_several_agencies_is_one_block_and_all_its_people_are_kept(tmp_path: Path, exports: Path) -> None:
    early = MENTORS.replace("03/05/2022", "04/01/2021").replace("X100", "X200")
    (exports / "charity_clients.csv").write_text(early.replace("04/01/2021", "09/09/2020").replace("CRN", "Client ID"))
    made = found_partnership(tmp_path / "town", exports, name="Eastmere (made up)", as_at=DAY)
    [scheme] = made.partnership.config.scheme
    assert (scheme.organisations, scheme.from_date) == (("voluntary", "probation"), date(2020, 9, 9))
    with DuckDBStore(made.partnership.store_path) as store:
        import_folder(store, made.partnership, received_on=DAY)
        kept = store.rows("SELECT organisation_id, count(*) FROM participation GROUP BY ALL ORDER BY ALL")
        assert kept == [("probation", 30), ("voluntary", 30)]
        [held] = schemes_held(store)
    assert (held.id, held.organisation, held.people, held.from_date) == ("Mentors", None, 60, date(2020, 9, 9))


@pytest.mark.parametrize(
    ("column", "days", "words"),
    [
        ("Intervention", False, "Intervention may say who took part in what"),
        ("Intervention", True, "no name of a scheme stands in ten rows or more"),
        ("Tutor", False, "no file says who took part in what"),
    ],
)
def test_why_no_scheme_was_drafted_is_said(tmp_path: Path, column: str, days: bool, words: str) -> None:
    (tmp_path / "exports").mkdir()
    head = f"CRN,Date of Birth,Sex,{column}{',Referral Date' if days else ''}"
    rows = [f"X10000{n},0{1 + n}/03/1990,F,Gate{',0' + str(n) + '/05/2022' if days else ''}" for n in range(1, 9)]
    (tmp_path / "exports/caseload.csv").write_text("\n".join([head, *rows]) + "\n")
    made = found_partnership(tmp_path / "town", tmp_path / "exports", name="Eastmere (made up)", as_at=DAY)
    [told] = [one for one in made.to_tell if one.place == "scheme"]
    assert words in told.question and "add a [[scheme]] block" in told.question


def test_two_files_of_one_agency_bring_each_person_once_and_every_line(tmp_path: Path, exports: Path) -> None:
    """Thirty people stand in both files, thirty in one; each file's thirty rows of the programme are its own."""
    later = MENTORS.replace("X1000", "X1010").replace("X10103", "X10003").replace("X10104", "X10004")
    later = later.replace("X10105", "X10005").replace("Surname,", "Name of Family,")
    (exports / "july/caseload_later.csv").write_text(later)
    people = {line.split(",")[0] for line in (MENTORS + later).splitlines()[1:]} - {"CRN"}
    made = found_partnership(tmp_path / "town", exports, name="Eastmere (made up)", as_at=DAY)
    with DuckDBStore(made.partnership.store_path) as store:
        report = import_folder(store, made.partnership, received_on=DAY)
        counts = dict(store.rows("SELECT source_id, rows_kept FROM source"))
        surnames = store.rows("SELECT count(surname) FROM person WHERE source_id = 'july/caseload/person'")
    assert len(people) == 90 and len(report.files) == 3
    assert (counts["july/caseload/person"], counts["july/caseload later/person"]) == (60, 30)
    assert surnames == [(60,)]  # the file that says more of people comes first
    assert (counts["july/caseload/participation"], counts["july/caseload later/participation"]) == (30, 30)
