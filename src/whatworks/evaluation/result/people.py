"""Who was analysed, how comparisons were found, and how alike the groups are."""

from typing import Annotated, Any

from pydantic import Field

from whatworks.evaluation.result.part import (
    Band,
    Marked,
    Open,
    Part,
    People,
    PerCent,
    Sentence,
    Shown,
    TwoPlaces,
)


class AttritionStep(Part):
    """How many people are left after a step, from submitted to analysed; `reason` says why the others were lost."""

    step: Open[str]
    reason: Open[str | None]
    treated: People
    comparison: Annotated[int | None, Shown("people")]


class Deaths(Part):
    """People analysed who died during follow-up, and stay in the analysis."""

    treated: People
    comparison: People


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

    treated: People
    comparison: People
    comparison_pool: People
    effective_comparison: float
    in_both_groups: int = Field(default=0, description="People in the scheme who are comparisons at another time too.")
    among_the_treated: int = Field(default=0, description="Comparisons who live where people in the scheme live.")


class DroppedDifference(Part):
    """How the treated people without a comparison differ from those with one."""

    covariate: Open[str]
    kept_mean: float
    dropped_mean: float
    smd: PerCent


class Estimand(Part):
    """Whom the answer is about. `name` is ATT, or ATM-like wording when treated people were dropped."""

    name: Open[str]
    sentence: Sentence
    treated_dropped: People
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

    method: Open[str]
    settings: Open[dict[str, Any]]
    tie_sensitivity: TieSensitivity | None = None


class Means(Part):
    """Means of a covariate before and after matching (shares for a level of a factor)."""

    treated_before: float
    comparison_before: float
    treated_after: float | None
    comparison_after: float | None


class BalanceRow(Part):
    """Balance of one covariate, or of one level of a factor; `missing` counts people whose value is not known."""

    covariate: Open[str]
    level: Open[str | None] = None
    means: Means
    smd_before: PerCent
    smd_after: PerCent
    variance_ratio_after: TwoPlaces
    ks_after: TwoPlaces
    missing_treated: People = 0
    missing_comparison: People = 0
    band: Marked[Band | None]
    two_values: tuple[float, float] | None = Field(
        default=None, description="Of a number that takes only two values: the two. Its mean is a share of people."
    )


class ScoreBin(Part):
    """How many people of each group have a propensity score in [low, high)."""

    low: Annotated[float, Shown("rounded", places=2, always=True)]
    high: Annotated[float, Shown("rounded", places=2, always=True)]
    treated: int
    comparison: int


class Scores(Part):
    """Overlap of the propensity scores. `chance_sd` is the SMD's standard deviation by chance alone, sqrt(2/n)."""

    model: Open[str]
    overlap_share: Annotated[float, Shown("rounded", factor=100)] = Field(
        description="Share of treated people whose score lies within the comparison range."
    )
    treated_outside: People
    chance_sd: Annotated[float, Shown("rounded", factor=100, always=True)]
    failed: Open[bool] = Field(description="True where overlap fails so badly that no like-for-like comparison exists.")
    sentence: Sentence
    bins: tuple[ScoreBin, ...] = ()
