"""Which pairs are asked about: enough of every band, of any two agencies and of each group, at known chances."""

import numpy as np
import pytest

from whatworks.linkage.checking.bands import ALLOCATION, EDGES, band_of
from whatworks.linkage.checking.sampling import PairGroups, raised, sample_pairs
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, record_table

AGENCIES = ("council", "court", "health", "police")


def made_up(each: int, seed: int = 1) -> tuple[RecordTable, ScoredPairs]:
    """Make so many records of each agency, and as many pairs of records of different agencies in every band."""
    records = record_table([name for name in AGENCIES for _ in range(each)], [str(n) for n in range(each)] * 4)
    rng = np.random.default_rng(seed)
    left, right = rng.integers(0, 4 * each, (2, 40 * each))
    other = records.organisation[left] != records.organisation[right]
    left, right = left[other][: 8 * each], right[other][: 8 * each]
    low = np.array([*EDGES])
    high = np.array([*EDGES[1:], 1.0])
    band = np.arange(len(left)) % 8
    return records, ScoredPairs.sorted_from(left, right, low[band] + (high - low)[band] * 0.9 * rng.random(len(left)))


def test_each_band_has_its_number_of_pairs_and_stands_for_all_of_it() -> None:
    records, pairs = made_up(2_000)
    sample = sample_pairs(records, pairs, pairs.probability >= 0.3, seed=1)
    band = band_of(pairs.probability)
    assert np.bincount(band[sample.pair]).tolist() == list(ALLOCATION)
    assert np.bincount(band[sample.pair], sample.weight) == pytest.approx(np.bincount(band))
    assert len(np.unique(sample.pair)) == len(sample)


def test_two_agencies_have_their_share_within_one_pair() -> None:
    records, pairs = made_up(2_000)
    sample = sample_pairs(records, pairs, pairs.probability >= 0.3, seed=1)
    surest = band_of(pairs.probability) == 7
    keys = records.organisation[pairs.left] + 4 * records.organisation[pairs.right]
    keys = np.minimum(keys, records.organisation[pairs.right] + 4 * records.organisation[pairs.left])
    expected = np.bincount(keys[surest], minlength=16) * 120 / surest.sum()
    asked = np.bincount(keys[sample.pair][surest[sample.pair]], minlength=16)
    assert np.abs(asked - expected).max() < 2


def test_a_band_of_few_pairs_is_asked_about_whole() -> None:
    records, pairs = made_up(10)
    sample = sample_pairs(records, pairs, pairs.probability >= 0.3, seed=1)
    assert sorted(sample.pair.tolist()) == list(range(80))
    assert (sample.weight == 1).all()


def test_a_small_group_is_asked_about_more_and_weighs_less() -> None:
    records, pairs = made_up(3_000)
    joined = pairs.probability >= 0.3
    small = np.arange(len(pairs)) % 50 == 0
    group = PairGroups("ethnicity", ("small", "large"), np.where(small, 0, 1).astype(np.int16))
    counts, totals = [], []
    for seed in range(20):
        sample = sample_pairs(records, pairs, joined, seed, [group])
        counts.append([(small & joined)[sample.pair].sum(), (small & ~joined)[sample.pair].sum()])
        totals.append(sample.weight[small[sample.pair]].sum())
    # 480 pairs of the group in all; without it about 7 would be asked about.
    assert (np.abs(np.mean(counts, axis=0) - [60, 30]) < [3, 2]).all(), counts
    assert np.mean(totals) == pytest.approx(480, rel=0.03)


def test_pairs_in_many_groups_take_the_highest_chance() -> None:
    chance = np.full(1_000, 0.05)
    assert raised(chance, 60) == pytest.approx(0.06)
    assert (raised(chance, 20) == chance).all()
    assert (raised(chance, 5_000) == 1).all()
    mixed = raised(np.r_[np.full(10, 0.9), np.full(10, 0.1)], 15)
    assert mixed.sum() == pytest.approx(15)
    assert mixed.max() <= 1


def test_the_seed_decides_and_nothing_else() -> None:
    records, pairs = made_up(500)
    joined = pairs.probability >= 0.3
    first, again, other = (sample_pairs(records, pairs, joined, seed).pair.tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_pairs_that_nobody_believes_are_not_asked_about() -> None:
    records = record_table(["court", "police"], ["1", "2"])
    pairs = ScoredPairs.sorted_from(np.array([0]), np.array([1]), np.array([0.0009]))
    assert len(sample_pairs(records, pairs, np.array([False]), seed=1)) == 0
    empty = ScoredPairs.sorted_from(*(np.zeros(0, np.int32),) * 2, np.zeros(0))
    assert len(sample_pairs(records, empty, np.zeros(0, bool), seed=1)) == 0


def test_pairs_kept_apart_by_a_rule_are_asked_about_though_they_are_few() -> None:
    records, pairs = made_up(2_000)
    joined = pairs.probability >= 0.3
    refused = np.flatnonzero(pairs.probability >= 0.999)[:3]
    joined[refused] = False
    sample = sample_pairs(records, pairs, joined, seed=1)
    assert set(refused.tolist()) <= set(sample.pair.tolist())
    assert (sample.weight[np.isin(sample.pair, refused)] == 1).all()
