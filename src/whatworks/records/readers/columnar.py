"""Read Parquet files as text, a group of rows at a time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whatworks.records.file_settings import LONDON, FileSettings
from whatworks.records.guarding.container import check_unfolded
from whatworks.records.readers.reading import BrokenRecord, RawBatch, check_header, raws_from_batches
from whatworks.records.readers.record_line import text_batch
from whatworks.records.refusal import Fault, Refused
from whatworks.records.visible import visible_texts

BATCH_ROWS = 50_000
FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


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
    unread: frozenset[str] = frozenset()
    """Columns of lists and the like, for which nobody asks: they are given as empty."""
    zone: str = LONDON
    delimiter: str = ","
    """What separates the values of the raw text that is put together for quarantine."""
    notes: Sequence[str] = ()
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
                frame = self._frame(part)
                frame = visible_texts(
                    frame.with_columns(
                        _as_text(_local(column, self.zone), column.name in self.timed) for column in frame
                    )
                )
                lines = pl.Series("line", range(first, self.rows_in + 1), dtype=pl.Int64)
                yield text_batch(lines, frame, _no_faults(), self.longest)

    def _frame(self, part: pa.RecordBatch) -> pl.DataFrame:
        empty = pa.nulls(part.num_rows, pa.string())
        columns = [empty if name in self.unread else one for name, one in zip(self.header, part.columns, strict=True)]
        return pl.DataFrame(pl.from_arrow(pa.table(columns, names=list(self.header))))

    def raws(self, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
        """Yield the line and text of the records of these lines."""
        return raws_from_batches(self, lines)


def open_reader(
    path: Path, settings: FileSettings, longest_record_bytes: int, asked: Collection[str] | None = None
) -> ColumnarFile:
    """Open a Parquet file, or refuse one that is damaged, empty, or holds lists and structures where it is asked."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as fault:
        raise _damaged(path.name) from fault
    with file:
        schema = file.schema_arrow
        if not file.metadata.num_rows:
            raise Refused(Fault("has a header but no rows", "send the extract again", path.name))
        header = check_header(schema.names, path.name)
        unread = {name: column.type for name, column in zip(header, schema, strict=True) if not _is_plain(column.type)}
        faults = [_not_read(name, kind, path.name) for name, kind in unread.items() if asked is None or name in asked]
        if faults:
            raise Refused(faults)
        _check_folding(path, [column.name for column in file.schema if column.physical_type == "BYTE_ARRAY"])
        stamps = [at for at, column in enumerate(schema) if pa.types.is_timestamp(column.type)]
        zone = settings.time_zone or LONDON
        timed = frozenset(header[at] for at in _with_time_of_day(file, stamps, path.name, zone))
        dates = frozenset(
            name for name, column in zip(header, schema, strict=True) if pa.types.is_temporal(column.type)
        )
        size = file.metadata.num_rows
        return ColumnarFile(path, header, timed, dates, longest_record_bytes, size, frozenset(unread), zone)


def _not_read(name: str, kind: pa.DataType, file: str) -> Fault:
    if pa.types.is_nested(kind):
        return Fault("holds lists or structures", "write one value in each row", file, field=name)
    return Fault(f"holds {kind}, which is not read", "write it as text", file, field=name)


def _check_folding(path: Path, texts: Sequence[str]) -> None:
    """Refuse texts that take much more room on their rows than in the file, while each is still held once."""
    unfolded = 0
    try:
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            for part in file.iter_batches(batch_size=BATCH_ROWS, columns=texts) if texts else ():
                unfolded += sum(_unfolded_bytes(column) for column in part.columns)
                check_unfolded(unfolded, path.stat().st_size, path.name)
    except (pa.ArrowException, OSError) as fault:
        raise _damaged(path.name) from fault


def _unfolded_bytes(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary.cast(pa.large_binary()))
    return pc.sum(lengths.take(column.indices)).as_py() or 0


def _parts(file: pq.ParquetFile, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    parts = file.iter_batches(batch_size=BATCH_ROWS, columns=columns)
    while True:
        try:
            part = next(parts, None)
        except (pa.ArrowException, OSError) as fault:
            raise _damaged(name) from fault
        if part is None:
            return
        _check_days(part, name)
        yield part


def _is_plain(kind: pa.DataType) -> bool:
    """Tell whether the values of a type are numbers, texts, flags, days or times, by themselves or in a dictionary."""
    types = pa.types
    if types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    numbers = (types.is_boolean, types.is_integer, types.is_floating, types.is_decimal128)
    texts = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary, types.is_fixed_size_binary)
    days = (types.is_date, types.is_timestamp, types.is_time, types.is_duration, types.is_null)
    return any(test(kind) for test in (*numbers, *texts, *days))


def _check_days(part: pa.RecordBatch, name: str) -> None:
    """Refuse days that no calendar of four digits holds: what counts them would break off."""
    faults = []
    for field, column in zip(part.schema, part.columns, strict=True):
        if pa.types.is_timestamp(field.type) or pa.types.is_date(field.type):
            least, most = (_since_1970(day, field.type) for day in (FIRST_DAY, LAST_DAY))
            counts = column.view(pa.int32() if field.type == pa.date32() else pa.int64())
            ends = pc.min_max(counts).as_py()
            if ends["min"] is not None and (ends["min"] < least or ends["max"] > most):
                problem = "holds a day outside the years 1 to 9999"
                faults.append(Fault(problem, "correct it, or leave it empty", name, field=field.name))
    if faults:
        raise Refused(faults)


def _since_1970(day: date, kind: pa.DataType) -> int:
    days = (day - date(1970, 1, 1)).days
    if kind == pa.date32():
        return days
    unit = "ms" if kind == pa.date64() else kind.unit
    return days * 86_400 * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]


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
