"""What hidden bias or lost outcomes could do agrees with published tables, other programs and hand counts."""

from math import comb, sqrt

import numpy as np
import pytest
from scipy.stats import wilcoxon
from statsmodels.stats.meta_analysis import combine_effects

from whatworks.records.refusal import Refused
from whatworks.statistics.bias.bounds import lee_bounds
from whatworks.statistics.bias.e_value import e_value
from whatworks.statistics.bias.rosenbaum import rosenbaum_gamma
from whatworks.statistics.groups.ratio import Ratio
from whatworks.statistics.meta_analysis import combine


def test_the_e_value_of_the_paper_that_proposed_it() -> None:
    # VanderWeele and Ding (2017): risk ratio 3.9 (1.8 to 8.7) gives 7.26 and 3.0.
    found = e_value(Ratio("risk ratio", 3.9, 1.8, 8.7))
    assert (round(found.estimate, 2), round(found.limit, 1)) == (7.26, 3.0)
    turned = e_value(Ratio("risk ratio", 1 / 3.9, 1 / 8.7, 1 / 1.8))
    assert (turned.estimate, turned.limit) == pytest.approx((found.estimate, found.limit))


def test_an_interval_that_includes_no_effect_needs_no_hidden_factor() -> None:
    found = e_value(Ratio("risk ratio", 0.9, 0.7, 1.1))
    assert found.limit == 1.0 and "the ratio's interval includes no effect as it is" in found.sentence
    with pytest.raises(Refused, match="needs a ratio with an interval"):
        e_value(Ratio("risk ratio", None, None, None))


def test_what_explains_a_fall_away_makes_the_outcome_less_likely() -> None:
    """Bias of a risk ratio is at most ab / (a + b - 1) (Ding and VanderWeele 2016): at 2 and 2 a third more, 4/3.

    A factor that made the scheme and the outcome both likelier would raise the ratio and so hide a fall.
    """
    fell = e_value(Ratio("risk ratio", 0.75, 0.6, 0.9))
    assert fell.estimate == pytest.approx(2.0) and fell.limit == pytest.approx(10 / 9 + sqrt(10 / 81))
    assert "the scheme 2.0 times as likely and the outcome 2.0 times less likely" in fell.sentence
    assert "both being in the scheme and the outcome 2.0" in e_value(Ratio("risk ratio", 4 / 3, 1.1, 1.6)).sentence


def test_gamma_of_the_smoking_pairs() -> None:
    # Hammond's 1964 pairs: of 122 in which one died of lung cancer, in 110 it was the heavy smoker. Gamma is where
    # twice the upper tail of a binomial with p = gamma / (1 + gamma) reaches 5%, summed here by hand.
    found = rosenbaum_gamma([1] * 110 + [0] * 12 + [0] * 40, [0] * 110 + [1] * 12 + [0] * 40)
    share = found.gamma / (1 + found.gamma)
    tail = sum(comb(122, k) * share**k * (1 - share) ** (122 - k) for k in range(110, 123))
    assert 2 * tail == pytest.approx(0.05, abs=1e-6)
    assert 5 < found.gamma < 6 and "5.04 times as likely" in found.sentence


def test_without_hidden_bias_it_is_the_signed_rank_test() -> None:
    rng = np.random.default_rng(3)
    ours, theirs = rng.normal(0, 1, 80), rng.normal(0.6, 1, 80)
    found = rosenbaum_gamma(ours, theirs)
    assert found.p == pytest.approx(wilcoxon(ours, theirs, correction=False, method="asymptotic").pvalue, rel=1e-9)
    assert found.gamma > 1


def test_where_chance_explains_the_pairs_hidden_bias_is_not_asked() -> None:
    assert rosenbaum_gamma([1, 0, 1, 0], [0, 1, 1, 0]).gamma == 1.0
    assert "do not differ" in rosenbaum_gamma([1, 0], [1, 0]).sentence
    with pytest.raises(Refused, match="need pairs"):
        rosenbaum_gamma([1, 0, 1], [0, 1])


def test_lee_bounds_by_hand() -> None:
    # Treated: 8 of 10 known, four of them 1. Comparison: 6 of 10 known, three of them 1, so a quarter of the treated's
    # known outcomes (2 of 8) go: without the top two 2/6 remain, without the bottom two 4/6.
    ours = [1, 1, 1, 1, 0, 0, 0, 0, np.nan, np.nan]
    theirs = [1, 1, 1, 0, 0, 0, np.nan, np.nan, np.nan, np.nan]
    found = lee_bounds(ours + theirs, [True] * 10 + [False] * 10)
    assert (found.low, found.high, found.trimmed) == pytest.approx((2 / 6 - 0.5, 4 / 6 - 0.5, 0.25))
    other = lee_bounds(theirs + ours, [True] * 10 + [False] * 10)
    assert (other.low, other.high) == pytest.approx((-found.high, -found.low))


def test_lee_bounds_are_refused_where_they_have_no_work() -> None:
    with pytest.raises(Refused, match="every outcome is known"):
        lee_bounds([1, 0], [True, False])
    with pytest.raises(Refused, match="nobody's outcome is known"):
        lee_bounds([np.nan, 0], [True, False])


SITES = ([-0.06, -0.01, -0.12, 0.02, -0.05], [0.02, 0.015, 0.03, 0.025, 0.04])


def test_sites_combine_as_in_statsmodels() -> None:
    effects, errors = (np.array(one) for one in SITES)
    theirs = combine_effects(effects, errors**2, method_re="iterated", use_t=True)
    found = combine(*SITES)
    assert found.fixed_difference == pytest.approx(theirs.mean_effect_fe, rel=1e-9)
    assert found.fixed_high - found.fixed_low == pytest.approx(2 * 1.959963985 * theirs.sd_eff_w_fe, rel=1e-6)
    assert found.between**2 == pytest.approx(theirs.tau2, rel=1e-5)
    assert found.difference == pytest.approx(theirs.mean_effect_re, rel=1e-5)
    low, high = theirs.conf_int_re(0.05) if hasattr(theirs, "conf_int_re") else theirs.conf_int()[3]
    assert (found.ci_low, found.ci_high) == pytest.approx((low, high), rel=1e-4)


def test_alike_sites_have_nothing_between_them_and_one_more_is_within_their_interval() -> None:
    found = combine([-0.05, -0.05, -0.05], [0.02, 0.02, 0.02])
    assert found.between == 0 and found.heterogeneity == 0
    assert found.difference == found.fixed_difference == pytest.approx(-0.05)
    # Never shorter than with tau = 0: t(2) x 0.02 / sqrt(3).
    assert found.ci_high - found.difference == pytest.approx(4.302652730 * 0.02 / sqrt(3), rel=1e-6)
    with pytest.raises(Refused, match="one answer is not several"):
        combine([-0.05], [0.02])


def test_gamma_of_pairs_that_all_differ_the_same_way_by_arithmetic() -> None:
    # Ranks 1 to 10, all on one side: S = 55, Q = 385. With share g/(1+g) the deviate is S / sqrt(Q g), so it equals
    # 1.959964 where g = S^2 / (Q 1.959964^2).
    gaps = np.arange(1.0, 11.0)
    found = rosenbaum_gamma(gaps / 10, np.zeros(10))
    assert found.gamma == pytest.approx(55**2 / (385 * 1.959963984540054**2), rel=1e-6)
