"""Funnel limits, control charts and repeats against published figures and arithmetic that can be followed."""

from itertools import pairwise, product
from math import prod

import numpy as np
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.limits.control_chart import primed, xmr
from whatworks.statistics.limits.funnel import dispersion, exact_limits, funnel
from whatworks.statistics.limits.repeats import exact_p, poisson_binomial, repeats


@pytest.mark.parametrize(
    ("n", "inner", "outer"), [(20, (10, 45), (0, 55)), (40, (12.5, 40), (5, 47.5)), (200, (19, 31), (16, 35))]
)
def test_limits_of_a_quarter(n: int, inner: tuple[float, float], outer: tuple[float, float]) -> None:
    """In per cent, for a share of .25: binomial quantiles over n."""
    for level, limits in ((0.95, inner), (0.998, outer)):
        assert [100 * end for end in exact_limits(n, 0.25, level)] == pytest.approx(limits)


def test_a_share_on_the_line_is_inside_and_flags_stand_beside_those_expected() -> None:
    """Two units of 20 among so many that the overall share is .25: 9 of 20 lies on the upper 95% line, 10 beyond it."""
    found = funnel(["on", "over", *"abcdefg"], [9, 10, *[69, 69, 69, 69, 70, 70, 70]], [20, 20, *[280] * 7])
    assert found.overall == pytest.approx(505 / 2000)
    assert [unit.outside for unit in found.units[:2]] == ["", "95% above"]
    thirty_three = funnel([str(at) for at in range(33)], [25] * 33, [100] * 33)
    assert thirty_three.expected == pytest.approx((1.65, 0.066))
    assert not any(unit.outside for unit in thirty_three.units)


def test_over_dispersion_widens_the_limits_and_is_none_under_ten_units() -> None:
    """Shares vary with a standard deviation of .1 about .3, n 100: (.01 + .0021) / .0021 = 5.8, less if winsorised."""
    rng = np.random.default_rng(3)
    events = rng.binomial(100, np.clip(rng.normal(0.3, 0.1, 60), 0, 1))
    found = funnel([str(at) for at in range(60)], events.tolist(), [100] * 60)
    assert found.phi is not None and 3.5 < found.phi < 8
    unit = found.units[0]
    half = 1.959964 * np.sqrt(found.phi * found.overall * (1 - found.overall) / 100)
    assert unit.inner == pytest.approx((found.overall - half, found.overall + half), abs=1e-6)
    assert funnel([str(at) for at in range(9)], events[:9].tolist(), [100] * 9).phi is None


def test_without_over_dispersion_phi_is_one_on_average() -> None:
    rng = np.random.default_rng(4)
    sizes = rng.integers(20, 200, 20).astype(float)
    found = [dispersion(rng.binomial(sizes.astype(int), 0.2).astype(float), sizes) for _ in range(60)]
    assert abs(np.mean(found) - 1) < 3 * np.std(found) / np.sqrt(60)


@pytest.mark.parametrize(("events", "n"), [([1], [0]), ([5], [4]), ([-1], [4]), ([], [])])
def test_units_that_cannot_be_are_refused(events: list[int], n: list[int]) -> None:
    with pytest.raises(Refused):
        funnel(["A"] * len(n), events, n)


def test_the_published_example_of_single_values() -> None:
    chart = xmr([39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40])
    assert f"{chart.middle:.4f} {chart.mean_range:.4f} {chart.lower[0]:.4f} {chart.upper[0]:.4f}" == (
        "41.4167 1.7273 36.8221 46.0112"
    )
    assert set(chart.signals) == {""}


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not() -> None:
    chart = xmr([40, 44, 40, 44, 40, 44, 40, 44, *[43] * 8, 20])
    assert chart.signals[14] == "run" and set(chart.signals[:14]) == {""}  # the 44 before them is one of the eight


def test_primed_limits_by_hand() -> None:
    """Eight months of 100: the ranges of z are those of the counts, divided by 100 sigma."""
    events = [10, 14, 12, 15, 11, 16, 12, 15]
    chart = primed(events, [100] * 8)
    p = sum(events) / 800
    sigma = (p * (1 - p) / 100) ** 0.5
    steps = sum(abs(a - b) for a, b in pairwise(events)) / 7 / 100 / sigma
    assert chart.upper[0] == pytest.approx(p + 2.66 * sigma * steps)
    rates = primed(events, [10] * 8, shares=False)
    assert rates.middle == pytest.approx(1.3125) and rates.lower[0] >= 0


def test_too_few_periods_are_refused() -> None:
    with pytest.raises(Refused, match="3 periods are too few"):
        xmr([1, 2, 3])


def test_the_poisson_binomial_is_the_sum_over_all_that_may_happen() -> None:
    chances = [0.1, 0.35, 0.8, 0.5]
    by_number = [0.0] * 5
    for outcome in product([0, 1], repeat=4):
        by_number[sum(outcome)] += prod(p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True))
    assert poisson_binomial(chances).tolist() == pytest.approx(by_number)
    likely = sum(p for p in by_number if p <= by_number[4] + 1e-12)
    assert exact_p(4, chances) == pytest.approx(likely)


def test_repeats_leave_the_person_out_and_are_a_number() -> None:
    """a: 3 of 3 dropped; b: 1 of 2; c, d: 0 of 1 each. Without a: 1 of 4 drop; without b: 3 of 5.

    Expected: (1/4)^3 + (3/5)^2 = .375625; the one who dropped out each time was seen.
    """
    person, dropped = [*"aaabbcd"], [True, True, True, True, False, False, False]
    found = repeats(person, ["serious"] * 7, dropped, 2)
    assert (found.people, found.observed) == (2, 1)
    assert found.expected == pytest.approx(0.375625)
    assert found.expected_low <= found.expected <= found.expected_high
    one, other = 1 / 64, 9 / 25
    p = {0: (1 - one) * (1 - other), 1: one * (1 - other) + other * (1 - one), 2: one * other}
    assert found.p == pytest.approx(p[1] + p[2])


def test_a_level_that_one_person_fills_is_refused() -> None:
    with pytest.raises(Refused, match="one person has all units of a level"):
        repeats(["a", "a", "b"], ["x", "x", "y"], [True, True, False], 2)
