"""Draft how one file is read; a file that cannot be drafted is named with its reason, and stops no other."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from whatworks.records.listing import listed
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused
from whatworks.records.showing.shown import shown_in
from whatworks.records.suggesting import ALONE, Beside, Draft, Undecided, draft
from whatworks.records.suggesting.content import Content

MOST_SCHEMES = 20


@dataclass(frozen=True, slots=True)
class SchemeSeen:
    """A scheme that a file's people took part in, by the agency's own word, and the areas that stand beside it.

    >>> first = SchemeSeen("GATE", ("probation",), ("Kelby",), date(2021, 2, 1))
    >>> both = first.merged(SchemeSeen("GATE", ("voluntary",), ("Lorne", "Kelby"), date(2020, 5, 1)))
    >>> both.kinds, both.areas, both.first
    (('probation', 'voluntary'), ('Kelby', 'Lorne'), datetime.date(2020, 5, 1))
    """

    id: str
    kinds: tuple[str, ...]
    """The sorts of agencies whose files name it."""
    areas: tuple[str, ...]
    first: date | None
    """The earliest day of referral or start."""

    def merged(self, other: "SchemeSeen") -> "SchemeSeen":
        """Return what two files say of one scheme."""
        days = [scheme.first for scheme in (self, other) if scheme.first]
        areas = tuple(sorted({*self.areas, *other.areas}))
        return SchemeSeen(self.id, tuple(dict.fromkeys((*self.kinds, *other.kinds))), areas, min(days, default=None))


@dataclass(frozen=True, slots=True)
class FileDraft:
    """One file: the tables that it fills, the sort of agency it seems to come from, and what is to be told of it."""

    path: Path
    name: str
    kind: str | None
    tables: tuple[str, ...]
    text: str
    to_tell: tuple[Undecided, ...]
    schemes: tuple[SchemeSeen, ...]
    proves: bool
    """Whether it holds offences with what proved them."""
    of_people: int
    """How many columns of table person it fills."""


def draft_file(path: Path, name: str, as_at: date, beside: Beside = ALONE) -> FileDraft:
    """Return the draft of one file, `beside` others of its agency.

    Raises `Refused` where it cannot be read or fills no table.
    """
    kind = kind_by_name(name)
    made = draft(path, None, as_at, kind, beside=beside)
    tables = tuple(table.table for table in made.tables)
    if kind is None and (kind := kind_by_tables(tables)) is not None:
        made = draft(path, None, as_at, kind, beside=beside)
    columns = {table.table: table.columns for table in made.tables}
    asked = tuple(one for one in made.undecided if one.needed or one.candidates)
    if made.titled:
        question = f"is row {made.settings.header_row} the header? What stands above it looks like titles"
        asked = (Undecided("file", "header_row", question, needed=True), *asked)
    if made.ends:
        question = f"are its last lines, which begin with {listed([repr(one) for one in made.ends])}, no records?"
        asked = (*asked, Undecided("file", "not_records", f"{question} They are left out and counted", needed=True))
    of_people = sum(len(table.columns) + len(table.split) for table in made.tables if table.table == "person")
    proves = "sanctioned_on" in columns.get("offence", {})
    return FileDraft(path, name, kind, tables, made.toml(), asked, _schemes(path, made, kind, as_at), proves, of_people)


def _schemes(path: Path, made: Draft, kind: str | None, as_at: date) -> tuple[SchemeSeen, ...]:
    """Return the schemes that the file's people took part in, each of ten rows or more."""
    table = next((one for one in made.tables if one.table == "participation"), None)
    if table is None or "scheme_id" not in table.columns:
        return ()
    days = [table.columns[name] for name in ("referred_on", "started_on") if name in table.columns]
    parts = [batch.texts for batch in open_reader(path, made.settings).batches()]
    texts = pl.concat(parts).select(pl.all().str.strip_chars())
    names = texts[table.columns["scheme_id"]].replace("", None).drop_nulls()
    seen = names.value_counts(sort=True).head(MOST_SCHEMES)[names.name].to_list()
    shown = shown_in(names, seen, ())
    named = sorted(name for name, as_shown in zip(seen, shown, strict=True) if name == as_shown)
    area = next((one.columns["area_code"] for one in made.tables if "area_code" in one.columns), None)
    return tuple(
        SchemeSeen(
            name,
            (kind,) if kind else (),
            _areas(texts, names.name, name, area),
            _first(texts.filter(pl.col(names.name) == name), days, as_at),
        )
        for name in named
    )


def _first(rows: pl.DataFrame, days: list[str], as_at: date) -> date | None:
    found = [Content(rows[heading], as_at).days.min() for heading in days]
    return min((day for day in found if isinstance(day, date)), default=None)


def _areas(texts: pl.DataFrame, column: str, scheme: str, area: str | None) -> tuple[str, ...]:
    if area is None:
        return ()
    lived = texts.filter(pl.col(column) == scheme)[area].replace("", None).drop_nulls()
    codes = sorted(lived.unique().to_list())
    return tuple(code for code, shown in zip(codes, shown_in(lived, codes, ()), strict=True) if code == shown)


def reason_of(fault: Exception) -> str:
    """Return in one line why a file was not drafted."""
    if isinstance(fault, Refused):
        return str(fault.faults[0])
    return f"cannot be read ({type(fault).__name__})"


_WORDS: dict[str, tuple[str, ...]] = {
    "police": ("police", "crime", "crimes", "niche", "athena", "connect", "nspis", "custodysuite", "constabulary"),
    "probation": ("probation", "delius", "ndelius", "oasys", "case", "cases", "licence", "caseload"),
    "prison": ("prison", "prisons", "nomis", "dps", "hmp", "release", "releases", "reception", "receptions"),
    "court": ("court", "courts", "libra", "xhibit", "platform", "magistrates", "crown"),
    "prosecutor": ("cps", "prosecutor", "prosecution"),
    "council": ("council", "borough", "mosaic", "capita", "housing", "authority"),
    "health": ("health", "nhs", "systmone", "emis", "hospital", "treatment"),
    "voluntary": ("charity", "voluntary", "trust", "volunteers"),
}
_TABLES: dict[str, str] = {
    "custody_spell": "prison",
    "offence": "police",
    "requirement": "probation",
    "appointment": "probation",
    "breach": "probation",
    "sentence": "court",
    "participation": "probation",
    "need": "council",
}
"""The sort of agency that most often keeps a table, where the file's name does not say."""


def kind_by_name(file: str) -> str | None:
    """Return the one sort of agency that words of a file's name point to; None where none or several do.

    >>> kind_by_name("Niche_occurrences 2024.csv"), kind_by_name("data.csv"), kind_by_name("police_prison.csv")
    ('police', None, None)
    """
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", file.rsplit(".", 1)[0])}
    kinds = [kind for kind, known in _WORDS.items() if words & set(known)]
    return kinds[0] if len(kinds) == 1 else None


def kind_by_tables(tables: Collection[str]) -> str | None:
    """Return the sort of agency that keeps such tables; None where nothing points to one.

    >>> kind_by_tables(["person", "custody_spell"]), kind_by_tables(["person"])
    ('prison', None)
    """
    return next((kind for table, kind in _TABLES.items() if table in tables), None)
