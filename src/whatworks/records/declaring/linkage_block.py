"""Say in `whatworks.toml` how agencies' records of one person are joined."""

from typing import Literal

from pydantic import Field

from whatworks.records.hand_written import HandWritten


class LinkageSettings(HandWritten):
    """What a partnership may decide about linkage: block `[linkage]`.

    >>> LinkageSettings().threshold
    0.3
    """

    method: Literal["probabilistic", "shared_number"] = Field(
        "probabilistic",
        description="By names, dates, postcodes and numbers, as a trained model weighs them; or by the PNC number.",
    )
    threshold: float = Field(
        0.3, ge=0.05, le=1.0, description="Pairs less probable than this are never joined, but by a person's decision."
    )
    seed: int = Field(1, ge=0, description="What training and clerical samples draw by.")
