"""Draws of the links follow the probabilities given, decide each two clusters once, and keep every rule of joining."""

import numpy as np
import pytest

from whatworks.linkage.clusters.decided import Decisions
from whatworks.linkage.clusters.joining import join
from whatworks.linkage.doubt.draws import draw_labels, recalibrated, settled
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, record_table

DRAWS = 1000


def scored(*rows: tuple[int, int, float]) -> ScoredPairs:
    left, right, probability = (np.array(column) for column in zip(*rows, strict=True))
    return ScoredPairs.sorted_from(left, right, probability)


def share(records: RecordTable, pairs: ScoredPairs, left: int, right: int, decisions: Decisions | None = None) -> float:
    """Return in what share of draws two records are one person's."""
    labels = [draw_labels(records, pairs, pairs.probability, seed, decisions or Decisions()) for seed in range(DRAWS)]
    return float(np.mean([label[left] == label[right] for label in labels]))


THREE = record_table(["court", "police", "prison"], ["1", "2", "3"])


def test_a_pair_is_joined_as_often_as_it_is_believed() -> None:
    # 1,000 draws: the share's standard error is 1.4 points.
    assert share(THREE, scored((0, 1, 0.7)), 0, 1) == pytest.approx(0.7, abs=0.05)


def test_two_clusters_are_decided_once_by_their_strongest_pair() -> None:
    # 0 and 1 are surely one. By each of two pairs of one half, record 2 would join them in 3 of 4 draws.
    assert share(THREE, scored((0, 1, 1.0), (0, 2, 0.5), (1, 2, 0.5)), 0, 2) == pytest.approx(0.5, abs=0.055)


def test_a_decision_between_clusters_stays_when_they_grow() -> None:
    # 0-1 (.9) is decided first; 1-2 and 0-2 (.8) then: 0 and 1 apart, 2 may join either and never bridges them.
    pairs = scored((0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.8))
    assert share(THREE, pairs, 0, 1) == pytest.approx(0.9, abs=0.035)


def test_believing_little_joins_nobody_and_believing_all_is_the_best_joining() -> None:
    rng = np.random.default_rng(5)
    for _ in range(30):
        n = 60
        agency = rng.choice(["court", "police", "prison"], n).tolist()
        crn = [f"X{number}00000" if number < 30 else None for number in rng.integers(0, 120, n)]
        records = record_table(agency, [f"{i:03d}" for i in range(n)], crn=crn)
        left, right = rng.integers(0, n, (2, 90))
        kept = left != right
        pairs = ScoredPairs.sorted_from(left[kept], right[kept], rng.uniform(0.3, 1.0, int(kept.sum())))
        sure = draw_labels(records, pairs, 1.0 - 1e-9 * np.arange(len(pairs)), 1)
        assert sure.tolist() == join(records, pairs).label.tolist()
        assert draw_labels(records, pairs, np.full(len(pairs), 0.009), 1).tolist() == list(range(n))


def test_no_draw_contradicts_itself_or_a_person() -> None:
    # Of one agency, two records; and police and court with other numbers of probation.
    held_apart = record_table(["court", "police", "police"], ["1", "2", "3"])
    assert share(held_apart, scored((0, 1, 0.9), (0, 2, 0.9)), 1, 2) == 0
    numbers = record_table(["court", "police", "prison"], ["1", "2", "3"], crn=["X123456", None, "X654321"])
    assert share(numbers, scored((0, 1, 0.9), (1, 2, 0.9)), 0, 2) == 0
    decided = Decisions(must=((0, 2),), cannot=((0, 1),))
    assert share(THREE, scored((1, 2, 0.9)), 0, 2, decided) == 1
    assert share(THREE, scored((1, 2, 0.9)), 1, 2, decided) == 0


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    records = record_table(["court"] * 200 + ["police"] * 200, [f"{i:03d}" for i in range(400)])
    pairs = ScoredPairs.sorted_from(np.arange(200), np.arange(200, 400), np.full(200, 0.5))
    first, again, other = (draw_labels(records, pairs, pairs.probability, [7, draw]).tolist() for draw in (1, 1, 2))
    assert first == again != other


def test_doubts_are_scaled_between_their_bounds() -> None:
    said = np.array([0.999, 0.6, 0.3, 0.29, 0.001])
    assert recalibrated(said, 0.3, 1.0, 1.0) == pytest.approx(said)
    # By hand: doubts of .001, .4 and .7 three times as large, at most .8; .29 and .001 four times, at most .95.
    assert recalibrated(said, 0.3, 3.0, 4.0) == pytest.approx([0.997, 0.2, 0.2, 0.95, 0.004])


@pytest.mark.parametrize("threshold", [0.3, 0.8])
def test_what_is_settled_moves_no_draw(threshold: float) -> None:
    """60 towns with numbers that contradict, agencies that hold people twice, and decisions: each label the same."""
    rng, looked = np.random.default_rng(6), []
    for town in range(60):
        n = 120
        agency = rng.choice(["court", "police", "prison", "probation"], n).tolist()
        crn = [f"X{number}00000" if number < 60 else None for number in rng.integers(0, 400, n)]
        records = record_table(agency, [f"{i:03d}" for i in range(n)], crn=crn)
        left, right = rng.integers(0, n, (2, int(rng.integers(20, 90))))
        kept = left != right
        sure = rng.random(int(kept.sum())) < 0.85
        chance = np.where(sure, rng.uniform(0.97, 1.0, len(sure)), rng.uniform(0.0, 1.0, len(sure)))
        pairs = ScoredPairs.sorted_from(left[kept], right[kept], chance)
        pick = [tuple(sorted(pair)) for pair in rng.integers(0, n, (4, 2)).tolist() if pair[0] != pair[1]]
        decisions = Decisions(must=tuple(pick[:2]), cannot=tuple(pick[2:]))
        most = float(rng.uniform(1.0, 3.0))
        known = settled(records, pairs, recalibrated(pairs.probability, threshold, 0.0, most), threshold, decisions)
        looked.append(float(known.open[known.component].mean()))
        for draw in range(5):
            factors = float(rng.uniform(0.5, 4.0)), float(rng.uniform(0.2, most))
            believed = recalibrated(pairs.probability, threshold, *factors)
            plain = draw_labels(records, pairs, believed, [town, draw], decisions)
            assert draw_labels(records, pairs, believed, [town, draw], decisions, known).tolist() == plain.tolist()
    assert 0.02 < np.mean(looked) < 0.9  # some are settled, and some are not


def test_a_decision_takes_nobody_out_of_a_person() -> None:
    """Police and prison are surely one, and somebody decided that court and prison are: all three are."""
    label = draw_labels(THREE, scored((1, 2, 1.0)), np.array([1.0]), 1, Decisions(must=((0, 2),)))
    assert label.tolist() == [0, 0, 0]
    label = draw_labels(THREE, scored((0, 1, 1.0)), np.array([1.0]), 1, Decisions(must=((1, 2),)))
    assert label.tolist() == [0, 0, 0]
