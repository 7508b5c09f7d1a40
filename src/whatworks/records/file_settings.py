"""Say how a file is written where it cannot be found out: one set of settings for every reader and every caller."""

from typing import ClassVar, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, field_validator

from whatworks.records.readers.encoding import not_read, text_encoding

LONDON = "Europe/London"


class FileSettings(BaseModel):
    """How the file itself is written; what is not said is found out from the file, or refused naming the setting.

    >>> FileSettings(header_row=3).place
    'under [file] in the mapping'
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    place: ClassVar[str] = "under [file] in the mapping"
    """Where a person writes these settings: refusals say it. A caller with a place of its own says so in a subclass."""

    delimiter: str | None = Field(default=None, pattern=r"^[\t !#-/:-@\[-`{-~]$")
    encoding: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    sheet: str | None = None
    not_records: tuple[str, ...] = Field(
        (), description="Lines that begin with one of these texts are not records: they are left out and counted."
    )
    hidden_rows: Literal["read", "leave_out"] | None = Field(
        None,
        description="Whether rows that a workbook hides or filters out are read; unsaid, they are, with a warning.",
    )
    struck_out: Literal["read", "empty"] | None = Field(
        None, description="Whether cells that a workbook strikes through are read as they stand, or as empty."
    )
    time_zone: str | None = Field(
        None, description="The zone whose days count, where a time names its distance from UTC; by default London's."
    )

    @field_validator("encoding")
    @classmethod
    def _encoding_is_known(cls, encoding: str | None) -> str | None:
        if encoding is not None and text_encoding(encoding) is None:
            raise ValueError(f"encoding {not_read(encoding)}")
        return encoding

    @field_validator("not_records")
    @classmethod
    def _says_how_a_line_begins(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        if not all(text.strip() for text in texts):
            raise ValueError("holds an empty text, with which every line begins: write the line's first words")
        return tuple(text.strip() for text in texts)

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, zone: str | None) -> str | None:
        return None if zone is None else known_zone(zone)

    def setting(self, text: str) -> str:
        """Return how to make a setting, as a remedy says it.

        >>> FileSettings().setting("header_row = 3")
        'put header_row = 3 under [file] in the mapping'
        """
        return f"put {text} {self.place}"


class NoMapping(FileSettings):
    """The settings of a file that is read without a mapping: nothing is said, and there is no place to say it yet."""

    place: ClassVar[str] = "under [file] in a mapping (`whatworks mapping suggest FILE --as TABLE` drafts one)"


class NoSettings(FileSettings):
    """The settings of a file for which none can be made: it is changed itself."""

    def setting(self, text: str) -> str:
        """Return that the file itself is to be changed.

        >>> NoSettings().setting("header_row = 3")
        'change the file itself: it is read without settings'
        """
        return "change the file itself: it is read without settings"


class OptionSettings(FileSettings):
    """The settings of a file for which a mapping is only drafted: they are given on the command line."""

    place: ClassVar[str] = "in an option, as in --setting 'header_row = 3'"


def known_zone(zone: str) -> str:
    """Return the name of a time zone, or raise `ValueError` if there is none of that name.

    >>> known_zone("Europe/London")
    'Europe/London'
    """
    try:
        pl.Series([0]).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)
    except pl.exceptions.PolarsError:
        raise ValueError(f"time zone {zone!r} is not known: write it as Europe/London") from None
    return zone
