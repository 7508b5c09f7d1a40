"""A day is the partnership's own; what is not a date is not taken for one; several forms may stand in a column."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from whatworks.records.corrections.correcting import import_corrected
from whatworks.records.corrections.correction_sheet import write_corrections
from whatworks.records.engine import Store
from whatworks.records.imports.importing import import_file
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused

Take = Callable[..., Any]
AS_AT, RECEIVED = date(2025, 6, 30), date(2025, 7, 1)
BORN = "SELECT person_id, date_of_birth FROM person ORDER BY person_id"


def people(*formats: str, more: str = "", zone: str = "") -> str:
    listed = ", ".join(f'"{one}"' for one in formats)
    text = f'time_zone = "{zone}"\n' if zone else ""
    text = f'[file]\n{text}[[table]]\ntable = "person"\n[table.columns]\nperson_id = "id"\ndate_of_birth = "born"\n'
    return text + (f"[table.formats]\ndate_of_birth = [{listed}]\n" if formats else "") + more


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1990-06-30T23:00:00Z", date(1990, 7, 1)),  # British summer: an hour before UTC's midnight
        ("1990-12-31T23:00:00Z", date(1990, 12, 31)),
        ("1990-06-30T23:00:00.000Z", date(1990, 7, 1)),
        ("1990-06-30 23:00Z", date(1990, 7, 1)),
        ("1990-07-01T00:00:00+01:00", date(1990, 7, 1)),
        ("1990-07-01T00:30:00+0200", date(1990, 6, 30)),  # 22:30 UTC is 23:30 in London
        ("1990-07-01T00:00:00", date(1990, 7, 1)),
        ("1990-07-01", date(1990, 7, 1)),
        ("1968-12-31T23:30:00Z", date(1969, 1, 1)),  # London kept summer time from 1968 to 1971
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_time_with_a_zone_gives_the_day_that_it_was_here(
    take: Take, rows: Any, text: str, day: date, form: str
) -> None:
    content = (
        f"person_id,date_of_birth\n1,{text}\n" if form == "csv" else f'{{"person_id":"1","date_of_birth":"{text}"}}\n'
    )
    take(content, "person", file=f"a.{form}")
    assert rows(BORN) == [("1", day)]


def test_another_zone_may_be_said(take: Take, rows: Any) -> None:
    mapping = parse_mapping(people(zone="Pacific/Auckland"), "m.toml")
    take("id,born\n1,1990-06-30T13:00:00Z\n", mapping=mapping)
    assert rows(BORN) == [("1", date(1990, 7, 1))]


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York"])
def test_parquet_times_give_the_day_that_it_was_here(store: Store, tmp_path: Path, rows: Any, zone: str) -> None:
    moment = datetime(1990, 6, 30, 23, tzinfo=UTC)
    born = pl.Series("date_of_birth", [moment]).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)
    pl.DataFrame([pl.Series("person_id", ["1"]), born]).write_parquet(tmp_path / "a.parquet")
    said = {"organisation_id": "police", "source": "s", "as_at": AS_AT, "received_on": RECEIVED}
    import_file(store, tmp_path / "a.parquet", table="person", **said)  # type: ignore[arg-type]
    assert rows(BORN) == [("1", date(1990, 7, 1))]


def test_a_form_with_a_zone_of_its_own(take: Take, rows: Any) -> None:
    take(
        "id,born\n1,30/06/1990 23:00 Z\n2,30/06/1990 23:00 +0100\n",
        mapping=parse_mapping(people("%d/%m/%Y %H:%M %z"), "m"),
    )
    assert rows(BORN) == [("1", date(1990, 7, 1)), ("2", date(1990, 6, 30))]


def test_several_forms_in_one_column_are_listed(take: Take, rows: Any) -> None:
    file = "id,born\n1,28/02/1990\n2,1990-03-31\n3,4 May 1990\n"
    take(file, mapping=parse_mapping(people("%d/%m/%Y"), "m"))
    [(remedy,)] = rows("SELECT DISTINCT remedy FROM quarantine")
    assert "list every form in formats.date_of_birth of the mapping" in remedy
    take(file, mapping=parse_mapping(people("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"), "m"), source="s1", replace=True)
    assert rows(BORN) == [("1", date(1990, 2, 28)), ("2", date(1990, 3, 31)), ("3", date(1990, 5, 4))]


def test_what_two_forms_read_as_two_days_is_a_fault(take: Take, rows: Any) -> None:
    take(
        "id,born\n1,03/04/1990\n2,04/04/1990\n3,31/12/1990\n",
        mapping=parse_mapping(people("%d/%m/%Y", "%m/%d/%Y"), "m"),
    )
    assert rows(BORN) == [("2", date(1990, 4, 4)), ("3", date(1990, 12, 31))]
    assert rows("SELECT line, problem FROM quarantine") == [
        (2, "is one day by one of its formats, and another by another")
    ]


PLACEHOLDERS = ("01/01/1900", "01/01/1901", "31/12/9999", "N/K", "30/12/1899")


def test_placeholders_are_no_dates_and_may_be_listed_as_missing(take: Take, rows: Any) -> None:
    file = "id,born\n0,28/02/1990\n" + "".join(f"{n},{text}\n" for n, text in enumerate(PLACEHOLDERS, 1))
    take(file, mapping=parse_mapping(people("%d/%m/%Y"), "m"))
    assert rows(BORN) == [("0", date(1990, 2, 28))]
    assert all("missing.date_of_birth" in remedy for (remedy,) in rows("SELECT remedy FROM quarantine"))
    listed = ", ".join(f'"{text}"' for text in PLACEHOLDERS)
    mapping = parse_mapping(people("%d/%m/%Y", more=f"[table.missing]\ndate_of_birth = [{listed}]\n"), "m")
    take(file, mapping=mapping, source="s1", replace=True)
    assert rows(BORN) == [("0", date(1990, 2, 28)), *((str(n), None) for n in range(1, 6))]


def test_the_oldest_person_alive_is_a_person(take: Take, rows: Any) -> None:
    take("person_id,date_of_birth\n1,1915-07-01\n2,1915-06-01\n", "person")  # 110 years before June 2025
    assert [person for person, _ in rows(BORN)] == ["1"]


def test_real_dates_in_a_corrected_workbook_are_days(store: Store, take: Take, rows: Any, tmp_path: Path) -> None:
    take("id,born\n1,28/02/1990\n2,31/02/1990\n", mapping=parse_mapping(people("%d/%m/%Y"), "m"))
    write_corrections(store, "s1", tmp_path / "back.xlsx", date(2025, 7, 1))
    book = openpyxl.load_workbook(tmp_path / "back.xlsx")
    book["Rows"].cell(2, 4).value = datetime(1990, 2, 27)
    book["Rows"].cell(2, 4).number_format = "dd/mm/yyyy"
    book.save(tmp_path / "back.xlsx")
    report = import_corrected(store, tmp_path / "back.xlsx", date(2025, 7, 1))
    assert [block.kept for block in report.blocks] == [1]
    assert rows(BORN) == [("1", date(1990, 2, 28)), ("2", date(1990, 2, 27))]


@pytest.mark.parametrize("more", ['[table.missing]\nsex = ["9"]\n', '[table.missing]\nborn = ["9"]\n'])
def test_missing_texts_of_a_column_that_nothing_fills_are_refused(more: str) -> None:
    with pytest.raises(Refused, match=r"nothing fills it|is not a column"):
        parse_mapping(people(more=more), "m")
