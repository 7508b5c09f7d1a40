"""Read Parquet files as text, a group of rows at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from whatworks.records.file_settings import LONDON, FileSettings
from whatworks.records.reading import BrokenRecord, RawBatch, check_header, raws_from_batches
from whatworks.records.record_line import text_batch
from whatworks.records.refusal import Fault, Refused
from whatworks.records.visible import visible_texts

BATCH_ROWS = 50_000


@dataclass(slots=True)
class ColumnarFile:
    """A Parquet file opened for reading: a `Reader`. A record's line is its number, from 1."""

    path: Path
    header: tuple[str, ...]
    timed: frozenset[str]
    """Columns of timestamps of which one at least is not midnight; the others are given as dates."""
    dates: frozenset[str]
    """Columns of days or times, which are written as 2024-02-28."""
    longest: int
    size: int
    zone: str = LONDON
    delimiter: str = ","
    """What separates the values of the raw text that is put together for quarantine."""
    rows_in: int = 0
    done: int = 0

    def batches(self) -> Iterator[RawBatch]:
        """Yield the records, some tens of thousands at a time. Refused where the file turns out to be damaged."""
        self.rows_in = self.done = 0
        with pq.ParquetFile(self.path) as file:
            for part in _parts(file, self.path.name):
                first = self.rows_in + 1
                self.rows_in += part.num_rows
                self.done = self.rows_in
                frame = pl.DataFrame(pl.from_arrow(part))
                frame.columns = list(self.header)
                frame = visible_texts(
                    frame.with_columns(
                        _as_text(_local(column, self.zone), column.name in self.timed) for column in frame
                    )
                )
                lines = pl.Series("line", range(first, self.rows_in + 1), dtype=pl.Int64)
                yield text_batch(lines, frame, _no_faults(), self.longest)

    def raws(self, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
        """Yield the line and text of the records of these lines."""
        return raws_from_batches(self, lines)


def open_reader(path: Path, settings: FileSettings, longest_record_bytes: int) -> ColumnarFile:
    """Open a Parquet file, or refuse one that is damaged, empty, or holds lists and structures."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as fault:
        raise _damaged(path.name) from fault
    with file:
        schema = file.schema_arrow
        if not file.metadata.num_rows:
            raise Refused(Fault("has a header but no rows", "send the extract again", path.name))
        nested = [column.name for column in schema if pa.types.is_nested(column.type)]
        if nested:
            raise Refused(
                [Fault("holds lists or structures", "write one value in each row", path.name, field=n) for n in nested]
            )
        header = check_header(schema.names, path.name)
        stamps = [at for at, column in enumerate(schema) if pa.types.is_timestamp(column.type)]
        zone = settings.time_zone or LONDON
        timed = frozenset(header[at] for at in _with_time_of_day(file, stamps, path.name, zone))
        dates = frozenset(
            name for name, column in zip(header, schema, strict=True) if pa.types.is_temporal(column.type)
        )
        return ColumnarFile(path, header, timed, dates, longest_record_bytes, file.metadata.num_rows, zone)


def _parts(file: pq.ParquetFile, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    parts = file.iter_batches(batch_size=BATCH_ROWS, columns=columns)
    while True:
        try:
            part = next(parts, None)
        except (pa.ArrowException, OSError) as fault:
            raise _damaged(name) from fault
        if part is None:
            return
        yield part


def _damaged(name: str) -> Refused:
    return Refused(Fault("cannot be read as Parquet: it is damaged", "send the extract again", name))


def _no_faults() -> list[BrokenRecord]:
    return []


def _local(column: pl.Series, zone: str) -> pl.Series:
    """Return times as the clock showed them in `zone`; those that name no zone are taken to be so already."""
    kind = column.dtype
    if not isinstance(kind, pl.Datetime) or kind.time_zone is None:
        return column
    return column.dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _with_time_of_day(file: pq.ParquetFile, columns: Sequence[int], name: str, zone: str) -> set[int]:
    names = [file.schema_arrow.names[at] for at in columns]
    timed: set[int] = set()
    for part in _parts(file, name, names) if names else ():
        frame = pl.DataFrame(pl.from_arrow(part))
        timed |= {
            at
            for at, column in zip(columns, frame.iter_columns(), strict=True)
            if (_local(column, zone).dt.time().drop_nulls() != time()).any()
        }
    return timed


def _as_text(column: pl.Series, timed: bool) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.Datetime):
        return column.dt.strftime("%Y-%m-%d %H:%M:%S" if timed else "%Y-%m-%d")
    if kind in (pl.Float32, pl.Float64):
        return column.cast(pl.String).str.replace(r"\.0$", "")
    if isinstance(kind, pl.Duration):
        return column.dt.to_string("iso")
    if kind == pl.Binary:
        return column.map_elements(lambda value: value.decode("utf-8", "replace"), return_dtype=pl.String)
    return column.cast(pl.String)
