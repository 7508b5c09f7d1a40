"""Who is the same person, by the number that agencies share."""

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.linkage import link
from whatworks.linkage.records_and_pairs import checked_numbers_sql
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables


def linked(people: list[tuple[str, str, str | None]]) -> Store:
    connection = scratch()
    create_tables(connection)
    for line, (organisation, person, number) in enumerate(people, 1):
        connection.rows(
            "INSERT INTO person (source_id, source_line, organisation_id, person_id, pnc_id) VALUES ('s', ?, ?, ?, ?)",
            [line, organisation, person, number],
        )
    return connection


def identity(connection: Store) -> dict[tuple[str, str], tuple[str, str]]:
    rows = connection.rows("SELECT organisation_id, person_id, linked_id, method FROM identity")
    return {(organisation, person): (number, method) for organisation, person, number, method in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1998/0012345J", "1998/12345J"),
        ("1998/0012345J", "98/12345J"),
        ("1998/0012345J", " 1998/0012345j "),
        ("1998/0012345J", "1998 / 0012345 J"),
        ("2004/0000001L", "04/1L"),
        ("1940/0000001J", "40/1J"),
        ("2039/0000001U", "39/1U"),
    ],
)
def test_one_number_written_two_ways_is_one_person(one: str, other: str) -> None:
    connection = linked([("police", "1", one), ("prison", "2", other)])
    report = link(connection)
    assert report.people == 1
    assert report.shared == 1
    assert set(identity(connection).values()) == {("L0000001", "shared_number")}


@pytest.mark.parametrize("none", [
    None, "", "  ", "N/K", "unknown", "0000/0000000", "00/0", "N/K 2024", "TBC1", "99/9999999Z", "99/9999999V",
    "1111111", "00/0000000X", "00/0000000Z", "1900/1X", "see note 4", "UNKNOWN1", "2003/62845", "2003/0062845F",
    "2003/0062845",
])  # fmt: skip
def test_who_has_no_number_stays_and_is_counted(none: str | None) -> None:
    connection = linked([("police", "1", none), ("prison", "1", none), ("prison", "2", "1998/0012345J")])
    report = link(connection)
    found = identity(connection)
    assert found == {
        ("police", "1"): ("L0000001", "unlinked"),
        ("prison", "1"): ("L0000002", "unlinked"),
        ("prison", "2"): ("L0000003", "shared_number"),
    }
    assert (report.people, report.shared, report.unlinked) == (3, 0, 2)
    assert [(one.organisation_id, one.records, one.linked, one.unlinked) for one in report.organisations] == [
        ("police", 1, 0, 1),
        ("prison", 2, 1, 1),
    ]


def test_different_numbers_are_different_people() -> None:
    connection = linked(
        [("police", "1", "1998/0012345J"), ("prison", "2", "1998/0012346K"), ("court", "3", "1999/0012345Z")]
    )
    assert link(connection).people == 3


def test_a_person_held_twice_by_one_agency_is_counted() -> None:
    connection = linked([("police", "1", "1998/1R"), ("police", "2", "98/1R"), ("police", "3", None)])
    report = link(connection)
    assert report.people == 2
    assert report.organisations[0].repeated == 1


def test_linking_again_replaces_what_stood_there() -> None:
    connection = linked([("police", "1", "1998/1R"), ("police", "2", None)])
    first = link(connection)
    assert link(connection) == first
    assert connection.rows("SELECT count(*), count(DISTINCT person_id) FROM identity") == [(2, 2)]


def test_the_row_of_a_person_says_where_it_came_from() -> None:
    connection = linked([("police", "1", "1998/1R"), ("police", "2", None)])
    link(connection)
    rows = connection.rows("SELECT person_id, source_id, source_line, probability FROM identity ORDER BY 1")
    assert rows == [("1", "s", 1, 1.0), ("2", "s", 2, 1.0)]


numbers = st.one_of(st.none(), st.text(max_size=12), st.from_regex(r"\A[0-9]{2,4}/[0-9]{1,7}[A-Z]\Z"))


@settings(deadline=None, max_examples=40)
@given(st.lists(numbers, min_size=1, max_size=12))
def test_nobody_is_lost_and_nobody_is_counted_twice(found: list[str | None]) -> None:
    connection = linked([(("police", "prison")[i % 2], str(i), number) for i, number in enumerate(found)])
    report = link(connection)
    assert sum(one.records for one in report.organisations) == len(found)
    assert sum(one.linked + one.unlinked for one in report.organisations) == len(found)
    assert len(identity(connection)) == len(found)
    assert report.people == len({linked_id for linked_id, _ in identity(connection).values()})


def test_the_query_can_be_given_to_other_databases() -> None:
    query = checked_numbers_sql()
    assert query.startswith("-- checked_number: ")
    for dialect in ("postgres", "spark"):
        written = sqlglot.parse_one(query, read="duckdb").sql(dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert sqlglot.parse_one(written, read=dialect)


@pytest.mark.parametrize("number", ["2003/0062845E", "1979/0163001B"])
def test_the_check_letter_is_that_of_published_examples(number: str) -> None:
    """30,062,845 = 23 x 1,307,080 + 5, and the letters from Z on give E at place 5; so does 79 with 0163001 give B."""
    digits = int(number[2:4] + number[5:12])
    assert "ZABCDEFGHJKLMNPQRTUVWXY"[digits - 23 * (digits // 23)] == number[-1]
    connection = linked([("police", "1", number), ("prison", "2", number.replace("/", ""))])
    assert link(connection).people == 1


def born(people: list[tuple[str, str, str, str | None]]) -> Store:
    connection = linked([(agency, person, number) for agency, person, number, _ in people])
    for _, person, _, day in people:
        connection.rows("UPDATE person SET date_of_birth = ? WHERE person_id = ?", [day, person])
    return connection


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ("1990-07-01", "1990-07-01", 1),
        ("1990-07-01", None, 1),
        ("1990-07-01", "1991-07-01", 1),
        ("1990-07-01", "1990-07-11", 1),
        ("1990-07-01", "1990-01-07", 1),
        ("1990-07-01", "1985-11-30", 2),
        ("1990-07-01", "1990-08-02", 2),
        ("1990-07-01", "1991-01-07", 2),
    ],
)
def test_a_number_with_birth_dates_of_two_people_names_nobody(one: str, other: str | None, people: int) -> None:
    connection = born([("police", "1", "2003/0062845E", one), ("prison", "2", "03/62845E", other)])
    report = link(connection)
    assert report.people == people
    reasons = [organisation.reasons for organisation in report.organisations]
    assert reasons == [{}, {}] if people == 1 else reasons == [{"with several birth dates": 1}] * 2


def test_people_joined_in_spite_of_a_slip_are_counted() -> None:
    connection = linked([(agency, "7", "1998/12345J") for agency in ("police", "prison")])
    connection.change("UPDATE person SET date_of_birth = '1980-03-04'")
    assert link(connection).unlike == 0
    connection.change("UPDATE person SET date_of_birth = '1980-03-05' WHERE organisation_id = 'prison'")
    assert link(connection).unlike == 1
    connection.change("UPDATE person SET date_of_birth = '1981-09-05' WHERE organisation_id = 'prison'")
    report = link(connection)
    assert (report.unlike, report.unlinked) == (0, 2)


def test_one_valid_number_on_very_many_people_names_nobody() -> None:
    people = [("police", str(n), "2003/0062845E", f"19{60 + n}-07-01") for n in range(30)]
    assert link(born(list(people))).people == 30


@pytest.mark.parametrize(("times", "people"), [(10, 1), (11, 12)])
def test_a_number_on_very_many_records_of_one_agency_names_nobody(times: int, people: int) -> None:
    """Without birth dates nothing else speaks against it: ten records may be one person's, eleven are not."""
    rows: list[tuple[str, str, str | None]] = [("police", str(n), "2003/0062845E") for n in range(times)]
    report = link(linked([*rows, ("court", "1", "2003/0062845E")]))
    assert report.people == people
    assert report.organisations[1].reasons == ({} if people == 1 else {"on more than ten records of one agency": 11})


def called(names: list[tuple[str | None, str | None]]) -> Store:
    """Return a store of records of one number, in five agencies in turn and without birth dates, with these names."""
    agencies = ("court", "council", "police", "prison", "probation")
    connection = linked([(agencies[n % 5], str(n), "2003/0062845E") for n in range(len(names))])
    for n, (forename, surname) in enumerate(names):
        connection.change(
            "UPDATE person SET forename = ?, surname = ? WHERE person_id = ?", [forename, surname, str(n)]
        )
    return connection


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ([("Ann", "Bell"), ("Cara", "Dean"), ("Eve", "Fox"), ("Gita", "Hall")], 4),
        ([(f"{letter}ira", "Bell") for letter in "ABCDEFGHIJKLMNOPQRST"], 20),
        # one person: names changed over, in capitals and with an accent, an earlier surname, an alias, a slip
        ([("Zoë", "Bell"), ("BELL", "ZOE"), ("Zoe", "Carr"), ("Zoe", "Vell"), ("Zoé", "Bell")], 1),
        ([(None, None), ("Ann", None), (None, "Cole"), ("Eve", None), (None, "Gold")], 1),
    ],
)
def test_a_number_with_names_of_many_people_names_nobody(
    names: list[tuple[str | None, str | None]], people: int
) -> None:
    report = link(called(names))
    assert report.people == people
    reasons = [reason for organisation in report.organisations for reason in organisation.reasons]
    assert set(reasons) == ({"with several names"} if people > 1 else set())


def test_why_records_are_not_joined_is_counted_by_agency() -> None:
    numbers = [None, "", "2003/0062845", "2003/0062845F", "TBC1", "99/9999999V", "2003/0062845E"]
    report = link(linked([("probation", str(n), number) for n, number in enumerate(numbers)]))
    assert report.organisations[0].reasons == {
        "empty": 2,
        "a placeholder": 1,
        "not a PNC number": 1,
        "with a wrong check letter": 1,
        "without a check letter": 1,
    }
