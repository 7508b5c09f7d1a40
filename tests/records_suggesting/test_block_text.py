"""A drafted mapping parses, finds what a person would find, and marks what a person has to decide."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.records.mappings.date_formats import recognise_formats
from whatworks.records.mappings.mapping import FileSettings, parse_mapping
from whatworks.records.refusal import Refused
from whatworks.records.suggesting import draft as draft_mapping
from whatworks.records.tables.agency_tables import RECORD_TABLES

CRIMES = """\
CrimeNo;PersonURN;OffDateFrom;OffDateTo;RecordedDt;OffGroup;HO Code;Disposal;DisposalDate;Ward;Officer
C1;P1;14/03/2022;14/03/2022;15/03/2022;THEFT;049/10;CONV;02/09/2022;W1;Ann
C2;P2;04/03/2022;;05/03/2022;XQ7;008/01;CAUT;;W2;Bea
C3;P2;05/03/2022;;25/03/2022;XQ7;008/01;CAUT;;W2;Bea
"""


def draft(tmp_path: Path, content: str, table: str) -> str:
    path = tmp_path / "extract.csv"
    path.write_text(content, encoding="utf-8")
    text = draft_mapping(path, [table]).toml()
    parse_mapping(text, "draft.toml")
    return text


def test_an_extract_of_crimes(tmp_path: Path) -> None:
    text = draft(tmp_path, CRIMES, "offence")
    [block] = parse_mapping(text, "draft.toml").table
    assert block.columns == {
        "offence_id": "CrimeNo",
        "person_id": "PersonURN",
        "offence_code": "HO Code",
        "offence_group": "OffGroup",
        "committed_from": "OffDateFrom",
        "committed_to": "OffDateTo",
        "recorded_on": "RecordedDt",
        "sanctioned_on": "DisposalDate",
        "sanction": "Disposal",
        "area_code": "Ward",
    }
    dates = {"committed_from", "committed_to", "recorded_on", "sanctioned_on"}
    assert block.formats == dict.fromkeys(dates, ("%d/%m/%Y",))
    assert block.codes["sanction"] == {"CONV": "conviction", "CAUT": "caution"}
    assert block.codes["offence_group"] == {"THEFT": "theft"}
    assert '# CHECK: of 1 more, each in few rows, only the shape is shown: "AA9"' in text
    assert 'sanctioned_on = "%d/%m/%Y"    # CHECK: %m/%d/%Y would read as many' in text
    assert 'nothing uses: "Officer"' in text


def test_what_identifies_a_person_is_not_in_the_draft(tmp_path: Path) -> None:
    people = "PersonURN,Fname,Sname,DOB,Gender,PNC ID\nQZ77,Zebedee,Quixote,03-FEB-1987,F,1987/0123456A\n"
    text = draft(tmp_path, people, "person")
    for value in ("QZ77", "Zebedee", "Quixote", "1987", "0123456A"):
        assert value not in text
    assert "A" * 2 + "99" in text
    assert 'date_of_birth = "%d-%b-%Y"' in text


def test_what_was_not_found_stops_an_import_rather_than_passing(tmp_path: Path) -> None:
    text = draft(tmp_path, "PersonURN,Colour\nP1,red\n", "sentence")
    [block] = parse_mapping(text, "draft.toml").table
    assert block.columns == {"person_id": "PersonURN", "kind": "?", "sentenced_on": "?"}
    assert block.key == {"sentence_id": ("#line",)}


def test_two_digit_years_are_marked(tmp_path: Path) -> None:
    text = draft(tmp_path, "requirement_id,appointment_id,due_on\nr,a,31/01/24\n", "appointment")
    assert parse_mapping(text, "draft.toml").table[0].two_digit_years
    assert "CHECK: years have two digits" in text


def test_chosen_settings_stand_in_the_draft(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Northbank;;\nid;x;y\n1;2;3\n")
    made = draft_mapping(tmp_path / "a.csv", ["area"], file=FileSettings(header_row=2, delimiter=";"))
    assert parse_mapping(made.toml(), "draft.toml").file == FileSettings(header_row=2, delimiter=";")


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="'crimes' is not a table; the tables are organisation, area, person"):
        draft_mapping(tmp_path / "a.csv", ["crimes"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["2024-01-31", "1987-02-28"], "%Y-%m-%d"),
        (["31/01/2024", "02/03/2024"], "%d/%m/%Y"),
        (["01/31/2024", "02/03/2024"], "%m/%d/%Y"),
        (["20240131"], "%Y%m%d"),
        (["31 Jan 2024"], "%d %b %Y"),
        (["3 January 2024"], "%d %B %Y"),
        (["31/01/2024 23:59"], "%d/%m/%Y %H:%M"),
        (["2024-01-31T10:11:12"], "%Y-%m-%dT%H:%M:%S"),
        (["31/01/87"], "%d/%m/%y"),
        (["31-Jan-2024 09:05"], "%d-%b-%Y %H:%M"),
        (["31-Jan-2024 09:05:11"], "%d-%b-%Y %H:%M:%S"),
        (["31 Jan 2024 23:59"], "%d %b %Y %H:%M"),
        (["31/01/2024 11:59 PM"], "%d/%m/%Y %I:%M %p"),
        (["31.01.2024 00:00"], "%d.%m.%Y %H:%M"),
        (["31/01/87 10:30"], "%d/%m/%y %H:%M"),
    ],
)
def test_date_formats_are_recognised(written: list[str], meant: str) -> None:
    assert recognise_formats(written)[0] == (meant, 1.0)


@pytest.mark.parametrize("written", ["49/10", "12345", "W1", "31/02/2024", "1987/0123456A", "0024-01-01"])
def test_what_is_no_date_is_not_taken_for_one(written: str) -> None:
    assert recognise_formats([written]) == []


names = st.text(st.sampled_from(string.ascii_letters + " _-é\"\\#=[]'\t"), min_size=1, max_size=12)
cells = st.text(st.characters(exclude_characters="\r\n\0\ufffd", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=10, deadline=None)
@given(
    header=st.lists(names, min_size=1, max_size=6, unique_by=str.strip),
    row=st.lists(cells, min_size=6, max_size=6),
    table=st.sampled_from(list(RECORD_TABLES)),
)
def test_every_draft_parses(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], row: list[str], table: str
) -> None:
    import polars as pl

    path = tmp_path_factory.mktemp("drafts") / "a.parquet"
    pl.DataFrame({name: [value] for name, value in zip(header, row, strict=False)}).write_parquet(path)
    parse_mapping(draft_mapping(path, [table]).toml(), "draft.toml")
