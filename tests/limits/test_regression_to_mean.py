"""Regression to the mean against arithmetic that can be followed, and concentration's chance line by its formula."""

from math import exp, factorial, gamma

import numpy as np
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.limits.concentration import concentration
from whatworks.statistics.limits.regression_to_mean import expected_next, many_looks, one_look


def test_one_look_a_year_by_the_sum_over_counts() -> None:
    """Counts of a gamma-Poisson by their own formula: 4.93% have five or more, 6.689 on average, 4.793 in the next."""
    a = b = 0.5

    def share(x: int) -> float:
        return gamma(a + x) / (gamma(a) * factorial(x)) * (b / (b + 1)) ** a * (1 / (b + 1)) ** x

    picked = sum(share(x) for x in range(5, 150))
    before = sum(x * share(x) for x in range(5, 150)) / picked
    after = sum((a + x) / (b + 1) * share(x) for x in range(5, 150)) / picked
    found = one_look(a, b, 5)
    assert (found.picked, found.before, found.after) == pytest.approx((picked, before, after), rel=1e-9)
    assert (round(100 * picked, 2), round(before, 3), round(after, 3)) == (4.93, 6.689, 4.793)
    assert 100 * found.fall == pytest.approx(28.35, abs=0.05)


def test_oftener_and_longer_looks_catch_more_bursts_that_fall_deeper() -> None:
    """Two yearly looks by the sum over both years' counts: whoever was missed at the first is expected to fall more.

    Whoever had x and then y has (a + x + y) / (b + 2) in the third year.
    """
    a = b = 0.5
    both = {
        (x, y): gamma(a + x + y) / (gamma(a) * factorial(x) * factorial(y)) * (b / (b + 2)) ** a / (b + 2) ** (x + y)
        for x in range(70)
        for y in range(70)
    }
    first = one_look(a, b, 5)
    second = {(x, y): share for (x, y), share in both.items() if x < 5 <= y}
    picked = first.picked + sum(second.values())
    before = first.before * first.picked + sum(y * share for (_, y), share in second.items())
    after = first.after * first.picked + sum((a + x + y) / (b + 2) * share for (x, y), share in second.items())
    once, month, week = (many_looks(a, b, 5, looks=n, years=years) for n, years in ((1, 1), (12, 5), (52, 5)))
    assert once.picked == pytest.approx(picked, abs=0.003) and once.fall == pytest.approx(1 - after / before, abs=0.01)
    assert once.fall < month.fall and week.fall == pytest.approx(0.39, abs=0.02)
    assert once.picked < month.picked < week.picked


def test_a_fitted_gamma_gives_back_what_made_the_counts() -> None:
    rng = np.random.default_rng(5)
    rates = rng.gamma(0.5, 2.0, 200_000)
    first, second = rng.poisson(rates), rng.poisson(rates)
    a, b, before, after = expected_next(first.astype(float), first[first >= 5].astype(float))
    assert (a, b) == pytest.approx((0.5, 0.5), abs=0.02)
    assert before == pytest.approx(6.689, abs=0.1) and after == pytest.approx(second[first >= 5].mean(), abs=0.1)


@pytest.mark.parametrize(("a", "b", "k"), [(0.0, 0.5, 5), (0.5, -1.0, 5), (0.5, 0.5, 0)])
def test_what_no_gamma_has_is_refused(a: float, b: float, k: int) -> None:
    with pytest.raises(Refused, match="above zero"):
        one_look(a, b, k)


def test_the_chance_line_is_that_of_poisson_counts() -> None:
    """2,000 events over 2,000 units: each has one on average, and the most crowded tenth holds what Poisson(1) gives.

    That is all of those with 3 and more, and some of those with 2.
    """
    found = concentration([1] * 2000)
    chances = [exp(-1) / factorial(x) for x in range(12)]
    upper, held, left = list(range(11, 1, -1)), 0.0, 0.1
    for x in upper:
        taken = min(left, chances[x])
        held, left = held + x * taken, left - taken
    assert found.chance_tops[2] == pytest.approx(held, abs=0.005)
    assert found.chance_curve[10] == pytest.approx(found.chance_tops[2])
    assert found.chance_curve[0] == 0 and found.chance_curve[-1] == pytest.approx(1)
    assert found.curve[10] == pytest.approx(0.1)


def test_harm_is_thrown_by_whole_events() -> None:
    """One grave event among many small ones crowds by itself: chance gives as much, and no more is made of it."""
    found = concentration([1000, *[1] * 99], weights={1000: 1, 1: 99})
    assert found.tops[0][1] == pytest.approx(1000 / 1099)
    assert found.chance_tops[0] == pytest.approx(found.tops[0][1], abs=0.002)
    with pytest.raises(ValueError, match="add up"):
        concentration([3, 1], weights={1: 3})
