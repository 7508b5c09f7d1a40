"""Several files of one agency: people come once, lines of two files are two records, and each remedy is taken."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import import_file
from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

SETTINGS = """
name = "Eastmere (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "probation"
name = "Eastmere Probation (made up)"
kind = "probation"
"""
MAPPING = """
[[table]]
table = "person"
[table.columns]
person_id = "Person"
sex = "Sex"
[[table]]
table = "sentence"
[table.columns]
person_id = "Person"
kind = "Kind"
sentenced_on = "Day"
[table.key]
sentence_id = ["#line"]
"""
HEAD = "Person,Sex,Kind,Day\n"
FIRST = f"{HEAD}P1,female,fine,2024-01-01\nP2,male,fine,2024-01-02\n"
SECOND = f"{HEAD}P2,male,fine,2024-02-02\nP3,male,custody,2024-02-03\nP4,none,fine,2024-02-04\n"
DAY = date(2025, 7, 1)


def send(store: Store, folder: Path, name: str, text: str, mapping: str, **how: bool) -> dict[str, tuple[int, ...]]:
    (folder / "whatworks.toml").write_text(SETTINGS)
    (folder / f"{name}.csv").write_text(text)
    report = import_file(
        store, folder / f"{name}.csv", mapping=parse_mapping(mapping, "m.toml"), organisation_id="probation",
        source=name, as_at=DAY, received_on=DAY, partnership=Partnership.open(folder), **how,
    )  # fmt: skip
    return {one.table: (one.rows_in, one.kept, one.quarantined, one.excluded) for one in report.blocks}


def test_the_remedies_of_a_second_file_are_taken(tmp_path: Path) -> None:
    with DuckDBStore(tmp_path / "store.duckdb") as store:
        send(store, tmp_path, "first", FIRST, MAPPING)
        with pytest.raises(Refused) as refused:
            send(store, tmp_path, "second", SECOND, MAPPING)
        assert "put only_new = true in its [[table]] block" in str(refused.value)
        once = MAPPING.replace('table = "person"', 'table = "person"\nonly_new = true')
        with pytest.raises(Refused) as refused:
            send(store, tmp_path, "second", SECOND, once)
        assert "begin a key of lines with #source" in str(refused.value) and "table person" not in str(refused.value)
        apart = once.replace('["#line"]', '["#source", "#line"]')
        counts = send(store, tmp_path, "second", SECOND, apart)
        assert counts == {"person": (3, 1, 1, 1), "sentence": (3, 2, 1, 0)}  # P4's sex is no code: its rows wait
        ids = store.rows("SELECT sentence_id FROM sentence ORDER BY ALL")
        assert ids == [("2",), ("3",), ("second-2",), ("second-3",)]
        assert send(store, tmp_path, "second", SECOND.replace("P3", "P5"), apart, replace=True)["person"][1] == 1
        known = store.rows("SELECT person_id, source_id FROM person ORDER BY ALL")
        assert known == [("P1", "first/person"), ("P2", "first/person"), ("P5", "second/person")]
