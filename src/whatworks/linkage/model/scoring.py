"""Say of each pair of records that may be one person how probable it is."""

import duckdb
import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import blocked_agreements
from whatworks.linkage.model.blocking import PERSON_RULES
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
from whatworks.linkage.model.prior import anchor_of, prior_of
from whatworks.linkage.model.standardise import StandardRecords, standardise
from whatworks.linkage.model.weight import probability, shares, weigh
from whatworks.linkage.records_and_pairs import ScoredPairs

LEAST = 0.001
"""Pairs less probable than this are not kept."""


def score(
    connection: duckdb.DuckDBPyConnection, model: LinkageModel, new: NDArray[np.bool_] | None = None
) -> ScoredPairs:
    """Score the pairs of records of the store, which is only read; records are numbered as in `read_records`.

    `new` marks records by number: then pairs of two old records are left out. The prior is worked out anew from these
    records, since a model's own belongs to the number of records that it was trained on.
    """
    return score_records(standardise(connection, new), model, only_new=new is not None)


def score_records(records: StandardRecords, model: LinkageModel, *, only_new: bool = False) -> ScoredPairs:
    """Score the pairs of standardised records."""
    found = blocked_agreements(records, PERSON_COMPARISONS, PERSON_RULES, only_new=only_new)
    _, anchor_pairs = anchor_of(records, model.anchor)
    prior = prior_of(anchor_pairs, records.count)
    total = weigh(found, PERSON_COMPARISONS, model, prior, shares(records, PERSON_COMPARISONS)).total
    likely = probability(total)
    kept = np.flatnonzero(likely >= LEAST)
    order = kept[np.lexsort((found.right[kept], found.left[kept], -likely[kept]))]
    width = len(PERSON_COMPARISONS)
    codes, place = np.unique(found.code[order], return_inverse=True)
    patterns = np.array([str(code).zfill(width) for code in codes.tolist()], dtype=object)
    return ScoredPairs(found.left[order], found.right[order], likely[order], total[order], patterns[place])
