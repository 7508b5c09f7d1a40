"""Keep a partnership's files in one folder, and know from `whatworks.toml` which agencies belong to it."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias

from pydantic import Field, field_validator, model_validator

from whatworks.records.declaring.linkage_block import LinkageSettings
from whatworks.records.declaring.scheme_block import SchemeBlock
from whatworks.records.file_settings import LONDON, known_zone
from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.agency_tables import Person
from whatworks.records.toml_file import load_model
from whatworks.records.writing.private_file import private_folder, write_whole

if TYPE_CHECKING:
    from whatworks.records.store import DuckDBStore

SETTINGS_FILE = "whatworks.toml"
STORE_FILE = "partnership.duckdb"
FOLDERS = ("extracts", "mappings", "protocols", "results", "papers")

ShortName: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
OrganisationKind: TypeAlias = Literal[
    "police", "probation", "prison", "court", "prosecutor", "council", "health", "voluntary", "central"
]


class Agency(HandWritten):
    """An agency that sends extracts."""

    organisation_id: ShortName
    name: str = Field(min_length=1)
    kind: OrganisationKind


class Settings(HandWritten):
    """What a partnership may decide for itself."""

    minimum_count: int = Field(10, ge=3, description="Smaller counts of people are suppressed in papers.")
    longest_record_bytes: int = Field(1_048_576, ge=1_024, description="Longer records are quarantined unread.")
    time_zone: str = Field(LONDON, description="Whose days count, where a time names its distance from UTC.")

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, zone: str) -> str:
        return known_zone(zone)


class PartnershipConfig(HandWritten):
    """What `whatworks.toml` says. Preferences name agencies in order of trust where they disagree about a column."""

    name: str = Field(min_length=1)
    as_at: date
    conviction_record: ShortName | None = Field(None, description="The agency whose records prove reoffending.")
    agency: tuple[Agency, ...] = ()
    scheme: tuple[SchemeBlock, ...] = ()
    settings: Settings = Settings()
    linkage: LinkageSettings = LinkageSettings()
    preferences: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agencies_are_known(self) -> Self:
        known = self.organisations
        faults = [f"agency {name!r} is listed twice" for name in sorted(set(known)) if known.count(name) > 1]
        if self.conviction_record is not None and self.conviction_record not in known:
            faults.append(f"conviction_record {self.conviction_record!r} is not an [[agency]] of this file")
        faults += self._scheme_faults()
        for column, order in self.preferences.items():
            if column not in Person.columns():
                faults.append(f"preferences: {column!r} is not a column of table person")
            faults += [
                f"preferences.{column}: {name!r} is not an [[agency]] of this file"
                for name in order
                if name not in known
            ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _scheme_faults(self) -> list[str]:
        names = [one.id for one in self.scheme]
        faults = [f"scheme {name!r} is listed twice" for name in sorted(set(names)) if names.count(name) > 1]
        for one in self.scheme:
            unknown = [name for name in one.organisations if name not in self.organisations]
            faults += [f"scheme {one.id}: organisation {name!r} is not an [[agency]] of this file" for name in unknown]
            if one.from_date > self.as_at:
                faults.append(f"scheme {one.id}: from lies after as_at, the day up to which the extracts are complete")
        return faults

    @property
    def organisations(self) -> tuple[str, ...]:
        """The agencies' short names, in the order of the file."""
        return tuple(agency.organisation_id for agency in self.agency)


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partnership's folder and its settings."""

    root: Path
    config: PartnershipConfig

    @classmethod
    def open(cls, directory: Path | None = None, *, start: Path | None = None) -> Self:
        """Return the partnership of `directory`, else of the first folder from `start` upwards that is one.

        Refused where there is none, or where `whatworks.toml` has faults.
        """
        root = _containing(start or Path.cwd()) if directory is None else directory
        if root is None or not (root / SETTINGS_FILE).is_file():
            where = str(directory) if directory is not None else "this folder"
            raise Refused(
                Fault(
                    f"{where} is not a partnership (it holds no {SETTINGS_FILE})",
                    "make one with `whatworks init DIR`, or name one with --partnership DIR",
                )
            )
        return cls(root, load_model(PartnershipConfig, root / SETTINGS_FILE, "docs/records.md"))

    @property
    def store_path(self) -> Path:
        """The store's file, which the first import makes."""
        return self.root / STORE_FILE

    @property
    def has_store(self) -> bool:
        """Whether anything was imported or entered yet."""
        return self.store_path.is_file()

    def open_store(self, *, read_only: bool = False, suppressed: bool = False) -> "DuckDBStore":
        """Open the store, made if it is not there; refused where somebody has it, or the reader may not see records.

        `suppressed` says that nothing will be shown but counts that were cleared.
        """
        from whatworks.records.store import DuckDBStore

        return DuckDBStore(self.store_path, read_only=read_only, suppressed=suppressed)

    @property
    def extracts(self) -> Path:
        """Where agencies' files are put."""
        return self.root / "extracts"

    @property
    def mappings(self) -> Path:
        """Where the mappings that read them are kept."""
        return self.root / "mappings"

    @property
    def protocols(self) -> Path:
        """Where evaluations are written down before they are done."""
        return self.root / "protocols"

    @property
    def results(self) -> Path:
        """Where unrounded results stay."""
        return self.root / "results"

    @property
    def papers(self) -> Path:
        """Where papers that may leave are written."""
        return self.root / "papers"

    def agency(self, name: str) -> Agency:
        """Return the agency of that short name, or refuse naming those known."""
        for agency in self.config.agency:
            if agency.organisation_id == name:
                return agency
        known = self.config.organisations
        near = get_close_matches(name, known, 1)
        raise Refused(
            Fault(
                f"{name!r} is not an agency of this partnership",
                (f"did you mean {near[0]!r}? " if near else "")
                + (f"known: {', '.join(known)}" if known else f"{SETTINGS_FILE} lists none yet")
                + f"; a new one is added as [[agency]] in {SETTINGS_FILE}",
            )
        )

    def mapping(self, name: str) -> Path:
        """Return a mapping's path: as it stands, or in the folder's `mappings/`."""
        given = Path(name)
        return given if given.is_absolute() or given.is_file() else self.mappings / name


def _containing(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS_FILE).is_file()), None)


def init_partnership(directory: Path, *, name: str, as_at: date) -> Partnership:
    """Make a partnership's folder, or refuse where one stands already. Nothing that is there is overwritten."""
    if (directory / SETTINGS_FILE).exists():
        raise Refused(Fault("is a partnership already", "edit it, or choose another folder", str(directory)))
    if directory.exists() and not directory.is_dir():
        raise Refused(Fault("is a file", "name a folder that is new or empty", str(directory)))
    private_folder(directory)
    for folder in FOLDERS:
        private_folder(directory / folder)
    write_whole(directory / "mappings" / "import.toml", _FIRST_IMPORT)
    write_whole(directory / SETTINGS_FILE, _first_settings(name, as_at))
    return Partnership.open(directory)


def _first_settings(name: str, as_at: date) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return _FIRST_SETTINGS.format(name=quoted, as_at=as_at.isoformat())


_FIRST_SETTINGS = """\
name = "{name}"
as_at = {as_at}                  # the day up to which the extracts are complete
# conviction_record = "police"      # the agency whose records prove reoffending

# One block for each agency that sends extracts. Kinds: police, probation, prison, court, prosecutor, council, health,
# voluntary, central.
# [[agency]]
# organisation_id = "police"
# name = "Northbank Police"
# kind = "police"

# One block for each scheme whose effect may be asked about; its people come with an agency's table participation.
# [[scheme]]
# id = "GATE"                       # as the extracts call it
# name = "Through the Gate"
# organisation = "probation"        # the agency whose extracts say who took part; a list where several do
# from = 2021-01-04
# to = 2024-12-31                   # leave out while it lasts
# areas = ["Northbank", "Southbank"]    # as the extracts write them

[settings]
minimum_count = 10                  # smaller counts of people are suppressed in papers
longest_record_bytes = 1048576      # a longer record is quarantined without being read whole
time_zone = "Europe/London"         # whose days count, where a time is written as 2024-06-30T23:00:00Z

[linkage]                           # docs/linkage.md
method = "probabilistic"            # or "shared_number": by the PNC number alone
threshold = 0.3                     # pairs less probable than this are not joined

[preferences]                       # whom to believe where agencies disagree about a person
# sex = ["police", "prison", "probation"]
# date_of_birth = ["prison", "police", "probation"]
"""

_FIRST_IMPORT = """\
# What `whatworks import` reads when it is given no file: one block for each sort of extract.
# [[file]]
# pattern = "police_persons_*.csv"    # in extracts/
# organisation = "police"             # an [[agency]] of whatworks.toml
# source = "police persons"
# mapping = "police_persons.toml"     # in mappings/; or: table = "person"
# as_at = 2025-06-30                  # if it is not the as_at of whatworks.toml
"""
