"""What may leave: the result, rounded and with small counts withheld. Every page and file is drawn from it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field, create_model

from whatworks.evaluation.result import Design, Kind, Paper, ProtocolStamp, Verdict
from whatworks.evaluation.result.part import Band
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Effect, Group, Published
from whatworks.papers.disclosure.rounding import Rounded, Safe
from whatworks.papers.evaluation.release_doubts import (
    HiddenBias,
    Prognosis,
    Search,
    TrialRow,
)
from whatworks.papers.evaluation.release_links import Links
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.evaluation.sections.placebos import Placebo
from whatworks.papers.evaluation.sections.sensitivity import Sensitivity
from whatworks.papers.evaluation.sections.specifications import Specification


class Source(Published):
    """One imported file. Rows kept are withheld wherever subtraction would give a small number of rows left out."""

    organisation_id: str
    table: str
    name: str
    sha256: str
    as_at: date | None
    rows_in: Count
    rows_kept: Count
    rows_quarantined: Count
    rows_excluded: Count
    rows_dropped: Count


class OffencePair(Published):
    """Offences that two agencies may both report, in tens: merged, of them without a case, in doubt; and left apart."""

    first: str
    second: str
    merged: Count
    by_code: Count
    doubtful: Count
    other_day: Count
    other_case: Count


class Data(Published):
    """What the numbers were computed from, and by what."""

    as_at: date
    sources: tuple[Source, ...]
    code_version: str
    seed: int
    severity_edition: str | None
    offences: tuple[OffencePair, ...] = ()


class Step(Published):
    """How many people are left after a step, and how many were lost since the last step that shows their number."""

    step: str
    reason: str | None
    withheld_steps: tuple[str, ...] = Field(
        description="Steps before this one that could show no count; their reasons stand with this one's."
    )
    treated: Count
    comparison: Count | None
    treated_lost: Count | None
    comparison_lost: Count | None


class Deaths(Published):
    """People analysed who died during follow-up, and stay in the analysis."""

    treated: Count
    comparison: Count


class People(Published):
    """People analysed, those who could have been comparisons, and what the weighted comparisons are worth."""

    treated: Count
    comparison: Count
    comparison_pool: Count
    effective_comparison: Count


class Dropped(Published):
    """A covariate's mean among treated people with a comparison and among those without; the SMD is a percentage."""

    covariate: str
    kept_mean: Safe
    dropped_mean: Safe
    smd: Safe


class Estimand(Published):
    """Whom the answer is about."""

    name: str
    sentence: str
    treated_dropped: Count
    how_they_differ: tuple[Dropped, ...]
    differences_withheld: bool


class Matching(Published):
    """How comparisons were found; the range over ways of breaking ties is in the primary outcome's unit."""

    method: str
    settings: dict[str, Any]
    ties_low: Safe
    ties_high: Safe
    ties_plain_low: Safe
    ties_plain_high: Safe
    ties_ways: int | None


class Balance(Published):
    """Balance of one covariate or level. Shares and SMDs are percentages; a withheld row shows "c" throughout."""

    covariate: str
    level: str | None
    share: bool
    treated: Safe
    comparison_before: Safe
    comparison_after: Safe
    smd_before: Safe
    smd_after: Safe
    variance_ratio_after: Safe
    ks_after: Safe
    missing_treated: Count
    missing_comparison: Count
    band: Band | Literal["c"] | None


class Bin(Published):
    """Percentages of each group whose propensity score lies in [low, high)."""

    low: Rounded
    high: Rounded
    treated: Rounded
    comparison: Rounded


class Overlap(Published):
    """Overlap of the propensity scores, and the SMD's standard deviation by chance alone; percentages."""

    model: str
    overlap_share: Safe
    treated_outside: Count
    chance_sd: Rounded
    failed: bool
    sentence: str
    bins: tuple[Bin, ...]


class Ratio(Published):
    """The difference said as a ratio, scheme over comparison: below one is less."""

    name: str
    value: Safe
    ci_low: Safe
    ci_high: Safe


class TimeToFirst(Published):
    """Percentages that had the event by the end of follow-up (cumulative incidence), a death being no event."""

    horizon: Rounded
    happened_treated: Safe
    happened_comparison: Safe
    sentence: str


class Guard(Effect):
    """A condition without which a fall is no success."""

    unit: str
    margin: Safe
    met: bool | None


class Bounds(Published):
    """How far the difference could be moved by outcomes that are not known."""

    not_known_treated: Count
    not_known_comparison: Count
    low: Safe
    high: Safe
    sentence: str
    tipping_group: Literal["treated", "comparison"] | None = None
    tipping_share: Safe = None
    lee_low: Safe = None
    lee_high: Safe = None
    lee_sentence: str = ""


class Period(Published):
    """Both groups' means in one period before or after the index date."""

    label: str
    after: bool
    treated: Rounded
    comparison: Rounded | None


class Areas(Published):
    """What an outcome rests on where the scheme was given by area. Numbers of areas tell of nobody."""

    treated: int
    comparison: int
    smallest_p: str
    df: Rounded | None
    areas_needed: int | None


class Outcome(Published):
    """One outcome. Where `withheld`, too few people fared one way for anything beyond their number to be shown."""

    name: str
    label: str
    kind: Kind
    design: Design
    measure: int | None
    unit: str
    window: str
    primary: bool
    withheld: bool
    treated: Group
    comparison: Group | None
    effect: Effect
    p_adjusted: str | None
    only_unadjusted: bool = Field(
        description=(
            "Whether p is 0.05 or less and p adjusted for the number of outcomes is more, before rounding; "
            "never of the primary outcome."
        )
    )
    smallest_detectable: Safe
    n_needed: int | Literal["c"] | None
    ruled_out: str | None
    verdict: Verdict | Literal["c"] | None
    reason_no_verdict: str | None
    sentence: str
    per_hundred: tuple[Rounded, Rounded, Rounded, Rounded, Rounded] | None = Field(
        description=(
            "Whole people in 100: scheme, expected without it (the scheme's less the difference), difference, interval."
        )
    )
    se_kind: str
    areas: Areas | None = None
    guard: Guard | None
    beside: tuple[Effect, ...]
    ratios: tuple[Ratio, ...]
    time_to_first: TimeToFirst | None
    periods: tuple[Period, ...]
    periods_withheld: bool = Field(default=False, description="Whether too few events in a period keep all back.")
    bounds: Bounds | None
    red_goes_with_it: bool = Field(
        default=False, description="Whether the groups still differ (red band) in something that goes with it."
    )


class Subgroup(Published):
    """The primary outcome in one level of a subgroup."""

    name: str
    level: str
    planned: bool
    withheld: bool
    treated: Group
    comparison: Group
    effect: Effect
    interaction_p: str | None
    interaction_p_adjusted: str | None
    interaction_q: str | None = Field(description="Benjamini and Hochberg, over all tests of interaction.")


class Release(Published):
    """An evaluation as it may leave the partnership: `summary.json`, and what every other form is drawn from."""

    schema_version: Literal["1.0"] = "1.0"
    disclosure: Literal["rounded, small counts withheld"] = "rounded, small counts withheld"
    minimum_count: int
    paper: Paper
    protocol: ProtocolStamp
    data: Data
    attrition: tuple[Step, ...]
    deaths: Deaths | None
    n: People
    estimand: Estimand
    matching: Matching
    balance: tuple[Balance, ...]
    not_comparable: str = Field(default="", description="Why the groups cannot be compared: no effect is shown.")
    withheld_out_of_balance: int = Field(description="Withheld rows of the balance table in the red band.")
    overlap: Overlap | None
    prognosis: Prognosis | None = None
    outcomes: tuple[Outcome, ...]
    subgroups: tuple[Subgroup, ...]
    search: Search | None
    placebos: tuple[Placebo, ...] = ()
    sensitivity: tuple[Sensitivity, ...]
    hidden_bias: HiddenBias | None = None
    links: Links | None = None
    target_trial: tuple[TrialRow, ...] = ()
    specifications: tuple[Specification, ...] = ()
    warnings: tuple[str, ...]

    def primary(self) -> Outcome | None:
        """Return the primary outcome."""
        return next((outcome for outcome in self.outcomes if outcome.primary), None)


def release_model(sections: Iterable[ResultSection]) -> type[Release]:
    """Return the release with a list of rows for each section beside its own, at the end."""
    more: dict[str, Any] = {
        section.name: (tuple[section.published, ...], ())  # type: ignore[name-defined]
        for section in sections
        if section.name not in Release.model_fields
    }
    return create_model("Release", __base__=Release, __doc__=Release.__doc__, **more) if more else Release


def summary_schema() -> dict[str, Any]:
    """Return the JSON schema of `summary.json`.

    >>> summary_schema()["properties"]["schema_version"]["const"]
    '1.0'
    """
    return release_model(SECTIONS.values()).model_json_schema(mode="serialization")
