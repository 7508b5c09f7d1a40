"""The parts of a result that say how its answer could be wrong. None of them alters a verdict."""

from pydantic import Field

from whatworks.evaluation.result_part import Band, Part


class Sensitivity(Part):
    """One way in which the primary answer could be wrong, and how far it moves."""

    name: str
    outcome: str
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    sentence: str


class TrialRow(Part):
    """One component of the trial that one would have run (target trial), and what was done instead."""

    component: str
    ideal: str
    done: str


class SpecificationPoint(Part):
    """The primary difference under one admissible choice; `band` is its worst balance. It decides nothing."""

    name: str
    chosen: bool = False
    estimand: str | None = None
    band: Band | None = None
    difference: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    note: str = ""


class HiddenBias(Part):
    """What hidden bias the primary answer could bear. `pairs` counts pairs by the outcome: both, ours, theirs, none."""

    outcome: str
    gamma: float | None = Field(default=None, description="Rosenbaum's gamma; 1 where chance alone explains it.")
    gamma_sentence: str = ""
    pairs: tuple[int, int, int, int] | None = None
    e_value: float | None = None
    e_value_limit: float | None = None
    e_value_sentence: str = ""
