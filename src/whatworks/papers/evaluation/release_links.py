"""What may leave of how much the answer hangs on the links between agencies' records. None of it decides anything."""

from pydantic import Field

from whatworks.papers.evaluation.release_part import Part, Shown


class LinkWay(Part):
    """The primary difference under another way of joining the records; `in_force` marks the one that is used."""

    name: str
    in_force: bool = False
    difference: Shown
    ci_low: Shown
    ci_high: Shown


class Links(Part):
    """How the links between records were allowed for. A share is "1 in so many"; `under` where it is smaller still."""

    draws: int
    seed: int
    threshold: float
    model_sha256: str
    decisions_sha256: str
    judgements_sha256: str | None
    judged: bool = Field(description="Whether people judged a sample of the links.")
    lowest: Shown
    highest: Shown
    joined: Shown
    joined_low: Shown
    joined_high: Shown
    variance_share: Shown = Field(description="Percentage of the difference's variance that the links make.")
    false_treated: int | None = Field(description="One in so many of the scheme's people is joined to a wrong record.")
    false_treated_under: bool
    false_comparison: int | None
    false_comparison_under: bool
    tipping_false: Shown = Field(description="Percentage of the scheme's people joined wrongly that would undo it.")
    changed_after_lock: bool = Field(description="Whether the links rest on something else than at the lock.")
    ways: tuple[LinkWay, ...]
