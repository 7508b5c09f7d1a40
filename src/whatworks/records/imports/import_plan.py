"""Decide from `mappings/import.toml` which file of a partnership is read as what, before any of them is read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.mappings.mapping import Mapping, load_mapping
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.records.toml_file import load_model

PLAN_FILE = "import.toml"


class Entry(HandWritten):
    """One sort of extract: which files it is, whose, and how they are read."""

    pattern: str = Field(min_length=1, description="Names of files in extracts/, with * and ?.")
    organisation: str
    source: str = Field(min_length=1)
    mapping: str | None = None
    table: str | None = None
    as_at: date | None = None

    @model_validator(mode="after")
    def _is_plain(self) -> Self:
        if (self.mapping is None) == (self.table is None):
            raise ValueError("needs a mapping or a table, and not both")
        if self.table is not None and self.table not in RECORD_TABLES:
            raise ValueError(f"table {self.table!r} is not one of {', '.join(RECORD_TABLES)}")
        if Path(self.pattern).is_absolute() or ".." in Path(self.pattern).parts:
            raise ValueError("pattern must name files inside extracts/")
        return self


class _PlanFile(HandWritten):
    file: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file, and how it is to be read."""

    path: Path
    organisation_id: str
    source: str
    as_at: date
    table: str | None
    mapping: Mapping | None

    @property
    def place(self) -> int:
        """Where the file stands in the order of import: that of the first table that it fills, parents first."""
        tables = [block.table for block in self.mapping.table] if self.mapping else [self.table]
        return min(list(RECORD_TABLES).index(str(table)) for table in tables)

    @property
    def is_late(self) -> bool:
        """Whether it takes only what other files have not brought, and so comes after them."""
        return self.mapping is not None and any(block.only_new for block in self.mapping.table)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The files to read, parents before children, and those that no pattern claims."""

    files: tuple[PlannedFile, ...]
    unclaimed: tuple[str, ...]


def plan_import(partnership: Partnership, held: dict[str, str] | None = None) -> ImportPlan:
    """Return what `mappings/import.toml` says of the files in `extracts/`, or refuse it with every fault.

    `held` maps sources of the store to the hash of their file. Where several files fit one pattern, each is the source
    "name (file)", except one that is held as "name" already.
    """
    place = partnership.mappings / PLAN_FILE
    entries = load_model(_PlanFile, place, "docs/records.md").file
    if not entries:
        raise Refused(
            Fault(
                "names no files",
                "add a [[file]] block for each sort of extract, or import one file with `whatworks import FILE`",
                place.name,
            )
        )
    faults: list[Fault] = []
    planned: list[PlannedFile] = []
    for entry in entries:
        try:
            planned += _planned(partnership, entry, held or {})
        except Refused as refused:
            faults += refused.faults
    faults += _clashes(planned)
    if faults:
        raise Refused(faults)
    claimed = {file.path for file in planned}
    others = sorted(path for path in partnership.extracts.rglob("*") if path.is_file() and path not in claimed)
    unclaimed = tuple(str(path.relative_to(partnership.extracts)) for path in others if path.name[0] != ".")
    return ImportPlan(tuple(sorted(planned, key=lambda file: (file.place, file.is_late, file.source))), unclaimed)


def _planned(partnership: Partnership, entry: Entry, held: dict[str, str]) -> list[PlannedFile]:
    faults: list[Fault] = []
    mapping = None
    try:
        partnership.agency(entry.organisation)
    except Refused as refused:
        faults += [Fault(one.problem, one.remedy, PLAN_FILE, field=entry.source) for one in refused.faults]
    try:
        mapping = load_mapping(partnership.mapping(entry.mapping)) if entry.mapping else None
    except Refused as refused:
        faults += refused.faults
    paths = sorted(path for path in partnership.extracts.glob(entry.pattern) if path.is_file())
    if not paths:
        problem = f"no file in extracts/ is called {entry.pattern}"
        faults.append(Fault(problem, "put it there, or take the block out", PLAN_FILE, field=entry.source))
    if faults:
        raise Refused(faults)
    names = _source_names(entry.source, paths, held)
    as_at = entry.as_at or partnership.config.as_at
    return [
        PlannedFile(path, entry.organisation, name, as_at, entry.table, mapping)
        for path, name in zip(paths, names, strict=True)
    ]


def _source_names(source: str, paths: Sequence[Path], held: dict[str, str]) -> list[str]:
    if len(paths) == 1:
        several = f"{source} ({paths[0].name})"
        return [several if several in held else source]
    names = []
    for path in paths:
        with path.open("rb") as file:
            same = source in held and held[source] == hashlib.file_digest(file, "sha256").hexdigest()
        names.append(source if same and source not in names else f"{source} ({path.name})")
    return names


def _clashes(planned: Sequence[PlannedFile]) -> list[Fault]:
    paths = [file.path for file in planned]
    sources = [file.source for file in planned]
    return [
        Fault("is claimed by more than one pattern", "make the patterns differ", PLAN_FILE, field=path.name)
        for path in dict.fromkeys(paths)
        if paths.count(path) > 1
    ] + [
        Fault("is the source of more than one block", "give each block its own source", PLAN_FILE, field=source)
        for source in dict.fromkeys(sources)
        if sources.count(source) > 1 and len({file.path for file in planned if file.source == source}) > 1
    ]
