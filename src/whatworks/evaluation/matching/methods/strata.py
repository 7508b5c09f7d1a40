"""Weigh the two groups so that they stand in the same shares in every stratum."""

import numpy as np

from whatworks.evaluation.matching.estimand import Estimand
from whatworks.evaluation.matching.methods.found import Found, mean_one
from whatworks.statistics.arrays import Flags, Floats, Ints


def stratum_weights(strata: Ints, treated: Flags, estimand: Estimand = "ATT", sampling: Floats | None = None) -> Found:
    """Return weights and matched sets from strata: units of a stratum that lacks one group do not count.

    With p the treated's share of a stratum, a comparison weighs p / (1 - p) for the effect on the treated, a treated
    unit (1 - p) / p for that on the comparisons (ATC), and for that on everybody (ATE) 1 / p and 1 / (1 - p); then each
    group's weights are scaled to a mean of one. Sets are numbered in the order of the strata's codes.
    Shares are of `sampling` weights, how many people each stands for, where these are given.

    >>> found = stratum_weights(np.array([0, 0, 0, 1, 1, 2]), np.array([True, False, False, True, False, True]))
    >>> found.weights.round(3).tolist(), found.subclass.tolist()
    ([1.0, 0.75, 0.75, 1.0, 1.5, 0.0], [0, 0, 0, 1, 1, -1])
    """
    size = int(strata.max()) + 1
    each = np.ones(len(strata)) if sampling is None else sampling
    ours = np.bincount(strata[treated], weights=each[treated], minlength=size).astype(np.float64)
    theirs = np.bincount(strata[~treated], weights=each[~treated], minlength=size).astype(np.float64)
    both = (ours > 0) & (theirs > 0)
    treated_weight, comparison_weight = _weights(ours, theirs, both, estimand)
    weights = np.where(treated, treated_weight[strata], comparison_weight[strata]) * both[strata]
    numbers = np.where(both, np.cumsum(both) - 1, -1)
    return Found(mean_one(weights, treated), numbers[strata].astype(np.int64))


def _weights(ours: Floats, theirs: Floats, both: Flags, estimand: Estimand) -> tuple[Floats, Floats]:
    ones = np.ones(len(ours))
    ratio = np.divide(ours, theirs, out=np.zeros(len(ours)), where=both)
    inverse = np.divide(theirs, ours, out=np.zeros(len(ours)), where=both)
    if estimand == "ATT":
        return ones, ratio
    if estimand == "ATC":
        return inverse, ones
    return 1 + inverse, 1 + ratio
