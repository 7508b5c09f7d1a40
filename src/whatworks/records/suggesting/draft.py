"""Draft a whole mapping of one extract: the tables that it fills, with their columns, and what a person must tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from whatworks.records.mapping import FileSettings
from whatworks.records.refusal import Fault, Refused
from whatworks.records.suggest import suggest_mapping
from whatworks.records.tables import RECORD_TABLES

LEAST_CONFIDENCE = 0.5
"""A table is drafted by itself where at least this share of what it must have stands in the file."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """What a person has to tell. While a `needed` column is not told, an import of the draft is refused."""

    table: str
    column: str
    question: str
    candidates: tuple[str, ...] = ()
    """Headings of the file among which the answer may be."""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class TableDraft:
    """How one table is filled. `confidence` runs from 0 to 1: the share of what the table must have that was found."""

    table: str
    confidence: float
    columns: dict[str, str]
    """Our column -> the heading of theirs."""
    missing: tuple[str, ...]
    """Columns that have to be filled and were not found."""
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted mapping of one file."""

    file: str
    tables: tuple[TableDraft, ...]
    undecided: tuple[Undecided, ...]
    unused: tuple[str, ...]
    """Headings that no table uses."""

    def toml(self) -> str:
        """Return the mapping as a person edits it: it parses, and remarks say what to decide."""
        return "\n".join(table.text for table in self.tables)


def draft(
    path: Path,
    tables: Sequence[str] | None = None,
    as_at: date | None = None,
    organisation: str | None = None,
    file: FileSettings | None = None,
) -> Draft:
    """Return a draft that reads `path` into `tables`, or into all those that it can fill where none is named.

    `as_at` is the day of the extract, after which nothing has happened; `organisation` the agency's kind, as police.
    Refused are unknown tables, files that cannot be read, and, where no table is named, a file that fills none.
    """
    made = [_table(path, table, file) for table in tables or RECORD_TABLES]
    chosen = made if tables else [one for one in made if one[0].confidence >= LEAST_CONFIDENCE and not one[0].missing]
    if not chosen:
        remedy = f"name the table that its records are for: {', '.join(RECORD_TABLES)}"
        raise Refused(Fault("no table is seen that it can fill", remedy, path.name))
    unused = [set(names) for _, names in chosen]
    undecided = [
        Undecided(one.table, name, f"which column is {name}?", tuple(names))
        for one, names in chosen
        for name in one.missing
    ]
    left = tuple(name for name in chosen[0][1] if all(name in names for names in unused))
    return Draft(path.name, tuple(one for one, _ in chosen), tuple(undecided), left)


def _table(path: Path, table: str, file: FileSettings | None) -> tuple[TableDraft, tuple[str, ...]]:
    made = suggest_mapping(path, table, file)
    needed = len(made.columns) + len(made.to_find)
    confidence = len(made.columns) / needed if needed else 0.0
    return TableDraft(table, confidence, made.columns, made.to_find, made.text), made.unused
