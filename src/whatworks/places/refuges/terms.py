"""What the board decides before refuges are planned: the period, how far away is safe, and what the bills rest on."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from whatworks.places.terms import PlaceTerms
from whatworks.records.hand_written import HandWritten
from whatworks.records.showing.location import names_a_location


def _say_no_location(value: Any) -> Any:
    for text in value if isinstance(value, list | tuple) else [value]:
        if isinstance(text, str) and names_a_location(text):
            raise PydanticCustomError("location", "seems to say where a refuge is: that is never taken in")
    return value


class Part(HandWritten):
    """A part of these terms: none of its texts may say where a refuge is."""

    _no_location = field_validator("*", mode="before")(_say_no_location)


class Siting(Part):
    """Where more places may stand."""

    sites: int = Field(ge=1, description="How many boroughs are to have more places.")
    nearest_km: float = Field(ge=0, description="Kilometres between boroughs' middles under which a place is unsafe.")
    farthest_km: float = Field(gt=0, description="Kilometres beyond which a place is out of reach.")
    excluded: tuple[str, ...] = Field((), description="Codes of boroughs that can have none.")
    weighed_by: Literal["unmet", "all"] = Field("unmet", description="Whose way is to be short: unmet need, or all.")

    @model_validator(mode="after")
    def _has_room(self) -> "Siting":
        if self.farthest_km <= self.nearest_km:
            raise PydanticCustomError("reach", "has a farthest_km that is no farther than nearest_km")
        return self


class NeverAsked(Part):
    """How many never asked for a place, as a source estimates them: never without an interval."""

    low: int = Field(ge=0, description="The least, households a year.")
    high: int = Field(ge=1, description="The most.")
    source: str = Field(min_length=1, description="Whose estimate, of what year.")

    @model_validator(mode="after")
    def _is_an_interval(self) -> "NeverAsked":
        if self.high <= self.low:
            raise PydanticCustomError("interval", "has a high that is not above low")
        return self


class Bills(Part):
    """How the service's cost is shared: the terms of `whatworks recharge`."""

    terms: str = Field(min_length=1, description="The TOML file of its terms, beside this one.")
    year: str | None = Field(None, description="The year to bill, as 2023/24; its last if not given.")


class RefugeTerms(PlaceTerms, Part):
    """Terms of `whatworks places refuges`."""

    first_day: date = Field(description="First day of the period in which need arose.")
    last_day: date = Field(description="Its last day.")
    vintage: str | None = Field(None, description="Edition of the boroughs, where several are held.")
    siting: Siting | None = None
    never_asked: NeverAsked | None = None
    recharge: Bills | None = None

    @model_validator(mode="after")
    def _is_a_period(self) -> "RefugeTerms":
        if self.last_day < self.first_day:
            raise PydanticCustomError("period", "has a last_day before first_day")
        return self
