"""Draws are combined as Rubin, and Barnard and Rubin, published it."""

from math import inf, sqrt

import numpy as np
import pytest
from scipy.stats import t

from whatworks.records.refusal import Refused
from whatworks.statistics.rubin import combine_draws

ESTIMATES = (-0.17802, -0.16133, -0.15465, -0.17050, -0.16204, -0.15019, -0.14651, -0.15456)
ERRORS = (0.02681, 0.02624, 0.02613, 0.02625, 0.02587, 0.02643, 0.02536, 0.02544)
"""Eight draws of one made-up partnership, worked out by a separate program."""


def test_eight_draws_give_the_known_answer() -> None:
    found = combine_draws(ESTIMATES, ERRORS)
    assert found.estimate == pytest.approx(-0.159725, abs=1e-9)
    assert found.within == pytest.approx(0.00067966, abs=5e-9)
    assert found.between == pytest.approx(0.00011096, abs=5e-9)
    assert found.se == pytest.approx(sqrt(0.00080449), abs=5e-7)
    assert found.share == pytest.approx(0.15517, abs=5e-6)
    assert found.df == pytest.approx(290.7, abs=0.05)


def test_the_estimators_own_degrees_of_freedom_are_joined_harmonically() -> None:
    # By hand: lambda .15517, df 50: observed = 51/53 * 50 * .84483 = 40.647; 1/(1/290.7 + 1/40.647) = 35.66.
    found = combine_draws(ESTIMATES, ERRORS, df=50)
    assert found.df == pytest.approx(35.66, abs=0.01)
    low, high = found.interval()
    assert (high - low) / 2 == pytest.approx(t.ppf(0.975, found.df) * found.se, rel=1e-9)
    assert found.p == pytest.approx(2 * t.sf(0.159725 / found.se, found.df), rel=1e-9)


@pytest.mark.parametrize(("df", "expected"), [(10.0, 10 * 11 / 13), (inf, inf)])
def test_draws_that_agree_leave_the_estimators_own(df: float, expected: float) -> None:
    found = combine_draws([0.125] * 20, [0.02] * 20, df)
    assert (found.between, found.share) == (0.0, 0.0)
    assert found.se == pytest.approx(0.02)
    assert found.df == pytest.approx(expected)


def test_more_spread_is_never_surer_and_order_and_unit_do_not_matter() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        q, se = rng.normal(size=20), rng.uniform(0.5, 2.0, 20)
        found, wider = combine_draws(q, se, 80), combine_draws(q.mean() + 2 * (q - q.mean()), se, 80)
        assert wider.se > found.se > sqrt(found.within)
        assert wider.share > found.share
        again = combine_draws(100 * q[::-1], 100 * se[::-1], 80)
        assert (again.se / 100, again.df) == pytest.approx((found.se, found.df))


@pytest.mark.parametrize(
    ("estimates", "errors"),
    [([0.1], [0.1]), ([], []), ([0.1, 0.2], [0.0, 0.0]), ([0.1, float("nan")], [0.1, 0.1]), ([0.1, 0.2], [0.1, inf])],
)
def test_what_cannot_be_combined_is_refused(estimates: list[float], errors: list[float]) -> None:
    with pytest.raises(Refused):
        combine_draws(estimates, errors)
