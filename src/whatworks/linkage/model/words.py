"""Say in words what speaks for and against two records being one person, without any identifier."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import agreements_of, level_places
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME
from whatworks.linkage.model.standardise import StandardRecords
from whatworks.linkage.model.weight import by_value, holders, known, level_bits, probability
from whatworks.records.showing.counted import counted


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of what speaks for or against a pair."""

    words: str
    weight: float
    """In bits: one bit doubles the odds; negative speaks against."""

    def __str__(self) -> str:
        """Return the line for a person to read.

        >>> print(Evidence("same date of birth (2 records hold it)", 14.4))
        same date of birth (2 records hold it): for, 21,619 to 1
        >>> print(Evidence("other sex", -8.0), Evidence("no postcode on one or both", 0.0), sep="; ")
        other sex: against, 256 to 1; no postcode on one or both: says nothing
        """
        if self.weight == 0:
            return f"{self.words}: says nothing"
        odds = float(2 ** abs(self.weight))
        return f"{self.words}: {'for' if self.weight > 0 else 'against'}, {odds:,.{1 if odds < 10 else 0}f} to 1"


@dataclass(frozen=True, slots=True)
class PairInWords:
    """A pair of records with all that was weighed; the lines' weights sum to the match weight."""

    left: int
    right: int
    lines: tuple[Evidence, ...]
    weight: float
    probability: float


def describe_pairs(
    records: StandardRecords, model: LinkageModel, left: NDArray[np.int32], right: NDArray[np.int32]
) -> list[PairInWords]:
    """Return pairs of records in words, in the order given; records are numbered as in `read_records`."""
    low, high = np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)
    agreements = agreements_of(records, PERSON_COMPARISONS, low, high)
    prior, counts = prior_for(records, model, PERSON_SCHEME), holders(records, PERSON_COMPARISONS)
    bits = [level_bits(comparison, model, known(counts)) for comparison in PERSON_COMPARISONS]
    places = level_places(agreements.code, len(PERSON_COMPARISONS)).tolist()
    places_of = dict(zip(zip(agreements.left.tolist(), agreements.right.tolist(), strict=True), places, strict=True))
    described = []
    for first, second in zip(low.tolist(), high.tolist(), strict=True):
        lines = [Evidence("two records drawn at random", float(np.log2(prior / (1 - prior))))]
        for comparison, says, place in zip(PERSON_COMPARISONS, bits, places_of[first, second], strict=True):
            column = by_value(comparison, model).get(place)
            shared = float(np.log2(counts[column][first])) if column else 0.0
            words = _level_words(comparison, place, counts, first)
            lines.append(Evidence(words, float(says[place]) - shared))
        weight = sum(line.weight for line in lines)
        described.append(PairInWords(first, second, tuple(lines), weight, float(probability(np.array(weight)))))
    return described


def _level_words(comparison: FieldComparison, place: int, counts: dict[str, NDArray[np.int64]], record: int) -> str:
    if place == 0:
        return f"no {comparison.what} on one or both"
    level = comparison.levels[place - 1]
    return (
        f"{level.words} ({counted(int(counts[level.frequency][record]), 'record holds', 'records hold')} it)"
        if level.frequency
        else level.words
    )
