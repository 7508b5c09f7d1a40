"""What a protocol says of a flat file: how it is written, which column is which, and what their values mean."""

from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.mappings.mapping import FileSettings

Clean = Literal["case", "spaces", "characters", "stops", "numbers"]


class Section(HandWritten):
    """A section of the protocol; an unknown key is refused, and what is not a finite number."""


class ValueSettings(Section):
    """How values are written: of the whole file, or of one column where they stand under its name."""

    missing_values: tuple[str, ...] = Field((), description="Texts that mean that the value is not known.")
    clean: tuple[Clean, ...] = Field(
        (),
        description="What makes no difference between two texts: `case`; `spaces` within; `characters` that cannot be "
        "seen, are of another width, or of another alphabet and look alike; `stops` at the end; `numbers` written as "
        "1, 1.0 and 01.",
    )
    decimal: Literal[".", ","] | None = Field(None, description='The decimal point; by default ".".')
    thousands: Literal[",", ".", " ", "'"] | None = Field(None, description="What parts thousands.")

    @model_validator(mode="after")
    def _signs_differ(self) -> Self:
        if self.thousands is not None and self.thousands == (self.decimal or "."):
            raise ValueError("decimal and thousands are the same sign: name the other as well")
        return self


class ColumnSettings(ValueSettings):
    """How the values of one column are written."""

    unit: str | tuple[str, ...] = Field(
        (), description="What may stand before or after the number, as in 34 years or £12; capitals make no difference."
    )

    blank: Literal["no"] | None = Field(
        None, description="`no` where an empty cell means no, as in a column of ticks; unsaid, it is not known."
    )

    @property
    def units(self) -> tuple[str, ...]:
        """The unit's spellings."""
        return as_texts(self.unit)


def as_texts(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return what a key holds that takes one text or several.

    >>> as_texts("Yes"), as_texts(("Yes", "Y")), as_texts(None)
    (('Yes',), ('Yes', 'Y'), ())
    """
    return (given,) if isinstance(given, str) else given or ()


class FlatOutcome(Section):
    """An outcome that a flat file holds as a column."""

    column: str = Field(min_length=1, description="The file's column.")
    label: str = Field(description="What the paper calls it.")
    kind: Literal["yes_no", "frequency", "score", "days"] = Field("yes_no", description="What sort of number it is.")
    positive: str | tuple[str, ...] | None = Field(
        None, description="The value, or values, that mean yes, where the column is not 0/1."
    )
    negative: str | tuple[str, ...] | None = Field(
        None, description="Those that mean no; unsaid, the one other value that the column holds."
    )
    unit: str | None = Field(None, description="What one is of: people, offences, days.")
    event: str | None = Field(
        None,
        description="For kind `days`, the column that says whether the event came; the time is then of everybody. "
        "`positive` and `negative` are then of this column.",
    )
    died: str | None = Field(None, description="The column that says whether a death came first.")
    died_positive: str | tuple[str, ...] | None = Field(None, description="Its value, or values, that mean yes.")
    died_negative: str | tuple[str, ...] | None = Field(None, description="Its value, or values, that mean no.")
    horizon: float | None = Field(
        None, gt=0, description="Time up to which everybody without event was watched; by default the longest."
    )

    @model_validator(mode="after")
    def _time_has_an_event(self) -> Self:
        if self.event is not None and self.kind != "days":
            raise ValueError('event goes with kind = "days": the column holds the time, event whether it came')
        if self.event is None and (self.died is not None or self.horizon is not None):
            raise ValueError("died and horizon go with event, the column that says whether it came")
        if self.died is None and (self.died_positive or self.died_negative):
            raise ValueError("died_positive and died_negative go with died, the column whose values they are")
        if self.kind != "yes_no" and self.event is None and (self.positive or self.negative):
            raise ValueError('positive and negative go with kind = "yes_no", or with event')
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the file that it is read from."""
        return tuple(name for name in (self.column, self.event, self.died) if name)


class Data(ValueSettings, FileSettings):
    """Where the rows come from: the partnership, or a flat file with one row a person.

    A flat file takes every setting of a mapping's [file] too: how it is written is said where its columns are named.
    """

    place: ClassVar[str] = "under [data] in the protocol"

    source: Literal["partnership", "flat"] = Field("partnership", description="The partnership's records, or one file.")
    file: str | None = Field(None, description="The flat file, from the protocol's folder; --data overrides it.")
    treatment: str | None = Field(None, description="The column that says who was treated.")
    treated_value: str | tuple[str, ...] | None = Field(
        None, description="The value, or values, that mean treated, where the column is not 0/1."
    )
    comparison_value: str | tuple[str, ...] | None = Field(
        None, description="Those that mean not treated; unsaid, the one other value that the column holds."
    )
    treatment_not_known: Literal["refuse", "set_aside"] = Field(
        "refuse", description="People of whom the file does not say whether they were treated: refuse, or leave them "
        "out, which attrition tells.",
    )  # fmt: skip
    id_column: str | None = Field(None, min_length=1, description="A column that must differ in every row.")
    area_column: str | None = Field(
        None,
        min_length=1,
        description="The area where a person lived at the index date. Whether the scheme was given by area is worked "
        "out from it.",
    )
    distinct: str | None = Field(
        None,
        min_length=1,
        description="The column of people's numbers, where a person may stand in several rows: rows that are equal in "
        "all that the protocol reads count once, a person whose rows are not is set aside, which attrition tells.",
    )
    factors: tuple[str, ...] = Field((), description="Columns of numbers that are codes of categories.")
    columns: dict[str, ColumnSettings] = Field(
        default_factory=dict, description="How the values of one column are written, by the column's name."
    )
    labels: dict[str, str] = Field(default_factory=dict, description="What the paper calls a column.")
    as_at: date | None = Field(None, description="The day up to which the flat file is complete.")
    outcomes: dict[str, FlatOutcome] = Field(default_factory=dict, description="The outcomes, by the names used above.")
    window: str = Field("", description="In words: over which time the outcomes were counted.")

    @model_validator(mode="after")
    def _flat_file_is_described(self) -> Self:
        if self.source == "flat":
            lacking = [key for key in ("treatment", "as_at", "outcomes") if not getattr(self, key)]
            if lacking:
                raise ValueError(f"a flat file needs {', '.join(lacking)} as well")
        if self.distinct is not None and self.id_column not in (None, self.distinct):
            raise ValueError("id_column and distinct name two columns: a person has one number")
        return self

    def values_of(self, column: str) -> ColumnSettings:
        """Return how a column's values are written: as its own settings say, else as the file's do.

        What is not known is both the file's and the column's own; the signs in numbers go together.
        """
        own = self.columns.get(column, ColumnSettings())
        signs = own if own.decimal or own.thousands else self
        return ColumnSettings(
            missing_values=(*self.missing_values, *own.missing_values),
            clean=own.clean if "clean" in own.model_fields_set else self.clean,
            decimal=signs.decimal,
            thousands=signs.thousands,
            unit=own.unit,
            blank=own.blank,
        )
