"""A scheme is a block of whatworks.toml: its rows stand in the store, and its people's rows follow it."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.declaring.declared_rows import refresh_declared
from whatworks.records.engine import Store
from whatworks.records.imports.importing import import_file
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

HEAD = """
name = "Eastmere (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "probation"
name = "Eastmere Probation (made up)"
kind = "probation"
"""
BLOCK = """
[[scheme]]
id = "DOOR"
name = "Open Door (made up)"
organisation = "probation"
from = 2021-04-01
areas = ["Eastmere", "Westmere"]
"""
DAY = date(2025, 7, 1)
PEOPLE = "person_id\nP1\nP2\n"
TAKING_PART = "participation_id,person_id,scheme_id,started_on\n1,P1,DOOR,2022-01-01\n2,P2,DOOR,2022-02-01\n"


def partnership(folder: Path, settings: str) -> Partnership:
    (folder / "whatworks.toml").write_text(settings)
    return Partnership.open(folder)


def send(store: Store, here: Partnership, table: str, text: str, **how: bool) -> None:
    path = here.root / f"{table}.csv"
    path.write_text(text)
    import_file(store, path, table=table, organisation_id="probation", source=table, as_at=DAY, received_on=DAY,
                partnership=here, **how)  # fmt: skip


def counts(store: Store) -> dict[str, tuple[int, int, int]]:
    rows = store.rows("SELECT source_id, rows_in, rows_kept, rows_quarantined FROM source")
    return {source: tuple(numbers) for source, *numbers in rows}


def test_a_block_becomes_rows_of_scheme_and_scheme_area_with_counts(tmp_path: Path) -> None:
    with DuckDBStore(None) as store:
        refresh_declared(store, partnership(tmp_path, HEAD + BLOCK), DAY)
        scheme = "SELECT organisation_id, scheme_id, name, from_date, to_date FROM scheme"
        assert store.rows(scheme) == [("probation", "DOOR", "Open Door (made up)", date(2021, 4, 1), None)]
        areas = "SELECT scheme_id, area_code, area_vintage FROM scheme_area ORDER BY 2"
        assert store.rows(areas) == [
            ("DOOR", "Eastmere", "as recorded"),
            ("DOOR", "Westmere", "as recorded"),
        ]
        assert counts(store)["schemes of whatworks.toml/scheme"] == (1, 1, 0)
        assert counts(store)["schemes of whatworks.toml/scheme_area"] == (2, 2, 0)


def test_an_unchanged_file_does_nothing_and_a_changed_one_is_read_again(tmp_path: Path) -> None:
    with DuckDBStore(None) as store:
        refresh_declared(store, partnership(tmp_path, HEAD + BLOCK), DAY)
        again = refresh_declared(store, partnership(tmp_path, "# a remark\n" + HEAD + BLOCK), DAY)
        assert [report.already for report in again] == [True, True]
        refresh_declared(store, partnership(tmp_path, HEAD + BLOCK.replace(', "Westmere"', "")), DAY)
        assert store.rows("SELECT area_code FROM scheme_area") == [("Eastmere",)]


def test_rows_that_waited_for_a_scheme_are_kept_when_its_block_comes_and_set_aside_when_it_goes(tmp_path: Path) -> None:
    with DuckDBStore(None) as store:
        here = partnership(tmp_path, HEAD)
        send(store, here, "person", PEOPLE)
        send(store, here, "participation", TAKING_PART)
        assert counts(store)["participation/participation"] == (2, 0, 2)
        remedy = store.rows("SELECT DISTINCT remedy FROM quarantine")
        assert "[[scheme]]" in remedy[0][0]
        *_, schemes = refresh_declared(store, partnership(tmp_path, HEAD + BLOCK), DAY)
        assert schemes.released == {"participation": 2}
        assert counts(store)["participation/participation"] == (2, 2, 0)
        *_, schemes = refresh_declared(store, partnership(tmp_path, HEAD), DAY)
        assert schemes.orphaned == {"participation": 2}
        assert counts(store)["participation/participation"] == (2, 0, 2)
        assert "schemes of whatworks.toml/scheme" not in counts(store)


def test_a_scheme_that_a_file_brings_too_is_refused_both_ways_and_each_remedy_works(tmp_path: Path) -> None:
    csv = "scheme_id,name,from_date\nDOOR,Open Door,2021-04-01\n"
    with DuckDBStore(None) as store:
        both, without = HEAD + BLOCK, HEAD
        refresh_declared(store, partnership(tmp_path, both), DAY)
        with pytest.raises(Refused, match=r"take its \[\[scheme\]\] block out of whatworks.toml"):
            send(store, Partnership.open(tmp_path), "scheme", csv)
        send(store, partnership(tmp_path, without), "scheme", csv)
        with pytest.raises(Refused, match=r"scheme.1 .DOOR.: is held already from source scheme/scheme; take the"):
            refresh_declared(store, partnership(tmp_path, both), DAY)
        refresh_declared(store, partnership(tmp_path, without), DAY)
        assert store.rows("SELECT source_id FROM scheme") == [("scheme/scheme",)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('organisation = "probation"', 'organisation = "charity"', "'charity' is not an [[agency]]"),
        ("from = 2021-04-01", "from = 2026-04-01", "from lies after as_at"),
        ("from = 2021-04-01", "from = 2021-04-01\nto = 2020-01-01", "to lies before from"),
        ('"Westmere"]', '"Eastmere"]', "areas name Eastmere more than once"),
        ('"Westmere"]', '""]', "empty"),
        ('id = "DOOR"', 'id = "?door"', "pattern"),
        ("from = 2021-04-01\n", "", "missing"),
        ("from = 2021-04-01\n", "form = 2021-04-01\n", "not a key"),
    ],
)  # fmt: skip
def test_a_block_with_a_fault_is_refused_by_name(tmp_path: Path, before: str, after: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        partnership(tmp_path, HEAD + BLOCK.replace(before, after))
    assert words in str(refused.value)
    assert "scheme" in str(refused.value)


def test_two_blocks_of_one_scheme_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="scheme 'DOOR' is listed twice"):
        partnership(tmp_path, HEAD + BLOCK + BLOCK)
