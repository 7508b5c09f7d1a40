"""Intervals of first contact hold the truth over small towns, and halved ones would be noticed."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from first_contact import coverage, true_shares


def test_intervals_of_first_contact_hold_the_truth_in_a_hundred_small_towns() -> None:
    assert min(coverage(100, 200, seed=4).values()) > 0.85
    assert max(coverage(100, 200, seed=4, narrower=0.5).values()) < 0.85


def test_the_true_shares_are_those_of_constant_rates() -> None:
    """By hand: .05 of .0705 of all who have left, 1 - exp(-28 x .0705) = .8611 of everybody."""
    found = true_shares(28)
    assert np.isclose(found["reached"], 0.05 / 0.0705 * (1 - np.exp(-28 * 0.0705)))
    assert np.isclose(sum(found.values()), 1)
