"""What may leave of how much the answer hangs on the links between agencies' records. None of it decides anything."""

from pydantic import Field

from whatworks.papers.disclosure.published import Published
from whatworks.papers.disclosure.rounding import Safe


class LinkWay(Published):
    """The primary difference under another way of joining the records; `in_force` marks the one that is used."""

    name: str
    in_force: bool = False
    difference: Safe
    ci_low: Safe
    ci_high: Safe


class Links(Published):
    """How the links between records were allowed for. A share is "1 in so many"; `under` where it is smaller still."""

    draws: int
    seed: int
    threshold: float
    model_sha256: str
    decisions_sha256: str
    judgements_sha256: str | None
    judged: bool = Field(description="Whether people judged a sample of the links.")
    lowest: Safe
    highest: Safe
    joined: Safe
    joined_low: Safe
    joined_high: Safe
    variance_share: Safe = Field(description="Percentage of the difference's variance that the links make.")
    false_treated: int | None = Field(description="One in so many of the scheme's people is joined to a wrong record.")
    false_treated_under: bool
    false_comparison: int | None
    false_comparison_under: bool
    tipping_false: Safe = Field(description="Percentage of the scheme's people joined wrongly that would undo it.")
    changed_after_lock: bool = Field(description="Whether the links rest on something else than at the lock.")
    ways: tuple[LinkWay, ...]
