"""Who was analysed, how comparisons were found, and how alike the groups are."""

from typing import Any

from pydantic import Field

from whatworks.evaluation.result.part import Band, Part


class AttritionStep(Part):
    """How many people are left after a step, from submitted to analysed; `reason` says why the others were lost."""

    step: str
    reason: str | None
    treated: int
    comparison: int | None


class Deaths(Part):
    """People analysed who died during follow-up, and stay in the analysis."""

    treated: int
    comparison: int


class ByArea(Part):
    """A scheme given by area: its areas, the ways in which they could have been chosen, and what can come of them.

    `own` is the share of the treated in whose own area somebody could be a comparison.
    """

    treated: int
    comparison: int
    strata: int | None
    ways: int
    smallest_p: float = Field(description="The smallest p that any outcome could give with these areas.")
    r_squared: float = Field(description="Of being in the scheme on the area of residence.")
    own: float
    sentence: str


class Counts(Part):
    """People analysed. `effective_comparison` is the Kish effective sample size of the weighted comparison group."""

    treated: int
    comparison: int
    comparison_pool: int
    effective_comparison: float
    in_both_groups: int = Field(default=0, description="People in the scheme who are comparisons at another time too.")
    among_the_treated: int = Field(default=0, description="Comparisons who live where people in the scheme live.")


class DroppedDifference(Part):
    """How the treated people without a comparison differ from those with one."""

    covariate: str
    kept_mean: float
    dropped_mean: float
    smd: float | None


class Estimand(Part):
    """Whom the answer is about. `name` is ATT, or ATM-like wording when treated people were dropped."""

    name: str
    sentence: str
    treated_dropped: int
    how_they_differ: tuple[DroppedDifference, ...] = ()


class TieSensitivity(Part):
    """How far the estimate moves over `ways` of breaking ties, the protocol's own among them.

    Where the ends over all ways can be found, `plain_*` are those of the unadjusted difference.
    """

    low: float
    high: float
    ways: int
    plain_low: float | None = None
    plain_high: float | None = None


class Matching(Part):
    """How comparisons were found, in MatchIt's words."""

    method: str
    settings: dict[str, Any]
    tie_sensitivity: TieSensitivity | None = None


class Means(Part):
    """Means of a covariate before and after matching (shares for a level of a factor)."""

    treated_before: float
    comparison_before: float
    treated_after: float | None
    comparison_after: float | None


class BalanceRow(Part):
    """Balance of one covariate, or of one level of a factor; `missing` counts people whose value is not known."""

    covariate: str
    level: str | None = None
    means: Means
    smd_before: float | None
    smd_after: float | None
    variance_ratio_after: float | None
    ks_after: float | None
    missing_treated: int = 0
    missing_comparison: int = 0
    band: Band | None
    two_values: tuple[float, float] | None = Field(
        default=None, description="Of a number that takes only two values: the two. Its mean is a share of people."
    )


class ScoreBin(Part):
    """How many people of each group have a propensity score in [low, high)."""

    low: float
    high: float
    treated: int
    comparison: int


class Scores(Part):
    """Overlap of the propensity scores. `chance_sd` is the SMD's standard deviation by chance alone, sqrt(2/n)."""

    model: str
    overlap_share: float = Field(description="Share of treated people whose score lies within the comparison range.")
    treated_outside: int
    chance_sd: float
    failed: bool = Field(description="True where overlap fails so badly that no like-for-like comparison exists.")
    sentence: str
    bins: tuple[ScoreBin, ...] = ()
