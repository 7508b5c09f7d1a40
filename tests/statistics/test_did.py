"""Difference-in-differences: arithmetic by hand, exposure, and no verdict where earlier trends differ."""

import numpy as np
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import Matched, matched_sample
from whatworks.statistics.time.did import difference_in_differences

PERIODS = [-4, -3, -2, -1, 1, 2]


def pairs_of(n: int) -> tuple[np.ndarray, Matched]:
    treated = np.arange(2 * n) < n
    return treated, matched_sample(Pairs(np.arange(n), np.arange(n, 2 * n), np.ones(n, int)), treated, replace=False)


def panel(n: int, seed: int, effect: float = 0.0, drift: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    values = rng.gamma(1, 3, (2 * n, 1)) + rng.normal(0, 1, (2 * n, 6))
    values[:n, 4:] += effect
    values[:n] += drift * np.arange(6)
    return values


def test_by_hand() -> None:
    treated, matched = pairs_of(2)
    values = [[4, 6, 1, 1], [2, 4, 2, 4], [5, 5, 4, 4], [1, 3, 2, 2]]
    did = difference_in_differences(values, [-2, -1, 1, 2], treated, matched)
    # Changes: 1-5 = -4, 3-3 = 0; comparisons 4-5 = -1, 2-2 = 0. Means -2 and -0.5.
    assert did.estimate.difference == pytest.approx(-1.5)
    assert (did.estimate.treated.value, did.estimate.comparison.value) == pytest.approx((-2.0, -0.5))
    # After only: (1 + 3)/2 - (4 + 2)/2.
    assert did.after_only.difference == pytest.approx(-1.0)
    assert [(point.period, point.treated, point.comparison) for point in did.points] == [
        (-2, 3, 3),
        (-1, 5, 4),
        (1, 1.5, 3),
        (2, 2.5, 3),
    ]
    assert did.trends_differ is None


def test_time_at_liberty_makes_rates_and_leaves_out_who_had_none() -> None:
    treated, matched = pairs_of(3)
    values = np.array([[2, 1], [1, 1], [4, 3], [1, 2], [3, 3], [1, 0]], dtype=float)
    days = np.array([[100, 50], [100, 100], [200, 200], [100, 100], [100, 200], [100, 0]], dtype=float)
    did = difference_in_differences(values, [-1, 1], treated, matched, at_liberty=days, per_days=100)
    # The third set goes: its comparison was never at liberty afterwards. Changes: 2-2, 1-1 and 2-1, 1.5-3.
    assert did.not_known == 1
    assert did.estimate.difference == pytest.approx(0.0 - (1.0 - 1.5) / 2)


def test_errors_are_clustered_on_the_matched_set() -> None:
    treated, matched = pairs_of(150)
    values = panel(150, 1, effect=-0.4)
    did = difference_in_differences(values, PERIODS, treated, matched)
    change = values[:, 4:].mean(axis=1) - values[:, :4].mean(axis=1)
    gaps = [
        change[treated & (matched.subclass == one)] - change[~treated & (matched.subclass == one)] for one in range(150)
    ]
    # Leaving out one pair at a time: the differences of means of the 149 others, around that of all.
    without = [np.delete(np.concatenate(gaps), one).mean() for one in range(150)]
    spread = 149 / 150 * sum((one - np.mean(gaps)) ** 2 for one in without)
    assert (did.estimate.difference, did.estimate.se) == pytest.approx((np.mean(gaps), np.sqrt(spread)), rel=1e-9)
    assert did.trends_differ is False


def test_what_people_always_were_is_taken_away() -> None:
    treated, matched = pairs_of(100)
    values = panel(100, 2)
    plain = difference_in_differences(values, PERIODS, treated, matched)
    shifted = difference_in_differences(values + 7.0 * treated[:, None], PERIODS, treated, matched)
    assert shifted.estimate.difference == pytest.approx(plain.estimate.difference)
    assert shifted.after_only.difference == pytest.approx(plain.after_only.difference + 7)
    assert shifted.trend_p == pytest.approx(plain.trend_p)


def test_groups_that_drifted_apart_before_carry_no_verdict() -> None:
    treated, matched = pairs_of(300)
    did = difference_in_differences(panel(300, 3, drift=0.3), PERIODS, treated, matched)
    assert did.trends_differ
    # The last earlier period against the three before it: 3 x 0.3 - (0 + 1 + 2)/3 x 0.3.
    assert did.placebo.difference == pytest.approx(0.6, abs=3 * did.placebo.se)


def test_the_trend_test_of_two_steps_is_hotellings() -> None:
    # With three earlier periods there are two steps; for pairs the test is Hotelling's on the pairs' differences.
    treated, matched = pairs_of(60)
    values = panel(60, 4)[:, 1:]
    did = difference_in_differences(values, [-3, -2, -1, 1, 2], treated, matched)
    gaps = np.diff(values[:60, :3] - values[60:, :3], axis=1)
    mean, spread = gaps.mean(axis=0), np.cov(gaps.T) / 60
    statistic = float(mean @ np.linalg.solve(spread, mean)) * (60 - 2) / (2 * 59)
    from scipy.stats import f

    assert did.trend_p == pytest.approx(f.sf(statistic, 2, 58), rel=1e-9)


def test_the_order_of_columns_is_nothing() -> None:
    treated, matched = pairs_of(80)
    values, turn = panel(80, 5), [3, 0, 5, 1, 4, 2]
    one = difference_in_differences(values, PERIODS, treated, matched)
    two = difference_in_differences(values[:, turn], [PERIODS[j] for j in turn], treated, matched)
    assert two.estimate.difference == pytest.approx(one.estimate.difference)
    assert (two.placebo.difference, two.trend_p) == pytest.approx((one.placebo.difference, one.trend_p))


@pytest.mark.parametrize("periods", [[-1, -2], [1, 2], [-1, 1, 2]])
def test_periods_that_do_not_fit_are_refused(periods: list[int]) -> None:
    treated, matched = pairs_of(3)
    with pytest.raises(Refused, match="periods do not fit"):
        difference_in_differences(np.ones((6, 2)), periods, treated, matched)


def test_trends_that_differ_at_the_twentieth_forbid_a_verdict() -> None:
    """Between one in a hundred and one in twenty: the level is the one by which the paper speaks of chance."""
    tested = [difference_in_differences(panel(60, seed, drift=0.1), PERIODS, *pairs_of(60)) for seed in range(20)]
    between = [found for found in tested if found.trend_p is not None and 0.01 < found.trend_p < 0.05]
    assert between and all(found.trends_differ for found in between)
