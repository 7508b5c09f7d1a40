"""Read any agency's file the same way: records of text, each with its line and its raw text, counted as they are read.

A reader counts records itself, before any frame exists, so that the check "rows in = kept + quarantined + excluded"
can fail when a later step loses a row.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol

import polars as pl

from whatworks.records.file_settings import FileSettings
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import seems_data, shown_header
from whatworks.records.visible import visible

LONGEST_RECORD_BYTES = 1_048_576
MOST_BYTES = 8 * 2**30
MOST_COLUMNS = 4_096
"""Of what is read as records: each column is kept as text."""
_BEFORE = " \t\"',;|\ufeff"
SHOWN_OF_LONG_RECORD = 200
"""Characters of a too long record that quarantine keeps."""

READERS = {
    ".csv": "whatworks.records.readers.delimited",
    ".tsv": "whatworks.records.readers.delimited",
    ".txt": "whatworks.records.readers.delimited",
    ".xlsx": "whatworks.records.readers.spreadsheet",
    ".xlsm": "whatworks.records.readers.spreadsheet",
    ".xls": "whatworks.records.readers.spreadsheet",
    ".ods": "whatworks.records.readers.spreadsheet",
    ".parquet": "whatworks.records.readers.columnar",
    ".jsonl": "whatworks.records.readers.json_lines",
    ".ndjson": "whatworks.records.readers.json_lines",
}
"""Ending of a file's name -> module with `open_reader(path, settings, longest_record_bytes, asked) -> Reader`."""


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that cannot be split into the header's fields: ragged, too long, or in another encoding."""

    line: int
    raw: str
    problem: str
    remedy: str
    rule: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that the file's settings call no record (a title or trailer, a hidden row): counted, and kept aside."""

    line: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Some records of a file, as text.

    `texts` has one String column for each header, in order; a missing value is null or an empty text. `lines` are the
    physical lines (or sheet rows, or record numbers where a format has no lines) on which the records begin, and
    `raw(positions)` gives the raw text of the records at these positions of `texts`: it is asked for faulty rows only,
    so formats without raw text may put it together then. Records that could not be split stand in `broken` instead.
    """

    lines: Sequence[int] | pl.Series
    texts: pl.DataFrame
    raw: Callable[[Sequence[int]], list[str]]
    broken: list[BrokenRecord] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class Reader(Protocol):
    """A file opened for reading. Opening refuses an empty file, one with a header only, and duplicate headers.

    The defaults below are those of formats that know nothing of the kind.
    """

    header: tuple[str, ...]
    """The file's own column names, in order, without surrounding spaces."""
    rows_in: int
    """Records read so far, broken ones included: the whole file's once `batches()` is exhausted."""
    size: int
    """The file's size in bytes (or its number of rows, where that is known): the progress bar's total."""
    done: int
    """How much of `size` has been read."""
    dates: frozenset[str] = frozenset()
    """Columns of formats that know what a date is: the reader wrote some of their values as 2024-02-28."""
    notes: Sequence[str] = ()
    """What a person should be told of how the file was read."""

    @property
    def delimiter(self) -> str | None:
        """What separates the values of a raw text, where it is a line of values."""
        ...

    def batches(self) -> Iterator[RawBatch]:
        """Yield all records from the first; `rows_in` starts again at 0, and counts lines left out as well."""
        ...

    def raws(self, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
        """Yield, batch by batch, the line and raw text of the records that begin on these lines (sorted)."""
        ...


def raws_from_batches(reader: Reader, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
    """Give `Reader.raws` by reading everything once more; enough for formats that are read in one piece."""
    wanted = set(lines)
    for batch in reader.batches():
        found = {at: int(line) for at, line in enumerate(batch.lines) if line in wanted}
        texts = batch.raw(list(found))
        broken = [one for one in batch.broken if one.line in wanted]
        yield [*found.values(), *(one.line for one in broken)], [*texts, *(one.raw for one in broken)]


def open_reader(
    path: Path,
    settings: FileSettings | None = None,
    longest_record_bytes: int = LONGEST_RECORD_BYTES,
    asked: Collection[str] | None = None,
) -> Reader:
    """Open a file by the ending of its name.

    `asked` names the columns that matter, all where it is None: what cannot be read in another column (a list, a failed
    formula) stops nothing.

    Raises `Refused` for an unknown ending, a missing or empty file, one without rows, or an unusable header.
    """
    check_size(path)
    module = READERS.get(path.suffix.lower())
    if module is None:
        raise Refused(
            Fault("cannot be read as a table", "send it as CSV, Excel, ODS, Parquet or JSON lines", path.name)
        )
    if not path.is_file():
        raise Refused(Fault("is not there", "check the name and the folder", path.name))
    reader: Reader = import_module(module).open_reader(path, settings or FileSettings(), longest_record_bytes, asked)
    return reader


def check_size(path: Path) -> None:
    """Refuse a file that is larger than any extract, before all of it is read."""
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        remedy = "look whether it is whole; an extract of this size is sent in parts"
        raise Refused(Fault(f"is larger than {MOST_BYTES // 2**30} GB", remedy, path.name))


def check_header(header: Sequence[str], file: str) -> tuple[str, ...]:
    """Return the header without outer spaces and what cannot be seen, unnamed columns numbered; refuse duplicates.

    >>> check_header(["a ", "", "b"], "x.csv")
    ('a', '(column 2)', 'b')
    >>> check_header(["a", "b", "a"], "x.csv")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: x.csv, a: stands in the header 2 times; give each column its own name
    """
    if len(header) > MOST_COLUMNS:
        problem = f"has {len(header):,} columns, and no table of records has more than {MOST_COLUMNS:,}"
        raise Refused(Fault(problem, "send the columns that matter", file))
    names = [visible(name).strip() or f"(column {number})" for number, name in enumerate(header, start=1)]
    shown = dict(zip(names, shown_header(names), strict=True))
    faults = [
        Fault(f"stands in the header {times} times", "give each column its own name", file, field=shown[name])
        for name, times in Counter(names).items()
        if times > 1
    ]
    if faults:
        raise Refused(faults)
    return tuple(names)


def headers_again(
    texts: pl.DataFrame, lines: Sequence[int], raws: Sequence[str], settings: FileSettings
) -> tuple[list[BrokenRecord], set[int]]:
    """Return the records that only repeat the header, as where two extracts were joined, and their positions.

    None where the header is itself a record: its remedy would print a person's.
    """
    if seems_data(texts.columns):
        return [], set()
    first = texts.to_series(0).str.strip_chars() == texts.columns[0]
    at = [n for n in first.arg_true() if all((text or "").strip() == name for text, name in _named(texts, n))]
    problem = "repeats the header, as where two extracts are joined end to end"
    return [
        BrokenRecord(
            lines[n],
            raws[n],
            problem,
            f"{settings.setting(f'not_records = [{json.dumps(raws[n].lstrip(_BEFORE)[:80], ensure_ascii=False)}]')}",
            "header_again",
        )
        for n in at
    ], set(at)


def _named(texts: pl.DataFrame, at: int) -> list[tuple[str | None, str]]:
    pairs = zip(texts.row(at), texts.columns, strict=True)
    return [(text, name) for text, name in pairs if not name.startswith(("(column ", "\0"))]


def begins_with(raw: str, text: str) -> bool:
    """Tell whether a line begins with this text, quotes, spaces and delimiters before it aside.

    >>> begins_with(' ,"Total referrals",108', "total referrals")
    True
    """
    return raw.lstrip(_BEFORE).lower().startswith(text.lower())
