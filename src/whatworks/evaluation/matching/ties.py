"""How far does the answer depend on the order in which equally good comparisons happened to stand in the file?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.matching.on_score import match_on_score
from whatworks.evaluation.matching.settings import Settings
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.regression.score import Score


@dataclass(frozen=True, slots=True)
class TieRange:
    """The lowest and highest estimate over so many admissible `ways` of breaking ties."""

    low: float
    high: float
    ways: int


def takes_the_nearest(asked: Settings) -> bool:
    """Tell whether each of the treated takes the one nearest comparison of all, so that both ends are known.

    >>> takes_the_nearest(Settings("scheme", ("age",), replace=True)), takes_the_nearest(Settings("scheme", ("age",)))
    (True, False)
    """
    alone = asked.replace and asked.reuse_max is None and asked.ratio == 1 and asked.estimand == "ATT"
    return alone and not asked.mahalanobis and not {*asked.calipers} - {"distance"}


def tie_sensitivity(
    effect: Callable[[Matched], float],
    score: Score,
    treated: npt.ArrayLike,
    *,
    ways: int,
    seed: int,
    strata: npt.ArrayLike | None = None,
    replace_: bool = False,
    **settings: Any,
) -> TieRange:
    """Match again with the rows in `ways` other orders, drawn from `seed`, and return the range of the estimates.

    Scores stay as they are. `replace_` and `settings` are those of `match_on_score` (caliper, std_caliper, ratio,
    m_order). Orders that break no tie otherwise give the same estimate, so without ties low and high are equal,
    except under `m_order="data"`, where the order of the rows is itself a choice. `effect` gives a sample's estimate.
    """
    flags = np.asarray(treated, dtype=np.bool_)
    groups = None if strata is None else np.asarray(strata)
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(ways):
        order = rng.permutation(len(flags))
        pairs = match_on_score(
            _reordered(score, order),
            flags[order],
            strata=None if groups is None else groups[order],
            replace=replace_,
            **settings,
        )
        back = Pairs(order[pairs.treated], order[pairs.comparison], pairs.round)
        found.append(effect(matched_sample(back, flags, replace=replace_)))
    return TieRange(min(found), max(found), ways)


def _reordered(score: Score, order: npt.NDArray[np.int64]) -> Score:
    return replace(
        score,
        values=score.values[order],
        probability=score.probability[order],
        linear=score.linear[order],
        apart=score.apart[order],
    )


def tie_ends(
    outcome: npt.ArrayLike, distance: npt.ArrayLike, pairs: Pairs, treated: npt.ArrayLike, strata: npt.ArrayLike | None
) -> TieRange | None:
    """Return the two ends of the plain difference for pairs, one comparison each, drawn with replacement.

    Whom a tie gives a comparison does not depend on whom it gives another, so these ends are exact. `strata` are codes
    in which a comparison must be equal. None where an outcome is not known.

    >>> pairs = Pairs(np.array([0]), np.array([1]), np.array([1]))
    >>> tie_ends([5.0, 1.0, 3.0, 9.0], [0.5, 0.4, 0.4, 0.9], pairs, [True, False, False, False], None)
    TieRange(low=2.0, high=4.0, ways=2)
    """
    values, scores = np.asarray(outcome, dtype=np.float64), np.asarray(distance, dtype=np.float64)
    flags = np.asarray(treated, dtype=np.bool_)
    if np.isnan(values).any():
        return None
    codes = np.zeros(len(flags), dtype=np.int64) if strata is None else np.asarray(strata)
    low = high = 0.0
    for code in np.unique(codes[pairs.treated]):
        ours, free = pairs.treated[codes[pairs.treated] == code], np.flatnonzero(~flags & (codes == code))
        rows, sought = np.concatenate([ours, free]), np.arange(len(ours) + len(free)) < len(ours)
        ends = tie_extremes(values[rows], scores[rows], sought)
        low, high = low + ends.low * len(ours), high + ends.high * len(ours)
    return TieRange(low / len(pairs.treated), high / len(pairs.treated), 2)


def tie_extremes(outcome: npt.ArrayLike, distance: npt.ArrayLike, treated: npt.ArrayLike) -> TieRange:
    """Return the lowest and highest plain difference of means for one comparison each, with replacement, no caliper.

    These are the two ends themselves, which shuffled orders only approach: each treated person takes, of all its
    nearest comparisons, the one with the highest outcome, or the lowest.

    >>> tie_extremes([5.0, 1.0, 3.0, 9.0], [0.5, 0.4, 0.4, 0.9], [True, False, False, False])
    TieRange(low=2.0, high=4.0, ways=2)
    """
    values, scores = np.asarray(outcome, dtype=np.float64), np.asarray(distance, dtype=np.float64)
    flags = np.asarray(treated, dtype=np.bool_)
    level, code = np.unique(scores[~flags], return_inverse=True)
    least, most = np.full(len(level), np.inf), np.full(len(level), -np.inf)
    np.minimum.at(least, code, values[~flags])
    np.maximum.at(most, code, values[~flags])
    above = np.minimum(np.searchsorted(level, scores[flags]), len(level) - 1)
    below = np.maximum(above - 1, 0)
    up, down = np.abs(level[above] - scores[flags]), np.abs(level[below] - scores[flags])
    high = np.where(up <= down, most[above], -np.inf), np.where(down <= up, most[below], -np.inf)
    low = np.where(up <= down, least[above], np.inf), np.where(down <= up, least[below], np.inf)
    mean = float(values[flags].mean())
    return TieRange(mean - float(np.maximum(*high).mean()), mean - float(np.minimum(*low).mean()), 2)
