"""Who is the same person, by the number that agencies share."""

from importlib.resources import files

import duckdb
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.linkage import link_shared_number
from whatworks.records.ddl import create_tables


def linked(people: list[tuple[str, str, str | None]]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_tables(connection)
    for line, (organisation, person, number) in enumerate(people, 1):
        connection.execute(
            "INSERT INTO person (source_id, source_line, organisation_id, person_id, pnc_id) VALUES ('s', ?, ?, ?, ?)",
            [line, organisation, person, number],
        ).fetchall()
    return connection


def identity(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[str, str]]:
    rows = connection.execute("SELECT organisation_id, person_id, linked_id, method FROM identity").fetchall()
    return {(organisation, person): (number, method) for organisation, person, number, method in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1998/0012345K", "1998/12345K"),
        ("1998/0012345K", "98/12345K"),
        ("1998/0012345K", " 1998/0012345k "),
        ("1998/0012345K", "1998 / 0012345 K"),
        ("2004/0000001A", "04/1A"),
        ("1940/0000001A", "40/1A"),
        ("2039/0000001A", "39/1A"),
    ],
)
def test_one_number_written_two_ways_is_one_person(one: str, other: str) -> None:
    connection = linked([("police", "1", one), ("prison", "2", other)])
    report = link_shared_number(connection)
    assert report.people == 1
    assert report.shared == 1
    assert {linked_id for linked_id, _ in identity(connection).values()} == {f"pnc:{one}"}


@pytest.mark.parametrize("none", [None, "", "  ", "N/K", "unknown", "0000/0000000", "00/0"])
def test_who_has_no_number_stays_and_is_counted(none: str | None) -> None:
    connection = linked([("police", "1", none), ("prison", "1", none), ("prison", "2", "1998/0012345K")])
    report = link_shared_number(connection)
    found = identity(connection)
    assert found["police", "1"] == ("police:1", "unlinked")
    assert found["prison", "1"] == ("prison:1", "unlinked")
    assert found["prison", "2"][1] == "shared_number"
    assert (report.people, report.shared, report.unlinked) == (3, 0, 2)
    assert [(one.organisation_id, one.records, one.linked, one.unlinked) for one in report.organisations] == [
        ("police", 1, 0, 1),
        ("prison", 2, 1, 1),
    ]


def test_different_numbers_are_different_people() -> None:
    connection = linked(
        [("police", "1", "1998/0012345K"), ("prison", "2", "1998/0012346K"), ("court", "3", "1999/0012345K")]
    )
    assert link_shared_number(connection).people == 3


def test_a_person_held_twice_by_one_agency_is_counted() -> None:
    connection = linked([("police", "1", "1998/1K"), ("police", "2", "98/1K"), ("police", "3", None)])
    report = link_shared_number(connection)
    assert report.people == 2
    assert report.organisations[0].repeated == 1


def test_linking_again_replaces_what_stood_there() -> None:
    connection = linked([("police", "1", "1998/1K"), ("police", "2", None)])
    first = link_shared_number(connection)
    assert link_shared_number(connection) == first
    assert connection.execute("SELECT count(*), count(DISTINCT person_id) FROM identity").fetchall() == [(2, 2)]


def test_the_row_of_a_person_says_where_it_came_from() -> None:
    connection = linked([("police", "1", "1998/1K"), ("police", "2", None)])
    link_shared_number(connection)
    rows = connection.execute(
        "SELECT person_id, source_id, source_line, probability FROM identity ORDER BY 1"
    ).fetchall()
    assert rows == [("1", "s", 1, 1.0), ("2", "s", 2, 1.0)]


numbers = st.one_of(st.none(), st.text(max_size=12), st.from_regex(r"\A[0-9]{2,4}/[0-9]{1,7}[A-Z]\Z"))


@settings(deadline=None, max_examples=40)
@given(st.lists(numbers, min_size=1, max_size=12))
def test_nobody_is_lost_and_nobody_is_counted_twice(found: list[str | None]) -> None:
    connection = linked([(("police", "prison")[i % 2], str(i), number) for i, number in enumerate(found)])
    report = link_shared_number(connection)
    assert sum(one.records for one in report.organisations) == len(found)
    assert sum(one.linked + one.unlinked for one in report.organisations) == len(found)
    assert len(identity(connection)) == len(found)
    assert report.people == len({linked_id for linked_id, _ in identity(connection).values()})


def test_the_query_can_be_given_to_other_databases() -> None:
    query = files("whatworks.linkage").joinpath("sql/shared_number.sql").read_text(encoding="utf-8")
    assert query.startswith("-- identity: ")
    for dialect in ("postgres", "spark"):
        written = sqlglot.parse_one(query, read="duckdb").sql(dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert sqlglot.parse_one(written, read=dialect)
