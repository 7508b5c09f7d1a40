"""Where only the scheme's people are joined wrongly, and the model is too sure by half, draws hold the truth.

`benchmarks/link_doubt.py` makes up the studies and asks the same of 500; here it is 50 (seeds fixed), with ten draws.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = str(Path(__file__).resolve().parents[2] / "benchmarks")
RUNS = 50
DRAWS = 10

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def studies() -> list[dict[str, tuple[float, float, float]]]:
    sys.path.insert(0, BENCHMARKS)
    try:
        from link_doubt import study
    finally:
        sys.path.remove(BENCHMARKS)
    return [study(seed, "scheme only", DRAWS, ("calibrated",)) for seed in range(1, RUNS + 1)]


def held(studies: list[dict[str, tuple[float, float, float]]], name: str, width: float = 1.0) -> int:
    """Return in how many studies the interval, made `width` times as wide, holds the truth, which is zero."""
    return sum(abs(each[name][0]) <= width * each[name][2] for each in studies)


def test_calibrated_draws_hold_the_truth_and_links_taken_as_they_are_do_not(studies) -> None:
    assert held(studies, "truth") >= 44
    assert held(studies, "calibrated") >= 44
    assert held(studies, "ignored") <= 35


def test_half_the_error_would_not_do(studies) -> None:
    assert held(studies, "calibrated", 0.5) < 44


def test_the_draws_take_most_of_the_error_out(studies) -> None:
    # A pair drawn false is dropped, not put right, so part of what wrong links do stays.
    off = {name: np.mean([each[name][0] - each["truth"][0] for each in studies]) for name in studies[0]}
    assert off["ignored"] < -0.02
    assert abs(off["calibrated"]) < 0.3 * abs(off["ignored"])
