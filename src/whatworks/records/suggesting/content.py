"""Look at what a column holds: how full it is, whether its values are days, numbers, names, or numbers of people."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from whatworks.records.mappings.date_formats import formats_together, recognise_formats
from whatworks.records.mappings.mapping import ISO_DATE
from whatworks.records.mappings.parse import parse
from whatworks.records.tables.agency_tables import Offence

SHAPES = {
    "pnc_id": r"^(?:\d{2}|\d{4})/?\d{1,7}[A-Za-z]$",
    "prison_number": r"^[A-Za-z]\d{4}[A-Za-z]{2}$",
    "old_prison_number": r"^[A-Za-z]{2}\d{4}$",
    "crn": r"^[A-Za-z]\d{6}$",
    "postcode": r"^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$",
    "name": r"^[\p{L}][\p{L}'’. -]*$",
    "two_names": r"^[\p{L}][^,\d]*,[^,\d]*[\p{L}][^,\d]*$",
    "with_digit": r"\d",
    "whole_number": r"^\d+$",
}
"""What numbers of people, postcodes and names look like in England and Wales."""
DATED = 0.95
"""A column holds days if at least this share of what is filled reads as days in one form."""


@dataclass(frozen=True)
class Content:
    """The values of one column, stripped, in the order of the rows."""

    texts: pl.Series
    as_at: date | None = None

    @cached_property
    def filled(self) -> pl.Series:
        """The texts that are not empty."""
        return self.texts.drop_nulls().filter(self.texts.drop_nulls() != "")

    @property
    def share_filled(self) -> float:
        """The share of rows that hold something."""
        return self.filled.len() / max(self.texts.len(), 1)

    @cached_property
    def distinct(self) -> list[str]:
        """The different texts, in the order in which they came."""
        return [str(text) for text in self.filled.unique(maintain_order=True)]

    @property
    def is_unique(self) -> bool:
        """Whether each row holds a text of its own."""
        return self.texts.len() > 1 and self.filled.len() == self.texts.len() == len(self.distinct)

    @cached_property
    def formats(self) -> list[tuple[str, float]]:
        """The forms that read any of the texts as days, best first, each with its share."""
        return recognise_formats(self.distinct[:5000])

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The forms in which the days are written, as a mapping says them: one, or a few where some lack the time."""
        best = tuple(form for form, share in self.formats[:1] if share >= DATED)
        together = best or formats_together(self.distinct[:5000], DATED) or tuple(form for form, _ in self.formats[:1])
        return tuple(dict.fromkeys(ISO_DATE if form.startswith(ISO_DATE) else form for form in together))

    @cached_property
    def is_dated(self) -> bool:
        """Whether the texts are days, or days and times of day."""
        if not self.formats:
            return False
        return self.formats[0][1] >= DATED or bool(formats_together(self.distinct[:5000], DATED))

    @cached_property
    def days(self) -> pl.Series:
        """The days that the texts mean, null where there is none."""
        bare = pl.when(pl.col("text") != "").then(pl.col("text"))
        day = parse(bare, Offence.columns()["recorded_on"], self.written or (ISO_DATE,), self.as_at).value
        return self.texts.alias("text").to_frame().select(day).to_series()

    def share_like(self, shape: str) -> float:
        """Return the share of the filled texts that look like a number of people, a postcode or a name.

        >>> Content(pl.Series(["A1234BC", "", "TBC"])).share_like("prison_number")
        0.5
        """
        return float(self.filled.str.contains(SHAPES[shape]).mean() or 0.0)  # type: ignore[arg-type]

    @property
    def share_ahead(self) -> float:
        """The share of days that lie after the day of the extract, if that is known."""
        days = self.days.drop_nulls()
        return float((days > self.as_at).mean() or 0.0) if self.as_at and days.len() else 0.0  # type: ignore[arg-type]
