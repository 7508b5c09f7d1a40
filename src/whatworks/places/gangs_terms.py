"""Terms of gangs: which groups' events are studied over which months, and what a pilot must have before it starts."""

from datetime import date
from typing import Literal

from pydantic import Field

from whatworks.places.displacement_terms import CountedTerms, Month
from whatworks.places.terms import PlaceTerms
from whatworks.records.hand_written import HandWritten


class GroupTerms(HandWritten):
    """How the groups on record are studied: months before and after a removal, agencies and kinds (all if none).

    `divisions` name editions of the look-up of areas, such as postcodes, to be held against borough lines. `as_at` is
    the day on which reviews are due; the partnership's if not given.
    """

    vintage: str | None = None
    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    before: int = Field(default=12, ge=1, le=60)
    after: int = Field(default=12, ge=1, le=60)
    divisions: tuple[str, ...] = ()
    as_at: date | None = None
    seed: int = Field(default=1, ge=0)


class Consent(HandWritten):
    """Who in the community was asked, and what they said; without `given` the pilot does not start."""

    asked_of: str
    outcome: Literal["given", "refused", "not asked"]
    on: date | None = None


class Safeguards(HandWritten):
    """Who answers for children, from which age people are called in, and what is done for those who are younger."""

    lead: str
    called_in_from: int = Field(default=18, ge=18, le=30)
    instead: str


class LegalDifference(HandWritten):
    """What the law lets the model's own country do, and what it lets us do."""

    there: str
    here: str


class Pilot(CountedTerms):
    """A pilot of focused deterrence: where, from when, with how many comparison areas, and what it must have first."""

    pilots: tuple[str, ...] = Field(min_length=1)
    begins: Month
    before: int = Field(default=12, ge=1, le=60)
    months: int = Field(default=12, ge=3, le=60)
    look_every: int = Field(default=3, ge=1, le=12)
    comparators: int = Field(default=4, ge=1, le=20)
    not_control: tuple[str, ...] = ()
    consent: Consent
    safeguards: Safeguards
    legal_difference: tuple[LegalDifference, ...] = Field(min_length=1)

    @property
    def first_month(self) -> date:
        """The first day of the month in which it begins."""
        return date(int(self.begins[:4]), int(self.begins[5:]), 1)


class GangsTerms(PlaceTerms):
    """What is asked of gangs: a study of the groups on record, a pilot, or both."""

    groups: GroupTerms | None = None
    pilot: Pilot | None = None
