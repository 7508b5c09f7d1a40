"""Intervals of medians hold the truth with half the cases waiting; the mean of the finished misses as it should."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from waiting import coverage, finished_mean_error, true_median


@pytest.mark.parametrize("other", [0.0, 0.2])
def test_intervals_of_medians_hold_the_truth_with_half_the_cases_waiting(other: float) -> None:
    found = coverage(2_000, 100, other, seed=7)
    assert 0.93 < found.held < 0.97
    assert found.waiting == pytest.approx(0.5, abs=0.01)


def test_the_mean_of_finished_cases_is_too_low_by_the_stated_amount() -> None:
    # waits of mean 1 seen for c = 1.5936 at most, entered evenly: the finished have density (1 - t/c) exp(-t)
    days = [(at + 0.5) * 1.5936243 / 100_000 for at in range(100_000)]
    weights = [(1 - t / 1.5936243) * 2.718281828459045**-t for t in days]
    mean = sum(t * w for t, w in zip(days, weights, strict=True)) / sum(weights)
    assert finished_mean_error() == pytest.approx(mean - 1, abs=1e-6)
    assert coverage(300, 400, 0.0, seed=3).finished_error == pytest.approx(mean - 1, abs=0.01)
    assert round(100 * finished_mean_error()) == -59


def test_the_true_median_of_whole_days_is_where_half_have_moved_on() -> None:
    for other in (0.0, 0.2):
        day = true_median(other)
        reached = [(1 - other) * (1 - 2.718281828459045 ** (-(at + 1) / 90)) for at in (day - 1, day)]
        assert reached[0] < 0.5 <= reached[1]
