"""Put several studies of one outcome together into one estimate, letting their true effects differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from whatworks.board.evidence.judgement import Study

HALF_WIDTH = 1.959963984540054
"""Standard errors from an estimate to either end of its 95% interval."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """How much better an outcome is with the intervention, a person: above nought is better, in the study's unit."""

    mean: float
    se: float
    studies: tuple[Study, ...]


def benefit_of(studies: Sequence[Study]) -> Benefit:
    """Return the benefit that studies of one outcome, in one unit, show together.

    One study is taken as it is. Several are weighted by the inverse of their variance, to which the variance of the
    true effects between them is added (DerSimonian and Laird, Controlled Clinical Trials 1986, 7: 177-188). Standard
    errors are read off the 95% intervals.
    """
    found = [_signed(one) for one in studies]
    if len(found) == 1:
        return Benefit(*found[0], tuple(studies))
    weights = [1 / se**2 for _, se in found]
    total = sum(weights)
    fixed = sum(w * mean for w, (mean, _) in zip(weights, found, strict=True)) / total
    spread = sum(w * (mean - fixed) ** 2 for w, (mean, _) in zip(weights, found, strict=True))
    between = max(0.0, (spread - (len(found) - 1)) / (total - sum(w * w for w in weights) / total))
    weights = [1 / (se**2 + between) for _, se in found]
    total = sum(weights)
    mean = sum(w * mean for w, (mean, _) in zip(weights, found, strict=True)) / total
    return Benefit(mean, sqrt(1 / total), tuple(studies))


def poolable(studies: Sequence[Study], outcome: str) -> tuple[Study, ...]:
    """Return the studies of an outcome that are expressed as a difference, in the unit of the first of them."""
    of_it = [
        one
        for one in studies
        if one.outcome == outcome and one.effect_kind == "difference" and one.finding != "no interval"
    ]
    return tuple(one for one in of_it if one.unit == of_it[0].unit)


def _signed(study: Study) -> tuple[float, float]:
    assert study.effect is not None and study.ci_low is not None and study.ci_high is not None  # noqa: S101
    sign = -1.0 if study.lower_is_better else 1.0
    return sign * study.effect, (study.ci_high - study.ci_low) / (2 * HALF_WIDTH)
