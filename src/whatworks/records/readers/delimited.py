"""Read CSV and its relatives as agencies really write them, losing no record and no line number."""

import io
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.encoding import detect_encoding, is_utf7
from whatworks.records.readers.pages import Page, Pages
from whatworks.records.readers.reading import SHOWN_OF_LONG_RECORD, BrokenRecord, RawBatch, check_header, headers_again
from whatworks.records.readers.record_split import IN_QUOTES, QUOTE, Records, leave_out, split_records
from whatworks.records.readers.text_header import NumberedLine, find_text_header
from whatworks.records.readers.text_header import sniff_delimiter as sniff_delimiter
from whatworks.records.refusal import Fault, Refused
from whatworks.records.visible import visible_texts

PADDING = "\0end of line "


def open_reader(
    path: Path,
    settings: FileSettings,
    longest_record_bytes: int,
    asked: Collection[str] | None = None,
) -> "DelimitedReader":
    """Open a delimited text file; refuse one that is empty, has no rows, or is not text at all."""
    return DelimitedReader(path, settings, longest_record_bytes)


class DelimitedReader:
    """A text file with one record a line (or more, where quotes say so) and a header."""

    dates: frozenset[str] = frozenset()
    notes: Sequence[str] = ()

    def __init__(self, path: Path, settings: FileSettings, longest_record_bytes: int) -> None:
        self.path, self.longest = path, longest_record_bytes
        _refuse_other_formats(path)
        encoding, skip = detect_encoding(path, settings.encoding)
        _refuse_binary(path, encoding, skip)
        self.pages = Pages(path, encoding, skip, longest_record_bytes, SHOWN_OF_LONG_RECORD)
        found = find_text_header(self._first_lines(), settings, path.name)
        self.header_line, self.delimiter, self.padding = found.line, found.delimiter, found.padding
        self.header = check_header(found.names, path.name)
        self.settings, self.rows_in = settings, 0
        self.size = self.pages.size
        if next((one for one in self._records() if one.raws or one.broken), None) is None:
            raise Refused(Fault("has a header but no rows", "send the extract again", path.name))

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self.pages.done

    def batches(self) -> Iterator[RawBatch]:
        """Yield all records, a page of the file at a time."""
        self.rows_in = 0
        for records in self._records():
            self.rows_in += len(records.raws) + len(records.broken)
            yield self._batch(records)

    def raws(self, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
        """Yield line and raw text of the records on these lines, without splitting any into fields."""
        for records in self._records():
            begins = [*records.lines, *(one.line for one in records.broken)]
            if not begins:
                continue
            near = set(lines[bisect_left(lines, min(begins)) : bisect_right(lines, max(begins))])
            found = [pair for pair in zip(records.lines, records.raws, strict=True) if pair[0] in near]
            found += [(one.line, one.raw) for one in records.broken if one.line in near]
            yield [line for line, _ in found], [raw for _, raw in found]

    def _records(self) -> Iterator[Records]:
        return split_records(self._body(), self.delimiter, self.longest)

    def _body(self) -> Iterator[Page]:
        """Yield the pages after the header."""
        for page in self.pages:
            if page.first > self.header_line:
                yield page
                continue
            before = self.header_line - page.first + 1
            parts = page.text.split("\n", before)
            if len(parts) > before:
                yield Page(page.first + before, parts[before])

    def _first_lines(self) -> list[NumberedLine]:
        page = next(iter(self.pages), None)
        if page is None or not page.text.strip():
            raise Refused(Fault("is empty", "send the extract again", self.path.name))
        if is_utf7(page.text):
            raise Refused(
                Fault("is written in UTF-7, which is not read", "save it as UTF-8 and send that", self.path.name)
            )
        if page.cut:
            raise Refused(Fault("has no header", "begin the file with a line of column names", self.path.name))
        lines = islice(enumerate(page.text.split("\n"), start=1), 10_000)
        return [(number, text.rstrip("\r")) for number, text in lines]

    def _batch(self, records: Records) -> RawBatch:
        begins = self.settings.not_records
        records, left_out = leave_out(records, begins) if begins else (records, [])
        columns = (*self.header, *(f"{PADDING}{n}" for n in range(self.padding)))
        if records.fields is None:
            lines, raws, texts, ragged = _split_plain(records, self.delimiter, columns, self._remedy())
        else:
            lines, raws, texts, ragged = _take_split(records, columns, self._remedy())
        if self.padding:
            lines, raws, texts, overfull = _without_padding(lines, raws, texts, self.padding, self._remedy())
            ragged = ragged + overfull
        again, at = headers_again(texts, lines, raws, self.settings)
        if at:
            keep = [n for n in range(len(raws)) if n not in at]
            lines, raws, texts = [lines[n] for n in keep], [raws[n] for n in keep], texts[keep]
            ragged = ragged + again
        if not all(raw.isascii() for raw in raws):
            texts = visible_texts(texts)
        return RawBatch(lines, texts, lambda at: [raws[n] for n in at], records.broken + ragged, left_out)

    def _remedy(self) -> str:
        setting = self.settings.setting('its first words as not_records = ["..."]')
        return (
            "a delimiter inside a text needs quotes around the text: send the line again with a field for each column; "
            f"if it is not a record, {setting}"
        )


Split = tuple[list[int], list[str], pl.DataFrame, list[BrokenRecord]]


def _take_split(records: Records, columns: Sequence[str], remedy: str) -> Split:
    assert records.fields is not None  # noqa: S101 - for the type checker
    width = len(columns)
    at = [n for n, row in enumerate(records.fields) if len(row) == width]
    ragged = [
        _ragged(line, raw, len(row), width, remedy)
        for line, raw, row in zip(records.lines, records.raws, records.fields, strict=True)
        if len(row) != width
    ]
    values = list(zip(*(records.fields[n] for n in at), strict=True)) or [()] * width
    texts = pl.DataFrame([pl.Series(name, one, dtype=pl.String) for name, one in zip(columns, values, strict=True)])
    return [records.lines[n] for n in at], [records.raws[n] for n in at], texts, ragged


def _split_plain(records: Records, delimiter: str, columns: Sequence[str], remedy: str) -> Split:
    lines, raws = records.lines, records.raws
    outside = pl.Series(raws, dtype=pl.String)
    if records.quoted:
        outside = outside.str.replace_all(IN_QUOTES, "")
    counts = outside.str.count_matches(delimiter, literal=True)
    ragged = []
    if not (counts == len(columns) - 1).all():
        wrong = dict(zip(*_where_not(counts, len(columns) - 1), strict=True))
        ragged = [_ragged(lines[at], raws[at], found + 1, len(columns), remedy) for at, found in wrong.items()]
        keep = [at for at in range(len(raws)) if at not in wrong]
        lines, raws = [lines[at] for at in keep], [raws[at] for at in keep]
    schema = dict.fromkeys(columns, pl.String)
    if not raws:
        return lines, raws, pl.DataFrame(schema=schema), ragged
    text = io.BytesIO("\n".join(raws).encode())
    quote = QUOTE if records.quoted else None
    texts = pl.read_csv(text, has_header=False, separator=delimiter, quote_char=quote, schema=schema)
    assert texts.height == len(raws), "the splitter lost a record"  # noqa: S101 - a fault of ours
    return lines, raws, texts, ragged


def _without_padding(lines: list[int], raws: list[str], texts: pl.DataFrame, padding: int, remedy: str) -> Split:
    """Take the columns off that only end each line; a record that fills one of them has too many fields."""
    width = texts.width
    header, ends = texts.columns[:-padding], texts.columns[-padding:]
    over = texts.select(pl.any_horizontal(pl.col(ends).fill_null("").str.strip_chars() != "")).to_series()
    ragged = [_ragged(lines[at], raws[at], width, width - padding, remedy) for at in over.arg_true().to_list()]
    keep = (~over).arg_true().to_list()
    return [lines[at] for at in keep], [raws[at] for at in keep], texts.filter(~over).select(header), ragged


def _where_not(counts: pl.Series, expected: int) -> tuple[list[int], list[int]]:
    at = (counts != expected).arg_true()
    return at.to_list(), counts.gather(at).to_list()


def _ragged(line: int, raw: str, found: int, width: int, remedy: str) -> BrokenRecord:
    fields = f"{found} field{'s' * (found != 1)}"
    return BrokenRecord(line, raw, f"has {fields} where the header has {width}", remedy, "ragged")


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF")):
        remedy = "give the file its right ending (.xlsx, .ods, .parquet), or save it as CSV"
        raise Refused(Fault("is not text, in spite of its name", remedy, path.name))


def _refuse_binary(path: Path, encoding: str, skip: int) -> None:
    """Refuse a file whose beginning is full of control characters, NUL among them, which text has hardly any of."""
    with path.open("rb") as file:
        head = file.read(4096)[skip:].decode(encoding, errors="replace")
    controls = sum(not c.isprintable() and not c.isspace() and c != "\ufffd" for c in head)
    if "\0" in head and controls > max(1, len(head) / 20):
        raise Refused(Fault("is not text, in spite of its name", "send the file as CSV, Excel or ODS", path.name))
