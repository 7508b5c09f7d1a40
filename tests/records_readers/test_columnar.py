"""Parquet files are read as the text that a CSV of the same table would hold."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whatworks.records.readers import columnar
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused


def test_values_become_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": ["a", None],
            "born": [date(1987, 2, 28), None],
            "day": pa.array([datetime(2024, 2, 29), datetime(2024, 3, 1)], pa.timestamp("us")),
            "seen": pa.array([datetime(2024, 2, 29, 13, 5, 7), datetime(2024, 3, 1)], pa.timestamp("ns")),
            "ward": pa.array(["W1", "W2"]).dictionary_encode(),
            "whole": [7.0, 1.5],
            "number": pa.array([12, 2**40], pa.int64()),
            "money": pa.array([Decimal("1.50"), Decimal("2.00")], pa.decimal128(10, 2)),
            "yes": [True, False],
            "bytes": pa.array([b"x", b"y"], pa.binary()),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    reader = open_reader(tmp_path / "a.parquet")
    [batch] = reader.batches()
    assert batch.texts.rows() == [
        ("a", "1987-02-28", "2024-02-29", "2024-02-29 13:05:07", "W1", "7", "12", "1.50", "true", "x"),
        (None, None, "2024-03-01", "2024-03-01 00:00:00", "W2", "1.5", "1099511627776", "2.00", "false", "y"),
    ]
    assert list(batch.lines) == [1, 2]
    assert batch.raw([1]) == [",,2024-03-01,2024-03-01 00:00:00,W2,1.5,1099511627776,2.00,false,y"]


def test_rows_are_counted_over_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "BATCH_ROWS", 10)
    pq.write_table(pa.table({"id": [str(n) for n in range(25)]}), tmp_path / "a.parquet")
    reader = open_reader(tmp_path / "a.parquet")
    for _ in range(2):
        batches = list(reader.batches())
        assert [batch.texts.height for batch in batches] == [10, 10, 5]
        assert list(batches[2].lines) == [21, 22, 23, 24, 25]
        assert (reader.rows_in, reader.done, reader.size) == (25, 25, 25)


@pytest.mark.parametrize("folded", [True, False])
def test_texts_folded_as_no_table_is_are_refused_before_they_are_unfolded(tmp_path: Path, folded: bool) -> None:
    # 300,000 rows of one text of 1,000 letters: 286 MB, packed in some kilobytes.
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 300_000, pa.int32()), ["w" * 1_000])
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"ward": texts}), path, store_schema=folded)
    with pytest.raises(Refused, match=r"a.parquet: was packed more than 100 times smaller than it is"):
        for _ in open_reader(path).batches():
            pass


def test_a_text_on_every_row_is_read(tmp_path: Path) -> None:
    names = [f"P{n}" for n in range(60_000)]
    table = pa.table({"id": names, "force": pa.array(["Northshire"] * 60_000).dictionary_encode()})
    pq.write_table(table, tmp_path / "a.parquet")
    rows = [row for batch in open_reader(tmp_path / "a.parquet").batches() for row in batch.texts.rows()]
    assert rows == [(name, "Northshire") for name in names]


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    for content in (b"", b"PAR1 rubbish PAR1", b"id,day\n"):
        path.write_bytes(content)
        with pytest.raises(Refused, match="damaged"):
            open_reader(path)
    pq.write_table(pa.table({"id": pa.array([], pa.string())}), path)
    with pytest.raises(Refused, match="no rows"):
        open_reader(path)
    pq.write_table(pa.table({"id": ["a"], "list": [[1, 2]]}), path)
    with pytest.raises(Refused, match=r"list: holds lists or structures"):
        open_reader(path)


def test_damage_found_on_the_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"id": [f"number {n}" for n in range(5000)]}), path, compression="snappy", use_dictionary=False
    )
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\xff" * 3900
    path.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        list(open_reader(path).batches())


def test_a_length_of_time_is_read_as_text(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "stay": [timedelta(days=2, hours=3), None]})
    frame.write_parquet(tmp_path / "stays.parquet")
    [batch] = open_reader(tmp_path / "stays.parquet").batches()
    assert batch.texts.rows() == [("a", "P2DT3H"), ("b", None)]  # ISO 8601: two days and three hours
