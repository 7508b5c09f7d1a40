"""Overlap weights: people count the more, the more they might as well have been in the other group."""

import numpy as np

from whatworks.evaluation.matching.methods.found import Found, Job, mean_one
from whatworks.statistics.arrays import Flags, Floats


def overlap_weights(probability: Floats, treated: Flags) -> Found:
    """Return 1 - p for the treated and p for comparisons (Li, Morgan and Zaslavsky 2018), each with a mean of one.

    The effect is that on the people for whom treatment was an open question (ATO), not on all the treated.

    >>> overlap_weights(np.array([0.5, 0.9, 0.3]), np.array([True, True, False])).weights.round(4).tolist()
    [1.6667, 0.3333, 1.0]
    """
    return Found(mean_one(np.where(treated, 1 - probability, probability), treated))


def run(job: Job) -> Found:
    """Carry the method out."""
    return overlap_weights(job.one_score, job.treated)
