"""Draft a mapping from an agency's headers and values, for a person to check."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import dataframely as dy
import polars as pl

from whatworks.records.column_names import likeness
from whatworks.records.date_formats import recognise_formats
from whatworks.records.mapping import FILLED_BY_IMPORT, ISO_DATE, FileSettings
from whatworks.records.reading import open_reader, seems_data
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.tables import RECORD_TABLES

SAMPLE_ROWS = 20_000
MOST_CODES = 60
ENOUGH = 0.55
"""A pair of columns at least this alike is suggested."""
UNKNOWN = "?"
"""Stands for a column that has to be filled and was not found; no file has it, so an import says so."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted mapping: TOML with remarks, and the columns of ours that a person has to find."""

    text: str
    columns: dict[str, str]
    """Our column -> theirs."""
    to_find: tuple[str, ...]
    unused: tuple[str, ...]


def suggest_mapping(path: Path, table: str, settings: FileSettings | None = None) -> Draft:
    """Return a draft that reads `path` as `table`. It parses as a mapping; whether it is right, a person decides.

    Refused are an unknown table, and files that cannot be read.
    """
    schema = RECORD_TABLES.get(table)
    if schema is None:
        raise Refused(Fault(f"{table!r} is not a table", f"the tables are {', '.join(RECORD_TABLES)}"))
    sample = _sample(path, settings or FileSettings())
    ours = {n: c for n, c in schema.columns().items() if n not in FILLED_BY_IMPORT and n != "organisation_id"}
    columns = _pairs(ours, sample)
    to_find = tuple(n for n, c in ours.items() if not c.nullable and n not in columns and not _is_own_key(n, ours))
    unused = tuple(name for name in sample.columns if name not in columns.values())
    text = "\n".join(_lines(path.name, table, settings or FileSettings(), ours, columns, to_find, unused, sample))
    return Draft(text + "\n", columns, to_find, unused)


def _sample(path: Path, settings: FileSettings) -> pl.DataFrame:
    parts: list[pl.DataFrame] = []
    reader = open_reader(path, settings)
    if seems_data(reader.header):
        raise Refused(Fault("its first line seems to be a record", "put a line of column names above it", path.name))
    for batch in reader.batches():
        parts.append(batch.texts)
        if sum(part.height for part in parts) >= SAMPLE_ROWS:
            break
    return pl.concat(parts).head(SAMPLE_ROWS).select(pl.all().str.strip_chars())


def _values(column: pl.Series) -> list[str]:
    return [str(value) for value in column.drop_nulls().unique(maintain_order=True) if value]


def _pairs(ours: dict[str, dy.Column], sample: pl.DataFrame) -> dict[str, str]:
    """Return the pairs of columns that are alike in name and fit in their values, the likeliest first."""
    scores = [
        (likeness(name, column.name) * _fit(kind, column, name in _own_keys(ours)), name, column.name)
        for column in sample.iter_columns()
        for name, kind in ours.items()
    ]
    found: dict[str, str] = {}
    for score, name, theirs in sorted(scores, key=lambda one: -one[0]):
        if score >= ENOUGH and name not in found and theirs not in found.values():
            found[name] = theirs
    for name in ours:
        if name not in found and _is_own_key(name, ours):
            found.update((name, theirs) for theirs in _numbers(sample, found.values())[:1])
    return {name: found[name] for name in ours if name in found}


def _numbers(sample: pl.DataFrame, used: Collection[str]) -> list[str]:
    """Return the columns not used yet that have another value in every row, as the number of a record does."""
    columns = [column for column in sample.iter_columns() if column.name not in used]
    return [one.name for one in columns if one.len() > 1 and "" not in one and len(_values(one)) == one.len()]


def _fit(kind: dy.Column, column: pl.Series, own_key: bool) -> float:
    values = _values(column)[:2000]
    if not values:
        return 0.8
    formats = recognise_formats(values)
    dated = formats[0][1] if formats else 0.0
    if isinstance(kind, dy.Date):
        return 0.2 + 0.8 * dated
    if isinstance(kind, dy.Int64 | dy.Float64):
        return 0.2 + 0.8 * sum(value.lstrip("-").replace(".", "", 1).isdigit() for value in values) / len(values)
    if isinstance(kind, dy.Enum):
        return 1.0 if column.n_unique() <= MOST_CODES and dated < 0.5 else 0.3
    if own_key and column.n_unique() < 0.9 * column.len():
        return 0.5
    return 0.3 if dated > 0.8 and not own_key else 1.0


def _own_keys(ours: dict[str, dy.Column]) -> list[str]:
    return [name for name, kind in ours.items() if kind.primary_key]


def _is_own_key(name: str, ours: dict[str, dy.Column]) -> bool:
    """Say whether the column is the table's only key, so that the line's number can stand in for it."""
    return _own_keys(ours) == [name] and name != "person_id"


def _lines(
    file: str,
    table: str,
    settings: FileSettings,
    ours: dict[str, dy.Column],
    columns: dict[str, str],
    to_find: Sequence[str],
    unused: Sequence[str],
    sample: pl.DataFrame,
) -> Iterator[str]:
    yield f"# Drafted from {_quoted(file)} as {table}: check every line, above all those marked CHECK."
    chosen = settings.model_dump(exclude_none=True)
    if chosen:
        yield from ("[file]", *(f"{name} = {_quoted(value)}" for name, value in chosen.items()), "")
    yield from ("[[table]]", f"table = {_quoted(table)}")
    formats = {n: recognise_formats(_values(sample[t])) for n, t in columns.items() if isinstance(ours[n], dy.Date)}
    if any(found and "%y" in found[0][0] for found in formats.values()):
        yield "two_digit_years = true    # CHECK: years have two digits, so 30 may mean 1930 or 2030"
    yield "[table.columns]               # our column = theirs"
    for name in ours:
        if name in columns:
            yield f"{name} = {_quoted(columns[name])}    # {_remark(ours[name], sample[columns[name]])}"
        elif name in to_find:
            yield f"{name} = {_quoted(UNKNOWN)}    # CHECK: has to be filled: {ours[name].description}"
        elif ours[name].nullable:
            yield f"# {name} =     # not found: {ours[name].description}"
    for name in ours:
        if name not in columns and name not in to_find and not ours[name].nullable:
            yield from ("[table.key]", f'{name} = ["#line"]    # CHECK: no column looks like the number of the {table}')
    yield from _format_lines(formats)
    for name in columns:
        if isinstance(ours[name], dy.Enum):
            yield from _code_lines(name, ours[name], sample[columns[name]])
    if unused:
        yield f"# Columns of theirs that nothing uses: {', '.join(_quoted(name) for name in unused)}"


def _remark(kind: dy.Column, column: pl.Series) -> str:
    values = _values(column)
    if not values:
        return "CHECK: empty in the rows looked at"
    empty = column.len() - column.filter(column.fill_null("") != "").len()
    example = shape(values[0]) if isinstance(kind, dy.String) or _identifies(kind) else values[0][:40]
    remark = f"such as {_quoted(example)}"
    if empty and not kind.nullable:
        return f"CHECK: empty in {empty} of {column.len()} rows, which would be quarantined; {remark}"
    return remark


def _identifies(kind: dy.Column) -> bool:
    return bool((kind.metadata or {}).get("identifying"))


def _format_lines(formats: dict[str, list[tuple[str, float]]]) -> Iterator[str]:
    lines = []
    for name, found in formats.items():
        if not found:
            lines.append(f"# {name}: CHECK: no date format was recognised")
            continue
        best, share = found[0]
        best = ISO_DATE if best.startswith(ISO_DATE) else best
        equal = [other for other, as_many in found[1:] if as_many == share and "%y" not in other]
        remarks = ["some values do not fit"] if share < 1 else []
        remarks += [f"{' and '.join(equal)} would read as many"] if equal else []
        lines.append(f"{name} = {_quoted(best)}" + (f"    # CHECK: {'; '.join(remarks)}" if remarks else ""))
    if lines:
        yield from ("[table.formats]", *lines)


def _code_lines(name: str, kind: dy.Column, column: pl.Series) -> Iterator[str]:
    ours = list(kind.categories) if isinstance(kind, dy.Enum) else []
    counted = column.fill_null("").value_counts(sort=True, name="rows").head(MOST_CODES)
    seen = {str(code): int(rows) for code, rows in counted.iter_rows()}
    if set(seen) <= {*ours, ""}:
        return
    yield f"[table.codes.{name}]    # their code = ours: {', '.join(ours)}"
    for code, rows in seen.items():
        if code:
            guess = _guess(code, ours)
            check = "" if guess == code else "CHECK: " if guess else "CHECK: which of ours? "
            comment = "" if guess else "# "
            yield f"{comment}{_quoted(code)} = {_quoted(guess or '')}    # {check}{rows} of the rows looked at"


def _guess(code: str, ours: Sequence[str]) -> str | None:
    plain = code.lower().replace(" ", "_").replace("-", "_")
    begins = [one for one in ours if one.startswith(plain)]
    return begins[0] if len(begins) == 1 else next(iter(get_close_matches(plain, ours, 1, 0.6)), None)


def _quoted(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
