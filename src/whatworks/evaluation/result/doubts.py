"""The parts of a result that say how its answer could be wrong. None of them alters a verdict."""

from typing import Annotated

from pydantic import Field

from whatworks.evaluation.result.part import (
    Band,
    Detectable,
    Difference,
    GroupResult,
    Kind,
    Known,
    Note,
    Open,
    Part,
    PerCent,
    PValue,
    Sentence,
    Shown,
    TwoPlaces,
)


class Prognosis(Part):
    """Balance of the prognostic score: what comparisons lead one to expect of everybody without the scheme.

    Gaps are the scheme group's less the comparisons', in the outcome's unit; `smd_*` in standard deviations of the
    scheme group's scores.
    """

    outcome: Open[str]
    kind: Open[Kind]
    unit: Open[str]
    gap_before: Annotated[float, Shown("difference")]
    gap_after: Annotated[float, Shown("difference")]
    smd_before: PerCent
    smd_after: PerCent
    band: Open[Band | None]


class Placebo(Part):
    """An outcome that the scheme cannot have changed, in exactly the matched sample: a difference shows unlike groups.

    `differs` says whether p is 0.05 or less; None where nothing could be estimated. `matched_on` are the covariates
    that hold part of the same past, which weakens it, as `weakness` says. It carries no verdict and is no part of
    Holm's adjustment.
    """

    name: Open[str]
    label: Open[str]
    kind: Open[Kind]
    unit: Open[str]
    window: Open[str]
    treated: Open[GroupResult]
    comparison: Open[GroupResult]
    difference: Difference
    ci_low: Difference
    ci_high: Difference
    p: PValue
    smallest_detectable: Detectable
    differs: Known[bool | None]
    matched_on: Open[tuple[str, ...]] = ()
    estimator: Open[str]
    se_kind: Open[str]
    sentence: Note
    weakness: Open[str] = ""


class Sensitivity(Part):
    """One way in which the primary answer could be wrong, and how far it moves; the groups are those of that way."""

    name: Open[str]
    outcome: Open[str]
    difference: Difference
    ci_low: Difference
    ci_high: Difference
    sentence: Note
    treated: GroupResult | None = None
    comparison: GroupResult | None = None


class TrialRow(Part):
    """One component of the trial that one would have run (target trial), and what was done instead."""

    component: Open[str]
    ideal: Sentence
    done: Sentence


class SpecificationPoint(Part):
    """The primary difference under one admissible choice; `band` is its worst balance. It decides nothing.

    The groups are those whom that choice left to compare: others than the protocol's, and maybe few.
    """

    name: Open[str]
    chosen: Open[bool] = False
    estimand: Open[str | None] = None
    treated: GroupResult | None = None
    comparison: GroupResult | None = None
    band: Open[Band | None] = None
    difference: Difference = None
    ci_low: Difference = None
    ci_high: Difference = None
    note: str = ""


class HiddenBias(Part):
    """What hidden bias the primary answer could bear. `pairs` counts pairs by the outcome: both, ours, theirs, none."""

    outcome: Open[str]
    gamma: TwoPlaces = Field(default=None, description="Rosenbaum's gamma; 1 where chance alone explains it.")
    gamma_sentence: Sentence = ""
    pairs: tuple[int, int, int, int] | None = None
    e_value: Annotated[float | None, Shown("rounded", places=1)] = None
    e_value_limit: Annotated[float | None, Shown("rounded", places=1)] = None
    e_value_sentence: Sentence = ""
