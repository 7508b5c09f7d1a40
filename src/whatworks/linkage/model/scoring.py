"""Say of each pair of records that may be one person how probable it is."""

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import blocked_agreements
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME, LinkageScheme
from whatworks.linkage.model.standardise import StandardRecords, standardise
from whatworks.linkage.model.weight import probability, shares, weigh
from whatworks.linkage.records_and_pairs import ScoredPairs
from whatworks.records.engine import Engine

LEAST = 0.001
"""Pairs less probable than this are not kept."""


def score(connection: Engine, model: LinkageModel, new: NDArray[np.bool_] | None = None) -> ScoredPairs:
    """Score the pairs of records of the store, which is only read; records are numbered as in `read_records`.

    `new` marks records by number: then pairs of two old records are left out. The prior is worked out anew from these
    records, since a model's own belongs to the number of records that it was trained on.
    """
    return score_records(standardise(connection, new), model, only_new=new is not None)


def score_records(
    records: StandardRecords, model: LinkageModel, scheme: LinkageScheme = PERSON_SCHEME, *, only_new: bool = False
) -> ScoredPairs:
    """Score the pairs of standardised records, by the scheme that the model was trained for."""
    found = blocked_agreements(records, scheme.comparisons, scheme.rules, only_new=only_new)
    prior = prior_for(records, model, scheme)
    total = weigh(found, scheme.comparisons, model, prior, shares(records, scheme.comparisons)).total
    likely = probability(total)
    kept = np.flatnonzero(likely >= LEAST)
    order = kept[np.lexsort((found.right[kept], found.left[kept], -likely[kept]))]
    width = len(scheme.comparisons)
    codes, place = np.unique(found.code[order], return_inverse=True)
    patterns = np.array([f"{code:0{width}x}" for code in codes.tolist()], dtype=object)
    return ScoredPairs(found.left[order], found.right[order], likely[order], total[order], patterns[place])
