"""The result of an evaluation: all that a paper may say, unrounded. It holds small counts, so it stays inside.

Rates and shares are proportions. A difference is treated minus comparison, so below zero is a fall. Sentences hold no
counts of people; papers add those, after suppression. `result_schema()` is the JSON schema that ships.
"""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from whatworks.evaluation.result_doubts import (
    HiddenBias,
    Placebo,
    Prognosis,
    Sensitivity,
    SpecificationPoint,
    TrialRow,
)
from whatworks.evaluation.result_part import Band, Part
from whatworks.evaluation.result_part import GroupResult as GroupResult
from whatworks.evaluation.result_part import Kind as Kind

Verdict = Literal["significant reduction", "significant increase", "more people needed"]
Status = Literal["locked", "locked after outcomes were seen", "exploratory"]
Design = Literal["matched", "randomised", "difference_in_differences", "population_rate", "descriptive"]


class Paper(Part):
    """What the paper is for."""

    title: str
    item: str
    decision_sought: str
    prepared_for: str
    command: str = Field(description="The command that makes the paper again, with relative paths.")


class ProtocolStamp(Part):
    """Which protocol, and whether it was fixed before outcomes were seen."""

    id: str
    sha256: str
    status: Status
    locked_on: date | None = None
    causal: bool = True


class SourceStamp(Part):
    """One imported file. For a flat file, the table is `flat`."""

    organisation_id: str
    table: str
    name: str
    sha256: str
    as_at: date | None
    rows_in: int
    rows_kept: int
    rows_quarantined: int
    rows_excluded: int


class DataStamp(Part):
    """What the numbers were computed from, and by what."""

    as_at: date
    sources: tuple[SourceStamp, ...]
    code_version: str
    seed: int
    severity_edition: str | None


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


class Guard(Part):
    """A condition without which a fall is not a success (custody must not grow while short sentences shrink)."""

    name: str
    unit: str
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    margin: float | None
    met: bool | None
    longer_low: float | None = Field(default=None, description="Of sentences of 12 months or more: it never leaves.")
    longer_high: float | None = None
    sentence: str


class Beside(Part):
    """Another estimate shown beside the named one; it never decides the verdict. Its groups, where it is of others."""

    name: str
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None = None
    note: str = ""
    treated: GroupResult | None = None
    comparison: GroupResult | None = None


class Ratio(Part):
    """The difference said as a ratio, scheme over comparison: below one is less. None where a ratio has no bound."""

    name: str
    value: float | None
    ci_low: float | None
    ci_high: float | None


class TimeToFirst(Part):
    """Beside the mean time free up to `horizon`: the shares that had the event, and that died, by then.

    They are cumulative incidences, in which a death is a competing event; in the outcome's unit of time.
    """

    horizon: float
    happened_treated: float
    happened_comparison: float
    died_treated: float
    died_comparison: float
    sentence: str


class PeriodPoint(Part):
    """A group's mean in one period before or after the index date, for difference-in-differences."""

    label: str
    after: bool
    treated: float
    comparison: float | None


class Bounds(Part):
    """How far the difference could be moved by outcomes that are not known."""

    not_known_treated: int
    not_known_comparison: int
    low: float
    high: float
    sentence: str
    tipping_group: Literal["treated", "comparison"] | None = None
    tipping_share: float | None = Field(
        default=None,
        description="Share of that group's unknown outcomes that would undo the verdict; outside 0 to 1 nothing would.",
    )
    lee_low: float | None = None
    lee_high: float | None = None
    lee_sentence: str = ""


class Outcome(Part):
    """One outcome. Verdict, interval and p come from one estimator, named; a descriptive one has no verdict."""

    name: str
    label: str
    kind: Kind
    design: Design
    measure: int | None = Field(default=None, description="Which of the five Diamond measures it serves.")
    unit: str
    window: str
    primary: bool
    lower_is_better: bool | None = Field(default=None, description="Whether a fall is the success; null: not said.")
    treated: GroupResult
    comparison: GroupResult | None
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    p_adjusted: float | None = Field(default=None, description="Holm, over the outcomes that carry a verdict.")
    smallest_detectable: float | None
    n_needed: int | None = Field(description="Treated people needed for the protocol's smallest worthwhile effect.")
    ruled_out: str | None = None
    verdict: Verdict | None
    reason_no_verdict: str | None = None
    sentence: str
    estimator: str
    se_kind: str
    guard: Guard | None = None
    beside: tuple[Beside, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    time_to_first: TimeToFirst | None = None
    periods: tuple[PeriodPoint, ...] = ()
    bounds: Bounds | None = None


class DataLab(Part):
    """One outcome as the Justice Data Lab computes it: Welch's t test, no adjustment for the number of outcomes."""

    name: str
    label: str
    kind: Kind
    unit: str
    among_reoffenders: bool = False
    named: bool = Field(default=True, description="Whether the protocol names it; where it does not, no verdict.")
    treated: GroupResult
    comparison: GroupResult
    difference: float
    ci_low: float
    ci_high: float
    p: float
    n_needed: int | None = Field(description="Treated people needed to find a difference as large as the one found.")
    verdict: Verdict | None


class Subgroup(Part):
    """The primary outcome's effect in one level of a subgroup; `exploratory` unless the protocol planned it."""

    name: str
    level: str
    planned: bool
    treated: GroupResult
    comparison: GroupResult
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    interaction_p: float | None
    interaction_p_adjusted: float | None
    interaction_q: float | None = Field(
        default=None, description="Benjamini and Hochberg, over the tests of interaction of all subgroups."
    )
    sentence: str


class Search(Part):
    """An honest search for whom the scheme serves better: chosen in one half of the matched sets, asked of the other.

    All figures are of the half that took no part. Where `made` is false the sentence says why.
    """

    covariates: tuple[str, ...]
    made: bool = False
    seed: int | None = Field(default=None, description="From the protocol's hash.")
    sets: int | None = None
    found: bool | None = None
    kind: str | None = None
    people: int | None = None
    others: int | None = None
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    difference: float | None = Field(default=None, description="The effect on the kind less that on the others.")
    difference_low: float | None = None
    difference_high: float | None = None
    p: float | None = None
    smallest: float | None = None
    agree: float | None = Field(default=None, description="Share of further splits that chose and found the same kind.")
    splits: int | None = None
    sentence: str


class Result(Part):
    """An evaluation's result, from which every paper is drawn."""

    schema_version: Literal["1.0"] = "1.0"
    disclosure: Literal["restricted"] = "restricted"
    minimum_count: int = Field(default=10, description="Counts below this are suppressed in whatever leaves.")
    paper: Paper
    protocol: ProtocolStamp
    data: DataStamp
    attrition: tuple[AttritionStep, ...]
    deaths: Deaths | None = Field(default=None, description="None where the data hold no death.")
    n: Counts
    estimand: Estimand
    matching: Matching
    balance: tuple[BalanceRow, ...]
    scores: Scores | None
    prognosis: Prognosis | None = None
    outcomes: tuple[Outcome, ...]
    subgroups: tuple[Subgroup, ...] = ()
    search: Search | None = None
    placebos: tuple[Placebo, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    hidden_bias: HiddenBias | None = None
    target_trial: tuple[TrialRow, ...] = ()
    specifications: tuple[SpecificationPoint, ...] = ()
    data_lab: tuple[DataLab, ...] = ()
    data_lab_notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def result_schema() -> dict[str, Any]:
    """Return the JSON schema of `result.json`.

    >>> result_schema()["properties"]["disclosure"]["const"]
    'restricted'
    """
    return Result.model_json_schema()
