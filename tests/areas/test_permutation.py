"""The exact test over areas, held to published p-values and to a slow program written apart."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from whatworks.statistics.areas.assignments import MOST_LISTED, assignments
from whatworks.statistics.areas.permutation import gaps, inverted_interval, joint_p, permutation_p


@pytest.mark.parametrize(
    ("ours", "theirs", "smallest"),
    [(4, 4, Fraction(2, 70)), (3, 3, Fraction(2, 20)), (2, 6, Fraction(1, 28)), (3, 5, Fraction(1, 56)),
     (1, 19, Fraction(1, 20)), (1, 1, Fraction(1)), (6, 6, Fraction(2, 924))],
)  # fmt: skip
def test_the_smallest_p_is_one_choice_in_all_or_two_where_each_has_a_mirror_image(ours, theirs, smallest):
    ways = assignments((True,) * ours + (False,) * theirs)
    assert ways.smallest_p == pytest.approx(float(smallest))
    clearest = [1.0 + j / 100 for j in range(ours)] + [0.0 + j / 1000 for j in range(theirs)]
    assert permutation_p(clearest, ways) == pytest.approx(float(smallest))


def test_pairs_are_swapped_within_themselves_only():
    ways = assignments((True, False, False, True, True, False, True, False), (1, 1, 2, 2, 3, 3, 4, 4))
    assert (ways.ways, ways.smallest_p) == (16, 0.125)  # four matched pairs
    assert (ways.given[:, 0::2] != ways.given[:, 1::2]).all()
    mixed = assignments((True, False, False, True, False), (7, 7, 7, 3, 3))  # 3 x 2 ways, and no mirror image
    assert (mixed.ways, len(np.unique(mixed.given, axis=0)), mixed.smallest_p) == (6, 6, pytest.approx(1 / 6))


def by_hand(values: list[int], ours: int) -> Fraction:
    """Return the exact p by fractions and sets, without arrays."""
    every = list(combinations(range(len(values)), ours))

    def gap(chosen) -> Fraction:
        inside = sum(values[j] for j in chosen)
        return Fraction(inside, ours) - Fraction(sum(values) - inside, len(values) - ours)

    wanted = abs(gap(tuple(range(ours))))
    return Fraction(sum(abs(gap(chosen)) >= wanted for chosen in every), len(every))


@pytest.mark.parametrize("seed", range(12))
def test_p_is_what_fractions_give_ties_among_them(seed):
    rng = np.random.default_rng(seed)
    ours, theirs = int(rng.integers(1, 5)), int(rng.integers(1, 6))
    values = rng.integers(0, 6, ours + theirs).tolist()
    found = permutation_p(np.array(values) / 7, assignments((True,) * ours + (False,) * theirs))
    assert found == pytest.approx(float(by_hand(values, ours)))


@pytest.mark.parametrize("seed", range(8))
def test_the_interval_holds_the_effects_that_the_test_does_not_reject(seed):
    rng = np.random.default_rng(100 + seed)
    ours, theirs = [(4, 4), (3, 5), (5, 5), (2, 7)][seed % 4]
    given = np.arange(ours + theirs) < ours
    ways = assignments(tuple(given.tolist()))
    dose = np.where(given, rng.uniform(0.8, 1.0, len(given)), rng.uniform(0.0, 0.1, len(given)))
    values = rng.normal(size=len(given)) + 0.5 * dose
    low, high = inverted_interval(values, dose, ways)
    assert np.isfinite([low, high]).all()
    for effect in (low + 1e-6, (low + high) / 2, high - 1e-6):
        assert permutation_p(values - effect * dose, ways) > 0.05
    for effect in (low - 1e-6, high + 1e-6, low - 5, high + 5):
        assert permutation_p(values - effect * dose, ways) <= 0.05


def test_areas_too_few_for_any_p_have_no_interval():
    assert inverted_interval([1, 2, 3, 7, 8, 9], [0, 0, 0, 1, 1, 1], assignments((False,) * 3 + (True,) * 3)) == (
        -np.inf,
        np.inf,
    )


def test_with_too_many_ways_some_are_drawn_the_observed_one_among_them_and_the_same_each_time():
    given = (True,) * 16 + (False,) * 17
    ways = assignments(given, None, 5)
    assert (ways.listed, ways.ways, len(ways.given)) == (False, 1_166_803_110, MOST_LISTED)
    assert ways.given[0].tolist() == list(given)
    assert (ways.given.sum(axis=1) == 16).all()
    assert (assignments.__wrapped__(given, None, 5).given == ways.given).all()
    values = np.random.default_rng(1).normal(size=33) + 0.55 * np.array(given)
    share = permutation_p(values, ways)
    spread = np.sqrt(values.var(ddof=1) * (1 / 16 + 1 / 17))  # of a difference of means over all ways, exactly
    assert np.std(gaps(values, ways)[1:]) == pytest.approx(spread, rel=0.01)
    assert 0.005 < share < 0.5


def test_several_differences_together_are_one_question():
    ways = assignments((True,) * 4 + (False,) * 4)
    one = np.array([[5.0], [6], [7], [9], [1], [2], [3], [4]])
    assert joint_p(one, ways) == permutation_p(one[:, 0], ways)
    assert joint_p(np.hstack([one, one]), ways) == joint_p(one, ways)  # said twice, it is no stronger
    quiet = np.random.default_rng(2).normal(size=(8, 3))
    assert joint_p(quiet, ways) == joint_p(quiet * [1, 100, 0.01], ways)  # units do not matter
