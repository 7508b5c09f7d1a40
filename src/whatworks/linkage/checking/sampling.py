"""Choose the pairs that people judge: few where the model is sure of many, more where it doubts or a group is small."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.checking.bands import ALLOCATION, BANDS, band_of
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs
from whatworks.statistics.arrays import Floats

OF_EACH_GROUP = 60
"""Pairs joined that are judged of each group, so that its share of false links is known to a few points."""
OF_EACH_CELL = 5
"""Pairs that are judged at least of each band's pairs joined, and of its pairs not joined, where there are so many."""


@dataclass(frozen=True, slots=True)
class PairSample:
    """Sampled pairs: `pair` is a place in the scored pairs, `weight` the number of scored pairs that it stands for."""

    pair: NDArray[np.int64]
    weight: Floats

    def __len__(self) -> int:
        return len(self.pair)


@dataclass(frozen=True, slots=True)
class PairGroups:
    """A characteristic of pairs, such as sex: the code of each pair's value in `values`, -1 where it is not known."""

    characteristic: str
    values: tuple[str, ...]
    code: NDArray[np.int16]


def sample_pairs(
    records: RecordTable,
    pairs: ScoredPairs,
    joined: NDArray[np.bool_],
    seed: int,
    groups: Sequence[PairGroups] = (),
    of_each_group: int = OF_EACH_GROUP,
) -> PairSample:
    """Draw pairs to judge: so many of each band, spread over the pairs of agencies, and enough of each group.

    Each pair has a chance of its own: that of its band (`bands.ALLOCATION`), or a higher one where a group that it
    belongs to would else have fewer than `of_each_group` pairs joined, or half as many not joined, and where few of a
    band were joined, or few were not. Within a band pairs are drawn systematically in the order of their agencies, so
    every two agencies have their share. The same seed and pairs give the same sample.
    """
    rng = np.random.default_rng(seed)
    band = band_of(pairs.probability)
    chance = _chances(band, joined, groups, of_each_group)
    left, right = records.organisation[pairs.left], records.organisation[pairs.right]
    agencies = np.minimum(left, right) * len(records.organisations) + np.maximum(left, right)
    mixed = rng.random(len(pairs))
    chosen = []
    for number in range(BANDS):
        rows = np.flatnonzero(band == number)
        rows = rows[np.lexsort((mixed[rows], agencies[rows]))]
        steps = np.floor(np.cumsum(chance[rows]) + rng.random())
        chosen.append(rows[np.diff(steps, prepend=0.0) > 0])
    pair = np.concatenate(chosen).astype(np.int64)
    return PairSample(pair, 1 / chance[pair])


def _chances(
    band: NDArray[np.int8], joined: NDArray[np.bool_], groups: Sequence[PairGroups], of_each_group: int
) -> Floats:
    size = np.bincount(band[band >= 0], minlength=BANDS)
    of_band = np.minimum(1.0, np.array(ALLOCATION) / np.maximum(size, 1))
    base = np.where(band >= 0, of_band[band], 0.0)
    chance = base.copy()
    for number in range(BANDS):
        for side in (joined, ~joined):
            rows = np.flatnonzero((band == number) & side)
            chance[rows] = raised(base[rows], OF_EACH_CELL)
    for group in groups:
        for code in range(len(group.values)):
            for side, wanted in ((joined, of_each_group), (~joined, of_each_group // 2)):
                rows = np.flatnonzero((group.code == code) & side & (band >= 0))
                chance[rows] = np.maximum(chance[rows], raised(base[rows], wanted))
    return chance


def raised(chance: Floats, wanted: int) -> Floats:
    """Return chances scaled until they sum to `wanted` (or to all there are); none is lowered or comes above 1.

    >>> raised(np.array([0.5, 0.25, 0.25]), 2).tolist()
    [1.0, 0.5, 0.5]
    """
    if wanted >= len(chance):
        return np.ones_like(chance)
    scale = 1.0
    for _ in range(len(ALLOCATION) + 1):
        scaled = np.minimum(1.0, chance * scale)
        free = scaled < 1
        missing = wanted - float(scaled.sum())
        if missing <= 1e-9 or not free.any():
            break
        scale *= 1 + missing / float(scaled[free].sum())
    return np.minimum(1.0, chance * scale)
