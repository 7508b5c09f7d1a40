"""Precision and recall from judged samples, against truths that are known."""

import numpy as np
import pytest

from linkage.checking.known_truth import CELLS, LIKELY, MODEL, PAIRS, THRESHOLD, TRUE, judged_of
from whatworks.linkage.checking import quality
from whatworks.linkage.checking.bands import ALLOCATION, count_cells
from whatworks.linkage.checking.judged_pairs import JudgedPairs
from whatworks.linkage.checking.quality import LinkQuality, estimate_quality
from whatworks.records.refusal import Refused

PRECISION = TRUE[LIKELY].sum() / PAIRS[LIKELY].sum()
RECALL = TRUE[LIKELY].sum() / TRUE.sum()


def coverage(samples: int) -> tuple[np.ndarray, np.ndarray]:
    """Return how often the intervals of precision and recall hold the truth, and their mean widths."""
    rng = np.random.default_rng(3)
    inside, width = [], []
    for seed in range(samples):
        found = rng.hypergeometric(TRUE, PAIRS - TRUE, ALLOCATION)
        made = estimate_quality(judged_of(found, np.array(ALLOCATION)), CELLS, THRESHOLD, seed)
        both = ((made.precision, PRECISION), (made.recall, RECALL))
        inside.append([one.low <= truth <= one.high for one, truth in both])
        width.append([one.high - one.low for one, _ in both])
    return np.mean(inside, axis=0), np.mean(width, axis=0)


def test_intervals_cover_the_truth_and_are_about_one_point_wide() -> None:
    # Over 1,000 samples 93.6% and 96.1% are published for the method; of 400 the Monte Carlo error is 1.2 points.
    (precision, recall), width = coverage(400)
    assert 0.90 <= precision <= 0.97
    assert 0.93 <= recall <= 0.99
    assert (width < 0.013).all()


def test_without_the_models_word_precision_covers_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jeffreys' prior throughout: 120 right of 120 still pull down a band of 85,000 (89% is published)."""
    monkeypatch.setattr(quality, "MODEL_STRENGTH", 1.0)
    monkeypatch.setattr(type(CELLS), "model_mean", property(lambda cells: np.full((2, 8), 0.5)))
    (precision, _), width = coverage(200)
    assert precision < 0.92
    assert width[0] > 0.018


def test_all_right_and_nothing_missed() -> None:
    made = estimate_quality(judged_of(np.where(LIKELY, ALLOCATION, 0), np.array(ALLOCATION)), CELLS, THRESHOLD, 1)
    # Beta(n + 4m, 4(1 - m)) has mean (n + 4m)/(n + 4); bands that were not joined keep Jeffreys' half of a pair.
    n = np.array(ALLOCATION)
    precision = (PAIRS * (n + 4 * MODEL) / (n + 4))[LIKELY].sum() / PAIRS[LIKELY].sum()
    missed = (PAIRS * 0.5 / (n + 1))[~LIKELY].sum()
    assert made.precision.share == pytest.approx(precision, abs=2e-4)
    found = precision * PAIRS[LIKELY].sum()
    assert made.recall.share == pytest.approx(found / (found + missed), abs=2e-4)


def test_pairs_of_higher_chance_stand_for_fewer() -> None:
    """A group asked about ten times as often counts no more than its share of the pairs."""
    probability, joined = np.full(200, 0.9995), np.full(200, True)
    same = np.r_[np.zeros(50), np.ones(150)]
    weight = np.r_[np.full(100, 1.0), np.full(100, 10.0)]  # half of 100, wrong, and none of 1,000
    cells = count_cells(np.full(1_100, 0.9995), np.full(1_100, True))
    made = estimate_quality(JudgedPairs(probability, joined, same, weight), cells, THRESHOLD, 1)
    n = 1_100**2 / (100 + 100 * 100)
    assert made.precision.share == pytest.approx((n * 1_050 / 1_100 + 4 * 0.9995) / (n + 4), abs=1e-3)


def test_pairs_that_a_rule_kept_apart_are_among_the_missed() -> None:
    probability = np.r_[np.full(100, 0.9995), np.full(40, 0.95)]
    joined = np.r_[np.full(100, True), np.full(40, False)]
    judged = JudgedPairs(probability, joined, np.ones(140), np.ones(140))
    made = estimate_quality(judged, count_cells(probability, joined), THRESHOLD, 1)
    assert made.recall.share == pytest.approx(100 / 140, abs=0.01)
    assert [(one.joined, one.pairs, one.judged_share) for one in made.bands] == [(False, 40, 1.0), (True, 100, 1.0)]


def test_too_few_judgements_and_no_links_are_refused() -> None:
    few = JudgedPairs(np.full(29, 0.9995), np.full(29, True), np.ones(29), np.ones(29))
    with pytest.raises(Refused, match="29 judged pairs are too few"):
        estimate_quality(few, CELLS, THRESHOLD, 1)
    enough = judged_of(np.zeros(8, int), np.array(ALLOCATION))
    with pytest.raises(Refused, match="no pair of records was joined"):
        estimate_quality(enough, count_cells(np.full(5, 0.01), np.full(5, False)), THRESHOLD, 1)


def test_the_same_judgements_give_the_same_figures() -> None:
    judged = judged_of(np.array([0, 3, 8, 25, 35, 37, 49, 120]), np.array(ALLOCATION))
    made: list[LinkQuality] = [estimate_quality(judged, CELLS, THRESHOLD, 5) for _ in range(2)]
    assert made[0] == made[1]
