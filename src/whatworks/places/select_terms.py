"""Terms of a shortlist of areas: what a year in custody costs, what counts how much, what the study expects."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from whatworks.places.terms import PlaceTerms
from whatworks.records.hand_written import HandWritten

Share = Annotated[float, Field(gt=0, lt=1)]
Mark = Annotated[float, Field(ge=0, le=10)]
Weight = Annotated[float, Field(ge=0, le=1000)]
CRITERIA = ("custody_cost", "eligible_people", "match_funding", "partnership", "resettlement")
BY_HAND = CRITERIA[2:]
"""Criteria that [[area]] gives; the others are counted."""


class CustodyPrice(HandWritten):
    """What a year of a prisoner costs. The average is not saved when one person stays out; `marginal` is, if known."""

    pounds_a_year: int = Field(gt=0)
    marginal: int | None = Field(None, gt=0)
    price_year: str
    source: str


class Criteria(HandWritten):
    """How much each criterion counts; nothing, if it is left out."""

    custody_cost: Weight = 0.0
    eligible_people: Weight = 0.0
    match_funding: Weight = 0.0
    partnership: Weight = 0.0
    resettlement: Weight = 0.0

    @property
    def used(self) -> tuple[str, ...]:
        """The criteria that count."""
        return tuple(name for name in CRITERIA if getattr(self, name) > 0)


class AreaFacts(HandWritten):
    """What the board knows of an area: pounds of match funding, and marks from 0 to 10."""

    code: str
    match_funding: int | None = Field(None, ge=0)
    partnership: Mark | None = None
    resettlement: Mark | None = None


class ExpectedStudy(HandWritten):
    """What the evaluation would be: the share who reoffend without the scheme, years, and who is lost on the way."""

    reoffend: Share
    years: Annotated[float, Field(gt=0, le=10)] = 2.0
    taking_part: Annotated[float, Field(gt=0, le=1)] = 1.0
    matched: Annotated[float, Field(gt=0, le=1)] = 1.0


class SelectTerms(PlaceTerms):
    """Which areas should have a scheme for people who come out of custody. Areas are no finer than the ward.

    With a criterion that [[area]] gives, the areas listed there are the candidates; else all are.
    """

    begins: date
    months: int = Field(12, ge=1, le=60)
    areas: Literal["ward", "borough"] = "ward"
    vintage: str | None = None
    shortlist: int = Field(ge=1, le=200)
    price: CustodyPrice
    weights: Criteria
    study: ExpectedStudy
    area: tuple[AreaFacts, ...] = ()

    @model_validator(mode="after")
    def _facts_are_there(self) -> Self:
        faults = [] if self.weights.used else ["weights: at least one criterion has to count"]
        codes = [one.code for one in self.area]
        faults += [f"area {code!r} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
        for name in (name for name in self.weights.used if name in BY_HAND):
            lacking = [one.code for one in self.area if getattr(one, name) is None]
            faults += [f"area {code!r} has no {name}, which counts" for code in lacking]
            faults += [] if self.area else [f"{name} counts, and no [[area]] gives it"]
        if self.begins.day != 1:
            faults.append("begins: has to be the first day of a month")
        if faults:
            raise ValueError("; ".join(faults))
        return self
