"""Turn levels of agreement into the odds that two records are of one person (Fellegi and Sunter, 1969)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import level_places
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.standardise import StandardRecords
from whatworks.statistics.arrays import Floats


def probability(weight: Floats) -> Floats:
    """Return the probability that belongs to a match weight: it is never certain.

    >>> probability(np.array([0.0, 1.0])).round(3).tolist(), bool(probability(np.array([99.0]))[0] < 1)
    ([0.5, 0.667], True)
    """
    return np.minimum(1 / (1 + np.exp2(-weight)), 1 - 2.0**-53)


def holders(records: StandardRecords, comparisons: Sequence[FieldComparison]) -> dict[str, NDArray[np.int64]]:
    """Return, for each column whose values count by their frequency, how many records hold each record's value."""
    columns = {level.frequency for comparison in comparisons for level in comparison.levels if level.frequency}
    return records.frequencies(*sorted(columns))


def known(counts: Mapping[str, NDArray[np.int64]]) -> dict[str, int]:
    """Return of each column how many records hold a value of it."""
    return {column: int(np.count_nonzero(count)) for column, count in counts.items()}


def pattern_bits(
    code: NDArray[np.int64],
    comparisons: Sequence[FieldComparison],
    model: LinkageModel,
    prior: float,
    of: Mapping[str, int],
) -> Floats:
    """Return what each pattern of agreement says for a match, in bits, the prior among it.

    A value whose frequency counts is taken as one that a single record holds, of the number `of` its column: what the
    others that hold it take away is `commonness`.
    """
    places = level_places(code, len(comparisons))
    bits = np.full(len(code), np.log2(prior / (1 - prior)))
    for column, comparison in enumerate(comparisons):
        bits += level_bits(comparison, model, of)[places[:, column]]
    return bits


def level_bits(comparison: FieldComparison, model: LinkageModel, of: Mapping[str, int]) -> Floats:
    """Return what each level of a comparison says in bits, as `pattern_bits` takes it: first that nothing is known."""
    numbers = model.comparisons[comparison.name]
    bits = np.array([0.0, *(np.log2(level.m / level.u) for level in numbers)])
    for place, column in by_value(comparison, model).items():
        bits[place] += np.log2(numbers[place - 1].u * max(of[column], 1))
    return bits


def commonness(
    left: NDArray[np.integer],
    code: NDArray[np.int64],
    comparisons: Sequence[FieldComparison],
    model: LinkageModel,
    counts: Mapping[str, NDArray[np.int64]],
) -> Floats:
    """Return of each pair how common the values are that it shares: the bits that its pattern says too much."""
    patterns, place = np.unique(code, return_inverse=True)
    return pattern_commonness(left, patterns, place, comparisons, model, counts)


def pattern_commonness(
    left: NDArray[np.integer],
    patterns: NDArray[np.int64],
    place: NDArray[np.intp],
    comparisons: Sequence[FieldComparison],
    model: LinkageModel,
    counts: Mapping[str, NDArray[np.int64]],
) -> Floats:
    """Return `commonness` of pairs whose patterns are known: `place` says of each pair which it is."""
    levels = level_places(patterns, len(comparisons))
    bits = np.zeros(len(place))
    for column, comparison in enumerate(comparisons):
        for level, value in by_value(comparison, model).items():
            rows = np.flatnonzero((levels[:, column] == level)[place])
            bits[rows] += np.log2(counts[value][left[rows]])
    return bits


def by_value(comparison: FieldComparison, model: LinkageModel) -> dict[int, str]:
    """Return the places of the levels whose values count by their frequency, with the column of the value.

    A level that says nothing says nothing of rare values either.
    """
    numbers = model.comparisons[comparison.name]
    return {
        place: level.frequency
        for place, (level, number) in enumerate(zip(comparison.levels, numbers, strict=True), 1)
        if level.frequency and number.m != number.u
    }
