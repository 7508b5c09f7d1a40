"""Optimal pairs are one way, by rule: the least sum, which scipy's solver finds too, and of equal sums one by rule."""

from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from whatworks.evaluation.matching.methods.optimal import match_optimal


def sum_of(score: np.ndarray, treated: np.ndarray, **settings: object) -> tuple[int, float]:
    made = match_optimal(score, treated, **settings).pairs  # type: ignore[arg-type]
    assert made is not None
    return len(made.treated), float(np.abs(score[made.treated] - score[made.comparison]).sum())


@pytest.mark.parametrize("seed", range(60))
def test_as_many_pairs_and_as_small_a_sum_as_another_solver(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(6, 70))
    score = rng.integers(0, 40, size) / 8 if seed % 2 else rng.normal(size=size)
    treated = rng.permutation(size) < rng.integers(2, size - 2)
    caliper = (None, 0.4, 0.125)[seed % 3]
    ratio = 1 + seed % 2
    ours, theirs = np.repeat(score[treated], ratio), score[~treated]
    cost = np.abs(ours[:, None] - theirs)
    far = cost > (np.inf if caliper is None else caliper)
    rows, columns = linear_sum_assignment(np.where(far, 1e4, cost))
    kept = ~far[rows, columns]
    expected = int(kept.sum()), float(cost[rows, columns][kept].sum())
    assert sum_of(score, treated, caliper=caliper, ratio=ratio) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_of_equal_sums_one_is_taken_by_rule_whatever_the_order_of_the_file(seed: int) -> None:
    """Enumeration: among all ways with the least sum the lowest comparisons serve, and nobody crosses."""
    rng = np.random.default_rng(seed)
    score = rng.choice(30, 8, replace=False).astype(float)
    treated = np.arange(8) < 3
    ways = [
        (sum(abs(a - b) for a, b in zip(np.sort(score[:3]), way, strict=True)), way)
        for way in permutations(score[3:], 3)
    ]
    least = min(total for total, _ in ways)
    expected = min(tuple(sorted(way)) for total, way in ways if total == least)
    order = rng.permutation(8)
    for sequence in (np.arange(8), order):
        made = match_optimal(score[sequence], treated[sequence]).pairs
        assert made is not None
        pairs = sorted(zip(score[sequence][made.treated], score[sequence][made.comparison], strict=True))
        assert tuple(theirs for _, theirs in pairs) == expected
