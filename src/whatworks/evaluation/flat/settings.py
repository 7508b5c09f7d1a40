"""What a protocol says of a flat file: how it is written, which column is which, and what their values mean."""

from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.mapping import FileSettings


class Section(HandWritten):
    """A section of the protocol; an unknown key is refused, and what is no finite number."""


class FlatOutcome(Section):
    """An outcome that a flat file holds as a column."""

    column: str = Field(min_length=1, description="The file's column.")
    label: str = Field(description="What the paper calls it.")
    kind: Literal["yes_no", "frequency", "score", "days"] = Field("yes_no", description="What sort of number it is.")
    positive: str | None = Field(None, description="The value that means yes, where the column is not 0/1.")
    unit: str | None = Field(None, description="What one is of: people, offences, days.")
    event: str | None = Field(
        None,
        description="For kind `days`, the 0/1 column that says whether the event came; the time is then of everybody.",
    )
    died: str | None = Field(None, description="The 0/1 column that says whether a death came first.")
    horizon: float | None = Field(
        None, gt=0, description="Time up to which everybody without event was watched; by default the longest."
    )

    @model_validator(mode="after")
    def _time_has_an_event(self) -> Self:
        if self.event is not None and self.kind != "days":
            raise ValueError('event goes with kind = "days": the column holds the time, event whether it came')
        if self.event is None and (self.died is not None or self.horizon is not None):
            raise ValueError("died and horizon go with event, the column that says whether it came")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the file that it is read from."""
        return tuple(name for name in (self.column, self.event, self.died) if name)


class Data(Section, FileSettings):
    """Where the rows come from: the partnership, or a flat file with one row a person.

    A flat file takes every setting of a mapping's [file] too: how it is written is said where its columns are named.
    """

    place: ClassVar[str] = "under [data] in the protocol"

    source: Literal["partnership", "flat"] = Field("partnership", description="The partnership's records, or one file.")
    file: str | None = Field(None, description="The flat file, from the protocol's folder; --data overrides it.")
    treatment: str | None = Field(None, description="The column that says who was treated.")
    treated_value: str | None = Field(None, description="The value that means treated, where the column is not 0/1.")
    id_column: str | None = Field(None, min_length=1, description="A column that must differ in every row.")
    area_column: str | None = Field(
        None,
        min_length=1,
        description="The area where a person lived at the index date. Whether the scheme was given by area is worked "
        "out from it.",
    )
    factors: tuple[str, ...] = Field((), description="Columns of numbers that are codes of categories.")
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
        return self
