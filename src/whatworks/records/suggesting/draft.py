"""Draft a whole mapping of one extract: the tables that it fills, with their columns, and what a person must tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from whatworks.records.mappings.mapping import FileSettings, Part
from whatworks.records.readers.reading import Reader, open_reader
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.header import HeaderBelow, seems_data
from whatworks.records.suggesting.block_text import block_text, quoted, unknown_codes
from whatworks.records.suggesting.choice import Choice, Undecided, choose, hold_to_lives
from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.homes import where_people_lived
from whatworks.records.suggesting.person_number import seen_kind
from whatworks.records.suggesting.table_fit import fits, whole_tables
from whatworks.records.suggesting.trailer import trailer_words
from whatworks.records.tables.agency_tables import MEASURED_TABLES, RECORD_TABLES

NO_DAY = (
    "this column may say what people took part in, but none is known to be the day of referral or start: if one is, "
    "take the marks # off this block and name it"
)
SAMPLE_ROWS = 20_000
"""So many rows from the first are looked at whole; of those that follow, one in `ONE_IN`, up to `MOST_LOOKED_AT`."""
ONE_IN = 50
MOST_LOOKED_AT = 1_000_000


@dataclass(frozen=True, slots=True)
class Beside:
    """What other files of an agency fill too, and whether this one comes after them, as it says less of people."""

    tables: frozenset[str] = frozenset()
    late: bool = False


ALONE = Beside()


@dataclass(frozen=True, slots=True)
class TableDraft:
    """How one table is filled. `confidence` runs from 0 to 1: the share of what the table must have that was found."""

    table: str
    confidence: float
    columns: dict[str, str]
    """Our column -> the heading of theirs."""
    split: dict[str, Part]
    """Our column -> a part of the texts of a heading."""
    to_check: tuple[str, ...]
    """Columns that are filled, but marked for a person to check."""
    missing: tuple[str, ...]
    """Columns that have to be filled and were not found."""
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted mapping of one file."""

    file: str
    settings: FileSettings
    tables: tuple[TableDraft, ...]
    undecided: tuple[Undecided, ...]
    unused: tuple[str, ...]
    """Headings that no table uses."""
    offered: tuple[str, ...] = ()
    """Blocks of tables that it may fill too; the mapping holds them as remarks, for a person to take in."""
    ends: tuple[str, ...] = ()
    """The words with which its last lines begin, where these are taken for the end of a report."""
    titled: bool = False
    """Whether nobody said which row is the header, and the first one below what looks like titles was taken."""

    def toml(self) -> str:
        """Return the mapping as a person edits it: it parses, and remarks say what to decide."""
        names = [table.table for table in self.tables]
        head = f"# Drafted from {quoted(self.file)} as {', '.join(names)}: read it all, above all lines marked CHECK.\n"
        said = self.settings.model_dump(exclude_defaults=True)
        if said:
            lines = [f"{name} = {quoted(value)}{self._asked(name)}" for name, value in said.items()]
            head += "\n".join(["[file]", *lines, "", ""])
        maybe = [f"# It may fill {one.table} too: {one.question}\n" for one in self.undecided if one.table not in names]
        maybe += ["".join(f"# {line}\n" for line in block.splitlines()) for block in self.offered]
        unused = f"# Columns of theirs that nothing uses: {', '.join(quoted(name) for name in self.unused)}\n"
        return head + "\n".join([*(table.text for table in self.tables), *maybe]) + (unused if self.unused else "")

    def _asked(self, setting: str) -> str:
        asked = {
            "header_row": "what stands above this row looks like titles" if self.titled else "",
            "not_records": "the file's last lines begin so, as the end of a report does" if self.ends else "",
        }
        return f"    # CHECK: {asked[setting]}" if asked.get(setting) else ""


def draft(
    path: Path,
    tables: Sequence[str] | None = None,
    as_at: date | None = None,
    organisation: str | None = None,
    file: FileSettings | None = None,
    beside: Beside = ALONE,
) -> Draft:
    """Return a draft that reads `path` into `tables`, or into all those that it can fill where none is named.

    `as_at` is the day of the extract, after which nothing has happened; `organisation` the agency's kind, as police;
    `beside` the tables that other files of the agency fill too. What is not sure is left out and asked; a header that
    seems to stand below titles is taken and asked about. Refused are unknown tables, files that cannot be read, and,
    where no table is named, a file that fills none.
    """
    unknown = [table for table in tables or () if table not in RECORD_TABLES]
    if unknown:
        known = ", ".join(MEASURED_TABLES)
        remedy = f"the tables are {known} and others (docs/data-dictionary.md); auto drafts all that the file can fill"
        raise Refused([Fault(f"{table!r} is not a table", remedy) for table in unknown])
    reader, settings = _open_below_titles(path, file or FileSettings())
    if ends := trailer_words(reader):
        settings = settings.model_copy(update={"not_records": (*settings.not_records, *ends)})
        reader = open_reader(path, settings)
    contents = {column.name: Content(column, as_at) for column in _sample(reader, path.name).iter_columns()}
    choices = {table: choose(table, contents, organisation) for table in tables or RECORD_TABLES}
    lacking: tuple[Undecided, ...] = ()
    offered: dict[str, Choice] = {}
    if not tables:
        choices, lacking, offered = _fitting(choices, organisation or seen_kind(contents))
    if not choices:
        remedy = f"name the table that its records are for, as in --as offence: {', '.join(RECORD_TABLES)}"
        raise Refused(Fault("no table is seen that it can fill", remedy, path.name))
    hold_to_lives(choices, contents)
    for table in beside.tables & choices.keys():
        choices[table].stand_beside(late=beside.late)
    made = _draft(path.name, settings, choices, contents)
    return replace(
        made,
        undecided=(*made.undecided, *lacking),
        offered=tuple(block_text(choice, contents) for choice in offered.values()),
        titled=settings.header_row != (file or FileSettings()).header_row,
        ends=ends,
    )


def _fitting(
    choices: Mapping[str, Choice], kind: str | None
) -> tuple[dict[str, Choice], tuple[Undecided, ...], dict[str, Choice]]:
    """Return the tables that a file can fill, what others lack that it may fill too, and these others."""
    fitting = {table: choice for table, choice in choices.items() if fits(choice, kind)}
    whole, lacking = whole_tables(fitting)
    offered = {table: choice for table, choice in fitting.items() if table not in whole}
    if (home := where_people_lived(choices["address"], whole)) is not None:
        if "from_date" in home.undecided:
            lacking = (*lacking, replace(home.undecided["from_date"], needed=False))
        (offered if "from_date" in home.undecided else whole)["address"] = home
    took_part = choices["participation"]
    if "scheme_id" in took_part.columns and "participation" not in fitting and "person" in whole:
        lacking = (*lacking, Undecided("participation", "scheme_id", NO_DAY, (took_part.columns["scheme_id"],)))
        offered["participation"] = took_part
    return {table: whole[table] for table in choices if table in whole}, lacking, offered


def _draft(file: str, settings: FileSettings, choices: Mapping[str, Choice], contents: Mapping[str, Content]) -> Draft:
    used = {heading for choice in choices.values() for heading in choice.columns.values()}
    used |= {part.column for choice in choices.values() for part in choice.split.values()}
    return Draft(
        file,
        settings,
        tuple(_table(choice, contents) for choice in choices.values()),
        tuple(
            asked for choice in choices.values() for asked in (*choice.undecided.values(), *_codes(choice, contents))
        ),
        tuple(heading for heading in contents if heading not in used),
    )


def _table(choice: Choice, contents: Mapping[str, Content]) -> TableDraft:
    needed = [name for name, kind in choice.ours.items() if not kind.nullable]
    found = [name for name in needed if name in choice.filled]
    to_check = tuple(name for name in choice.columns if name in choice.remarks)
    return TableDraft(
        choice.table,
        len(found) / len(needed) if needed else 1.0,
        dict(choice.columns),
        dict(choice.split),
        to_check,
        choice.missing,
        block_text(choice, contents),
    )


def _codes(choice: Choice, contents: Mapping[str, Content]) -> list[Undecided]:
    asked = []
    for name, heading in choice.columns.items():
        kind = choice.ours[name]
        codes = unknown_codes(choice.table, name, kind, contents[heading]) if isinstance(kind, dy.Enum) else []
        if codes:
            question = f"which of ours are {len(codes)} of its codes? See codes.{name} of the draft"
            asked.append(Undecided(choice.table, name, question, (heading,)))
    return asked


def _open_below_titles(path: Path, settings: FileSettings) -> tuple[Reader, FileSettings]:
    """Return a reader of the file, and settings with the header's row where titles stand above it."""
    try:
        return open_reader(path, settings), settings
    except HeaderBelow as below:
        if settings.header_row is not None:
            raise
        settings = settings.model_copy(update={"header_row": below.row})
        return open_reader(path, settings), settings


def _sample(reader: Reader, file: str) -> pl.DataFrame:
    """Return the first rows, and some from all along the rest: a file sorted by kind shows its last kind at its end."""
    parts: list[pl.DataFrame] = []
    looked_at, kept = 0, 0
    for batch in reader.batches():
        first, rest = batch.texts.head(SAMPLE_ROWS - kept), batch.texts.slice(SAMPLE_ROWS - kept)
        parts += [first, rest.gather_every(ONE_IN)] if rest.height else [first]
        kept, looked_at = kept + first.height, looked_at + batch.texts.height
        if looked_at >= MOST_LOOKED_AT:
            break
    sample = pl.concat(parts).select(pl.all().str.strip_chars())
    if seems_data(reader.header, sample.iter_columns()):
        raise Refused(Fault("its first line seems to be a record", "put a line of column names above it", file))
    return sample
