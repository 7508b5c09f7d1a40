"""What happened to both groups, and what may be said of it."""

from typing import Literal

from pydantic import Field

from whatworks.evaluation.result.links import OverLinks
from whatworks.evaluation.result.part import Difference, GroupResult, Kind, Open, Part, PValue
from whatworks.statistics.verdict import Verdict as Verdict

Design = Literal["matched", "randomised", "difference_in_differences", "population_rate", "descriptive"]


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


class AreaAnswer(Part):
    """What an outcome's answer rests on where the scheme was given by area: these areas have somebody with an outcome.

    `interval` says how it was found: by CR2 errors, by inverting the permutation test, or not at all.
    """

    treated: int
    comparison: int
    smallest_p: float
    interval: Literal["CR2", "inverted", "none"]
    se: float | None
    df: float | None = Field(description="Satterthwaite's degrees of freedom.")
    areas_needed: int | None = Field(description="Areas a side needed for the protocol's smallest worthwhile effect.")


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
    areas: AreaAnswer | None = Field(default=None, description="Only where the scheme was given by area.")
    links: OverLinks | None = Field(default=None, description="Only where a linkage model joined the records.")
    guard: Guard | None = None
    beside: tuple[Beside, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    time_to_first: TimeToFirst | None = None
    periods: tuple[PeriodPoint, ...] = ()
    bounds: Bounds | None = None
    red_goes_with_it: bool = Field(
        default=False, description="Whether the groups still differ (red band) in something that goes with it."
    )


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
    ci_low: float | None
    ci_high: float | None
    p: float
    n_needed: int | None = Field(description="Treated people needed to find a difference as large as the one found.")
    areas_needed: int | None = Field(default=None, description="The same in areas a side, for a scheme given by area.")
    verdict: Verdict | None


class Subgroup(Part):
    """The primary outcome's effect in one level of a subgroup; `exploratory` unless the protocol planned it."""

    name: str
    level: str
    asked: str = Field(default="", description="As the protocol names it: a factor, or a number cut in two.")
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
