"""Records of people as arrays: their order, their numbers, and pairs in the order that joining needs."""

import numpy as np
import pytest

from whatworks.linkage.records_and_pairs import ScoredPairs, one_slip_apart, read_records, record_table
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables


def store(people: list[dict[str, str]], kinds: dict[str, str]) -> Store:
    connection = scratch()
    create_tables(connection)
    for name, kind in kinds.items():
        connection.change("INSERT INTO organisation VALUES ('s', 1, ?, ?, ?)", [name, name, kind])
    for line, person in enumerate(people, 1):
        row = {"source_id": "s", "source_line": str(line), **person}
        marks = ", ".join("?" * len(row))
        connection.change(f"INSERT INTO person ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    return connection


def test_a_prisons_and_a_probation_services_own_numbers_are_numbers_of_people() -> None:
    people = [
        {"organisation_id": "jail", "person_id": "a1234bc"},
        {"organisation_id": "police", "person_id": "a9876bc", "prison_number": "A1234 BC", "crn": "x100-200"},
        {"organisation_id": "service", "person_id": "X100200"},
    ]
    table = read_records(store(people, {"jail": "prison", "police": "police", "service": "probation"}))
    assert table.organisations == ("jail", "police", "service")
    assert table.prison.tolist() == [0, 0, -1]
    assert table.crn.tolist() == [-1, 0, 0]
    assert table.values["prison"] == ("A1234BC",)


@pytest.mark.parametrize("text", ["A0000AA", "A9999AA", "unknown", "N/K", "12345", "A12345BC", "AB123", ""])
def test_what_does_not_read_like_a_prison_number_names_nobody(text: str) -> None:
    people = [{"organisation_id": "police", "person_id": str(n), "prison_number": text} for n in range(2)]
    assert read_records(store(people, {})).prison.tolist() == [-1, -1]


def test_a_number_of_300_people_names_nobody() -> None:
    days = [f"19{50 + n % 50}-0{1 + n % 9}-{10 + n % 18}" for n in range(300)]
    people = [
        {"organisation_id": "police", "person_id": str(n), "crn": "X123123", "date_of_birth": day}
        for n, day in enumerate(days)
    ]
    assert set(read_records(store(people, {})).crn.tolist()) == {-1}


def test_records_come_in_the_same_order_however_they_were_imported() -> None:
    people = [{"organisation_id": name, "person_id": n} for name in ("police", "court") for n in ("9", "10", "é")]
    forward, backward = read_records(store(people, {})), read_records(store(people[::-1], {}))
    assert forward.person_id.tolist() == backward.person_id.tolist() == ["10", "9", "é"] * 2
    assert forward.organisation.tolist() == backward.organisation.tolist() == [0, 0, 0, 1, 1, 1]


def test_pairs_are_sorted_by_probability_then_by_record() -> None:
    pairs = ScoredPairs.sorted_from(
        np.array([4, 2, 0, 9]), np.array([1, 3, 5, 0]), np.array([0.5, 0.5, 0.5, 0.75]), pattern=np.array(list("abcd"))
    )
    assert list(zip(pairs.left, pairs.right, pairs.pattern, strict=True)) == [
        (0, 9, "d"),
        (0, 5, "c"),
        (1, 4, "a"),
        (2, 3, "b"),
    ]
    assert pairs.weight.tolist() == pytest.approx([np.log2(3), 0, 0, 0])


def test_a_certain_pair_has_a_finite_weight() -> None:
    pairs = ScoredPairs.sorted_from(np.array([0, 0]), np.array([1, 2]), np.array([1.0, 0.0]))
    assert np.isfinite(pairs.weight).all()


@pytest.mark.parametrize(
    ("other", "near"),
    [("A1234BC", True), ("A1235BC", True), ("A124BC", True), ("A12334BC", True), ("A1243BC", True), ("A4231BC", False),
     ("B1235BC", False), ("A12BC", False)],
)  # fmt: skip
def test_one_slip_is_a_change_an_omission_an_insertion_or_two_neighbours(other: str, near: bool) -> None:
    assert one_slip_apart("A1234BC", other) is near
    assert one_slip_apart(other, "A1234BC") is near


def test_numbers_do_not_show_when_a_table_is_printed() -> None:
    assert "2003" not in repr(record_table(["police"], ["2003-7"], pnc=["2003/0062845E"]))
