"""The published answers come out: Diamond, Rossi, the Data Lab's programmes; and p never contradicts its interval."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.datasets import load_rossi
from scipy import stats
from scipy.special import xlogy
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.intervals import newcombe, score_interval, wald, wilson
from whatworks.statistics.groups.ratio import odds_ratio, risk_ratio
from whatworks.statistics.groups.two_sample import beside_shares, compare_means, compare_shares, fisher_p
from whatworks.statistics.power import smallest_detectable
from whatworks.statistics.verdict import verdict_of

DIAMOND = (156, 368, 136, 327)
SHARES = st.integers(2, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_diamond_initiatives_final_result() -> None:
    found = compare_shares(*DIAMOND)
    assert round(100 * found.treated.value, 1) == 42.4
    assert round(100 * found.comparison.value, 1) == 41.6
    assert round(100 * found.difference, 3) == 0.801
    assert round(found.p, 5) == 0.83089
    assert [round(100 * end, 3) for end in wald(*DIAMOND)] == [-6.549, 8.152]
    assert [round(100 * end, 3) for end in newcombe(*DIAMOND)] == [-6.528, 8.096]
    assert round(risk_ratio(*DIAMOND).value, 5) == 1.01926
    assert round(odds_ratio(*DIAMOND).value, 5) == 1.03344
    assert round(100 * smallest_detectable(found.se), 2) == 10.51
    assert round({other.name: other.p for other in beside_shares(*DIAMOND)}["Welch's t test"], 5) == 0.83116
    assert verdict_of(found) == "more people needed"


def test_rossis_randomised_trial() -> None:
    people = load_rossi()
    aided, others = people.query("fin == 1")["arrest"], people.query("fin == 0")["arrest"]
    counts = int(aided.sum()), len(aided), int(others.sum()), len(others)
    assert counts == (48, 216, 66, 216)
    found = compare_shares(*counts)
    assert round(found.p, 4) == 0.0494
    assert verdict_of(found) == "significant reduction"
    assert found.ci_low < found.difference < found.ci_high < 0
    beside = {other.name: other for other in beside_shares(*counts)}
    assert round(beside["Welch's t test"].p, 4) == 0.0496
    assert round(beside["Fisher's exact test"].p, 3) == 0.063


@pytest.mark.parametrize(
    ("n", "events", "expected", "printed"),
    [
        (72, 22, 0.425, ("1", "23")),  # Blue Sky
        (231, 61, 0.345, ("2", "14")),  # Langley House
        (805, 145, 0.23, ("2", "8")),  # Open University
        (3085, 577, 0.255, ("5", "8")),  # Prisoners' Education Trust
    ],
)
def test_the_data_labs_published_intervals(n: int, events: int, expected: float, printed: tuple[str, str]) -> None:
    # The comparison group is very large: a million people with the published share.
    pool = 1_000_000
    for found in (
        compare_shares(events, n, round(expected * pool), pool),
        compare_means(np.arange(n) < events, np.arange(pool) < round(expected * pool)),
    ):
        ends = [str(Decimal(-100 * end).quantize(Decimal(1), ROUND_HALF_UP)) for end in (found.ci_high, found.ci_low)]
        if found.estimator.startswith("difference of means"):
            assert tuple(ends) == printed
        assert verdict_of(found) == "significant reduction"


@given(SHARES, SHARES)
def test_interval_and_p_of_two_shares_never_contradict(one: tuple[int, int], two: tuple[int, int]) -> None:
    found = compare_shares(*one, *two)
    if abs(found.p - 0.05) > 1e-9:
        assert (found.p < 0.05) == (found.ci_low > 1e-12 or found.ci_high < -1e-12)
    assert -1 <= found.ci_low <= found.difference <= found.ci_high <= 1
    assert verdict_of(found) == "more people needed" or found.ci_low * found.ci_high > 0


@given(SHARES, SHARES)
def test_swapping_the_groups_turns_the_sign(one: tuple[int, int], two: tuple[int, int]) -> None:
    ours, other = compare_shares(*one, *two), compare_shares(*two, *one)
    assert (ours.difference, ours.p, ours.se) == pytest.approx((-other.difference, other.p, other.se), abs=1e-12)
    assert (ours.ci_low, ours.ci_high) == pytest.approx((-other.ci_high, -other.ci_low), abs=1e-9)


@pytest.mark.parametrize("counts", [DIAMOND, (48, 216, 66, 216), (1, 40, 9, 55), (0, 30, 4, 25), (30, 30, 20, 25)])
def test_intervals_are_those_of_statsmodels(counts: tuple[int, int, int, int]) -> None:
    one, n_1, two, n_2 = counts
    assert newcombe(*counts) == pytest.approx(
        confint_proportions_2indep(one, n_1, two, n_2, method="newcomb", compare="diff"), abs=1e-12
    )
    assert wilson(one, n_1) == pytest.approx(proportion_confint(one, n_1, method="wilson"), abs=1e-12)
    assert compare_shares(*counts).p == pytest.approx(proportions_ztest([one, two], [n_1, n_2])[1], rel=1e-9)


def test_the_intervals_newcombe_printed() -> None:
    # Newcombe 1998, table II, 56/70 - 48/80: methods 5 (Mee) and 10.
    assert [round(end, 4) for end in score_interval(56, 70, 48, 80)] == [0.0533, 0.3377]
    assert [round(end, 4) for end in newcombe(56, 70, 48, 80)] == [0.0524, 0.3339]


@pytest.mark.parametrize("counts", [DIAMOND, (48, 216, 66, 216), (1, 40, 9, 55), (0, 30, 4, 25), (30, 30, 20, 25)])
def test_at_its_ends_the_score_test_is_just_rejected(counts: tuple[int, int, int, int]) -> None:
    one, n_1, two, n_2 = counts
    for delta in score_interval(*counts):
        p = np.linspace(max(0, -delta), min(1, 1 - delta), 400_001)[1:-1]
        logs = [xlogy(events, share) for events, share in ((one, p + delta), (n_1 - one, 1 - p - delta))]
        logs += [xlogy(events, share) for events, share in ((two, p), (n_2 - two, 1 - p))]
        best = p[np.argmax(sum(logs))]
        spread = (best + delta) * (1 - best - delta) / n_1 + best * (1 - best) / n_2
        assert abs(one / n_1 - two / n_2 - delta) / spread**0.5 == pytest.approx(1.959964, abs=2e-4)


def test_means_are_scipys_welch() -> None:
    rng = np.random.default_rng(2)
    ours, theirs = rng.gamma(2, 3, 60), rng.gamma(1, 4, 200)
    found, wanted = compare_means(ours, theirs), stats.ttest_ind(ours, theirs, equal_var=False)
    assert found.p == pytest.approx(wanted.pvalue)
    assert (found.ci_low, found.ci_high) == pytest.approx(tuple(wanted.confidence_interval()))


def test_ratios_without_a_bound_say_so() -> None:
    assert risk_ratio(5, 10, 0, 10).value is None
    assert risk_ratio(0, 10, 5, 10).value == 0
    assert odds_ratio(10, 10, 5, 10).value is None
    low, high = risk_ratio(66, 216, 48, 216).ci_low, risk_ratio(66, 216, 48, 216).ci_high
    # Katz: ln 1.375 -+ 1.959964 sqrt(1/66 - 1/216 + 1/48 - 1/216) = 0.318454 -+ 0.320415
    assert (low, high) == pytest.approx((0.998041, 1.894334), abs=2e-6)


@pytest.mark.parametrize("counts", [(5, 4, 1, 2), (1, 0, 1, 2), (-1, 4, 1, 2)])
def test_what_is_no_share_is_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(Refused):
        compare_shares(*counts)


def test_a_mean_of_one_person_is_refused() -> None:
    with pytest.raises(Refused, match="fewer than two"):
        compare_means([1.0], [1.0, 2.0])


def test_constant_outcomes_give_a_difference_without_doubt_or_none() -> None:
    assert compare_means([1.0, 1.0], [1.0, 1.0]).p == 1.0
    assert compare_shares(0, 10, 0, 12).p == 1.0


@pytest.mark.parametrize("seed", range(40))
def test_fishers_p_is_that_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = rng.integers(1, 3 if seed % 4 == 0 else 400, 2)
    events = [int(rng.integers(0, people + 1)) for people in n]
    counts = events[0], int(n[0]), events[1], int(n[1])
    table = [[counts[0], counts[1] - counts[0]], [counts[2], counts[3] - counts[2]]]
    assert fisher_p(*counts) == pytest.approx(float(stats.fisher_exact(table)[1]), rel=1e-9, abs=1e-300)


def test_fishers_p_keeps_its_digits_with_a_million_people() -> None:
    table = [[500_100, 499_900], [500_900, 499_100]]
    assert fisher_p(500_100, 1_000_000, 500_900, 1_000_000) == pytest.approx(stats.fisher_exact(table)[1], rel=1e-6)
