"""Where few people had the outcome, the score method answers, alone and within what it promises."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from flat_people import evaluated

from whatworks.statistics.groups.few_events import FEW_EVENTS, has_few_events, score_effect
from whatworks.statistics.groups.intervals import score_interval
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.weights import Matched, matched_sample


def pairs(n: int) -> tuple[np.ndarray, Matched]:
    treated = np.arange(2 * n) < n
    return treated, matched_sample(Pairs(np.arange(n), np.arange(n, 2 * n), np.ones(n, int)), treated, replace=False)


@pytest.mark.parametrize(("ours", "theirs", "few"), [(10, 10, False), (9, 20, True), (20, 9, True), (41, 20, True)])
def test_nine_on_either_side_of_the_outcome_in_either_group_are_few(ours: int, theirs: int, few: bool) -> None:
    treated, matched = pairs(50)
    outcome = np.repeat([1, 0, 1, 0], [ours, 50 - ours, theirs, 50 - theirs])
    assert has_few_events(outcome, treated, matched) is few


def test_unweighted_pairs_give_the_pooled_z_test_and_its_interval() -> None:
    """3 of 50 against 11 of 50: pooled 0.14, z = -0.16 / sqrt(0.14 * 0.86 * 2 / 50) = -2.3056, two-sided p 0.0211."""
    treated, matched = pairs(50)
    found = score_effect(np.repeat([1, 0, 1, 0], [3, 47, 11, 39]), treated, matched)
    assert found.difference == pytest.approx(-0.16)
    assert found.p == pytest.approx(0.0211, abs=5e-5)
    assert (found.ci_low, found.ci_high) == score_interval(3, 50, 11, 50)
    assert found.ci_high < 0


def test_a_comparison_used_often_counts_as_fewer_people() -> None:
    """Weights 3, 1 and 1 are worth 25 / 11 people (Kish), so the interval is wider than that of three."""
    treated = np.arange(23) < 20
    weights = np.r_[np.ones(20), 3.0, 1.0, 1.0]
    outcome = np.r_[np.repeat([1, 0], [5, 15]), 1, 0, 0]
    found = score_effect(outcome, treated, Matched(weights, None))
    assert found.comparison.value == pytest.approx(3 / 5)
    assert (found.ci_low, found.ci_high) == pytest.approx(score_interval(5, 20, 0.6 * 25 / 11, 25 / 11))


def test_nobody_with_the_outcome_leaves_an_interval_of_some_width() -> None:
    treated, matched = pairs(40)
    found = score_effect(np.zeros(80), treated, matched)
    # With one share zero and the other d, d * d = 1.96^2 * d * (1 - d) / 40, so d = 3.8415 / 43.8415.
    assert found.p == 1.0 and found.se > 0
    assert (found.ci_low, found.ci_high) == pytest.approx((-3.8415 / 43.8415, 3.8415 / 43.8415), abs=1e-5)


def test_the_interval_covers_a_rare_outcome_s_difference_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20)
    treated, matched = pairs(90)
    covered = 0
    for _ in range(400):
        outcome = np.r_[rng.random(90) < 0.03, rng.random(90) < 0.07]
        found = score_effect(outcome, treated, matched)
        covered += found.ci_low <= -0.04 <= found.ci_high
    assert 0.92 <= covered / 400 <= 0.985


def test_an_evaluation_names_the_score_method_and_decides_by_it_alone(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    n = 300
    frame = pl.DataFrame(
        {
            "treated": [i % 3 == 0 for i in range(n)],
            "age": rng.integers(20, 60, n),
            "sex": rng.choice(["female", "male"], n),
            "reoffended": [int(i % 3 != 0 and i % 4 == 0) for i in range(n)],
        }
    )
    outcome = evaluated(tmp_path, frame).outcomes[0]
    assert outcome.estimator == FEW_EVENTS
    assert outcome.treated.events == 0 and outcome.comparison is not None
    counts = 0, outcome.treated.n, outcome.comparison.events or 0, outcome.comparison.n
    assert (outcome.ci_low, outcome.ci_high) == pytest.approx(score_interval(*counts))
    assert outcome.verdict == "significant reduction" and outcome.p is not None and outcome.p <= 0.05
    # No ratio with nobody on one side: a share of zero has a ratio of zero and no interval.
    assert [(one.name, one.value, one.ci_low) for one in outcome.ratios] == [
        ("risk ratio", 0.0, None), ("odds ratio", 0.0, None),
    ]  # fmt: skip


def test_rates_and_shares_come_as_ratios_too(tmp_path: Path) -> None:
    """The ratios are those of the two values printed; a score, days and nights have none."""
    rng = np.random.default_rng(8)
    n = 600
    treated = rng.random(n) < 0.4
    frame = pl.DataFrame(
        {
            "treated": treated,
            "age": rng.integers(20, 60, n),
            "sex": rng.choice(["female", "male"], n),
            "reoffended": (rng.random(n) < np.where(treated, 0.3, 0.45)).astype(int),
            "offences": rng.negative_binomial(0.7, np.where(treated, 0.45, 0.35), n),
            "days": rng.integers(1, 365, n),
        }
    )
    outcomes = {
        "reoffended": {"column": "reoffended", "label": "Reoffending"},
        "offences": {"column": "offences", "label": "Offences", "kind": "frequency"},
        "days": {"column": "days", "label": "Days", "kind": "days"},
    }
    result = evaluated(
        tmp_path,
        frame,
        outcomes={"primary": "reoffended", "others": ["offences", "days"]},
        data={"outcomes": outcomes},
    )
    shares, rates, days = result.outcomes
    for outcome in (shares, rates):
        assert outcome.comparison is not None and outcome.comparison.value and outcome.treated.value
        assert outcome.ratios[0].value == pytest.approx(outcome.treated.value / outcome.comparison.value)
    assert [one.name for one in shares.ratios] == ["risk ratio", "odds ratio"]
    assert [one.name for one in rates.ratios] == ["rate ratio"]
    assert days.ratios == ()
    # Negative binomial counts vary 2 to 3 times as much as Poisson's, so the interval must be wider than theirs.
    (rate,) = rates.ratios
    assert rate.ci_low and rate.ci_high and rates.comparison and rates.comparison.value and rates.treated.value
    ours, theirs = rates.treated.n * rates.treated.value, rates.comparison.n * rates.comparison.value
    poisson = 1.96 * (1 / ours + 1 / theirs) ** 0.5
    assert np.log(rate.ci_high / rate.ci_low) / 2 > 1.2 * poisson
