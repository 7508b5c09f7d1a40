"""Scored pairs stay in the store: only what is new or has changed is scored, and what is gone is forgotten."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from linkage.test_increments import told as all_told
from linkage_model.kept_pairs import PAIRS
from whatworks.linkage import LinkageSettings, link, train_and_link
from whatworks.linkage.checking.check import write_sheets
from whatworks.linkage.checking.judge_sheet import COMPARED, PAIRS_SHEET, WORDS
from whatworks.linkage.records_and_pairs import read_records
from whatworks.linkage.stored.models import model_in_force
from whatworks.linkage.stored.pairs import stored_pairs
from whatworks.records.engine import Store
from whatworks.records.store import scratch
from whatworks.records.tables.ddl import create_tables

FORENAMES = ["ann", "ben", "cyd", "dov", "eve", "fay", "gus", "hal", "ida", "jon", "kit", "lea", "mab", "ned", "oda"]
SURNAMES = ["ash", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy", "juniper", "larch", "maple"]
SETTINGS = LinkageSettings()
DAY = date(2026, 3, 1)


def person(agency: str, number: int, who: int) -> tuple[str, str, str, str, str]:
    """Return a record of somebody: who they are decides the name and the day of birth."""
    born = date(1950 + who % 50, 1 + who % 12, 1 + who % 28)
    return agency, f"{agency[0]}{number}", FORENAMES[who % 15], SURNAMES[who // 15 % 12], born.isoformat()


def add(connection: Store, *rows: tuple[str, str, str, str, str]) -> None:
    connection.change_each(
        "INSERT INTO person (source_id, source_line, organisation_id, person_id, forename, surname, date_of_birth) "
        "VALUES ('s', 1, ?, ?, ?, ?, ?)",
        [list(row) for row in rows],
    )


@pytest.fixture
def connection() -> Store:
    """Two agencies that know the same 180 people by names and births; no number is shared."""
    made = scratch()
    create_tables(made)
    add(made, *(person(agency, who, who) for agency in ("court", "police") for who in range(180)))
    train_and_link(made, SETTINGS, DAY)
    return made


def pairs_of(connection: Store, least: float = 0.0) -> dict[tuple[str, str], float]:
    stored = model_in_force(connection)
    assert stored is not None
    records = read_records(connection)
    pairs = stored_pairs(connection, records, stored.model_id)
    names = records.person_id.tolist()
    levels = zip(pairs.left.tolist(), pairs.right.tolist(), pairs.probability.tolist(), strict=True)
    return {(names[left], names[right]): level for left, right, level in levels if level >= least}


def test_everybody_is_joined_by_name_and_birth(connection: Store) -> None:
    assert {(f"c{who}", f"p{who}") for who in range(180)} <= set(pairs_of(connection, 0.3))
    assert link(connection, SETTINGS).people == 180


def under(connection: Store, reference: str, *records: tuple[str, str]) -> None:
    """Have agencies write down an offence of their people under a reference."""
    connection.change_each(
        "INSERT INTO offence (source_id, source_line, organisation_id, offence_id, person_id, offence_ref, "
        "committed_from) VALUES ('s', 1, ?, ?, ?, ?, DATE '2024-01-01')",
        [[agency, f"{person} {reference}", person, reference] for agency, person in records],
    )


def reasons(connection: Store, *people: str) -> list[str]:
    rows = dict(connection.rows("SELECT person_id, reason FROM identity"))
    return [rows[person] for person in people]


def test_a_shared_reference_that_comes_later_is_a_reason_and_is_not_shown(connection: Store, tmp_path: Path) -> None:
    before = reasons(connection, "c7", "p7", "c8")
    for who in range(180):
        under(connection, f"AS/2024/{who + 1}", ("court", f"c{who}"), *[("police", f"p{who}")] * (who != 8))
    assert train_and_link(connection, SETTINGS, DAY).changed
    assert reasons(connection, "c7", "p7", "c8") == [*(f"{why}; same crime reference" for why in before[:2]), before[2]]
    path = write_sheets(connection, SETTINGS, tmp_path, ["A. Khan"], DAY).paths[0]
    header, *rows = [tuple(cell.value for cell in row) for row in openpyxl.load_workbook(path)[PAIRS_SHEET].iter_rows()]
    pairs = [dict(zip(header, row, strict=True)) for row in rows]
    same = [pair for pair in pairs if all(pair[f"{name} (1)"] == pair[f"{name} (2)"] for name in COMPARED[1:4])]
    assert len(same) > 50
    told = ["same crime reference" in pair[WORDS] for pair in same]
    assert sum(told) >= len(told) - 1
    assert "AS/2024" not in str(rows)
    connection.change("DELETE FROM offence")
    link(connection, SETTINGS)
    assert reasons(connection, "c7", "p7", "c8") == before


def test_a_reference_that_two_likely_people_share_joins_them_as_if_it_had_been_there(connection: Store) -> None:
    """A pair below the threshold is not joined for the reference of another, and is for its own."""
    far = ("health", "h9", "ann", "zebedee", person("court", 9, 9)[4])
    add(connection, far)
    link(connection, SETTINGS)
    under(connection, "77", ("court", "c9"), ("health", "h9"))
    link(connection, SETTINGS)
    at_once = all_told(connection)
    connection.change("DELETE FROM link_scoring")
    connection.change("DELETE FROM link_run")
    link(connection, SETTINGS)
    assert all_told(connection) == at_once


def test_a_second_linking_with_nothing_new_writes_nothing(connection: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {
        table: connection.rows(f"SELECT rowid, * FROM {table}") for table in ("link_pair", "identity", "link_run")
    }
    monkeypatch.setattr(connection, "transaction", lambda: pytest.fail("something is written"))
    assert not train_and_link(connection, SETTINGS, DAY).changed
    assert before == {table: connection.rows(f"SELECT rowid, * FROM {table}") for table in before}


def rows_of(connection: Store) -> dict[tuple[str, str], int]:
    """Return in which row of the table each pair stands: pairs that are compared again stand in others."""
    rows = connection.rows(f"SELECT left_person_id, right_person_id, row FROM ({PAIRS})")
    return {(left, right): row for left, right, row in rows}


def test_a_new_record_is_compared_with_all_and_no_old_pair_again(connection: Store) -> None:
    before = rows_of(connection)
    add(connection, person("health", 7, 7))
    assert link(connection, SETTINGS).people == 180
    after = rows_of(connection)
    assert {("c7", "h7"), ("p7", "h7")} <= set(after)
    assert {pair: row for pair, row in after.items() if "h7" not in pair} == before
    assert connection.rows("SELECT count(*) FROM link_record") == [(361,)]


def test_a_corrected_record_is_scored_again_and_a_record_gone_is_forgotten(
    connection: Store,
) -> None:
    forename, surname, born = person("court", 3, 3)[2:]
    connection.change(
        "UPDATE person SET forename = 'zoe', surname = 'yew', date_of_birth = '2001-11-30' WHERE person_id = 'p3'"
    )
    connection.change("DELETE FROM person WHERE person_id = 'c5'")
    link(connection, SETTINGS)
    assert ("c3", "p3") not in pairs_of(connection, 0.3)
    assert not any("c5" in pair for pair in rows_of(connection))
    connection.change(
        "UPDATE person SET forename = ?, surname = ?, date_of_birth = ? WHERE person_id = 'p3'",
        [forename, surname, born],
    )
    link(connection, SETTINGS)
    assert ("c3", "p3") in pairs_of(connection, 0.3)
    assert connection.rows("SELECT count(*) FROM link_record") == [(359,)]


def test_many_new_records_have_all_pairs_compared_anew(connection: Store) -> None:
    before = rows_of(connection)
    add(connection, *(person("health", who, who) for who in range(150)))
    link(connection, SETTINGS)
    after = rows_of(connection)
    assert set(before) <= set(after)
    assert not set(before.items()) & set(after.items())


def test_a_threshold_moved_is_the_cause_in_the_journal(connection: Store) -> None:
    before = pairs_of(connection)
    link(connection, LinkageSettings(threshold=1.0))
    causes = connection.rows("SELECT DISTINCT cause FROM link_journal WHERE event = 'split'")
    assert causes == [("settings",)]
    assert pairs_of(connection) == before, "nothing is scored again"
    assert link(connection, SETTINGS).people == 180
    assert link(connection, LinkageSettings(method="shared_number")).people == 360
