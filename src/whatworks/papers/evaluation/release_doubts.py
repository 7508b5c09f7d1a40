"""How the answer could be wrong and for whom it may differ, as it may leave. None of it decides anything."""

from pydantic import Field

from whatworks.evaluation.result import Kind
from whatworks.evaluation.result.part import Band
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.published import Published
from whatworks.papers.disclosure.rounding import Rounded, Safe


class Prognosis(Published):
    """What the records alone would have made of the outcome, scheme minus comparison, before and after matching.

    Gaps are in percentage points or the outcome's unit, the others in per cent of a standard deviation.
    """

    outcome: str
    kind: Kind
    unit: str
    gap_before: Safe
    gap_after: Safe
    smd_before: Safe
    smd_after: Safe
    band: Band | None


class Search(Published):
    """An honest search for whom the scheme serves better; all figures are of the half that took no part."""

    covariates: tuple[str, ...]
    made: bool
    withheld: bool
    sets: Count | None
    found: bool | None
    kind: str | None
    people: Count | None
    others: Count | None
    effect: Safe
    effect_low: Safe
    effect_high: Safe
    difference: Safe
    difference_low: Safe
    difference_high: Safe
    p: str | None
    smallest: Safe
    agree: Rounded | None = Field(description="Percentage of further splits that chose and found the same kind.")
    splits: int | None
    sentence: str


class HiddenBias(Published):
    """What hidden bias the primary answer could bear; sentences are empty where the figures are withheld."""

    outcome: str
    gamma: Safe
    gamma_sentence: str
    e_value: Safe
    e_value_limit: Safe
    e_value_sentence: str


class TrialRow(Published):
    """One component of the trial that one would have run, and what was done instead."""

    component: str
    ideal: str
    done: str
