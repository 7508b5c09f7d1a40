"""How far the model's doubts fall short: against arithmetic, and against made-up truths that are known."""

import numpy as np
import pytest

from linkage.checking.known_truth import LIKELY, MODEL, PAIRS, THRESHOLD, TRUE, judged_of
from whatworks.linkage.checking.bands import ALLOCATION
from whatworks.linkage.checking.calibration import ENOUGH, Calibration, calibrate
from whatworks.linkage.checking.judged_pairs import JudgedPairs


def test_factors_are_found_over_said_with_the_prior_of_the_page() -> None:
    # Joined: weights 10 x 3 and 70 x 1, all doubted 0.1; the one of weight 70 is false. Effective n = 100^2/5200.
    probability = np.array([0.9, 0.9, 0.9, 0.9, 0.1, 0.1])
    same = np.array([1.0, 1, 1, 0, 1, 0])
    weight = np.array([10.0, 10, 10, 70, 5, 5])
    made = calibrate(JudgedPairs(probability, probability >= THRESHOLD, same, weight), THRESHOLD).pooled
    n = 100**2 / (3 * 100 + 4900)
    assert made.phi.mean == pytest.approx((0.7 * n + 4 * 0.1) / (n + 4) / 0.1, rel=1e-12)
    assert made.psi.mean == pytest.approx((0.5 * 2 + 1 * 0.1) / (2 + 1) / 0.1, rel=1e-12)


def test_a_split_judgement_counts_a_half() -> None:
    probability = np.full(40, 0.95)
    halves = JudgedPairs(probability, probability > 0, np.full(40, 0.5), np.ones(40))
    assert calibrate(halves, THRESHOLD).pooled.phi.mean == pytest.approx((20 + 4 * 0.05) / 44 / 0.05)


def test_what_a_rule_kept_apart_tells_of_neither_factor() -> None:
    probability = np.array([0.9, 0.9, 0.1])
    pairs = JudgedPairs(probability, np.array([True, False, False]), np.array([1.0, 0.0, 0.0]), np.ones(3))
    made = calibrate(pairs, THRESHOLD).pooled
    assert (made.phi.judged, made.psi.judged) == (1, 1)


def test_a_group_with_too_few_judged_pairs_takes_the_value_of_all() -> None:
    probability = np.full(ENOUGH * 2 - 1, 0.9)
    same = np.r_[np.zeros(10), np.ones(ENOUGH * 2 - 11)]
    group = np.r_[np.zeros(ENOUGH, int), np.ones(ENOUGH - 1, int)]
    made = calibrate(JudgedPairs(probability, probability > 0, same, np.ones(len(group))), THRESHOLD, group, ["a", "b"])
    enough, few = made.groups
    assert not enough.phi_pooled
    assert enough.phi.found == pytest.approx(10)
    assert few.phi_pooled
    assert few.phi == made.pooled.phi
    phi, _ = made.draw(np.random.default_rng(0), 50)
    assert (phi[:, 1] == phi[:, 2]).all()
    assert (phi[:, 0] != phi[:, 2]).any()


def test_without_judgements_the_model_is_taken_at_its_word() -> None:
    nobody = JudgedPairs(*(np.zeros(0) for _ in range(4)))
    nobody = JudgedPairs(nobody.probability, np.zeros(0, bool), nobody.same, nobody.weight)
    for made in (Calibration.unchecked(["a"]), calibrate(nobody, THRESHOLD, np.zeros(0, int), ["a"])):
        assert made.judged == 0
        phi, psi = made.draw(np.random.default_rng(0), 3)
        assert phi.tolist() == psi.tolist() == [[1.0, 1.0]] * 3


def test_a_model_without_any_doubt_is_not_divided_by() -> None:
    sure = JudgedPairs(np.ones(50), np.ones(50, bool), np.r_[np.zeros(5), np.ones(45)], np.ones(50))
    made = calibrate(sure, THRESHOLD)
    assert np.isfinite(made.draw(np.random.default_rng(0), 9)).all()


@pytest.mark.parametrize("times", [1, 3])
def test_factors_are_right_on_average_and_their_draws_cover_the_truth(times: int) -> None:
    """400 samples of 380 pairs from known truths: a model about right, and one that misses two false links in three."""
    false = np.minimum((PAIRS - TRUE) * times, PAIRS * 8 // 10)
    true = np.where(LIKELY, PAIRS - false, TRUE)
    phi = false[LIKELY].sum() / (PAIRS * (1 - MODEL))[LIKELY].sum()
    psi = true[~LIKELY].sum() / (PAIRS * MODEL)[~LIKELY].sum()
    rng = np.random.default_rng(20)
    means, covered = [], []
    for _ in range(400):
        found = rng.hypergeometric(true, PAIRS - true, ALLOCATION)
        made = calibrate(judged_of(found, np.array(ALLOCATION)), THRESHOLD)
        means.append((made.mean[0][-1] / phi, made.mean[1][-1] / psi))
        drawn = [column[:, -1] for column in made.draw(rng, 400)]
        ends = [np.percentile(values, [2.5, 97.5]) for values in drawn]
        covered.append([low <= truth <= high for (low, high), truth in zip(ends, (phi, psi), strict=True)])
    # Both are within 15% on average (psi rests on 90 pairs of which 20 stand for 85% of the weight) and cover at least
    # 95%: the effective number makes them wider than need be, never too narrow.
    assert np.mean(means, axis=0) == pytest.approx([1, 1], abs=0.15)
    assert (np.mean(covered, axis=0) >= 0.95).all()
