"""Read JSON lines as text: one object a line, whose keys are the columns."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from whatworks.records.file_settings import FileSettings
from whatworks.records.guarding.workbook_extent import check_spread
from whatworks.records.readers.reading import SHOWN_OF_LONG_RECORD, BrokenRecord, RawBatch, check_header
from whatworks.records.refusal import Fault, Refused
from whatworks.records.visible import visible, visible_texts

BATCH_ROWS = 50_000
_DAMAGE = re.compile("[\0\ud800-\udfff]")
_REMEDY = "write one flat JSON object on each line, in UTF-8"


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    raw: str
    fields: dict[str, str | None] | None
    """None where the line cannot be split into fields, for the reason in `problem`."""
    problem: str = ""
    rule: str = ""
    end: int = 0


@dataclass(slots=True)
class JsonLines:
    """A file of JSON lines opened for reading: a `Reader`. Empty lines are not records."""

    path: Path
    header: tuple[str, ...]
    longest: int
    size: int
    asked: Collection[str] | None = None
    dates: frozenset[str] = frozenset()
    notes: Sequence[str] = ()
    delimiter: str | None = None
    rows_in: int = 0
    done: int = 0

    def batches(self) -> Iterator[RawBatch]:
        """Yield the records; lines that are not a flat JSON object stand in `broken`."""
        self.rows_in = self.done = 0
        part: list[_Line] = []
        for line in _lines(self.path, self.longest, self.asked):
            self.rows_in += 1
            self.done = line.end
            part.append(line)
            if len(part) == BATCH_ROWS:
                yield _batch(part, self.header)
                part = []
        if part:
            yield _batch(part, self.header)

    def raws(self, lines: Sequence[int]) -> Iterator[tuple[list[int], list[str]]]:
        """Yield the line and text of the records of these lines."""
        wanted = set(lines)
        found = [
            (line.number, line.raw) for line in _lines(self.path, self.longest, self.asked) if line.number in wanted
        ]
        yield [number for number, _ in found], [raw for _, raw in found]


def open_reader(
    path: Path, settings: FileSettings, longest_record_bytes: int, asked: Collection[str] | None = None
) -> JsonLines:
    """Open a file of JSON lines. The columns are all keys of all lines, in the order in which they first appear."""
    names: dict[str, None] = {}
    count, values, problem = 0, 0, ""
    for line in _lines(path, longest_record_bytes, asked):
        count += 1
        values += len(line.fields or ())
        names.update(dict.fromkeys(line.fields or ()))
        problem = problem or line.problem
        check_spread(count, len(names), values, path.name)
    if not count:
        raise Refused(Fault("is empty", "send the extract again", path.name))
    if not names:
        raise Refused(
            Fault(f"holds no line that is a JSON object of single values: the first {problem}", _REMEDY, path.name)
        )
    return JsonLines(path, check_header(list(names), path.name), longest_record_bytes, path.stat().st_size, asked)


def _batch(part: list[_Line], header: tuple[str, ...]) -> RawBatch:
    good = [line for line in part if line.fields is not None]
    columns = {name: [(line.fields or {}).get(name) for line in good] for name in header}
    return RawBatch(
        [line.number for line in good],
        visible_texts(pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String))),
        lambda positions: [good[at].raw for at in positions],
        [BrokenRecord(line.number, line.raw, line.problem, _REMEDY, line.rule) for line in part if line.fields is None],
    )


def _lines(path: Path, longest: int, asked: Collection[str] | None) -> Iterator[_Line]:
    with path.open("rb") as file:
        number = end = 0
        while content := file.readline(longest + 1):
            number += 1
            end += len(content)
            if len(content) > longest and not content.endswith(b"\n"):
                end += _skip_line(file)
                yield _too_long(number, content, longest, end)
                continue
            content = content.removeprefix(b"\xef\xbb\xbf") if number == 1 else content
            if content.strip():
                yield _parsed(number, content.rstrip(b"\r\n"), end, asked)


def _skip_line(file: Any) -> int:
    skipped = 0
    while rest := file.readline(65_536):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _too_long(number: int, content: bytes, longest: int, end: int) -> _Line:
    shown = content[: 4 * SHOWN_OF_LONG_RECORD].decode("utf-8", "replace")[:SHOWN_OF_LONG_RECORD]
    return _Line(number, shown, None, f"is longer than {longest} bytes", "record_length", end)


def _parsed(number: int, content: bytes, end: int, asked: Collection[str] | None) -> _Line:
    raw = content.decode("utf-8", "replace")
    try:
        found = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_Object,
            parse_int=str,
            parse_float=str,
            parse_constant=_not_a_number,
        )
    except UnicodeDecodeError:
        return _Line(number, raw, None, "is not UTF-8", "encoding", end)
    except json.JSONDecodeError as fault:
        return _Line(number, raw, None, f"is not JSON at character {fault.pos + 1} ({fault.msg})", "not_json", end)
    except (ValueError, RecursionError) as fault:
        return _Line(number, raw, None, str(fault)[:100], "not_json", end)
    if not isinstance(found, _Object):
        return _Line(number, raw, None, "is not a JSON object", "not_json", end)
    try:
        return _Line(number, raw, _flat(found, asked), end=end)
    except ValueError as fault:
        return _Line(number, raw, None, str(fault)[:100], "not_json", end)


class _Object(list[tuple[str, Any]]):
    """A JSON object as its pairs: a key may stand twice."""


def _flat(pairs: _Object, asked: Collection[str] | None) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for name, value in pairs:
        name = visible(name).strip()
        if name in fields:
            raise ValueError(f"holds {name!r} twice")
        if isinstance(value, list) and asked is not None and name not in asked:
            value = None
        if isinstance(value, list):
            raise ValueError(f"holds a list or an object in {name!r}")
        fields[name] = value if value is None else {True: "true", False: "false"}.get(value, value)
        if _DAMAGE.search(f"{name}{fields[name]}"):
            raise ValueError(f"holds half a character or a zero byte in {name!r}")
    return fields


def _not_a_number(text: str) -> str:
    raise ValueError(f"holds {text}, which JSON does not know")
