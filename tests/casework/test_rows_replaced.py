"""Of rows that correct each other the last stands, under the first's number, and measures see no other."""

import sqlglot

from whatworks.records.store import DuckDBStore, scratch
from whatworks.records.tables.agency_tables import Need
from whatworks.records.tables.ddl import create_statement, create_tables
from whatworks.records.tables.standing import CORRECTED, standing


def needs(*rows: tuple[int, str, str, str | None]) -> DuckDBStore:
    """Return a store of needs: (line, number, level, the number that it corrects)."""
    made = scratch()
    create_tables(made)
    for line, number, level, replaces in rows:
        made.change(
            "INSERT INTO need (source_id, source_line, organisation_id, need_id, person_id, pathway, assessed_on, "
            "level, replaces) VALUES ('s', ?, 'probation', ?, 'P1', 'health', '2025-01-06', ?, ?)",
            [line, number, level, replaces],
        )
    return made


def stands(made: DuckDBStore) -> list[tuple[str, str]]:
    standing(made, "need")
    return sorted(made.rows("SELECT need_id, level FROM standing_need"))


def test_the_last_of_several_corrections_stands_under_the_first_number() -> None:
    made = needs((1, "A", "low", None), (2, "B", "low", None), (3, "C", "medium", "A"), (4, "D", "high", "A"))
    assert stands(made) == [("A", "high"), ("B", "low")]


def test_another_agencys_row_of_the_same_number_is_not_corrected() -> None:
    made = needs((1, "A", "low", None))
    made.change("INSERT INTO need (source_id, source_line, organisation_id, need_id, person_id, pathway, assessed_on, "
                "level, replaces) VALUES ('s', 9, 'h', 'Z', 'P1', 'health', '2025-01-06', 'high', 'A')")  # fmt: skip
    assert stands(made) == [("A", "high"), ("A", "low")]


def test_a_store_made_before_corrections_reads_as_it_is() -> None:
    made = scratch()
    made.change(create_statement("need", Need).replace(',\n  "replaces" VARCHAR', ""))
    made.change("INSERT INTO need VALUES ('s', 1, 'probation', 'A', 'P1', 'health', '2025-01-06', NULL, 'low', NULL, "
                "NULL, NULL, NULL)")  # fmt: skip
    assert stands(made) == [("A", "low")]


def test_every_view_is_read_by_the_other_databases() -> None:
    made = scratch()
    create_tables(made)
    standing(made, *CORRECTED)
    texts = made.rows("SELECT sql FROM duckdb_views() WHERE view_name LIKE 'standing_%'")
    assert len(texts) == len(CORRECTED) >= 10
    for (text,) in texts:
        for dialect in ("postgres", "spark"):
            assert sqlglot.transpile(text, read="duckdb", write=dialect)
