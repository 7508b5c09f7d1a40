"""The exact chance of being paid for luck: the published figures, an independent sum, and the law of pooling."""

from itertools import product
from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from whatworks.money.futures.demand_value import effective_count, spread_of_value
from whatworks.money.futures.luck import luck
from whatworks.records.refusal import Refused

PUBLISHED = {
    0.05: {100: 0.36, 250: 0.28, 500: 0.21, 1000: 0.13, 2000: 0.05},
    0.10: {100: 0.23, 250: 0.12, 500: 0.05, 1000: 0.01},
}
"""Section 6 of the methods page, to two decimal places."""


@pytest.mark.parametrize(("threshold", "count"), [(q, count) for q, row in PUBLISHED.items() for count in row])
def test_the_published_chances_come_out(threshold: float, count: int) -> None:
    found = luck([count], threshold=threshold).periods[0]
    # Published as a normal approximation within .002 of the sum, and rounded to .005.
    assert found == pytest.approx(PUBLISHED[threshold][count], abs=0.002 + 0.005)
    assert found == pytest.approx(_normal(count, threshold), abs=0.002)


def _normal(count: float, threshold: float) -> float:
    """Phi(-q B / sqrt((1 + (1 - q)^2) B)): 1.9025 for 5%, 1.81 for 10%."""
    from statistics import NormalDist

    return NormalDist().cdf(-threshold * count / ((1 + (1 - threshold) ** 2) * count) ** 0.5)


def test_two_years_against_one_baseline_and_a_high_baseline() -> None:
    found = luck([500], threshold=0.05)
    assert found.periods[0] == pytest.approx(0.209, abs=0.0005)
    assert found.any_period == pytest.approx(0.327, abs=0.0005)
    assert found.high_baseline == pytest.approx(0.536, abs=0.002)
    assert found.any_period < 1 - (1 - 0.209) ** 2  # one baseline serves both years: they are not independent


def test_a_plain_double_loop_gives_the_same() -> None:
    mean, threshold = 30.0, 0.1
    counts = range(200)
    chance = poisson.pmf(counts, mean)
    paid = sum(
        chance[before] * chance[after]
        for before, after in product(counts, counts)
        if before and (before - after) * 10 >= before
    )
    assert luck([mean], threshold=threshold).periods[0] == pytest.approx(paid, abs=1e-9)


def test_several_prices_by_a_plain_loop_over_both_counts() -> None:
    means, prices, counts = (4.0, 2.0), (300, 700), range(40)
    values: dict[int, float] = {}
    for first, second in product(counts, counts):
        worth = first * prices[0] + second * prices[1]
        values[worth] = values.get(worth, 0.0) + poisson.pmf(first, means[0]) * poisson.pmf(second, means[1])
    paid = sum(
        values[before] * values[after]
        for before, after in product(values, values)
        if before and 10 * (before - after) >= before
    )
    assert luck(means, prices, 0.1).periods[0] == pytest.approx(paid, abs=1e-9)


def test_overdispersed_counts_are_negative_binomial() -> None:
    mean, over = 500.0, 2.0
    counts = np.arange(3000)
    shape = mean / (over - 1)
    chance = nbinom.pmf(counts, shape, 1 / over)
    assert chance @ (counts - mean) ** 2 == pytest.approx(over * mean, rel=1e-6)
    highest = np.floor(0.95 * counts + 1e-9)
    paid = chance @ np.where(counts > 0, nbinom.cdf(highest, shape, 1 / over), 0.0)
    assert luck([mean], threshold=0.05, overdispersion=over).periods[0] == pytest.approx(paid, abs=1e-9)
    drawn = spread_of_value([mean], [1], over).chances
    assert drawn == pytest.approx(chance[: drawn.size], abs=1e-12)


def test_trend_and_overdispersion_move_it_as_the_methods_page_says() -> None:
    plain = luck([500], threshold=0.05, growth=(1.0,)).periods[0]
    assert luck([500], threshold=0.05, growth=(0.98,)).periods[0] > plain
    assert luck([500], threshold=0.05, growth=(1.02,)).periods[0] < plain
    assert luck([500], threshold=0.05, growth=(1.0,), overdispersion=2.0).periods[0] > plain
    # Once the expected fall is beyond the threshold, more spread makes payment less sure.
    beyond = luck([500], threshold=0.05, growth=(0.90,)).periods[0]
    assert luck([500], threshold=0.05, growth=(0.90,), overdispersion=3.0).periods[0] < beyond


def test_the_effective_count_of_several_prices() -> None:
    # (540*300 + 650*40 + 480*250)^2 / (540^2*300 + 650^2*40 + 480^2*250) = 308,000^2 / 161,980,000
    assert effective_count([300, 40, 250], [540, 650, 480]) == pytest.approx(308_000**2 / 161_980_000)
    mixed = luck([300, 40, 250], [54_000, 65_000, 48_000], 0.05).periods[0]
    single = luck([308_000**2 / 161_980_000], threshold=0.05).periods[0]
    assert mixed == pytest.approx(single, abs=0.003)


@settings(max_examples=40)
@given(
    count=st.integers(50, 600),
    boroughs=st.integers(2, 12),
    threshold=st.integers(10, 200).map(lambda part: part / 1000),
)
def test_pooling_equal_boroughs_lowers_the_chance_of_pay_for_luck(count: int, boroughs: int, threshold: float) -> None:
    alone, pooled = (luck([count] * many, [1] * many, threshold, growth=(1.0,)).periods[0] for many in (1, boroughs))
    assume(alone > 1e-9)
    assert pooled < alone


def test_pooling_raises_it_where_the_trend_falls_beyond_the_threshold() -> None:
    alone = luck([200], threshold=0.05, growth=(0.92,)).periods[0]
    assert luck([200] * 5, [1] * 5, 0.05, growth=(0.92,)).periods[0] > alone + 0.05


def test_pooling_raises_it_for_a_steady_partner_beside_one_whose_counts_swing() -> None:
    steady = luck([2000], threshold=0.05).periods[0]
    together = luck([2000, 2000], [1, 1], 0.05, overdispersion=[1.0, 12.0]).periods[0]
    assert steady < 0.06 < 0.10 < together


@pytest.mark.parametrize(
    ("counts", "prices", "over", "said"),
    [([0], [1], 1, "not above zero"), ([5], [0], 1, "price"), ([5], [1], 0.5, "below 1"), ([5, 5], [1], 1, "price")],
)
def test_bad_input_is_refused(counts: list[float], prices: list[int], over: float, said: str) -> None:
    with pytest.raises(Refused, match=said):
        spread_of_value(counts, prices, over)


def test_too_many_values_are_refused_with_the_way_out() -> None:
    with pytest.raises(Refused, match="whole pounds, or simulate"):
        spread_of_value([50_000, 50_000], [54_001, 65_000])


def test_at_a_threshold_of_nothing_a_tie_is_not_paid() -> None:
    """Two independent years are as likely to fall as to rise: (1 - P(tie)) / 2, and the tie's chance is a sum."""
    mean = 30.0
    chances = [exp(-mean + at * log(mean) - lgamma(at + 1)) for at in range(200)]
    ties = sum(chance * chance for chance in chances)
    assert luck([mean], threshold=0.0).periods[0] == pytest.approx((1 - ties) / 2, abs=1e-9)
