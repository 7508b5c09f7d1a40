"""Turn levels of agreement into the odds that two records are of one person (Fellegi and Sunter, 1969)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import Agreements, level_places
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.standardise import StandardRecords

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for and against each pair, in bits: one bit doubles the odds."""

    prior: float
    levels: Floats
    """By pair (rows) and comparison (columns): log2(m / u) of the level; zero where something is missing."""
    rarity: Floats
    """In the same shape, what the value's own frequency adds: log2(u / share of the records that hold it)."""

    @property
    def total(self) -> Floats:
        """Return the match weight of each pair, the prior among it."""
        return np.asarray(self.prior + self.levels.sum(axis=1) + self.rarity.sum(axis=1), dtype=np.float64)


def probability(weight: Floats) -> Floats:
    """Return the probability that belongs to a match weight.

    >>> probability(np.array([0.0, 1.0])).round(3).tolist()
    [0.5, 0.667]
    """
    return np.asarray(1 / (1 + np.exp2(-weight)), dtype=np.float64)


def shares(records: StandardRecords, comparisons: Sequence[FieldComparison]) -> dict[str, Floats]:
    """Return, for each column whose values count by their frequency, the share of records that hold each record's."""
    columns = {level.frequency for comparison in comparisons for level in comparison.levels if level.frequency}
    counts = {column: records.frequencies(column) for column in sorted(columns)}
    return {column: count / max(int(np.count_nonzero(count)), 1) for column, count in counts.items()}


def weigh(
    agreements: Agreements,
    comparisons: Sequence[FieldComparison],
    model: LinkageModel,
    prior: float,
    share: Mapping[str, Floats],
) -> Weights:
    """Return the weights of each pair of records under a model, with the prior of the data at hand."""
    places = level_places(agreements.code, len(comparisons))
    levels, rarity = np.zeros(places.shape), np.zeros(places.shape)
    for column, comparison in enumerate(comparisons):
        numbers = model.comparisons[comparison.name]
        levels[:, column] = np.log2([1.0, *(level.m / level.u for level in numbers)])[places[:, column]]
        for place, level in enumerate(comparison.levels, 1):
            numbers_of_level = numbers[place - 1]
            if (
                level.frequency and numbers_of_level.m != numbers_of_level.u
            ):  # a level that says nothing says nothing of rare values either
                rows = np.flatnonzero(places[:, column] == place)
                rarity[rows, column] = np.log2(numbers_of_level.u / share[level.frequency][agreements.left[rows]])
    return Weights(float(np.log2(prior / (1 - prior))), levels, rarity)
