"""What a result is about and what it stands on: its paper, its protocol, the files and the code."""

from datetime import date
from typing import Literal

from pydantic import Field

from whatworks.evaluation.result.part import (
    Open,
    Part,
    People,
)
from whatworks.measures.merging import Merging

Status = Literal["locked", "locked after outcomes were seen", "exploratory"]


class About(Part):
    """What a board member must know of the scheme before its answer; empty where the protocol does not say it."""

    scheme: str = ""
    what: str = Field(default="", description="What the scheme does, in a sentence.")
    whom: str = ""
    where: str = ""
    first: date | None = Field(default=None, description="First day of the window from which people were taken.")
    last: date | None = None
    counted_from: str = Field(default="", description="The event from which time is counted, such as release.")


class Heading(Part):
    """One heading of the committee that reads the paper, with the author's text."""

    name: str
    text: str


class Paper(Part):
    """What the paper is for."""

    title: str
    item: str
    decision_sought: str
    prepared_for: str
    command: str = Field(description="The command that makes the paper again, with relative paths.")
    about: About = About()
    headings: tuple[Heading, ...] = ()
    options: tuple[str, ...] = ()


class ProtocolStamp(Part):
    """Which protocol, and whether it was fixed before outcomes were seen."""

    id: str
    sha256: str
    status: Status
    locked_on: date | None = None
    causal: bool = True


class SourceStamp(Part):
    """One imported file. For a flat file, the table is `flat`."""

    organisation_id: Open[str]
    table: Open[str]
    name: Open[str]
    sha256: Open[str]
    as_at: Open[date | None]
    rows_in: People
    rows_kept: People
    rows_quarantined: People
    rows_excluded: People
    rows_dropped: People = Field(0, description="Lines that are not records: left out by a setting, or by a person.")
    lines_quarantined: tuple[int, ...] = Field((), description="Of a flat file: the lines of the rows set aside.")


class DataStamp(Part):
    """What the numbers were computed from, and by what."""

    as_at: Open[date]
    sources: Open[tuple[SourceStamp, ...]]
    code_version: Open[str]
    seed: Open[int]
    severity_edition: Open[str | None]
    merging: Merging | None = None
