"""Compare each group with its own past as well as with the other: difference-in-differences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import fdtrc

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.g_computation import Sample, known_sample, matched_effect
from whatworks.statistics.regression.weighted_regression import cluster_sums

EARLIER_NEEDED = 3


@dataclass(frozen=True, slots=True)
class Point:
    """The groups' means in one period; `period` counts from the index date, below zero before it."""

    period: int
    treated: float
    comparison: float


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """The change in the treated less that in the matched comparisons, per person and period.

    In `estimate` the two groups' values are their mean changes. `placebo` is the same difference made of earlier
    periods only, the last of them against those before: it should be zero. `trend_p` is the p-value of all differences
    between earlier periods being zero together. `trends_differ` (p <= 0.05) forbids a verdict; it is None with fewer
    than three earlier periods, which forbids one too. `after_only` is the matched difference after the index date.
    `not_known` people have no time at liberty before or after, and are left out.
    """

    estimate: Estimate
    after_only: Estimate
    placebo: Estimate | None
    trend_p: float | None
    trends_differ: bool | None
    points: tuple[Point, ...]
    not_known: int


def difference_in_differences(
    values: npt.ArrayLike,
    periods: Sequence[int],
    treated: npt.ArrayLike,
    matched: Matched,
    *,
    at_liberty: npt.ArrayLike | None = None,
    per_days: float = 182.5,
) -> DifferenceInDifferences:
    """Return the difference-in-differences of `values` (a row a person, a column a period) in the matched sample.

    `periods` says which columns lie before (below zero) and after (above zero) the index date. With `at_liberty`, days
    in the same layout, a person's value is what fell into the periods per `per_days` at liberty. Each person gives one
    change, so errors are as for the after-only estimate: clustered on the matched set, or robust with replacement.

    >>> from whatworks.statistics.pairs.nearest import Pairs
    >>> from whatworks.statistics.pairs.weights import matched_sample
    >>> treated = np.array([True, True, False, False])
    >>> matched = matched_sample(Pairs(np.array([0, 1]), np.array([2, 3]), np.ones(2, int)), treated, replace=False)
    >>> did = difference_in_differences([[5, 2], [6, 4], [4, 3], [5, 5]], [-1, 1], treated, matched)
    >>> round(did.estimate.difference, 9), did.trends_differ
    (-2.0, None)
    """
    flags = np.asarray(treated, dtype=np.bool_)
    own = changes(values, periods, at_liberty=at_liberty, per_days=per_days)
    placebo = None if own.placebo is None else matched_effect(own.placebo, flags, matched, yes_no=False)
    trend = None if own.placebo is None else _trend_p(own.steps, flags, matched)
    return DifferenceInDifferences(
        matched_effect(own.change, flags, matched, yes_no=False),
        matched_effect(own.after, flags, matched, yes_no=False),
        placebo,
        trend,
        None if trend is None else trend <= 0.05,
        _points(*_laid_out(values, periods, at_liberty, per_days), flags, matched),
        int((matched.used & np.isnan(own.change)).sum()),
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """Each person's own past and present; NaN where not known.

    `change` is after less before, `after` what came after alone. `placebo` is the last earlier period less those before
    it, and `steps` has a column for each move from one earlier period to the next; both need three earlier periods.
    """

    change: Floats
    after: Floats
    placebo: Floats | None
    steps: Floats


def changes(
    values: npt.ArrayLike, periods: Sequence[int], *, at_liberty: npt.ArrayLike | None = None, per_days: float = 182.5
) -> Changes:
    """Return each person's changes, as `difference_in_differences` takes them.

    >>> found = changes([[5, 4, 1, 9]], [-3, -2, -1, 1])
    >>> found.change.round(3).tolist(), found.placebo.tolist(), found.steps.tolist()
    ([5.667], [-3.5], [[-1.0, -3.0]])
    """
    table, days, order = _laid_out(values, periods, at_liberty, per_days)
    late = _per_time(table, days, order > 0)
    earlier = np.sort(order[order < 0])
    placebo, steps = None, np.empty((len(table), 0))
    if len(earlier) >= EARLIER_NEEDED:
        each = [_per_time(table, days, order == period) for period in earlier]
        placebo = each[-1] - _per_time(table, days, np.isin(order, earlier[:-1]))
        steps = np.diff(np.column_stack(each), axis=1)
    return Changes(late - _per_time(table, days, order < 0), late, placebo, steps)


def _laid_out(
    values: npt.ArrayLike, periods: Sequence[int], at_liberty: npt.ArrayLike | None, per_days: float
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    table, order = np.asarray(values, dtype=np.float64), np.asarray(periods)
    if table.ndim != 2 or table.shape[1] != len(order) or not (order < 0).any() or not (order > 0).any():
        raise Refused("periods do not fit the values", "give a column for each period, some before and some after")
    days = np.ones_like(table) if at_liberty is None else np.asarray(at_liberty, dtype=np.float64) / per_days
    return table, days, order


def _per_time(table: Floats, days: Floats, columns: npt.NDArray[np.bool_]) -> Floats:
    total = days[:, columns].sum(axis=1)
    rate: Floats = table[:, columns].sum(axis=1) / np.where(total > 0, total, np.nan)
    return rate


def _points(
    table: Floats, days: Floats, order: npt.NDArray[np.int64], treated: npt.NDArray[np.bool_], matched: Matched
) -> tuple[Point, ...]:
    points = []
    for period in sorted(order.tolist()):
        values = _per_time(table, days, order == period)
        known = matched.used & ~np.isnan(values)
        means = [
            float(np.average(values[known & group], weights=matched.weights[known & group]))
            if (known & group).any()
            else float("nan")
            for group in (treated, ~treated)
        ]
        points.append(Point(int(period), *means))
    return tuple(points)


def _trend_p(steps: Floats, treated: npt.NDArray[np.bool_], matched: Matched) -> float:
    """Return the p-value of Hotelling's test that the groups' gap was the same in all earlier periods."""
    sample = known_sample(steps.sum(axis=1), treated, matched)
    steps = steps[sample.rows]
    gap, scores = _gap(steps, sample)
    sums = scores if sample.subclass is None else cluster_sums(scores, sample.subclass)
    groups, free = len(sums), int(np.linalg.matrix_rank(sums))
    if free == 0 or groups <= free:
        return 1.0
    covariance = groups / (groups - 1) * (sums.T @ sums)
    distance = float(gap @ np.linalg.pinv(covariance, hermitian=True) @ gap)
    return float(fdtrc(free, groups - free, distance * (groups - free) / (free * (groups - 1))))


def _gap(steps: Floats, sample: Sample) -> tuple[Floats, Floats]:
    gap, scores = np.zeros(steps.shape[1]), np.zeros_like(steps)
    for group, sign in ((sample.treated, 1.0), (~sample.treated, -1.0)):
        share = sample.weights[group] / sample.weights[group].sum()
        mean = share @ steps[group]
        gap += sign * mean
        scores[group] = sign * share[:, None] * (steps[group] - mean)
    return gap, scores
