"""Headings are brought to the same words; the dictionary names our columns, and nobody else's."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.suggesting.choice import fillable
from whatworks.records.suggesting.draft import draft
from whatworks.records.suggesting.headings import rank_of
from whatworks.records.suggesting.tables_of_words import rows_of
from whatworks.records.suggesting.words import heading_words
from whatworks.records.tables.agency_tables import RECORD_TABLES

SYSTEMS = ("NOMIS", "Digital Prison", "nDelius", "Libra", "Common Platform", "Mosaic", "SystmOne")


@pytest.mark.parametrize(
    ("table", "column", "headings"),
    [
        ("person", "date_of_birth", ["DoB", "D.O.B.", "D.O.B", "DATE_OF_BIRTH", "dateOfBirth", "Birth Date",
                                     "Offender DOB", "dob_f13", "Prisoner Date of Birth", "Date Of Birth (Client)"]),
        ("person", "surname", ["Last Name", "SNAME", "lastName", "Family Name", "Suspect Surname"]),
        ("person", "forename", ["First name", "FORENAME1", "Given Name", "Forename(s)", "firstName", "forename1_f8"]),
        ("person", "pnc_id", ["PNCID", "PNC No.", "pncNumber", "PNC_ID", "Pnc Ref", "Subject PNC Number"]),
        ("person", "prison_number", ["NOMS No", "NOMIS ID", "nomsNumber", "NOMS_NUMBER", "nomis_id_f4"]),
        ("person", "died_on", ["Date of Death", "DOD", "DateDeath", "Deceased Date", "Died on"]),
        ("custody_spell", "released_on", ["DATE RELEASE", "RelDate", "Date of release", "Release Date/Time"]),
        ("custody_spell", "received_on", ["RECEPTION_DATE", "Date Received in Prison", "first_reception_date_f23"]),
        ("offence", "committed_from", ["OffDateFrom", "Offence Start Date", "Date/Time Committed From"]),
        ("offence", "committed_to", ["OffDateTo", "Committed To", "Offence End Date"]),
        ("offence", "offence_code", ["HO Code", "Home Office Offence Code", "offenceCode", "CJS Code"]),
        ("sentence", "length_days", ["Length (Days)", "SENT_LENGTH_DAYS", "Sentence Length in Days"]),
        ("sentence", "sentenced_on", ["SentenceDt", "Date of Sentence", "Sentence Date"]),
        ("area", "area_code", ["LSOA21CD", "WD22CD", "LAD21CD", "Ward Code"]),
        ("person", "sex", ["Sex (M/F)", "SEX", "Gender", "M/F", "NomSex"]),
        ("participation", "end_reason", ["Closure Reason", "Reason for leaving", "EndReason"]),
    ],
)  # fmt: skip
def test_variants_of_a_heading_name_one_column(table: str, column: str, headings: list[str]) -> None:
    assert [heading for heading in headings if rank_of(heading, table, column) is None] == []


@pytest.mark.parametrize(
    ("heading", "table", "column"),
    [
        ("DATE RELEASE", "person", "died_on"),
        ("Conditional Release Date", "custody_spell", "released_on"),
        ("Committed To", "offence", "committed_from"),
        ("Committed to Crown Court?", "offence", "committed_to"),
        ("Victim DOB", "person", "date_of_birth"),
        ("Officer Surname", "person", "surname"),
        ("Next of Kin Postcode", "person", "postcode"),
        ("Previous Surname", "person", "surname"),
        ("Forename2", "person", "forename"),
        ("Place of Birth", "person", "date_of_birth"),
        ("Occurrence Number", "person", "person_id"),
        ("Surname", "person", "person_id"),
        ("Custody Record No", "person", "person_id"),
        ("Expected End Date", "requirement", "to_date"),
        ("Sentence Expiry Date", "sentence", "sentenced_on"),
        ("Sentence Length (Months)", "sentence", "length_days"),
        ("Name", "scheme", "name"),
        ("Outcome", "offence", "sanction"),
        ("Service", "participation", "scheme_id"),
        ("Date", "offence", "committed_from"),
    ],
)
def test_what_only_sounds_alike_names_nothing(heading: str, table: str, column: str) -> None:
    assert rank_of(heading, table, column) is None


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("RELEASEDATE", {"release", "date"}), ("dateofbirth", {"date", "birth"}), ("idpatient", {"person", "number"}),
        ("Understanding", {"understanding"}), ("Nationality", {"nationality"}), ("Toned", {"toned"}),
    ],
)  # fmt: skip
def test_words_written_together_are_taken_apart_only_if_all_are_known(heading: str, words: set[str]) -> None:
    assert heading_words(heading) == words


def test_a_column_called_as_ours_is_ours() -> None:
    for table in RECORD_TABLES:
        for column in fillable(table):
            assert rank_of(column, table, column) is not None


def test_every_entry_names_a_column_that_is_there_and_a_source_that_is_told() -> None:
    sources = {row["source"] for row in rows_of("sources")}
    for row in rows_of("headings"):
        tables = [row["table"]] if row["table"] != "*" else list(RECORD_TABLES)
        assert any(row["column"] in fillable(table) for table in tables), row
        assert row["source"] in sources, row
        assert heading_words(row["heading"]), row
    for row in rows_of("codes"):
        table, column = row["column"].split(".")
        assert row["ours"] in ("", *fillable(table)[column].categories), row  # type: ignore[attr-defined]
        assert row["source"] in sources, row


def test_sources_are_public_and_every_one_is_used() -> None:
    used = {row["source"] for table in ("headings", "codes") for row in rows_of(table)}
    assert {row["source"] for row in rows_of("sources")} == used
    assert {row["systems"] for row in rows_of("sources")} >= set(SYSTEMS)
    assert all(row["address"].startswith("https://") for row in rows_of("sources") if row["source"] != "usual")


def test_entries_that_come_to_the_same_words_have_the_same_rank() -> None:
    ranks: dict[tuple[str, str, frozenset[str]], set[str]] = {}
    for row in rows_of("headings"):
        ranks.setdefault((row["table"], row["column"], heading_words(row["heading"])), set()).add(row["rank"])
    assert [entry for entry, several in ranks.items() if len(several) > 1] == []


def test_reports_of_crime_with_places_are_drafted_as_incidents(tmp_path: Path) -> None:
    """By our own headings, and by those of a police extract; times keep their time of day."""
    rows = {
        "incident_id,kind,from_time,to_time,easting,northing": "{n},asb,01/03/2024 10:{n},,530000,180000",
        "Crime ID,Crime Type,Occurred From,Occurred To,Longitude,Latitude": "{n},asb,2024-03-01 10:{n},,-0.1,51.5",
    }
    for at, (header, row) in enumerate(rows.items()):
        path = tmp_path / f"{at}.csv"
        path.write_text("\n".join([header, *(row.format(n=n) for n in range(10, 40))]) + "\n")
        made = draft(path, as_at=date(2025, 6, 30))
        assert [table.table for table in made.tables] == ["incident"]
        theirs = header.split(",")
        found = made.tables[0].columns
        assert [found[name] for name in ("incident_id", "kind", "from_time", "to_time")] == theirs[:4]
        assert set(found.values()) == set(theirs)
