"""Give records of sheets and columnar files a raw text: one comma-separated line, which can be split again."""

import csv
import io
from collections.abc import Sequence

import polars as pl

from whatworks.records.readers.reading import SHOWN_OF_LONG_RECORD, BrokenRecord, LeftOut, RawBatch


def record_line(values: Sequence[str | None], delimiter: str = ",") -> str:
    """Return the values as one delimited line, quoted where they need it.

    >>> record_line(["7", None, "Lee, Al"])
    '7,,"Lee, Al"'
    """
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(["" if v is None else v for v in values])
    return line.getvalue().removesuffix("\r\n")


def split_line(raw: str, delimiter: str = ",") -> list[str]:
    """Return the values of a delimited line, line breaks inside quotes included.

    >>> split_line('7,,"Lee, Al"')
    ['7', '', 'Lee, Al']
    """
    csv.field_size_limit(2**31 - 1)
    rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter))
    return [value for row in rows for value in row]


def text_batch(
    lines: pl.Series,
    texts: pl.DataFrame,
    broken: list[BrokenRecord],
    longest: int,
    left_out: Sequence[LeftOut] = (),
) -> RawBatch:
    """Return a batch of text columns; records of more than `longest` bytes stand in `broken` by their beginning."""
    length = texts.select(pl.sum_horizontal(pl.all().str.len_bytes().fill_null(0))).to_series() + texts.width - 1
    too_long = length > longest
    if too_long.any():
        long = zip(lines.filter(too_long), texts.filter(too_long).iter_rows(), strict=True)
        broken = [*broken, *(_too_long(line, values, longest) for line, values in long)]
        lines, texts = lines.filter(~too_long), texts.filter(~too_long)

    def raw(positions: Sequence[int]) -> list[str]:
        return [record_line(values) for values in texts[list(positions)].iter_rows()] if positions else []

    return RawBatch(lines, texts, raw, broken, list(left_out))


def _too_long(line: int, values: Sequence[str | None], longest: int) -> BrokenRecord:
    shown = record_line([value[:SHOWN_OF_LONG_RECORD] if value else value for value in values])
    return BrokenRecord(
        line,
        shown[:SHOWN_OF_LONG_RECORD],
        f"is longer than {longest} bytes",
        "check the record; a larger longest_record_bytes under [settings] in whatworks.toml admits it",
        "record_length",
    )
