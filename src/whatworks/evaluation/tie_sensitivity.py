"""How far does the answer depend on the order in which equally good comparisons happened to stand in the file?"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.design_matrix import Design
from whatworks.evaluation.g_computation import matched_effect
from whatworks.evaluation.matching import match_on_score
from whatworks.evaluation.nearest import Pairs
from whatworks.evaluation.score import Score
from whatworks.evaluation.weights import matched_sample


@dataclass(frozen=True, slots=True)
class TieRange:
    """The lowest and highest estimate over so many admissible `ways` of breaking ties."""

    low: float
    high: float
    ways: int


def tie_sensitivity(
    outcome: npt.ArrayLike,
    score: Score,
    treated: npt.ArrayLike,
    covariates: Design | None = None,
    *,
    yes_no: bool,
    ways: int,
    seed: int,
    strata: npt.ArrayLike | None = None,
    replace_: bool = False,
    **settings: Any,
) -> TieRange:
    """Match again with the rows in `ways` other orders, drawn from `seed`, and return the range of the estimates.

    Scores stay as they are. `replace_` and `settings` are those of `match_on_score` (caliper, std_caliper, ratio,
    m_order). Orders that break no tie otherwise give the same estimate, so without ties low and high are equal,
    except under `m_order="data"`, where the order of the rows is itself a choice.
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
        matched = matched_sample(back, flags, replace=replace_)
        found.append(matched_effect(outcome, flags, matched, covariates, yes_no=yes_no).difference)
    return TieRange(min(found), max(found), ways)


def _reordered(score: Score, order: npt.NDArray[np.int64]) -> Score:
    return replace(
        score,
        values=score.values[order],
        probability=score.probability[order],
        linear=score.linear[order],
        apart=score.apart[order],
    )
