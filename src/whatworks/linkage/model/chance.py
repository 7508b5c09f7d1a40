"""Learn how often chance makes two people's records agree (u), from pairs within one agency: few are of one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import agreements_of, level_places
from whatworks.linkage.model.comparison import FieldComparison
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.prior import sharing_pairs
from whatworks.linkage.model.scheme import LinkageScheme
from whatworks.linkage.model.standardise import TABLE, StandardRecords

PAIRS = 1_000_000
SLIPS = 20
"""How much oftener than equal two people's numbers are one slip apart, by chance: about the ways to slip once."""


@dataclass(frozen=True, slots=True)
class ChanceAgreement:
    """How often two people's records come to each level."""

    u: dict[str, tuple[float, ...]]
    """By comparison and level; a level that no pair came to has half a pair."""
    unseen: frozenset[tuple[str, int]]
    """Comparisons and places of the levels that no pair came to."""
    source: dict[str, str]
    """By comparison, the agency within whose records it was learnt."""


def chance_of_agreement(records: StandardRecords, comparisons: Sequence[FieldComparison], seed: int) -> ChanceAgreement:
    """Return how often two people's records agree by chance.

    The largest agency is asked first; a comparison that its records do not hold is asked of the next. A number is
    given to one person only, so chance hardly makes two equal: u of the same number is 1 / (2 x records of the largest
    agency), of one slip 20 times that, and of another number the rest.
    """
    agencies = records.engine.rows(
        f"SELECT organisation, list(record ORDER BY record) FROM {TABLE} GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    largest = len(agencies[0][1]) if agencies else 0
    same = 1 / (2 * max(largest, 50))
    numbers = {
        comparison.name: (same, SLIPS * same, 1 - (SLIPS + 1) * same)
        for comparison in comparisons
        if comparison.identifies
    }
    learnt: dict[str, tuple[float, ...]] = dict(numbers)
    source: dict[str, str] = {}
    unseen: set[tuple[str, int]] = set()
    rng = np.random.default_rng(seed)
    for agency, members in agencies:
        open_ones = [comparison for comparison in comparisons if comparison.name not in learnt]
        if not open_ones or len(members) < 2:
            break
        counts = _level_counts(records, open_ones, np.array(members, dtype=np.int32), rng)
        for comparison, count in zip(open_ones, counts, strict=True):
            if count.sum() >= 1000 or agency == agencies[-1][0]:
                learnt[comparison.name] = tuple(((count + 0.5) / (count + 0.5).sum()).tolist())
                source[comparison.name] = agency
                unseen |= {(comparison.name, place) for place in np.flatnonzero(count == 0).tolist()}
    for comparison in comparisons:
        if comparison.name not in learnt:
            learnt[comparison.name] = (1 / len(comparison.levels),) * len(comparison.levels)
            unseen |= {(comparison.name, place) for place in range(len(comparison.levels))}
    return ChanceAgreement(
        {comparison.name: learnt[comparison.name] for comparison in comparisons}, frozenset(unseen), source
    )


def without_matches(
    records: StandardRecords, scheme: LinkageScheme, model: LinkageModel, chance: ChanceAgreement
) -> ChanceAgreement:
    """Return it without the pairs of one person that an agency holds twice, where they are a tenth of any level.

    An agency that holds few people twice needs none of this; a file to be rid of duplicates does. Matches within an
    agency are the pairs that share a number; without numbers, the prior's matches, in the proportion in which pairs
    that surely match lie within it.
    """
    cleaned = dict(chance.u)
    matches_per_sharing = 1.0
    columns = (scheme.number,) if model.sharing and scheme.number else scheme.surely
    if not model.sharing:
        matches = model.prior * records.count * (records.count - 1) / 2
        matches_per_sharing = matches / max(sharing_pairs(records, columns), 1)
    for comparison in scheme.comparisons:
        agency = model.chance_from.get(comparison.name)
        if agency is None:
            continue
        sharing, pairs = sharing_pairs(records, columns, agency), records.pairs_within(agency)
        share = matches_per_sharing * sharing / pairs
        u = chance.u[comparison.name]
        m = [level.m for level in model.comparisons[comparison.name]]
        if any(share * same > 0.1 * other for same, other in zip(m, u, strict=True)):
            left = [
                other if (comparison.name, place) in chance.unseen else max(other - share * same, other / 50)
                for place, (same, other) in enumerate(zip(m, u, strict=True))
            ]
            cleaned[comparison.name] = tuple(other / sum(left) for other in left)
    return replace(chance, u=cleaned)


def _level_counts(
    records: StandardRecords,
    comparisons: Sequence[FieldComparison],
    members: NDArray[np.int32],
    rng: np.random.Generator,
) -> list[NDArray[np.int64]]:
    """Count the levels of random pairs of one agency's records."""
    if len(members) * (len(members) - 1) // 2 <= PAIRS:
        first, second = np.triu_indices(len(members), 1)
    else:
        first, second = rng.integers(len(members), size=(2, PAIRS))
        first, second = np.minimum(first, second)[first != second], np.maximum(first, second)[first != second]
    places = level_places(agreements_of(records, comparisons, members[first], members[second]).code, len(comparisons))
    return [
        np.bincount(places[:, column], minlength=len(comparison.levels) + 1)[1 : len(comparison.levels) + 1]
        for column, comparison in enumerate(comparisons)
    ]
