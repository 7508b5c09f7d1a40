"""What happened to both groups, and what may be said of it."""

from typing import Annotated, Literal

from pydantic import Field

from whatworks.evaluation.result.links import OverLinks
from whatworks.evaluation.result.part import (
    Detectable,
    Difference,
    GroupResult,
    Kind,
    Known,
    Marked,
    Note,
    Open,
    Part,
    People,
    PerCent,
    PValue,
    Sentence,
    Shown,
    TwoPlaces,
)
from whatworks.statistics.verdict import Verdict as Verdict

Design = Literal["matched", "randomised", "difference_in_differences", "population_rate", "descriptive"]


class Guard(Part):
    """A condition without which a fall is not a success (custody must not grow while short sentences shrink)."""

    name: Open[str]
    unit: Open[str]
    difference: Difference
    ci_low: Difference
    ci_high: Difference
    margin: Annotated[float | None, Shown("difference", always=True)]
    met: Known[bool | None]
    longer_low: float | None = Field(default=None, description="Of sentences of 12 months or more: it never leaves.")
    longer_high: float | None = None
    sentence: Note


class AlternativeEstimate(Part):
    """Another estimate shown beside the named one; it never decides the verdict. Its groups, where it is of others."""

    name: Open[str]
    difference: Difference
    ci_low: Difference
    ci_high: Difference
    p: PValue = None
    note: Open[str] = ""
    treated: GroupResult | None = None
    comparison: GroupResult | None = None


class Ratio(Part):
    """The difference said as a ratio, scheme over comparison: below one is less. None where a ratio has no bound."""

    name: Open[str]
    value: TwoPlaces
    ci_low: TwoPlaces
    ci_high: TwoPlaces


class TimeToFirst(Part):
    """Beside the mean time free up to `horizon`: the shares that had the event, and that died, by then.

    They are cumulative incidences, in which a death is a competing event; in the outcome's unit of time.
    """

    horizon: Annotated[float, Shown("rounded", places=1, always=True)]
    happened_treated: Annotated[float, Shown("rounded", factor=100)]
    happened_comparison: Annotated[float, Shown("rounded", factor=100)]
    # those who died leave as a count only: beside it, a share would give the few who reoffended and then died
    died_treated: float
    died_comparison: float
    sentence: Sentence


class PeriodPoint(Part):
    """A group's mean in one period before or after the index date, for difference-in-differences."""

    label: Open[str]
    after: Open[bool]
    treated: Annotated[float, Shown("difference", always=True)]
    comparison: Annotated[float | None, Shown("difference", always=True)]


class Bounds(Part):
    """How far the difference could be moved by outcomes that are not known."""

    not_known_treated: People
    not_known_comparison: People
    low: Annotated[float, Shown("difference")]
    high: Annotated[float, Shown("difference")]
    sentence: Sentence
    tipping_group: Known[Literal["treated", "comparison"] | None] = None
    tipping_share: PerCent = Field(
        default=None,
        description="Share of that group's unknown outcomes that would undo the verdict; outside 0 to 1 nothing would.",
    )
    lee_low: Difference = None
    lee_high: Difference = None
    lee_sentence: Sentence = ""


class AreaAnswer(Part):
    """What an outcome's answer rests on where the scheme was given by area: these areas have somebody with an outcome.

    `interval` says how it was found: by CR2 errors, by inverting the permutation test, or not at all.
    """

    treated: Open[int]
    comparison: Open[int]
    smallest_p: Annotated[float, Shown("p")]
    interval: Literal["CR2", "inverted", "none"]
    se: float | None
    df: Annotated[float | None, Shown("rounded", places=1, always=True)] = Field(
        description="Satterthwaite's degrees of freedom."
    )
    areas_needed: Open[int | None] = Field(
        description="Areas a side needed for the protocol's smallest worthwhile effect."
    )


class Outcome(Part):
    """One outcome. Verdict, interval and p come from one estimator, named; a descriptive one has no verdict."""

    name: Open[str]
    label: Open[str]
    kind: Open[Kind]
    design: Open[Design]
    measure: Open[int | None] = Field(default=None, description="Which of the five Diamond measures it serves.")
    unit: Open[str]
    window: Open[str]
    primary: Open[bool]
    lower_is_better: bool | None = Field(default=None, description="Whether a fall is the success; null: not said.")
    treated: Open[GroupResult]
    comparison: Open[GroupResult | None]
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    p_adjusted: PValue = Field(default=None, description="Holm, over the outcomes that carry a verdict.")
    smallest_detectable: Detectable
    n_needed: Annotated[int | None, Shown("marked", fine=True)] = Field(
        description="Treated people needed for the protocol's smallest worthwhile effect."
    )
    ruled_out: Annotated[str | None, Shown("known", fine=True)] = None
    verdict: Marked[Verdict | None]
    reason_no_verdict: Open[str | None] = None
    sentence: Annotated[str, Shown("sentence", fine=True)]
    estimator: str
    se_kind: Open[str]
    areas: Known[AreaAnswer | None] = Field(default=None, description="Only where the scheme was given by area.")
    links: OverLinks | None = Field(default=None, description="Only where a linkage model joined the records.")
    guard: Open[Guard | None] = None
    beside: Open[tuple[AlternativeEstimate, ...]] = ()
    ratios: Open[tuple[Ratio, ...]] = ()
    time_to_first: Open[TimeToFirst | None] = None
    periods: Open[tuple[PeriodPoint, ...]] = ()
    bounds: Open[Bounds | None] = None
    red_goes_with_it: Open[bool] = Field(
        default=False, description="Whether the groups still differ (red band) in something that goes with it."
    )


class DataLab(Part):
    """One outcome as the Justice Data Lab computes it: Welch's t test, no adjustment for the number of outcomes."""

    name: Open[str]
    label: Open[str]
    kind: Open[Kind]
    unit: Open[str]
    among_reoffenders: Open[bool] = False
    named: Open[bool] = Field(default=True, description="Whether the protocol names it; where it does not, no verdict.")
    treated: Open[GroupResult]
    comparison: Open[GroupResult]
    difference: Annotated[float, Shown("difference")]
    ci_low: Difference
    ci_high: Difference
    p: float
    n_needed: int | None = Field(description="Treated people needed to find a difference as large as the one found.")
    areas_needed: Known[int | None] = Field(
        default=None, description="The same in areas a side, for a scheme given by area."
    )
    verdict: Known[Verdict | None]


class Subgroup(Part):
    """The primary outcome's effect in one level of a subgroup; `exploratory` unless the protocol planned it."""

    name: Open[str]
    level: Open[str]
    asked: str = Field(default="", description="As the protocol names it: a factor, or a number cut in two.")
    planned: Open[bool]
    treated: Open[GroupResult]
    comparison: Open[GroupResult]
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    interaction_p: PValue
    interaction_p_adjusted: PValue
    interaction_q: PValue = Field(
        default=None, description="Benjamini and Hochberg, over the tests of interaction of all subgroups."
    )
    sentence: str


class Search(Part):
    """An honest search for whom the scheme serves better: chosen in one half of the matched sets, asked of the other.

    All figures are of the half that took no part. Where `made` is false the sentence says why.
    """

    covariates: Open[tuple[str, ...]]
    made: Open[bool] = False
    seed: int | None = Field(default=None, description="From the protocol's hash.")
    sets: Annotated[int | None, Shown("people")] = None
    found: Known[bool | None] = None
    kind: Marked[str | None] = None
    people: Annotated[int | None, Shown("people")] = None
    others: Annotated[int | None, Shown("people")] = None
    effect: Difference = None
    effect_low: Difference = None
    effect_high: Difference = None
    difference: Difference = Field(default=None, description="The effect on the kind less that on the others.")
    difference_low: Difference = None
    difference_high: Difference = None
    p: PValue = None
    smallest: Difference = None
    agree: PerCent = Field(default=None, description="Share of further splits that chose and found the same kind.")
    splits: Open[int | None] = None
    sentence: Sentence
