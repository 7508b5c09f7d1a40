"""Say what a shared service costs and how it may be recharged: the terms, a TOML file that a treasurer can read."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from whatworks.records.hand_written import HandWritten

FAMILY_PLACES = "family places"
Units = Literal["family places", "bed spaces"]
ModelName = Literal["equal_shares", "population", "usage", "blended", "net_settlement"]
MODELS: tuple[ModelName, ...] = ("equal_shares", "population", "usage", "blended", "net_settlement")
BOROUGHS, HOSTS = "boroughs", "hosts"
"""What `funded_by` may say instead of naming a party: all boroughs by the model's own rule, or each host its own."""

Pounds = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=14)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$")]


class Part(HandWritten):
    """A part of the terms: no key is taken that is not listed, and nothing changes once it is read."""


class Service(Part):
    """What is shared, and for whom the paper is."""

    name: str = Field(min_length=1, description="What people call the service; never where it is.")
    units: Units = Field(description='What one place is: "family places" (a household) or "bed spaces". No default.')
    title: str = Field("Recharging a shared service", min_length=1, description="Title of the paper.")
    item: str = Field("Item for decision", description="How the agenda calls the paper.")
    prepared_for: str = Field("The partnership board", description="Which board.")
    decision_sought: str = Field("To choose how the service is recharged.", description="What is asked of the board.")
    placement_nights: int = Field(90, ge=1, le=366, description="Nights of the placement whose price is shown.")
    models: tuple[ModelName, ...] = Field(MODELS, min_length=1, description="The models to bill by.")


class Borough(Part):
    """A borough that shares the service."""

    code: Code = Field(description="Its code: pence that are left over go in the order of codes.")
    name: str = Field(min_length=1, description="What people call it.")
    population: int | None = Field(None, ge=1, description="Its residents in the year of `[population]`.")


class Population(Part):
    """Where the numbers of residents come from."""

    year: int = Field(ge=1900, le=2100, description="The year of the estimate.")
    source: str = Field(min_length=1, description="Whose estimate.")


class Party(Part):
    """Somebody who pays without being one of the boroughs."""

    code: Code = Field(description="Its code.")
    name: str = Field(min_length=1, description="What people call it.")


class Funded(Part):
    """Who pays for nights that no borough of the service used."""

    funded_by: str = Field(description='The code of a party or borough, "hosts" or "boroughs". No default.')


class Blended(Part):
    """How the blended model divides a bill."""

    fixed_share: Decimal = Field(ge=0, le=1, description="The part that does not depend on nights, as 0.60.")
    fixed_by: Literal["equal_shares", "population"] = Field(description="How that part is shared.")


class Protection(Part):
    """What keeps one bad year from ruining a small user."""

    most_rise: Decimal = Field(ge=0, le=1, description="How far a bill may rise in a year: 0.25 is a quarter.")
    never_below: Pounds = Field(description="A bill up to this many pounds is never limited.")


class Cost(Part):
    """One line of what a host spent in a year."""

    host: Code = Field(description="The borough that paid it.")
    line: str = Field(min_length=1, description="What for.")
    amount: Pounds = Field(description="Pounds.")


class Places(Part):
    """How many places a host provided all through the year."""

    host: Code = Field(description="The borough.")
    places: int = Field(ge=1, description="Places, in the service's units.")


class Year(Part):
    """One year of the service."""

    year: str = Field(pattern=r"^\d{4}/\d{2}$", description="As 2010/11.")
    first_day: date = Field(description="Its first day.")
    last_day: date = Field(description="Its last day.")
    price_year: str = Field(min_length=4, description='The year whose prices the costs are in, or "cash".')
    total_cost: Pounds = Field(description="What the costs sum to: a check.")
    costs: tuple[Cost, ...] = Field(min_length=1, description="Who spent what.")
    places: tuple[Places, ...] = Field(min_length=1, description="Who provided how many places.")
    paid: dict[str, Pounds] = Field(default_factory=dict, description="What each borough really paid, where known.")

    @property
    def days(self) -> int:
        """Days of the year, the first and the last included."""
        return (self.last_day - self.first_day).days + 1


class OwnCost(Part):
    """What a service of any group's own would cost a year.

    Where a figure is left out, nobody can say who would do better to leave, and that part of the answer is refused.
    """

    price_year: str | None = Field(None, min_length=4, description="The year whose prices these are.")
    fixed_cost: Pounds | None = Field(None, description="Pounds a year, however small the service.")
    cost_per_place: Pounds | None = Field(None, gt=0, description="Pounds a year for each place.")
    smallest_unit: int | None = Field(None, ge=1, description="The fewest places that a service can have.")
    occupancy: Decimal | None = Field(None, gt=0, le=1, description="The share of nights that can be used, as 0.85.")


class Option(Part):
    """One of the choices before the board, for the business case."""

    name: str = Field(min_length=1, description="What it is.")
    kind: Literal["refuge", "specialist_refuge", "at_home", "other"] = Field(description="What sort of help it is.")
    yearly_cost: Pounds | None = Field(None, description="Pounds a year, where known.")
    price_year: str | None = Field(None, description="The year whose prices these are.")
    families: int | None = Field(None, ge=1, description="Families helped in a year, where known.")
    note: str = Field("", description="What the figures rest on.")


class Terms(Part):
    """The terms of a recharge."""

    as_at: date = Field(description="The day that the paper carries.")
    service: Service
    boroughs: tuple[Borough, ...] = Field(min_length=1)
    population: Population | None = None
    parties: tuple[Party, ...] = ()
    empty_places: Funded
    outside: Funded
    blended: Blended | None = None
    protection: Protection | None = None
    years: tuple[Year, ...] = Field(min_length=1)
    own_cost: OwnCost = OwnCost()
    options: tuple[Option, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The boroughs' codes in their order."""
        return tuple(sorted(borough.code for borough in self.boroughs))

    @property
    def names(self) -> dict[str, str]:
        """Names of boroughs and parties by their codes."""
        return {one.code: one.name for one in self.boroughs} | {one.code: one.name for one in self.parties}

    @property
    def populations(self) -> dict[str, int]:
        """Residents by borough, where known."""
        return {one.code: one.population for one in self.boroughs if one.population is not None}
