"""Say how likely it is that two records drawn at random are of one person, from pairs that surely are."""

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.scheme import LinkageScheme
from whatworks.linkage.model.standardise import TABLE, StandardRecords
from whatworks.linkage.model.weight import probability

MATCHES_BEHIND_EACH = 1.8
"""Pairs of one person for each pair that shares a number: the others have none, or a mistyped one."""
FEWEST = 30
"""Pairs that must share a number, for numbers to tell how many pairs there are."""


def sharing_pairs(records: StandardRecords, columns: tuple[str, ...], agency: str | None = None) -> int:
    """Return the number of pairs of records, of all or of one agency, that agree on all of these columns."""
    present = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    within = "" if agency is None else "AND organisation = $agency"
    [(pairs,)] = records.engine.rows(
        f"SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM (SELECT count(*) AS n FROM {TABLE} WHERE {present} {within} "
        f"GROUP BY {', '.join(columns)})",
        {} if agency is None else {"agency": agency},
    )
    return int(pairs)


def prior_of(sharing: int, records: int) -> float:
    """Return the probability that two of so many records are of one person, from the pairs that share a number.

    It falls as records are added, since pairs grow with the square of the records and pairs of one person do not: a
    prior kept from a smaller store would join strangers.

    >>> f"{prior_of(178_457, 339_344):.3e}"
    '5.579e-06'
    """
    return bounded(MATCHES_BEHIND_EACH * sharing, records)


def bounded(matches: float, records: int) -> float:
    """Return the share of all pairs that so many matches are: never zero, and at most a half."""
    return min(max(matches, 0.5) / max(records * (records - 1) / 2, 1.0), 0.5)


def first_prior(records: StandardRecords, scheme: LinkageScheme) -> tuple[float, int]:
    """Return a prior to begin training with, and the number of pairs that share a number: 0 where too few do."""
    sharing = sharing_pairs(records, (scheme.number,)) if scheme.number else 0
    if sharing >= FEWEST:
        return prior_of(sharing, records.count), sharing
    return prior_of(sharing_pairs(records, scheme.surely), records.count), 0


def settled_prior(evidence: NDArray[np.float64], records: int, prior: float) -> float:
    """Return the prior under which the pairs' probabilities sum to the matches that it says there are.

    `evidence` holds the pairs' weights without a prior, in bits. It serves where no number tells how many match.

    >>> settled_prior(np.array([30.0, 30.0, -5.0]), records=10, prior=0.01)  # two sure matches among 45 pairs
    0.0444...
    """
    for _ in range(100):
        matches = float(probability(evidence + np.log2(prior / (1 - prior))).sum())
        before, prior = prior, bounded(matches, records)
        if abs(prior - before) < 1e-9 * before:
            break
    return prior


def prior_for(records: StandardRecords, model: LinkageModel, scheme: LinkageScheme) -> float:
    """Return the prior of these records under a model that may have been trained on fewer or more.

    Where a number told how many pairs match, it is asked again; else matches are taken to grow as the records do.
    """
    if model.sharing and scheme.number:
        sharing = sharing_pairs(records, (scheme.number,))
        if sharing >= FEWEST:
            return prior_of(sharing, records.count)
    per_record = model.prior * (model.records - 1) / 2
    return bounded(per_record * records.count, records.count)
