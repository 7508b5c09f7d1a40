"""What every part of a result keeps to."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Band = Literal["green", "amber", "red"]


class Part(BaseModel):
    """A part of the result: it cannot be changed, and knows no other fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
