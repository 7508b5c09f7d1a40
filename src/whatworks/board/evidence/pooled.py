"""Put several studies of one outcome together into one estimate, letting their true effects differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.board.evidence.study import Study
from whatworks.statistics.meta_analysis import combine

HALF_WIDTH = 1.959963984540054
"""Standard errors from an estimate to either end of its 95% interval."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """How much better an outcome is with the intervention, a person: above zero is better, in the study's unit."""

    mean: float
    se: float
    studies: tuple[Study, ...]


def benefit_of(studies: Sequence[Study]) -> Benefit:
    """Return the benefit that studies of one outcome, in one unit, show together.

    One study is taken as it is. Several are put together as evaluations of several sites are (`combine`): each weighs
    the inverse of its variance, to which the variance of the true effects between them is added. Standard errors are
    read off the 95% intervals; several studies of which one's interval has no width are refused.
    """
    found = [_signed(study) for study in studies]
    if len(found) == 1:
        return Benefit(*found[0], tuple(studies))
    together = combine([mean for mean, _ in found], [se for _, se in found])
    return Benefit(together.difference, together.se, tuple(studies))


def poolable(studies: Sequence[Study], outcome: str) -> tuple[Study, ...]:
    """Return the studies of an outcome that are expressed as a difference, in the unit of the first of them."""
    of_it = [
        study
        for study in studies
        if study.outcome == outcome and study.effect_kind == "difference" and study.finding != "no interval"
    ]
    return tuple(one for one in of_it if one.unit == of_it[0].unit)


def _signed(study: Study) -> tuple[float, float]:
    assert study.effect is not None and study.ci_low is not None and study.ci_high is not None  # noqa: S101
    sign = -1.0 if study.lower_is_better else 1.0
    return sign * study.effect, (study.ci_high - study.ci_low) / (2 * HALF_WIDTH)
