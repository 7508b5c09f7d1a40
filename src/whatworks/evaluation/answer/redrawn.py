"""Carry the doubt of which records belong to one person into an estimate, its interval, its p and its verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from statistics import fmean, median

import polars as pl

from whatworks.evaluation.answer.area_answer import end
from whatworks.evaluation.result import Outcome, Verdict
from whatworks.evaluation.result.links import OverLinks
from whatworks.linkage.doubt.stamp import LinkStamp
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.rubin import Combined, combine_draws

Estimates = Mapping[str, Estimate]
"""Estimates by the name of their outcome."""

UNCHECKED = " That is by the linkage model's own reckoning, which nobody has checked."
WEAKER: dict[Verdict, Verdict] = {
    "significant reduction": "likely reduction",
    "significant increase": "likely increase",
}
"""The verdict a word weaker: nobody judged a sample of the links, or the groups differ in what goes with it."""


@dataclass(frozen=True, slots=True)
class GroupErrors:
    """Of one group, in each draw: shares of people whose records a draw parts, and to whom it adds others' records."""

    parted: tuple[float, ...]
    added: tuple[float, ...]
    unjoined: float
    """The share that is joined to no conviction record, in the joining in force."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The estimates where records are joined in other believable ways, and at other thresholds."""

    draws: tuple[Estimates, ...]
    thresholds: tuple[tuple[float, Estimates], ...]
    treated: GroupErrors
    comparison: GroupErrors
    stamp: LinkStamp
    judged: int
    seed: int
    others: Mapping[str, float] = field(default_factory=dict)
    """By outcome, the mean of everybody who could have been a comparison: what a wrong record would tell."""
    changed: bool = False
    """Whether the links rest on something else than when the protocol was locked."""
    people: pl.DataFrame = field(default_factory=pl.DataFrame)
    """Of each person to be analysed: `false` and `missed`, the shares of draws that part their records and that add
    others' to them, and the groups by which links are judged; null is not known."""
    locked: Estimates | None = None
    """The estimates by the links of that time, where they changed and can still be made."""

    def of(self, name: str) -> tuple[Estimate, ...]:
        """Return the draws' estimates of one outcome."""
        return tuple(estimates[name] for estimates in self.draws if name in estimates)

    def allow(self, name: str, estimate: Estimate) -> Estimate:
        """Return the estimate with an interval and a p that allow for the links; itself where the draws hold none."""
        return over_draws(estimate, self.of(name))

    def beside(self, name: str, joined: Estimate) -> OverLinks | None:
        """Return what the draws find of one outcome beside its estimate under the joining in force."""
        draws = self.of(name)
        if len(draws) < 2:
            return None
        both = combined(draws, joined.df) if isfinite(joined.se) else None
        return OverLinks(
            difference=joined.difference,
            ci_low=end(joined.ci_low),
            ci_high=end(joined.ci_high),
            lowest=min(draw.difference for draw in draws),
            highest=max(draw.difference for draw in draws),
            share=None if both is None else both.share,
            draws=len(draws),
        )

    def weaker(self, verdict: Verdict) -> Verdict:
        """Return the verdict, a word weaker where nobody judged a sample of the links."""
        return verdict if self.judged else WEAKER.get(verdict, verdict)

    def weakened(self, outcome: Outcome) -> Outcome:
        """Return the outcome with its verdict a word weaker where nobody judged a sample of the links."""
        weaker = outcome.verdict and self.weaker(outcome.verdict)
        if weaker == outcome.verdict:
            return outcome
        return outcome.model_copy(update={"verdict": weaker, "sentence": outcome.sentence + UNCHECKED})


def combined(draws: Sequence[Estimate], df: float) -> Combined | None:
    """Return the draws put together by Rubin's rules; None where fewer than two have a standard error."""
    usable = [draw for draw in draws if isfinite(draw.se) and draw.se > 0]
    if len(usable) < 2:
        return None
    return combine_draws([draw.difference for draw in usable], [draw.se for draw in usable], df)


def over_draws(estimate: Estimate, draws: Sequence[Estimate]) -> Estimate:
    """Return `estimate` as all draws together have it: Rubin's difference, error and interval.

    By area every draw repeats the permutation test, and p is the median of theirs; where the interval is that test's
    own, each end is the median of the draws' ends.
    """
    if len(draws) < 2:
        return estimate
    both = combined(draws, estimate.df) if isfinite(estimate.se) else None
    words = f"{estimate.estimator}, over {len(draws)} draws of the links"
    if both is None:
        return replace(
            estimate,
            difference=fmean(draw.difference for draw in draws),
            ci_low=median(draw.ci_low for draw in draws),
            ci_high=median(draw.ci_high for draw in draws),
            p=median(draw.p for draw in draws),
            estimator=f"{words} (medians)",
        )
    low, high = both.interval()
    by_area = estimate.areas is not None
    return replace(
        estimate,
        difference=both.estimate,
        se=both.se,
        df=both.df,
        ci_low=low,
        ci_high=high,
        p=median(draw.p for draw in draws) if by_area else both.p,
        estimator=f"{words} (Rubin's rules{', median p' if by_area else ''})",
    )
