"""One door for who is who: decisions, the journal, older stores, and nothing written where nothing changed."""

from datetime import date

import pytest

from whatworks.linkage import link
from whatworks.linkage.identities.decisions import decide, standing_decisions, undo
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables

ANN, BEN, CY = "2003/0062845E", "1979/0163001B", "1998/0012345J"
DAY = date(2026, 3, 1)
Row = tuple[str, str, str | None]


def store(*rows: Row) -> Store:
    connection = scratch()
    create_tables(connection)
    add(connection, *rows)
    return connection


def add(connection: Store, *rows: Row) -> None:
    for organisation, person, number in rows:
        connection.change(
            "INSERT INTO person (source_id, source_line, organisation_id, person_id, pnc_id) VALUES ('s', 1, ?, ?, ?)",
            [organisation, person, number],
        )


def people(connection: Store) -> dict[str, str]:
    """Return each linked number's records, as court:1 police:2."""
    rows = connection.rows(
        "SELECT linked_id, string_agg(organisation_id || ':' || person_id, ' ' ORDER BY organisation_id, person_id) "
        "FROM identity GROUP BY linked_id ORDER BY linked_id"
    )
    return dict(rows)


def journal(connection: Store) -> list[tuple[str, str | None, str | None, int, str]]:
    return connection.rows('SELECT event, from_id, to_id, records, cause FROM link_journal ORDER BY "entry"')


def test_linking_twice_writes_nothing_the_second_time() -> None:
    connection = store(("court", "1", ANN), ("police", "2", ANN), ("police", "3", None))
    assert link(connection).changed
    before = connection.rows("SELECT * FROM identity ORDER BY rowid")
    assert not link(connection).changed
    assert connection.rows("SELECT * FROM identity ORDER BY rowid") == before
    assert journal(connection) == [("new", None, None, 3, "new_record")]


def test_what_somebody_did_to_identity_by_hand_is_put_right() -> None:
    connection = store(("court", "1", ANN), ("police", "2", ANN))
    link(connection)
    connection.change("UPDATE identity SET linked_id = 'L0000009' WHERE organisation_id = 'court'")
    link(connection)
    assert people(connection) == {"L0000001": "court:1 police:2"}


def test_a_number_is_kept_while_extracts_grow() -> None:
    connection = store(("police", "2", ANN), ("police", "3", None))
    link(connection)
    add(connection, ("court", "1", ANN), ("court", "9", BEN))
    link(connection)
    assert people(connection) == {"L0000001": "court:1 police:2", "L0000002": "police:3", "L0000003": "court:9"}
    assert journal(connection)[1:] == [("new", None, None, 1, "new_record")]


def test_a_corrected_number_merges_and_splits_people_in_the_journal() -> None:
    connection = store(("court", "1", None), ("police", "2", ANN), ("prison", "3", BEN), ("health", "4", BEN))
    link(connection)
    assert people(connection) == {"L0000001": "court:1", "L0000002": "health:4 prison:3", "L0000003": "police:2"}
    connection.change("UPDATE person SET pnc_id = ? WHERE organisation_id = 'court'", [ANN])
    link(connection)
    assert journal(connection)[-1] == ("merge", "L0000003", "L0000001", 1, "corrected")
    connection.change("UPDATE person SET pnc_id = ? WHERE organisation_id = 'health'", [CY])
    link(connection)
    assert journal(connection)[-1] == ("split", "L0000002", "L0000004", 1, "corrected")
    assert people(connection) == {"L0000001": "court:1 police:2", "L0000002": "health:4", "L0000004": "prison:3"}
    retired = "SELECT linked_id, retired_into FROM link_person WHERE retired_into IS NOT NULL"
    assert connection.rows(retired) == [("L0000003", "L0000001")]


def test_a_person_whose_records_are_gone_is_retired_and_the_number_never_given_again() -> None:
    connection = store(("court", "1", ANN), ("police", "2", BEN))
    link(connection)
    connection.change("DELETE FROM person WHERE organisation_id = 'police'")
    link(connection)
    assert journal(connection)[-1] == ("gone", "L0000002", None, 1, "corrected")
    add(connection, ("police", "2", BEN))
    link(connection)
    assert people(connection) == {"L0000001": "court:1", "L0000003": "police:2"}


def test_an_older_stores_numbers_are_replaced_once() -> None:
    connection = store(("court", "1", ANN), ("police", "2", ANN), ("police", "3", None))
    for organisation, person, linked in (
        ("court", "1", f"pnc:{ANN}"),
        ("police", "2", f"pnc:{ANN}"),
        ("police", "3", "police:3"),
    ):
        connection.change(
            "INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, probability) "
            "VALUES ('s', 1, ?, ?, ?, 'shared_number', 1)",
            [organisation, person, linked],
        )
    link(connection)
    link(connection)
    assert people(connection) == {"L0000001": "court:1 police:2", "L0000002": "police:3"}
    assert journal(connection)[0] == ("renamed", None, None, 3, "older_store")
    assert len(journal(connection)) == 2
    for table in ("identity", "link_journal", "link_person"):
        text = str(
            connection.rows(f"SELECT * EXCLUDE (person_id) FROM {table}" if table == "identity" else f"FROM {table}")
        )
        assert "2003/" not in text and "pnc:" not in text


def test_decisions_join_and_part_people_and_are_taken_back() -> None:
    connection = store(("court", "1", None), ("police", "2", ANN), ("prison", "3", ANN))
    link(connection)
    before = people(connection)
    must = decide(connection, "must", ("police", "2"), ("court", "1"), by="J. Ash", on=DAY, reason="same warrant")
    link(connection)
    assert people(connection) == {"L0000002": "court:1 police:2 prison:3"}
    assert journal(connection)[-1] == ("merge", "L0000001", "L0000002", 1, "decision")
    joined_by = "SELECT method, pair_organisation_id FROM identity ORDER BY organisation_id"
    assert connection.rows(joined_by) == [
        ("decision", "police"),
        ("decision", "court"),
        ("shared_number", "police"),
    ]
    cannot = decide(connection, "cannot", ("police", "2"), ("prison", "3"), by="J. Ash", on=DAY, reason="met them both")
    report = link(connection)
    assert people(connection) == {"L0000002": "court:1 police:2", "L0000003": "prison:3"}
    assert (report.decisions, report.refused) == (2, 1)
    for number in (must, cannot):
        undo(connection, number, by="B. Birch", on=DAY, reason="a mistake")
    link(connection)
    assert sorted(people(connection).values()) == sorted(before.values())
    assert standing_decisions(connection) == ()
    assert connection.rows("SELECT count(*) FROM link_decision") == [(4,)], "nothing is deleted"


def test_a_decision_holds_for_ever_though_a_record_goes_and_comes_back() -> None:
    connection = store(("court", "1", None), ("police", "2", ANN))
    decide(connection, "must", ("police", "2"), ("court", "1"), by="J. Ash", on=DAY, reason="same warrant")
    connection.change("DELETE FROM person WHERE organisation_id = 'court'")
    assert link(connection).people == 1
    add(connection, ("court", "1", None))
    assert link(connection).people == 1
    assert set(people(connection).values()) == {"court:1 police:2"}


@pytest.mark.parametrize(
    ("left", "right", "by", "reason", "told"),
    [
        (("police", "2"), ("police", "2"), "J", "why", "one and the same record"),
        (("police", "2"), ("court", "77"), "J", "why", "court holds no record of a person with that number"),
        (("police", "2"), ("curt", "1"), "J", "why", "agencies with people: court, police"),
        (("police", "2"), ("court", "1"), " ", "why", "say who decides"),
        (("police", "2"), ("court", "1"), "J", "", "say why"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(
    left: tuple[str, str], right: tuple[str, str], by: str, reason: str, told: str
) -> None:
    connection = store(("court", "1", None), ("police", "2", ANN))
    with pytest.raises(Refused, match=told) as refused:
        decide(connection, "must", left, right, by=by, on=DAY, reason=reason)
    assert "77" not in str(refused.value)
    assert connection.rows("SELECT count(*) FROM link_decision") == [(0,)]


def test_decisions_that_contradict_each_other_through_a_chain_are_refused() -> None:
    connection = store(*(("police", str(n), None) for n in range(4)))

    def decision(kind: str, left: int, right: int) -> int:
        ends = (("police", str(left)), ("police", str(right)))
        return decide(connection, kind, *ends, by="J", on=DAY, reason="why")  # type: ignore[arg-type]

    first, second = decision("must", 0, 1), decision("must", 1, 2)
    with pytest.raises(Refused, match=rf"\({first}, {second}\)"):
        decision("cannot", 2, 0)
    apart = decision("cannot", 2, 3)
    with pytest.raises(Refused, match=rf"\({apart}\)"):
        decision("must", 3, 0)
    undo(connection, apart, by="J", on=DAY, reason="why")
    decision("must", 3, 0)
    with pytest.raises(Refused, match="in force: 1, 2, 5"):
        undo(connection, apart, by="J", on=DAY, reason="why")


def test_three_imports_and_one_make_the_same_people() -> None:
    rows: list[Row] = [
        ("court", "1", ANN),
        ("police", "2", BEN),
        ("prison", "3", ANN),
        ("court", "4", CY),
        ("health", "5", BEN),
    ]
    whole = store(*rows)
    link(whole)
    parts = store()
    for row in reversed(rows):
        add(parts, row)
        link(parts)
    assert sorted(people(parts).values()) == sorted(people(whole).values())
    assert people(parts) != people(whole), "numbers run in the order of arrival"
