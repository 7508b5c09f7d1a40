"""How an offence may be tried: optional, by the agency's own codes, and a code that nobody listed is a fault."""

from collections.abc import Callable
from typing import Any

import polars as pl

from whatworks.records.imports.importing import ImportReport
from whatworks.records.imports.load import load_frames
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.store import scratch
from whatworks.records.tables.agency_tables import Offence
from whatworks.records.tables.ddl import create_statement, create_tables

MAPPING = """
[[table]]
table = "offence"
[table.columns]
offence_id = "No"
person_id = "Person"
committed_from = "Date"
offence_class = "Triable"
[table.codes.offence_class]
IO = "indictable_only"
EW = "either_way"
SO = "summary"
"""
LINES = "No,Person,Date,Triable\na,1,2024-01-01,IO\nb,1,2024-01-02,EW\nc,1,2024-01-03,SO\nd,1,2024-01-04,\n"


def test_a_code_that_is_not_listed_is_quarantined_and_an_empty_one_is_not_known(
    take: Callable[..., ImportReport], rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    take("person_id\n1\n", "person")
    report = take(LINES + "e,1,2024-01-05,T2\n", mapping=parse_mapping(MAPPING, "made_up.toml"))
    assert (report.blocks[0].kept, report.blocks[0].quarantined) == (4, 1)
    assert rows("SELECT offence_id, offence_class FROM offence ORDER BY ALL") == [
        ("a", "indictable_only"), ("b", "either_way"), ("c", "summary"), ("d", None),
    ]  # fmt: skip
    assert rows("SELECT line, field, value, rule FROM quarantine") == [(6, "offence_class", "T2", "code")]


def test_a_file_without_it_comes_in_as_before(
    take: Callable[..., ImportReport], rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    take("person_id\n1\n", "person")
    take("offence_id,person_id,committed_from\na,1,2024-01-01\n", "offence")
    assert rows("SELECT offence_id, offence_class FROM offence") == [("a", None)]


def test_an_older_store_gets_the_column_and_frames_go_into_it_by_name() -> None:
    from datetime import date

    connection = scratch()
    older = create_statement("offence", Offence).replace('  "offence_class" VARCHAR,\n', "")
    assert "offence_class" not in older
    connection.change(older)
    create_tables(connection)  # the column now stands last, not where it is declared
    frame = pl.DataFrame(
        {
            "organisation_id": ["police"],
            "offence_id": ["a"],
            "person_id": ["1"],
            "offence_class": ["summary"],
            "committed_from": [date(2024, 1, 1)],
            "area_vintage": ["2024"],
        }
    )
    load_frames(connection, {"offence": frame}, as_at=date(2025, 6, 30))
    found = connection.rows("SELECT offence_class, committed_from, area_vintage FROM offence")
    assert found == [("summary", date(2024, 1, 1), "2024")]
