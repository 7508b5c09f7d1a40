"""What an outcome is: its kind and unit, the columns it needs, and how it may be compared."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from whatworks.evaluation.result import Kind
from whatworks.measures.derivation import Query
from whatworks.records.follow_up import PROOF_MONTHS, months_in_words, window_of, windowed
from whatworks.statistics.verdict import Wording

Treatment = Literal["matched", "difference_in_differences", "descriptive"]


@dataclass(frozen=True, slots=True)
class OutcomeSpec:
    """An outcome: what it is, in which unit, and how it may be compared.

    `column` holds the value of a person; for a rate or share of a group it is the sum of `numerator` over the sum of
    `denominator`. A descriptive outcome says in `why_descriptive` why it has no verdict, and may be limited to the
    people whose column `among` is above zero. `measure` is the Diamond measure it serves; `digits` are decimals shown,
    and `subject` is what sentences call it where the label does not read as one thing. A time to the first event of
    everybody has in column `ended_by` what ended it (1 the event, 2 a death, 0 neither) and in `died` who died.

    One that is measured over months is declared without them, its `window` with {length} and {proof} for the length
    and the months within which an offence is proven; `over` says them. `counted_by` is a query of its own, where none
    of `OUTCOME_QUERIES` counts it.
    """

    name: str
    label: str
    kind: Kind
    unit: str
    design: Treatment = "matched"
    measure: int | None = None
    column: str = ""
    among: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    digits: int = 2
    why_descriptive: str | None = None
    window: str = ""
    subject: str = ""
    months: int | None = None
    ended_by: str | None = None
    died: str | None = None
    counted_by: Query | None = None

    def over(self, months: int) -> Self:
        """Return the outcome as measured over so many months.

        >>> spec = OutcomeSpec("arrests", "Arrests", "frequency", "arrests per person", window="within {length}")
        >>> spec.over(18).name, spec.over(18).window, spec.over(24).values
        ('arrests_18m', 'within 18 months', 'arrests_2y')
        """
        stems = (self.among, self.numerator, self.denominator, self.ended_by, self.died)
        among, numerator, denominator, ended_by, died = (stem and windowed(stem, months) for stem in stems)
        return replace(
            self,
            name=windowed(self.name, months),
            column=windowed(self.values, months),
            months=months,
            window=self.window.format(length=months_in_words(months), proof=months + PROOF_MONTHS),
            among=among,
            numerator=numerator,
            denominator=denominator,
            ended_by=ended_by,
            died=died,
        )

    @property
    def stem(self) -> str:
        """The column before the window was added to it.

        >>> OutcomeSpec("arrests", "Arrests", "frequency", "arrests per person").over(6).stem
        'arrests'
        """
        named = window_of(self.values)
        return named[0] if named else self.values

    @property
    def values(self) -> str:
        """The column of the outcome frame."""
        return self.column or self.name

    @property
    def yes_no(self) -> bool:
        """Whether the mean is a share of people."""
        return self.kind == "yes_no"

    @property
    def more_is_better(self) -> bool:
        """Whether a rise is the success: time free of an event is the longer the better."""
        return self.ended_by is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the outcome frame that it needs."""
        ratio = (self.numerator, self.denominator) if self.numerator else (self.values,)
        return tuple(name for name in (*ratio, self.among, self.ended_by, self.died) if name)

    @property
    def wording(self) -> Wording:
        """How sentences speak of it."""
        what = self.subject or self.label[:1].lower() + self.label[1:]
        return Wording(what) if self.yes_no else Wording(what, self.unit, 1.0, self.digits)
