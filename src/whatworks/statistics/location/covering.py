"""Which sites cover most need under a budget, and how few would cover all: exactly, by integer programming."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.location.access import Floats, check_amounts

TIE = 0.01
"""What the whole budget weighs beside the smallest need of one place: cost decides between covers that are as good."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The chosen `options` in order, the need that they cover (each once), all need, and what they cost."""

    options: tuple[int, ...]
    covered: float
    need: float
    cost: float

    @property
    def share(self) -> float:
        """The share of the need that is covered: of need, never of places."""
        return self.covered / self.need if self.need else 0.0


def covered_need(need: npt.ArrayLike, covers: npt.ArrayLike, chosen: Sequence[int]) -> float:
    """Return the need that chosen columns of `covers[need, option]` cover, where overlap counts once.

    >>> covered_need([10, 20, 5], [[1, 1], [1, 0], [0, 0]], [0, 1])
    30.0
    """
    seen = np.asarray(covers, dtype=bool)[:, list(chosen)].any(axis=1)
    return float(np.asarray(need, dtype=np.float64)[seen].sum())


def maximal_cover(
    need: npt.ArrayLike,
    covers: npt.ArrayLike,
    cost: npt.ArrayLike,
    budget: float,
    *,
    penalty: npt.ArrayLike | None = None,
    group: npt.ArrayLike | None = None,
    required: npt.ArrayLike | None = None,
) -> Cover:
    """Return the options that cover most need within a budget (Church and ReVelle 1974), the cheapest of equals.

    `covers[need, option]` says which need an option covers; need under several counts once. `penalty` is need that an
    option must cover before it is worth anything. At most one option of a `group` is chosen, and one exactly of a
    `required` group (a flag of each option). With every cost 1, the budget is a number of sites.

    >>> near = np.array([[0, 3, 9], [3, 0, 5], [9, 5, 0], [7, 4, 1]]) <= 3
    >>> best = maximal_cover([10, 20, 5, 40], near, [1, 1, 1], 1)
    >>> best.options, best.covered, best.share
    ((2,), 45.0, 0.6)
    """
    weights, prices = check_amounts(need, "need"), check_amounts(cost, "cost")
    sees = np.asarray(covers, dtype=bool)
    groups = np.arange(len(prices)) if group is None else np.unique(np.asarray(group), return_inverse=True)[1]
    must = np.zeros(len(prices), dtype=bool) if required is None else np.asarray(required, dtype=bool)
    _check(weights, prices, budget, groups, must)
    dear = np.zeros(len(prices)) if penalty is None else check_amounts(penalty, "penalty")
    gain, rows = _merged(weights, sees)
    model = _model(gain, rows, groups, must)
    money = np.concatenate([prices, np.zeros(len(gain))])
    tie = TIE * min(1.0, float(gain.min(initial=1.0))) / budget if budget else 0.0
    best = _solve(np.concatenate([dear, -gain]) + tie * money, model, [(money, -np.inf, budget)])
    chosen = tuple(np.flatnonzero(np.rint(best[: len(prices)])).tolist())
    return Cover(chosen, covered_need(weights, sees, chosen), float(weights.sum()), float(prices[list(chosen)].sum()))


def least_cover(covers: npt.ArrayLike) -> tuple[int, ...]:
    """Return the fewest options that cover every need (the location set covering problem); refuse what none covers.

    >>> least_cover([[1, 1, 0], [1, 0, 0], [0, 0, 1]])
    (0, 2)
    """
    sees = np.asarray(covers, dtype=bool)
    bare = np.flatnonzero(~sees.any(axis=1))
    if len(bare):
        remedy = "add a site near it, or leave it out"
        raise Refused([Fault("is covered by no site", remedy, row=int(at) + 1) for at in bare])
    _, rows = _merged(np.ones(len(sees)), sees)
    solved = _solve(np.ones(sees.shape[1]), [], [(rows, 1, np.inf)])
    return tuple(np.flatnonzero(np.rint(solved)).tolist())


def _merged(weights: Floats, sees: npt.NDArray[np.bool_]) -> tuple[Floats, Any]:
    """Return need summed over places that the same options cover, and which options those are; no need, no row."""
    from scipy.sparse import csr_array

    kept = (weights > 0) & sees.any(axis=1)
    packed = np.packbits(sees[kept], axis=1)
    _, first, same = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    gain: Floats = np.bincount(same.ravel(), weights[kept], len(first)).astype(np.float64)
    return gain, csr_array(sees[kept][first].astype(np.float64))


def _model(gain: Floats, rows: Any, groups: npt.NDArray[np.intp], must: npt.NDArray[np.bool_]) -> list[Any]:
    """Return the constraints: need counts where a chosen option covers it, and groups have one option at most."""
    from scipy.sparse import csr_array, eye_array, hstack

    options, needs = len(groups), len(gain)
    each = csr_array((np.ones(options), (groups, np.arange(options))), shape=(int(groups.max()) + 1, options))
    least = np.zeros(each.shape[0])
    np.maximum.at(least, groups, must.astype(np.float64))
    return [
        (hstack([rows, -eye_array(needs)], format="csr"), 0, np.inf),
        (hstack([each, csr_array((each.shape[0], needs))], format="csr"), least, 1),
    ]


def _solve(goal: Floats, model: list[Any], more: list[Any]) -> Floats:
    """Return the least of a goal; options come first and are whole, needs may be parts of one and are whole by it."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    constraints = [LinearConstraint(*one) for one in (*model, *more)]
    needs = model[0][0].shape[0] if model else 0
    solved: Any = milp(
        goal,
        constraints=constraints,
        integrality=np.concatenate([np.ones(len(goal) - needs), np.zeros(needs)]),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if not solved.success:
        raise Refused("no choice of sites keeps to the budget", "raise the budget, or require fewer")
    result: Floats = solved.x
    return result


def _check(
    weights: Floats, prices: Floats, budget: float, groups: npt.NDArray[np.intp], must: npt.NDArray[np.bool_]
) -> None:
    if not len(prices):
        raise Refused(Fault("has no feasible site", "name a camera or a place for one", field="sites"))
    if not weights.any():
        raise Refused(Fault("is zero everywhere", "take a longer period, or more kinds of incident", field="need"))
    cheapest = float(prices.min())
    least = sum(float(prices[groups == one].min()) for one in np.unique(groups[must]))
    floor, what = (least, "what is required costs") if must.any() else (cheapest, "the cheapest option costs")
    if budget < floor:
        problem, remedy = f"is below {floor:,.2f}, which {what}", "raise the budget to that at least"
        raise Refused(Fault(problem, remedy, field="budget", value=f"{budget:,.2f}"))
