"""What a result says of the doubt which records belong to one person, where a linkage model joined them."""

from pydantic import Field

from whatworks.evaluation.result.part import (
    Difference,
    GroupResult,
    Open,
    Part,
)


class OverLinks(Part):
    """One outcome's difference as the records are joined, and how far it lies over other believable joinings.

    The outcome's own difference, interval, p and verdict allow for these; `share` is the part of its variance that the
    links make.
    """

    difference: float
    ci_low: float | None
    ci_high: float | None
    lowest: float
    highest: float
    share: float | None
    draws: int


class JoinedOtherwise(Part):
    """The primary difference under another joining of the records; the groups are those that it leaves."""

    treated: GroupResult | None = None
    comparison: GroupResult | None = None
    difference: Difference = None
    ci_low: Difference = None
    ci_high: Difference = None


class ThresholdPoint(JoinedOtherwise):
    """The same where pairs of at least this probability are joined."""

    threshold: float
    in_force: bool = False


class CorrectedDifference(Part):
    """The primary difference with what wrong links do to both groups' rates taken out by formula.

    It mends outcomes, but not the history that people were matched on, so it stands beside and decides nothing.
    """

    difference: float
    ci_low: float
    ci_high: float
    tipping_false: float | None = Field(
        default=None, description="Share of the scheme's people joined wrongly at which the interval would hold zero."
    )


class LinkGroup(Part):
    """How far links are in doubt of one group of people, and how much of each arm it is (shares of people).

    `false` and `missed` are of everybody who could be analysed. `shift` is what the group's larger doubt and its
    unequal share in the arms do together to the primary difference, by formula; null where that cannot be said.
    """

    characteristic: str
    group: str
    false: float
    missed: float
    treated: float
    comparison: float
    smd: float
    shift: float | None
    warned: bool = Field(description="Whether links are worse here by a margin, and the arms differ in it by one.")


class LinkDoubt(Part):
    """How much the answer hangs on the links. Shares are of people, by the draws; a judged sample scales them.

    `false_*`: joined to a record that is not theirs. `missed_*`: with a record that was not joined to them.
    """

    draws: Open[int]
    seed: Open[int]
    threshold: Open[float]
    model_sha256: Open[str]
    decisions_sha256: Open[str]
    judgements_sha256: Open[str | None] = None
    judged: int = Field(description="Pairs that people judged, by which the model's doubts are scaled; 0: nobody did.")
    false_treated: float
    false_comparison: float
    missed_treated: float
    missed_comparison: float
    groups: tuple[LinkGroup, ...] = ()
    unequal: tuple[str, ...] = Field(default=(), description="Of each group that is warned of, a sentence.")
    thresholds: tuple[ThresholdPoint, ...] = ()
    corrected: CorrectedDifference | None = None
    changed_after_lock: Open[bool] = False
    locked: JoinedOtherwise | None = Field(
        default=None, description="By the links of the lock, where they have changed since and can still be made."
    )
    sentence: str
