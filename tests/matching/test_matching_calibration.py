"""Matching methods' intervals hold the truth about as often as they say: 200 made-up studies, wide bounds.

`benchmarks/matching_calibration.py` is the same over 5,000.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = str(Path(__file__).resolve().parents[2] / "benchmarks")
RUNS = 200
EFFECTS = ("none", "constant", "varying")
METHODS = ("nearest", "nearest, with replacement", "nearest, 1:2", "radius", "entropy")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found() -> list[dict[str, list]]:
    sys.path.insert(0, BENCHMARKS)
    try:
        from matching_calibration import study
    finally:
        sys.path.remove(BENCHMARKS)
    return [study(seed) for seed in range(1, RUNS + 1)]


@pytest.mark.parametrize("cell", [f"{effect}: {name}" for effect in EFFECTS for name in METHODS])
def test_intervals_cover_and_estimates_are_not_off(found: list[dict[str, list]], cell: str) -> None:
    truth, estimate, se, low, high, p = np.array([one[cell] for one in found]).T
    off = estimate - truth
    # Of 200 runs a share of 95% has a standard error of 1.5 points: these are three and a half of them.
    assert 0.90 <= ((low <= truth) & (truth <= high)).mean() <= 0.995
    assert abs(off.mean()) < 4 * off.std() / np.sqrt(RUNS)
    assert 0.85 < off.std() / se.mean() < 1.15
    if cell.startswith("none"):
        assert truth.tolist() == [0.0] * RUNS
        assert (p <= 0.05).mean() <= 0.105
    else:
        assert (p <= 0.05).mean() > 0.5  # and a fall of ten points is mostly seen


def test_the_honest_search_seldom_finds_what_is_not_there(found: list[dict[str, list]]) -> None:
    for effect in ("none", "constant"):
        assert np.mean([one[f"{effect}: search"][0] for one in found]) <= 0.105
