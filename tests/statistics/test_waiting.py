"""Waits with people still waiting: Freireich's curve, ten cases with two ways out by hand, lifelines, areas."""

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time

from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
from whatworks.statistics.time.occupancy import GONE, occupancy
from whatworks.statistics.time.restricted_mean import common_tau, restricted_mean
from whatworks.statistics.time.time_to_share import log_log_band, time_to_share

FREIREICH = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
"""The 6-MP group (Freireich and others 1963, as Cox and Oakes print it)."""


def test_freireichs_curve_band_median_and_restricted_mean_are_the_published_ones() -> None:
    found = cumulative_incidence(FREIREICH, RELAPSED)
    assert 1 - found.by(10) == pytest.approx(0.752941, abs=5e-7)
    assert 1 - found.by(22) == pytest.approx(0.537815, abs=5e-7)
    low, high = log_log_band(found)
    at = list(found.days).index(22)
    assert (1 - high[at], 1 - low[at]) == pytest.approx((0.267779, 0.746791), abs=5e-7)
    median = time_to_share(found)
    assert (median.days, median.low, median.high) == (23, 13, None)
    mean = restricted_mean(FREIREICH, RELAPSED, 35)
    assert (round(mean.days, 2), round(mean.se, 2)) == (23.29, 2.83)


TEN = [1, 2, 2, 3, 4, 5, 6, 6, 7, 8]
WAY = [1, 2, 0, 1, 1, 2, 1, 0, 2, 0]
"""Ten cases: 1 moves on, 2 leaves by the other way, 0 waits still.

At risk 10, 9, 7, 6, 5, 4, 2 on days 1, 2, 3, 4, 5, 6, 7; in no way out yet before each: 1, 9/10, 4/5, 24/35, 4/7,
16/35, 12/35. Moved on: 1/10 on day 1, 4/5 x 1/7 on day 3, 24/35 x 1/6 on day 4, 16/35 x 1/4 on day 6, each 4/35 from
day 3 on: in all 31/70. The other way: 9/10 x 1/9 = 1/10, 4/7 x 1/5 = 4/35, 12/35 x 1/2 = 6/35: in all 27/70.
"""


def test_ten_cases_with_two_ways_out_come_out_as_by_hand() -> None:
    on = cumulative_incidence(TEN, WAY)
    assert on.share.tolist() == pytest.approx([7 / 70, 15 / 70, 23 / 70, 31 / 70])
    other = cumulative_incidence(TEN, [{1: 2, 2: 1, 0: 0}[way] for way in WAY])
    assert other.share.tolist() == pytest.approx([7 / 70, 15 / 70, 27 / 70])
    assert time_to_share(on).days is None  # its curve never reaches half of all who entered
    assert time_to_share(on, 0.3).days == 4
    # day 3's variance, term by term: F(3) - F(1) = 8/70, F(3) - F(2) = 8/70
    first = (8 / 70) ** 2 * (1 / (10 * 9) + 1 / (9 * 8))
    own = 1 * (9 / 10) / 100 + (4 / 5) ** 2 * (6 / 7) / 49
    cross = (8 / 70) * 1 / 100  # day 2 moved nobody on, and on day 3 F(3) - F(3) is nothing
    assert on.se[1] ** 2 == pytest.approx(first + own - 2 * cross)


@pytest.mark.parametrize("seed", range(3))
def test_with_one_way_out_curve_band_and_mean_are_lifelines(seed: int) -> None:
    rng = np.random.default_rng(seed)
    days, out = np.ceil(rng.exponential(40, 120)), rng.random(120) < 0.6
    found = cumulative_incidence(days, out.astype(int))
    fit = KaplanMeierFitter().fit(days, out)
    theirs = fit.confidence_interval_.loc[found.days]
    low, high = log_log_band(found)
    inside = found.share < 1 - 1e-9
    assert 1 - found.share == pytest.approx(fit.survival_function_["KM_estimate"].loc[found.days].to_numpy())
    assert (1 - high)[inside] == pytest.approx(theirs.iloc[:, 0].to_numpy()[inside], rel=1e-6)
    assert (1 - low)[inside] == pytest.approx(theirs.iloc[:, 1].to_numpy()[inside], rel=1e-6)
    assert time_to_share(found).days == fit.median_survival_time_
    assert restricted_mean(days, out, 60).days == pytest.approx(restricted_mean_survival_time(fit, t=60), rel=1e-9)


def test_the_variance_with_two_ways_out_is_that_of_many_draws() -> None:
    rng, shares, errors = np.random.default_rng(5), [], []
    for _ in range(400):
        on, off, seen = rng.exponential(30, 80), rng.exponential(60, 80), rng.exponential(50, 80)
        days = np.minimum(np.minimum(on, off), seen)
        way = np.select([days == on, days == off], [1, 2], 0)
        found = cumulative_incidence(days, way)
        shares.append(found.by(20))
        errors.append(found.se[np.searchsorted(found.days, 20, side="right") - 1])
    # 2/3 x (1 - exp(-20/20)) by two constant rates 1/30 and 1/60
    assert np.mean(shares) == pytest.approx(2 / 3 * (1 - np.exp(-1)), abs=0.01)
    assert np.mean(errors) == pytest.approx(np.std(shares), rel=0.08)


def test_expected_days_in_each_state_add_up_and_are_plain_means_where_nobody_waits() -> None:
    # two in state 0 for 2 and 4 days, one of them then in state 1 for 3 days: 6/2 and 3/2
    found = occupancy([1, 1, 2], [0, 1, 0], [0, 2, 0], [2, 5, 4], [1, GONE, GONE], states=2, tau=10)
    assert found.areas.tolist() == pytest.approx([3.0, 1.5])
    rng = np.random.default_rng(1)
    first, second, seen = rng.exponential(10, 300), rng.exponential(20, 300), rng.exponential(60, 300)
    rows = []
    for who, (a, b, c) in enumerate(zip(first, second, seen, strict=True)):
        rows.append((who, 0, 0.0, min(a, c), 1 if a < c else 0))
        if a < c:
            rows.append((who, 1, a, min(a + b, c), GONE if a + b < c else 1))
    table = pd.DataFrame(rows, columns=["who", "state", "start", "end", "to"])
    spent = occupancy(table.who, table.state, table.start, table.end, table.to, states=2, tau=80.0)
    whole = table.groupby("who").agg(end=("end", "max"), out=("to", lambda to: (to == GONE).any()))
    total = cumulative_incidence(whole.end, whole.out.astype(int), horizon=80).free
    assert spent.areas.sum() == spent.total
    assert spent.total == pytest.approx(total, rel=5e-3)  # Kaplan and Meier of the whole journey say the same of it
    assert spent.areas == pytest.approx([10, 20 * 0.93], rel=0.2)


def test_tau_is_the_last_day_that_a_tenth_and_ten_of_each_group_reach() -> None:
    assert common_tau(range(1, 101), range(1, 41)) == 31  # ten of the forty are watched on days up to 31
    assert common_tau(range(1, 301)) == 271  # a tenth of three hundred is thirty
    assert common_tau(range(5)) is None
