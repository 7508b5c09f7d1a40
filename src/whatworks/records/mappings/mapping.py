"""Say how an agency's columns, codes and dates become ours: a TOML file, checked whole before a row is read."""

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from whatworks.records.file_settings import FileSettings as FileSettings
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.toml_file import parse_toml, read_toml

ISO_DATE = "%Y-%m-%d"
DATE_DIRECTIVES = frozenset("YymdbBHMSfpIjTz")
"""The parts of a date format that mappings may use; `%y` only where `two_digit_years` is true."""
FILLED_BY_IMPORT = frozenset({"source_id", "source_line"})
UNKNOWN = "?"
"""Stands in a draft for a column that has to be filled and that only a person can tell; an import asks for it."""
SOURCE_LINE = "#line"
"""As a part of a `key`: the line on which the record begins."""
SOURCE = "#source"
"""As a part of a `key`: what the file is called in the store, so that lines of two files are two records."""


def _several(formats: object) -> object:
    return (formats,) if isinstance(formats, str) else formats


DateFormats = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(_Model):
    """One test of a record's own text in `column`; empty means nothing but spaces."""

    column: str
    equals: str | None = None
    not_equals: str | None = None
    one_of: tuple[str, ...] | None = None
    not_empty: bool | None = None
    empty: bool | None = None

    @model_validator(mode="after")
    def _one_test(self) -> "Condition":
        if len(self.model_fields_set - {"column"}) != 1:
            raise ValueError("needs exactly one of equals, not_equals, one_of, not_empty, empty")
        return self


class Part(_Model):
    """One side of a text that holds two values, as "Surname, Forename" does: `part` 1 stands before the first `by`.

    A text without `by` is a fault, unless `alone` says which of the two it is.
    """

    column: str
    by: str = Field(min_length=1)
    part: Literal[1, 2]
    alone: Literal[1, 2] | None = None


class TableBlock(_Model):
    """What each record of the file yields for one table.

    `columns` is our column -> theirs, `split` our column -> a part of one of theirs, `constants` our column -> one text
    for all rows, `key` our column -> several of theirs joined by "-". `when` conditions must all hold, or the record is
    excluded from this block; where the block is `distinct`, so is a record whose row for this table was there before,
    and where it takes `only_new` ones, so is a record whose number another file of the agency has brought already.
    `formats` are the one or several ways in which a column's dates are written, `missing` their texts that stand for
    nothing known.
    """

    table: str
    when: tuple[Condition, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    formats: dict[str, DateFormats] = Field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    key: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    split: dict[str, Part] = Field(default_factory=dict)
    distinct: bool = False
    only_new: bool = False
    two_digit_years: bool = False

    @model_validator(mode="after")
    def _agrees_with_table(self) -> "TableBlock":
        faults = list(_block_faults(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def needs(self) -> tuple[str, ...]:
        """Return the file's columns that this block reads, each once."""
        keys = [name for names in self.key.values() for name in names if name not in (SOURCE_LINE, SOURCE)]
        parts = [part.column for part in self.split.values()]
        return tuple(dict.fromkeys([*self.columns.values(), *keys, *parts, *(one.column for one in self.when)]))

    def fills(self) -> frozenset[str]:
        """Return our columns that this block fills."""
        return frozenset({*self.columns, *self.constants, *self.key, *self.split})

    def theirs(self) -> dict[str, str]:
        """Return our column -> the one column of theirs that it comes from."""
        return {**self.columns, **{name: part.column for name, part in self.split.items()}}


class Mapping(_Model):
    """A whole mapping: how the file is written, and one block for each table that its records yield."""

    file: FileSettings = Field(default_factory=FileSettings)
    table: tuple[TableBlock, ...]

    @model_validator(mode="after")
    def _some_table(self) -> "Mapping":
        if not self.table:
            raise ValueError("names no table: it needs at least one [[table]]")
        return self

    def sha256(self) -> str:
        """Return the hash of what the mapping says: comments, spacing, line endings and settings left out do not count.

        >>> len(identity_mapping("person", ["person_id"]).sha256())
        64
        """
        content = json.dumps(self.model_dump(mode="json", exclude_defaults=True), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def _block_faults(block: TableBlock) -> Any:
    schema = RECORD_TABLES.get(block.table)
    if schema is None:
        yield f"table {block.table!r} is not one of {', '.join(RECORD_TABLES)}"
        return
    columns = schema.columns()
    named = [*block.columns, *block.constants, *block.key, *block.split]
    for name in dict.fromkeys([*named, *block.formats, *block.codes, *block.missing]):
        if name not in columns or name in FILLED_BY_IMPORT:
            yield f"{name!r} is not a column of {block.table} that a mapping may fill"
    for name in dict.fromkeys(named):
        if named.count(name) > 1:
            yield f"{name!r} is filled twice"
    for name in dict.fromkeys([*block.formats, *block.codes, *block.missing]):
        if name in columns and name not in named:
            yield f"{name!r} has a format, codes or missing texts, but nothing fills it"
    for name, kind in columns.items():
        if not kind.nullable and name not in {*named, *FILLED_BY_IMPORT, "organisation_id"}:
            yield f"{name!r} must be filled: name it in columns, split, constants or key"
    for name, text in ((name, text) for name, texts in block.formats.items() for text in texts):
        yield from (f"format {text!r} of {name!r} {fault}" for fault in _format_faults(text, block.two_digit_years))


def _format_faults(text: str, two_digit_years: bool) -> Any:
    parts = re.findall(r"%(.?)", text)
    if set(parts) - DATE_DIRECTIVES:
        yield f"has parts that are not among {' '.join('%' + one for one in sorted(DATE_DIRECTIVES))}"
    if not {"Y", "y"} & set(parts):
        yield "has no year"
    if "j" not in parts and not ("d" in parts and {"m", "b", "B"} & set(parts)):
        yield "needs a day and a month"
    if "y" in parts and not two_digit_years:
        yield "has a year of two digits: use %Y, or set two_digit_years = true"


def parse_mapping(text: str, file: str) -> Mapping:
    """Return the mapping that TOML `text` holds. All faults are refused at once, each with its place.

    >>> parse_mapping('[[table]]\\ntable = "person"\\ncolums = {}\\n', "m.toml")
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: m.toml, table.1.colums: is not a setting; check its spelling, or take it out
    """
    return _checked(parse_toml(text, file), file)


def _checked(content: dict[str, Any], file: str) -> Mapping:
    try:
        return Mapping.model_validate(content)
    except ValidationError as fault:
        raise Refused([_fault(one, file) for one in fault.errors()]) from None


def _fault(error: ErrorDetails, file: str) -> Fault:
    if error["type"] == "extra_forbidden":
        return Fault("is not a setting", "check its spelling, or take it out", file, field=place_of(error))
    remedy = "see docs/data-dictionary.md for tables, columns and codes"
    return Fault(problem_of(error), remedy, file, field=place_of(error))


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises `Refused` with every fault that it has."""
    return _checked(read_toml(path), path.name)


def identity_mapping(table: str, header: list[str] | tuple[str, ...]) -> Mapping:
    """Return the mapping of a file whose headers are already our column names.

    >>> identity_mapping("person", ["person_id", "sex"]).table[0].columns
    {'person_id': 'person_id', 'sex': 'sex'}
    """
    columns = {name: name for name in header if name not in FILLED_BY_IMPORT}
    return Mapping(table=(TableBlock(table=table, columns=columns),))
