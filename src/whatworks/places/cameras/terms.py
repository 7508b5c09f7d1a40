"""What the board decides before cameras are planned: whose need, the budget, what each kind costs and how it lasts."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from whatworks.places.terms import PlaceTerms
from whatworks.records.hand_written import HandWritten

Pounds = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=14)]
Hour = Annotated[int, Field(ge=0, le=23)]


class CameraKind(HandWritten):
    """A kind of camera, as the records name it."""

    sight: float = Field(gt=0, description="Metres that a new one sees, and an old one whose sight is not recorded.")
    lasts_years: int = Field(ge=1, description="Years after which it is replaced or retired, never kept.")
    yearly_cost: Pounds = Field(description="Pounds a year to run one whose cost is not recorded.")
    new_cost: Pounds = Field(description="Pounds a year of a new one: its price spread over its years, and running.")


class Site(HandWritten):
    """A place where a new camera could stand."""

    name: str = Field(min_length=1, description="What people call it.")
    kind: str = Field(min_length=1, description="A kind of `[kinds]`.")
    easting: float = Field(ge=1000, le=700_000, description="Metres east on the British National Grid.")
    northing: float = Field(ge=1000, le=1_300_000, description="Metres north.")
    homes_overlooked: int = Field(ge=0, description="Homes that it would look into.")


class CameraTerms(PlaceTerms):
    """Terms of `whatworks places cameras`."""

    first_day: date = Field(description="First day of the incidents and of the use that count.")
    last_day: date = Field(description="Their last day.")
    budget: Pounds = Field(description="Pounds a year.")
    price_year: str = Field(min_length=4, description="The year whose prices the amounts are in.")
    need_per_home: float = Field(ge=0, description="Incidents that a camera must see for each home that it overlooks.")
    agencies: tuple[str, ...] = Field((), description="Whose reports are the need; all who sent any if none is named.")
    incidents: dict[str, float] = Field({}, description="Kinds of incident and what one weighs; all alike if left out.")
    hours: tuple[Hour, ...] = Field(
        (), description="Hours of the day that matter (18 is 18:00-18:59); all if left out."
    )
    vintage: str | None = Field(None, description="Edition of the boroughs, where several are held.")
    kinds: dict[str, CameraKind] = Field(min_length=1, description="Kinds of camera by name.")
    sites: tuple[Site, ...] = Field((), description="Where new cameras could stand.")

    @field_validator("incidents")
    @classmethod
    def _weighs(cls, value: dict[str, float]) -> dict[str, float]:
        if any(weight < 0 for weight in value.values()) or (value and not any(value.values())):
            raise PydanticCustomError("weights", "has weights below zero, or all of zero")
        return value

    @model_validator(mode="after")
    def _hangs_together(self) -> "CameraTerms":
        if self.last_day < self.first_day:
            raise PydanticCustomError("period", "has a last_day before first_day")
        if unknown := sorted({site.kind for site in self.sites} - set(self.kinds)):
            raise PydanticCustomError("kind", f"has sites of kinds that it does not describe: {', '.join(unknown)}")
        names = [site.name for site in self.sites]
        if len(set(names)) < len(names):
            raise PydanticCustomError("name", "has two sites of one name")
        return self
