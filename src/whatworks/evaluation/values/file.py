"""Read one file with a row a person as text, whatever its format, and keep what the provenance needs."""

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from whatworks.records.mappings.mapping import FileSettings
from whatworks.records.note import Note
from whatworks.records.readers.reading import check_size, open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import open_private


@dataclass(frozen=True, slots=True)
class FlatFile:
    """A file as text: one String column for each header, null where nothing stands, and the line of each row."""

    name: str
    sha256: str
    texts: pl.DataFrame
    lines: tuple[int, ...]
    notes: tuple[Note, ...] = ()
    """What is to be told of how the file was read: hidden rows, say."""
    left_out: int = 0
    """Lines that the file's settings call no records."""


def read_flat(path: Path, settings: FileSettings | None = None, asked: Collection[str] | None = None) -> FlatFile:
    """Read CSV (also `.csv.gz`), Excel, ODS, Parquet or JSON lines as text; refuse a file with broken rows.

    `settings` says how the file is written: the protocol's `[data]` does. `asked` are the columns that matter: what
    cannot be read in another stops nothing.
    """
    if path.is_dir():
        raise Refused(Fault("is a folder", "name a file with --data FILE", path.name))
    if not path.is_file():
        raise Refused(Fault("is not there", "name the file with --data FILE", path.name))
    check_size(path)
    if path.suffix.lower() == ".gz":
        return _read_packed(path, settings, asked)
    return FlatFile(path.name, _sha256(path), *_texts(path, settings, asked))


def _read_packed(path: Path, settings: FileSettings | None, asked: Collection[str] | None) -> FlatFile:
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / path.stem
        try:
            with gzip.open(path) as packed, open_private(inside) as plain:
                shutil.copyfileobj(packed, plain)
        except (OSError, EOFError) as fault:
            raise Refused(Fault(f"cannot be unpacked ({fault})", "send it again", path.name)) from fault
        return FlatFile(path.name, _sha256(path), *_texts(inside, settings, asked, path.name))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _texts(
    path: Path, settings: FileSettings | None, asked: Collection[str] | None, name: str | None = None
) -> tuple[pl.DataFrame, tuple[int, ...], tuple[Note, ...], int]:
    reader = open_reader(path, settings, asked=asked)
    parts: list[pl.DataFrame] = []
    lines: list[int] = []
    faults: list[Fault] = []
    left_out = 0
    for batch in reader.batches():
        parts.append(batch.texts)
        lines += [int(line) for line in batch.lines]
        left_out += len(batch.left_out)
        faults += [Fault(one.problem, one.remedy, name or path.name, one.line) for one in batch.broken]
    if faults:
        raise Refused(faults)
    frame = pl.concat(parts) if parts else pl.DataFrame()
    if frame.height == 0:
        raise Refused(Fault("has no rows", "send a file with one row a person", name or path.name))
    texts = frame.with_columns(pl.all().cast(pl.String).str.strip_chars().replace("", None))
    return texts, tuple(lines), getattr(reader, "notes", ()), left_out
