"""An intervention as the register holds it: what is delivered, who answers for it, what studies found."""

from dataclasses import dataclass
from datetime import date

from whatworks.board.evidence.judgement import Study


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where an intervention is delivered; the fields are those of table `board_delivery`."""

    id: int
    intervention_id: int
    place: str
    provider: str | None
    serves: str | None
    cost_pence_a_year: int | None
    people_a_year: int | None
    fidelity: str | None
    fidelity_evidence: str | None
    from_date: date | None
    to_date: date | None

    def runs(self, on: date) -> bool:
        """Say whether it is delivered on that day; without dates it is taken to be.

        >>> ended = Delivery(1, 1, "Northbank", None, None, None, None, None, None, None, date(2024, 3, 31))
        >>> ended.runs(date(2025, 1, 1))
        False
        """
        return (self.from_date is None or self.from_date <= on) and (self.to_date is None or on <= self.to_date)


@dataclass(frozen=True, slots=True)
class Emmie:
    """What is known under one heading; the fields are those of table `board_emmie`."""

    id: int
    intervention_id: int
    heading: str
    text: str
    quality: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Intervention:
    """An intervention with all that is held of it; `people_now` is counted from the partnership's records."""

    id: int
    short: str
    name: str
    position: str
    strand: str | None
    age_from: int | None
    age_to: int | None
    place: str | None
    partners: str | None
    theory: str | None
    owner: str | None
    horizon_years: int | None
    scheme_id: str | None
    deliveries: tuple[Delivery, ...] = ()
    studies: tuple[Study, ...] = ()
    emmie: tuple[Emmie, ...] = ()
    people_now: int | None = None

    def delivered(self, on: date) -> tuple[Delivery, ...]:
        """Return where it is delivered on that day."""
        return tuple(one for one in self.deliveries if one.runs(on))

    @property
    def ages(self) -> str:
        """Return the ages meant, in words.

        >>> Intervention(1, "a", "A", "prevention", None, 2, 4, None, None, None, None, 15, None).ages
        '2 to 4'
        """
        if self.age_from is None and self.age_to is None:
            return "not said"
        if self.age_to is None:
            return f"{self.age_from} and over"
        return f"up to {self.age_to}" if self.age_from is None else f"{self.age_from} to {self.age_to}"
