"""Rows in = rows kept + rows quarantined + rows excluded: a law of every import, and a check that can fail."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatworks.records.imports.conservation import ConservationError
from whatworks.records.imports.importing import ImportReport, import_file
from whatworks.records.imports.staging import Staging
from whatworks.records.mappings.block_plan import BlockPlan, Checked
from whatworks.records.mappings.mapping import FileSettings, parse_mapping
from whatworks.records.readers.delimited import DelimitedReader
from whatworks.records.store import DuckDBStore

AS_AT, RECEIVED = date(2025, 6, 30), date(2025, 7, 1)
PEOPLE = "person_id,sex\n1,male\n2,female\n3,mle\n4,male\n"
Rows = Callable[..., list[tuple[Any, ...]]]
Take = Callable[..., ImportReport]


def drop_row(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("source_line") != 3)


def test_a_row_lost_between_reading_and_the_store_is_missed(
    take: Take, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = BlockPlan.apply

    def lossy(self: BlockPlan, texts: pl.DataFrame, lines: pl.Series) -> Checked:
        checked = whole(self, texts, lines)
        return Checked(drop_row(checked.rows), checked.faults, checked.excluded)

    monkeypatch.setattr(BlockPlan, "apply", lossy)
    with pytest.raises(ConservationError, match="4 rows in, but 2 kept"):
        take(PEOPLE, "person")
    assert rows("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM source)") == [(0, 0)]


def test_a_row_lost_before_the_checks_is_missed(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = BlockPlan.apply
    monkeypatch.setattr(BlockPlan, "apply", lambda self, texts, lines: whole(self, texts[1:], lines[1:]))
    with pytest.raises(ConservationError, match="4 rows in, but 2 kept"):
        take(PEOPLE, "person")


def test_a_quarantined_row_that_is_lost_is_missed(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Staging, "quarantine", lambda self: None)
    with pytest.raises(ConservationError, match=r"4 rows in, but 3 kept .* 0 quarantined"):
        take(PEOPLE, "person")


def test_a_row_counted_twice_is_missed(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    once = Staging.keep_sound
    monkeypatch.setattr(Staging, "keep_sound", lambda self, table: (once(self, table), once(self, table)))
    with pytest.raises(ConservationError, match="4 rows in, but 6 kept"):
        take(PEOPLE, "person")


def test_the_reader_counts_before_any_frame_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(PEOPLE)
    monkeypatch.setattr(pl, "read_csv", lambda *a, **k: pytest.fail("a frame was made"))
    reader = DelimitedReader(tmp_path / "a.csv", FileSettings(), 1000)
    with pytest.raises(pytest.fail.Exception):
        next(reader.batches())
    assert reader.rows_in == 4


FIELD = st.sampled_from(["1", "2", "3", "", " ", "x", "male", "2024-01-01", "2024-13-01", '"', '"a,b"', "a;b", "é"])
LINE = st.lists(FIELD, min_size=1, max_size=6).map(",".join)
MAPPING = parse_mapping(
    """
[[table]]
table = "person"
when = [{ column = "c", not_equals = "x" }]
columns = { person_id = "a", sex = "b", date_of_birth = "d" }
[[table]]
table = "sentence"
when = [{ column = "d", not_empty = true }]
columns = { person_id = "a", sentenced_on = "d" }
constants = { kind = "fine" }
key = { sentence_id = ["a", "b", "c"] }
""",
    "law",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINE, min_size=1, max_size=12))
def test_every_record_of_any_file_is_kept_set_aside_or_excluded(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """The lines that begin a record are found by nothing but the tables of the store: none is missing, none twice."""
    path = tmp_path_factory.mktemp("law") / "a.csv"
    path.write_text("a,b,c,d\n" + "\n".join(lines) + "\nlast,male,c,2024-01-01\n")
    with DuckDBStore(None) as store:
        store.change("INSERT INTO organisation VALUES ('agencies', 1, 'police', 'Police', 'police')")
        report = import_file(
            store, path, mapping=MAPPING, organisation_id="police", source="law", as_at=AS_AT, received_on=RECEIVED
        )
        for block in report.blocks:
            found = store.rows(
                f"SELECT source_line FROM {block.table} UNION ALL "
                "SELECT DISTINCT line FROM quarantine WHERE source_id = ?",
                [block.source_id],
            )
            assert len(found) == len(set(found)) == block.kept + block.quarantined
            assert block.rows_in == block.kept + block.quarantined + block.excluded
            assert all(2 <= line <= len(lines) + 2 for (line,) in found)
        if not any('"' in line for line in lines):
            assert {block.rows_in for block in report.blocks} == {sum(line != "" for line in lines) + 1}
