"""Terms of displacement: what was done where and when, and with what it is compared, decided before looking."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from whatworks.places.monthly_counts import MONTH
from whatworks.places.terms import PlaceTerms


def month_text(value: object) -> object:
    """Return a month as it is written, or say how to write one.

    >>> month_text("2024-07")
    '2024-07'
    """
    if not re.fullmatch(MONTH, str(value)):
        raise ValueError("is not a month: write it as 2024-07")
    return value


Month = Annotated[str, Field(pattern=f"^{MONTH}$"), BeforeValidator(month_text)]
Positive = Annotated[float, Field(gt=0)]


class CountedTerms(PlaceTerms):
    """What is counted: kinds of event, in areas of one kind and edition, from reports or from a file of counts.

    `counts` names a file with columns area, kind, month and count, beside the terms; without it the partnership's
    distinct incidents count, of all agencies that sent any or those in `agencies`.
    """

    kinds: tuple[str, ...] = Field(min_length=1)
    areas: Literal["borough", "ward", "lsoa"] = "ward"
    vintage: str | None = None
    counts: str | None = None
    agencies: tuple[str, ...] = ()


class DisplacementTerms(CountedTerms):
    """Where something was done from a month on, where events may have moved to, and what both are compared with.

    Without `control`, the areas whose trend before is nearest are taken among `candidates` (all others, if none are
    named), never one in `not_control`. Named controls need the day on which they were chosen. `sizes` (of every area
    named in a role) divide counts, `harm` multiplies them by kind.
    """

    begins: Month
    before: int = Field(default=12, ge=1, le=120)
    after: int = Field(default=12, ge=1, le=120)
    treated: tuple[str, ...] = Field(min_length=1)
    displacement: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    not_control: tuple[str, ...] = ()
    controls: int = Field(default=3, ge=1, le=20)
    control: tuple[str, ...] = ()
    displacement_control: tuple[str, ...] = ()
    chosen_on: date | None = None
    sizes: dict[str, Positive] = Field(default_factory=dict)
    harm: dict[str, Positive] = Field(default_factory=dict)

    @property
    def first_month(self) -> date:
        """The first day of the month in which it began."""
        return date(int(self.begins[:4]), int(self.begins[5:]), 1)
