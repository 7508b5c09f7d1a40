"""What can be said of a population from a sample that was drawn in strata and clusters, with weights.

Variances are Taylor's linearisation with the first-stage units as if drawn with replacement, times the finite
population correction where the stratum's number of units is given: R's `survey` (Lumley 2004) is the reference. Degrees
of freedom are first-stage units minus strata. A stratum with one unit is centred on the grand mean, as `survey`'s
option `adjust`, which is the conservative way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import exp, isfinite, log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.groups.estimate import interval, two_sided_p


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """An estimate for a population: its standard error, 95% interval, and what it rests on.

    `n` is people who answered, `kish` how many an equal-weights sample would need to say as much, `design_effect` the
    variance against that of a simple random sample of `n` drawn with replacement (NaN where that has none).
    """

    value: float
    se: float
    ci_low: float
    ci_high: float
    df: float
    n: int
    kish: float
    design_effect: float

    @property
    def p(self) -> float:
        """The two-sided p against zero."""
        return two_sided_p(self.value, self.se, self.df)


@dataclass(frozen=True)
class SurveyDesign:
    """How respondents were drawn: a weight each, the stratum and the first-stage unit of each as whole numbers.

    Units are numbered within the whole sample, not within their stratum. `fpc` is how many units the respondent's
    stratum has, drawn or not, or infinity.

    >>> design = SurveyDesign.of([2.0, 2.0, 1.0, 1.0], strata=["a", "a", "b", "b"])
    >>> mean = design.mean([1.0, 3.0, 5.0, 7.0])
    >>> round(mean.value, 4), round(mean.se, 4), mean.df
    (3.3333, 0.7454, 2)
    """

    weights: Floats
    stratum: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]
    fpc: Floats
    strata: int = field(init=False)
    units: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "strata", int(self.stratum.max(initial=-1)) + 1)
        object.__setattr__(self, "units", int(self.unit.max(initial=-1)) + 1)

    @classmethod
    def of(
        cls,
        weights: Sequence[float] | Floats,
        strata: Sequence[Any] | None = None,
        clusters: Sequence[Any] | None = None,
        fpc: Sequence[float] | Floats | None = None,
    ) -> "SurveyDesign":
        """Return the design; clusters are within their stratum. Refused are weights that nobody can have."""
        weight = np.asarray(weights, dtype=np.float64)
        faults = [
            Fault(f"{bad} of {weight.size} weights are {words}", remedy, field="weight")
            for bad, words, remedy in (
                (int((~np.isfinite(weight)).sum()), "missing", "give every respondent the weight of the survey"),
                (int((weight <= 0).sum()), "zero or negative", "leave those respondents out, or correct the weights"),
            )
            if bad
        ]
        if not weight.size:
            faults.append(Fault("there is no respondent", "choose a wave and question that were asked"))
        population = np.full(weight.size, np.inf) if fpc is None else np.asarray(fpc, dtype=np.float64)
        population = np.where(np.isnan(population), np.inf, population)
        stratum = _numbers(strata if strata is not None else np.zeros(weight.size))
        own = _numbers(clusters if clusters is not None else np.arange(weight.size))
        unit = _numbers(stratum * (int(own.max(initial=0)) + 1) + own)
        made = cls(weight, stratum, unit, population)
        if not faults:
            faults += made._fpc_faults()
        if faults:
            raise Refused(faults)
        return made

    def _fpc_faults(self) -> list[Fault]:
        drawn, stated = self.units_drawn(), self._by_stratum(self.fpc)
        remedy = "give for each stratum how many primary sampling units it has, drawn or not"
        differs = np.zeros(self.strata, dtype=np.bool_)
        np.logical_or.at(differs, self.stratum, self.fpc != stated[self.stratum])
        return [
            Fault(f"{words} in {int(bad.sum())} of {self.strata} strata", remedy, field="fpc")
            for bad, words in ((differs, "differs"), (stated < drawn, "is less than the units drawn"))
            if bad.any()
        ]

    def _by_stratum(self, values: Floats) -> Floats:
        """Return the value of each stratum's first respondent."""
        _, first = np.unique(self.stratum, return_index=True)
        return values[first]

    def units_drawn(self) -> Floats:
        """Return how many first-stage units each stratum has in the sample."""
        _, first = np.unique(self.unit, return_index=True)
        return np.bincount(self.stratum[first], minlength=self.strata).astype(np.float64)

    def units_within(self, within: Flags) -> int:
        """Return how many first-stage units a domain has: with one, its variance cannot be told."""
        return int(np.unique(self.unit[within]).size)

    @property
    def lonely(self) -> int:
        """How many strata have one unit and are not taken whole."""
        return int(((self.units_drawn() == 1) & (self._by_stratum(self.fpc) > 1)).sum())

    def df(self, within: Flags | None = None) -> int:
        """Return the degrees of freedom, units minus strata of those in the domain, and at least one."""
        inside = slice(None) if within is None else within
        return max(1, np.unique(self.unit[inside]).size - np.unique(self.stratum[inside]).size)

    def variance(self, scores: Floats) -> float:
        """Return the variance of a sum of respondents' linearised `scores` (weights are in them)."""
        totals = np.bincount(self.unit, scores, minlength=self.units)
        _, first = np.unique(self.unit, return_index=True)
        stratum, drawn = self.stratum[first], self.units_drawn()
        centre = np.bincount(stratum, totals, minlength=self.strata) / drawn
        centre[drawn == 1] = totals.mean()
        squares = np.bincount(stratum, (totals - centre[stratum]) ** 2, minlength=self.strata)
        scale = np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1.0)
        left = 1 - drawn / self._by_stratum(self.fpc)
        return float((squares * scale * left).sum())

    def mean(self, values: Sequence[float] | Floats, within: Flags | None = None) -> SurveyEstimate:
        """Return the population's mean, of a domain where `within` says who belongs to it, with Student's interval."""
        return self._ratio(np.asarray(values, dtype=np.float64), within)

    def share(self, yes: npt.ArrayLike, within: Flags | None = None) -> SurveyEstimate:
        """Return the population's share of `yes`, its interval on the logit scale, so that it stays within 0 and 1.

        Where nobody or everybody says yes, linearisation sees no variance: the interval is then the exact binomial one
        of Kish's effective number, whose ends meet the share on one side only.
        """
        found = self._ratio(np.asarray(yes, dtype=np.float64), within)
        p = found.value
        if 0 < p < 1:
            low, high = interval(log(p / (1 - p)), found.se / (p * (1 - p)), found.df)
            return replace(found, ci_low=1 / (1 + exp(-low)), ci_high=1 / (1 + exp(-high)))
        beyond = 1 - 0.025 ** (1 / found.kish)
        return replace(found, ci_low=0.0, ci_high=beyond) if p == 0 else replace(found, ci_low=1 - beyond, ci_high=1.0)

    def total(self, values: Sequence[float] | Floats, within: Flags | None = None) -> SurveyEstimate:
        """Return the population's total; the weights have to gross up to the population."""
        value = np.asarray(values, dtype=np.float64) * (1.0 if within is None else within)
        found = self.weights * value
        return self.from_scores(float(found.sum()), found, within)

    def from_scores(self, value: float, scores: Floats, within: Flags | None = None) -> SurveyEstimate:
        """Return an estimate of which the linearised `scores` are given, with Student's interval."""
        inside = np.ones(self.weights.size, dtype=np.bool_) if within is None else within
        se, df = sqrt(self.variance(scores)), self.df(inside)
        weight = self.weights[inside]
        return SurveyEstimate(value, se, *interval(value, se, df), df, int(inside.sum()), kish(weight), float("nan"))

    def scores(self, values: Floats, within: Flags) -> tuple[float, Floats]:
        """Return a domain's weighted mean and its linearised scores, zero outside the domain."""
        weight = self.weights * within
        whole = float(weight.sum())
        value = float((weight * values).sum() / whole)
        return value, weight * (values - value) / whole

    def _ratio(self, values: Floats, within: Flags | None) -> SurveyEstimate:
        inside = np.ones(values.size, dtype=np.bool_) if within is None else within
        if not inside.any():
            raise Refused("nobody answered in this domain", "choose a larger area, or pool waves")
        value, scores = self.scores(values, inside)
        found = self.from_scores(value, scores, inside)
        simple = self._simple_variance(values[inside], self.weights[inside], value)
        return replace(found, design_effect=found.se**2 / simple if simple > 0 else float("nan"))

    @staticmethod
    def _simple_variance(values: Floats, weights: Floats, mean: float) -> float:
        """Return the variance of the mean, had as many been drawn by simple random sampling with replacement."""
        n = values.size
        spread = float((weights * (values - mean) ** 2).sum() / weights.sum()) * n / max(n - 1, 1)
        return spread / n


def kish(weights: Floats) -> float:
    """Return Kish's effective size: how many people of equal weight would say as much.

    >>> round(kish(np.array([1.0, 1.0, 2.0])), 4)
    2.6667
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def check_design_effect(effect: float) -> None:
    """Refuse what is not a design effect.

    >>> check_design_effect(-1)
    Traceback (most recent call last):
        ...
    whatworks.records.refusal.Refused: design effect "-1": is not a number above zero; give one, as 1.5
    """
    if not (isfinite(effect) and effect > 0):
        raise Refused(
            Fault("is not a number above zero", "give one, as 1.5", field="design effect", value=f"{effect:g}")
        )


def widened(estimate: SurveyEstimate, design_effect: float) -> SurveyEstimate:
    """Return the estimate of a simple random sample with its interval widened by the root of a stated design effect.

    >>> found = SurveyDesign.of([1.0] * 100).mean([0.0, 1.0] * 50)
    >>> round(found.se, 4), round(widened(found, 4.0).se, 4)
    (0.0503, 0.1005)
    """
    check_design_effect(design_effect)
    root = sqrt(design_effect)
    return replace(
        estimate,
        se=estimate.se * root,
        ci_low=estimate.value - (estimate.value - estimate.ci_low) * root,
        ci_high=estimate.value + (estimate.ci_high - estimate.value) * root,
        kish=estimate.kish / design_effect,
        design_effect=estimate.design_effect * design_effect,
    )


def _numbers(values: Any) -> npt.NDArray[np.int64]:
    _, numbers = np.unique(np.asarray(values), return_inverse=True)
    return numbers.astype(np.int64).reshape(-1)
