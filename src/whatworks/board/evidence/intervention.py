"""An intervention as the register holds it: what is delivered, who answers for it, what studies found."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from whatworks.board.evidence.study import Study
from whatworks.records.register.declared_row import Meaning

Position = Literal["enforcement", "offender_management", "diversion", "early_intervention", "prevention"]
POSITIONS: tuple[Position, ...] = get_args(Position)
"""From enforcement to prevention, in the order of the map."""
Fidelity = Literal["as_designed", "partly", "not_as_designed"]
Heading = Literal["effect", "mechanism", "moderators", "implementation", "economic"]
"""EMMIE's headings (Johnson, Tilley and Bowers, 2015)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where an intervention is delivered now, by whom, to whom, at what cost, and how true to its design."""

    id: int
    intervention_id: Annotated[int, Meaning("The intervention (`board_intervention`).", least=1)]
    place: Annotated[str, Meaning("Where.")]
    provider: Annotated[str | None, Meaning("Who delivers it.")]
    serves: Annotated[str | None, Meaning("Who receives it, in words.")]
    cost_pence_a_year: Annotated[int | None, Meaning("Cost.", least=0, unit="pence a year")]
    people_a_year: Annotated[
        int | None, Meaning("People served.", least=0, unit="people a year", handling="official-sensitive")
    ]
    fidelity: Annotated[Fidelity | None, Meaning("How true to its design; null where nobody looked.")]
    fidelity_evidence: Annotated[str | None, Meaning("What shows that.")]
    from_date: Annotated[date | None, Meaning("First day.")]
    to_date: Annotated[date | None, Meaning("Last day.")]

    def runs(self, on: date) -> bool:
        """Say whether it is delivered on that day; without dates it is taken to be.

        >>> ended = Delivery(1, 1, "Northbank", None, None, None, None, None, None, None, date(2024, 3, 31))
        >>> ended.runs(date(2025, 1, 1))
        False
        """
        return (self.from_date is None or self.from_date <= on) and (self.to_date is None or on <= self.to_date)


@dataclass(frozen=True, slots=True)
class Emmie:
    """What is known about an intervention under one of EMMIE's headings, and how good that knowledge is."""

    id: int
    intervention_id: Annotated[int, Meaning("The intervention (`board_intervention`).", least=1)]
    heading: Annotated[Heading, Meaning("EMMIE's heading.")]
    text: Annotated[str, Meaning("What is known.")]
    quality: Annotated[int | None, Meaning("Quality of what is known, 0 to 4; null if not rated.", least=0, most=4)]
    source: Annotated[str, Meaning("Where that stands.")]


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that is done, or could be done, about crime: from enforcement to prevention."""

    id: int
    short: Annotated[str, Meaning("Short name, by which commands and files call it.")]
    name: Annotated[str, Meaning("Its name.")]
    position: Annotated[Position, Meaning("Where it stands between enforcement and prevention.")]
    strand: Annotated[str | None, Meaning("The strand or priority that it serves.")]
    age_from: Annotated[int | None, Meaning("Youngest age meant.", least=0, unit="years")]
    age_to: Annotated[int | None, Meaning("Oldest age meant.", least=0, unit="years")]
    place: Annotated[str | None, Meaning("Where it is meant for.")]
    partners: Annotated[str | None, Meaning("Agencies that take part, separated by semicolons.")]
    theory: Annotated[str | None, Meaning("How it is supposed to work.")]
    owner: Annotated[str | None, Meaning("Who answers for it; null where nobody does.")]
    horizon_years: Annotated[int | None, Meaning("Years until its outcome can be expected.", least=0, unit="years")]
    scheme_id: Annotated[
        str | None, Meaning("The scheme of that number in the partnership's records, if they hold its people.")
    ]
    deliveries: tuple[Delivery, ...] = ()
    studies: tuple[Study, ...] = ()
    emmie: tuple[Emmie, ...] = ()
    people_now: int | None = None
    """Counted from the partnership's records."""

    def delivered(self, on: date) -> tuple[Delivery, ...]:
        """Return where it is delivered on that day."""
        return tuple(delivery for delivery in self.deliveries if delivery.runs(on))

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
