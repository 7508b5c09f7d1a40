"""What every part of a result keeps to."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Band = Literal["green", "amber", "red"]
Kind = Literal["yes_no", "frequency", "score", "days", "share", "rate", "nights"]


class Part(BaseModel):
    """A part of the result: it cannot be changed, and knows no other fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class GroupResult(Part):
    """One group's outcome: people, events where they are counted, and the mean, share or rate with its interval."""

    n: int
    events: int | None
    value: float | None
    ci_low: float | None
    ci_high: float | None
