"""Say of each pair of records that may be one person how probable it is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import Agreements, blocked_agreements
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME, LinkageScheme
from whatworks.linkage.model.standardise import StandardRecords, standardise
from whatworks.linkage.model.weight import commonness, holders, known, pattern_bits, probability
from whatworks.linkage.records_and_pairs import ScoredPairs
from whatworks.records.engine import Engine
from whatworks.statistics.arrays import Floats

LEAST = 0.001
"""Pairs less probable than this are not kept."""
MARGIN = 3.0
"""Bits below that from which pairs are kept where records may still come: as others come, a pair's weight may rise."""


@dataclass(frozen=True, slots=True)
class AgreeingPairs:
    """Pairs of records, the pattern in which each agrees, and how common the values are that it shares (bits)."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    code: NDArray[np.int64]
    commonness: Floats

    def weight(self, model: LinkageModel, scheme: LinkageScheme, prior: float, of: dict[str, int]) -> Floats:
        """Return the match weight of each pair in bits: one bit doubles the odds."""
        codes, place = np.unique(self.code, return_inverse=True)
        bits: Floats = pattern_bits(codes, scheme.comparisons, model, prior, of)[place] - self.commonness
        return bits


def score(connection: Engine, model: LinkageModel) -> ScoredPairs:
    """Score the pairs of records of the store, which is only read; records are numbered as in `read_records`.

    The prior is worked out anew from these records, since a model's own belongs to the number of records that it was
    trained on.
    """
    return score_records(standardise(connection), model)


def score_records(records: StandardRecords, model: LinkageModel, scheme: LinkageScheme = PERSON_SCHEME) -> ScoredPairs:
    """Score the pairs of standardised records, by the scheme that the model was trained for."""
    parts = blocked_agreements(records, scheme.comparisons, scheme.rules)
    prior, counts = prior_for(records, model, scheme), holders(records, scheme.comparisons)
    pairs = likely_pairs(parts, model, scheme, prior, counts)
    total = pairs.weight(model, scheme, prior, known(counts))
    return ScoredPairs.sorted_from(
        pairs.left, pairs.right, probability(total), total, pattern_texts(pairs.code, len(scheme.comparisons))
    )


def likely_pairs(
    parts: Iterable[Agreements],
    model: LinkageModel,
    scheme: LinkageScheme,
    prior: float,
    counts: dict[str, NDArray[np.int64]],
    margin: float = 0.0,
) -> AgreeingPairs:
    """Return the pairs that are probable enough to be kept, or less so by a margin of as many bits."""
    least, of = float(np.log2(LEAST / (1 - LEAST))) - margin, known(counts)
    kept = []
    for part in parts:
        common = commonness(part.left, part.code, scheme.comparisons, model, counts)
        pairs = AgreeingPairs(part.left, part.right, part.code, common)
        rows = np.flatnonzero(pairs.weight(model, scheme, prior, of) >= least)
        kept.append(AgreeingPairs(part.left[rows], part.right[rows], part.code[rows], common[rows]))
    empty = np.empty(0, np.int32)
    kept = kept or [AgreeingPairs(empty, empty, empty.astype(np.int64), empty.astype(np.float64))]
    names = ("left", "right", "code", "commonness")
    return AgreeingPairs(*(np.concatenate([getattr(part, name) for part in kept]) for name in names))


def pattern_texts(code: NDArray[np.int64], width: int) -> NDArray[np.object_]:
    """Return patterns as text: a digit to base 16 for the level of each comparison.

    >>> pattern_texts(np.array([0x1203]), 5).tolist()
    ['01203']
    """
    codes, place = np.unique(code, return_inverse=True)
    texts = np.array([f"{code:0{width}x}" for code in codes.tolist()], dtype=object)
    return texts[place] if len(texts) else np.empty(0, dtype=object)
