"""What every part of a result keeps to, and how each of its fields may be published.

A field says in its type how it leaves: `Open[str]` as it is, `Difference` rounded as differences are, `Small` withheld
where few people are behind it. A field that says nothing never leaves.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

Band = Literal["green", "amber", "red"]
Kind = Literal["yes_no", "frequency", "score", "days", "share", "rate", "nights"]
Rule = Literal["open", "known", "marked", "difference", "mean", "rounded", "p", "sentence", "people"]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a field of a result is shown in whatever leaves.

    `open`: as it is. `known`: as it is, and not at all where its row is withheld. `marked`: likewise, "c" in its place.
    `difference`, `mean`: rounded as the row's kind of outcome is. `rounded`: times `factor`, to `places`. `p`: to two
    places. `sentence`: without small counts. `people`: a count, withheld where small; `within` names the group whose
    people analysed it counts some of. `fine`: tells how many people there are, so it is withheld where their number is.
    Published under the name `to`, where that is given.
    """

    rule: Rule
    to: str = ""
    places: int = 0
    factor: int = 1
    within: Literal["", "treated", "comparison"] = ""
    fine: bool = False
    always: bool = False


T = TypeVar("T")
Open = Annotated[T, Shown("open")]
"""Tells of nobody."""
Known = Annotated[T, Shown("known")]
Marked = Annotated[T, Shown("marked")]
Difference = Annotated[float | None, Shown("difference")]
"""A difference, or an end of an interval."""
Detectable = Annotated[float | None, Shown("difference", fine=True)]
Mean = Annotated[float | None, Shown("mean")]
TwoPlaces = Annotated[float | None, Shown("rounded", places=2)]
PerCent = Annotated[float | None, Shown("rounded", factor=100)]
"""A proportion, or a part of a standard deviation, that is printed as a whole percentage."""
PValue = Annotated[float | None, Shown("p")]
Sentence = Annotated[str, Shown("sentence")]
Note = Annotated[str, Shown("sentence", to="note")]
People = Annotated[int, Shown("people")]


class Part(BaseModel):
    """A part of the result: it cannot be changed, and knows no other fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class GroupResult(Part):
    """One group's outcome: people, events where they are counted, and the mean, share or rate with its interval."""

    n: People
    events: int | None
    value: Mean
    ci_low: Difference
    ci_high: Difference
