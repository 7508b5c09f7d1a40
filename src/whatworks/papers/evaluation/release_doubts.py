"""How the answer could be wrong and for whom it may differ, as it may leave. None of it decides anything."""

from pydantic import Field

from whatworks.evaluation.result import Kind
from whatworks.evaluation.result.part import Band
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.evaluation.release_part import Effect, Group, Part, Rounded, Shown


class Prognosis(Part):
    """What the records alone would have made of the outcome, scheme minus comparison, before and after matching.

    Gaps are in percentage points or the outcome's unit, the others in per cent of a standard deviation.
    """

    outcome: str
    kind: Kind
    unit: str
    gap_before: Shown
    gap_after: Shown
    smd_before: Shown
    smd_after: Shown
    band: Band | None


class Search(Part):
    """An honest search for whom the scheme serves better; all figures are of the half that took no part."""

    covariates: tuple[str, ...]
    made: bool
    withheld: bool
    sets: Count | None
    found: bool | None
    kind: str | None
    people: Count | None
    others: Count | None
    effect: Shown
    effect_low: Shown
    effect_high: Shown
    difference: Shown
    difference_low: Shown
    difference_high: Shown
    p: str | None
    smallest: Shown
    agree: Rounded | None = Field(description="Percentage of further splits that chose and found the same kind.")
    splits: int | None
    sentence: str


class Placebo(Effect):
    """An outcome that the scheme cannot have changed; `note` says what a difference means. It decides nothing."""

    label: str
    kind: Kind
    unit: str
    window: str
    withheld: bool
    treated: Group
    comparison: Group
    smallest_detectable: Shown
    differs: bool | None = Field(description="Whether p is 0.05 or less, before rounding.")
    matched_on: tuple[str, ...] = Field(description="Covariates that hold part of the same past, which weakens it.")
    weakness: str
    estimator: str
    se_kind: str


class Sensitivity(Effect):
    """One way in which an answer could be wrong, and how far it moves; `name` says which, `note` what it means."""

    outcome: str
    kind: Kind


class Specification(Part):
    """The primary difference under one admissible choice, the protocol's `chosen`; it decides nothing."""

    name: str
    chosen: bool
    estimand: str | None
    band: Band | None
    treated: Count | None
    comparison: Count | None
    difference: Shown
    ci_low: Shown
    ci_high: Shown
    note: str


class HiddenBias(Part):
    """What hidden bias the primary answer could bear; sentences are empty where the figures are withheld."""

    outcome: str
    gamma: Shown
    gamma_sentence: str
    e_value: Shown
    e_value_limit: Shown
    e_value_sentence: str


class TrialRow(Part):
    """One component of the trial that one would have run, and what was done instead."""

    component: str
    ideal: str
    done: str
