"""Split pages of text into records: one line each, unless a quoted field runs over several."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from whatworks.records.readers.pages import Page
from whatworks.records.readers.reading import SHOWN_OF_LONG_RECORD, BrokenRecord, LeftOut, begins_with

QUOTE = '"'
IN_QUOTES = '"(?:[^"\r]|"")*"'
"""The pattern of a field in quotes."""
_DAMAGE = ("\ufffd", "\0")


@dataclass(slots=True)
class Records:
    """Records of one page: line, raw text, and fields; `fields` is None where a split at each delimiter gives them.

    Of `quoted` records it does so at each delimiter outside quotes: every quote opens or closes a whole field, or
    stands twice within one.
    """

    lines: list[int] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    fields: list[list[str]] | None = None
    broken: list[BrokenRecord] = field(default_factory=list)
    quoted: bool = False


def split_records(pages: Iterable[Page], delimiter: str, longest: int) -> Iterator[Records]:
    """Yield the records of all pages. Blank lines are none; `longest` is in bytes.

    A quoted field that is never closed costs only the record of the line on which it opens.

    >>> [records] = split_records([Page(1, 'a,"b\\nc"\\n\\nd,e')], ",", 100)
    >>> records.lines, records.fields
    ([1, 4], [['a', 'b\\nc'], ['d', 'e']])
    """
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    splitter = _Splitter(delimiter, longest)
    for page in pages:
        yield from splitter.split(page)
    yield from splitter.finish()


def is_regular(raws: Sequence[str], delimiter: str) -> bool:
    """Return whether all lines are whole fields, each in quotes, its own quotes written twice, or without any quote.

    >>> is_regular(['a,"b, ""c"" d"', ""], ","), is_regular(['a "b",c'], ","), is_regular(['"a'], ",")
    (True, False, False)
    """
    mark = pl.select(pl.lit(delimiter).str.escape_regex()).item()
    one = f'(?:{IN_QUOTES}|[^"\r{mark}]*)'
    return bool(pl.Series(raws, dtype=pl.String).str.contains(f"^{one}(?:{mark}{one})*$").all())


class _Splitter:
    def __init__(self, delimiter: str, longest: int) -> None:
        self.delimiter, self.longest = delimiter, longest
        self.held: Page | None = None

    def split(self, page: Page) -> Iterator[Records]:
        if page.cut:
            yield from self.finish()
            yield Records(broken=[_too_long(page.first, page.text, self.longest)])
            return
        if self.held:
            page, self.held = Page(self.held.first, f"{self.held.text}\n{page.text}"), None
        yield self._records(page, final=False)

    def finish(self) -> Iterator[Records]:
        page, self.held = self.held, None
        if page:
            yield self._records(page, final=True)

    def _records(self, page: Page, *, final: bool) -> Records:
        quoted = QUOTE in page.text
        text = page.text if quoted or "\r" not in page.text else f"{page.text}\n".replace("\r\n", "\n")[:-1]
        raws = text.split("\n")
        records = Records(list(range(page.first, page.first + len(raws))), raws)
        if quoted:
            records = self._whole(records) or self._one_by_one(records, final=final)
        records = _without_blanks(records)
        longest = len(max(records.raws, key=len, default="")) * 4
        if longest > self.longest or any(mark in text for mark in _DAMAGE):
            return _set_aside(records, self.longest)
        return records

    def _whole(self, records: Records) -> Records | None:
        """Return the records where each line is one; their fields only where quotes stand otherwise than usual."""
        if is_regular(raws := [raw.removesuffix("\r") for raw in records.raws], self.delimiter):
            return Records(records.lines, raws, quoted=True)
        try:
            fields = list(csv.reader(records.raws, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        if len(fields) != len(records.raws):
            return None
        return Records(records.lines, raws, fields)

    def _one_by_one(self, page: Records, *, final: bool) -> Records:
        records, at = Records(fields=[]), 0
        assert records.fields is not None  # noqa: S101 - for the type checker
        while at < len(page.raws):
            line, text = page.lines[at], page.raws[at]
            if QUOTE not in text:
                used, row = 1, text.removesuffix("\r").split(self.delimiter)
            else:
                used, found, starved = self._quoted(page.raws, at)
                if found is None and starved and not final:
                    self.held = Page(line, "\n".join(page.raws[at:]))
                    break
                if found is None:
                    records.broken.append(_unclosed(line, text))
                    at += 1
                    continue
                row = found
            records.lines.append(line)
            records.raws.append("\n".join(page.raws[at : at + used]).removesuffix("\r"))
            records.fields.append(row)
            at += used
        return records

    def _quoted(self, raws: list[str], at: int) -> tuple[int, list[str] | None, bool]:
        """Return lines used, fields (None if the quotes do not close), and whether more lines were asked for."""
        feed = _Feed(raws, at, self.longest)
        try:
            row = next(csv.reader(feed, delimiter=self.delimiter, strict=True))
        except (csv.Error, StopIteration):
            return feed.used, None, feed.starved
        return feed.used, row, False


class _Feed:
    """Lines for one record, until its size is more than `longest` bytes."""

    def __init__(self, raws: list[str], at: int, longest: int) -> None:
        self.raws, self.at, self.room = raws, at, longest
        self.used, self.starved = 0, False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self.at + self.used == len(self.raws):
            self.starved = True
            raise StopIteration
        if self.room < 0:
            raise StopIteration
        text = self.raws[self.at + self.used]
        self.room -= len(text) + 1
        self.used += 1
        return text + "\n"


def _without_blanks(records: Records) -> Records:
    if not ("" in records.raws or "\r" in records.raws):
        return records
    keep = [at for at, raw in enumerate(records.raws) if raw not in ("", "\r")]
    return _select(records, keep)


def _select(records: Records, keep: list[int]) -> Records:
    return Records(
        [records.lines[at] for at in keep],
        [records.raws[at] for at in keep],
        None if records.fields is None else [records.fields[at] for at in keep],
        records.broken,
        records.quoted,
    )


def _set_aside(records: Records, longest: int) -> Records:
    """Move records that are too long, or damaged by a wrong encoding, to `broken`."""
    keep = []
    for at, (line, raw) in enumerate(zip(records.lines, records.raws, strict=True)):
        if len(raw) * 4 > longest and len(raw.encode()) > longest:
            records.broken.append(_too_long(line, raw, longest))
        elif any(mark in raw for mark in _DAMAGE):
            records.broken.append(_damaged(line, raw))
        else:
            keep.append(at)
    return _select(records, keep)


def leave_out(records: Records, begins: Sequence[str]) -> tuple[Records, list[LeftOut]]:
    """Return the records without those that begin with one of these texts, which the file's settings call no records.

    >>> leave_out(Records([1, 2], ["7,a", "Total: 1"]), ("Total",))[1]
    [LeftOut(line=2, raw='Total: 1', reason='begins with "Total"')]
    """
    said = {at: begin for at, raw in enumerate(records.raws) for begin in begins if begins_with(raw, begin)}
    broken = {at: begin for at, one in enumerate(records.broken) for begin in begins if begins_with(one.raw, begin)}
    left = [(records.lines[at], records.raws[at], begin) for at, begin in said.items()]
    left += [(records.broken[at].line, records.broken[at].raw, begin) for at, begin in broken.items()]
    kept = _select(records, [at for at in range(len(records.raws)) if at not in said])
    kept.broken = [one for at, one in enumerate(records.broken) if at not in broken]
    return kept, [LeftOut(line, raw, f'begins with "{begin}"') for line, raw, begin in sorted(left)]


def _too_long(line: int, raw: str, longest: int) -> BrokenRecord:
    return BrokenRecord(
        line,
        raw[:SHOWN_OF_LONG_RECORD],
        f"is longer than {longest:,} bytes; its first {SHOWN_OF_LONG_RECORD} characters are kept",
        "look for a missing line end, or raise longest_record_bytes under [settings] in whatworks.toml",
        "record_length",
    )


def _damaged(line: int, raw: str) -> BrokenRecord:
    return BrokenRecord(
        line,
        raw,
        "holds characters that are not in the encoding of the rest of the file",
        "save the whole file in one encoding, UTF-8 if you can",
        "encoding",
    )


def _unclosed(line: int, raw: str) -> BrokenRecord:
    return BrokenRecord(
        line,
        raw.removesuffix("\r"),
        "opens a quoted field that does not close, or has text after a closing quote",
        'write a quote inside a quoted text twice (""), and close it',
        "quoting",
    )
