"""Inverse-probability weights: everybody counts, the more the less likely they were to be where they are."""

import numpy as np

from whatworks.evaluation.matching.estimand import Estimand
from whatworks.evaluation.matching.methods.found import Found, Job, mean_one
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.pairs.weights import effective_size

THIN = 0.1


def inverse_probability(probability: Floats, treated: Flags, *, estimand: Estimand = "ATT") -> Found:
    """Return weights from the probability of treatment: p / (1 - p) for comparisons where the estimand is the ATT.

    For the ATC the treated weigh (1 - p) / p, for the ATE the groups weigh 1 / p and 1 / (1 - p); each group's weights
    have a mean of one. A warning says where they explode: a group worth less than a tenth of its people.

    >>> found = inverse_probability(np.array([0.5, 0.5, 0.2]), np.array([True, False, False]))
    >>> found.weights.tolist()
    [1.0, 1.6, 0.4]
    """
    p = np.clip(probability, 1e-12, 1 - 1e-12)
    ours = {"ATT": np.ones(len(p)), "ATC": (1 - p) / p, "ATE": 1 / p}[estimand]
    theirs = {"ATT": p / (1 - p), "ATC": np.ones(len(p)), "ATE": 1 / (1 - p)}[estimand]
    weights = mean_one(np.where(treated, ours, theirs), treated)
    return Found(weights, warnings=exploding(weights, treated))


def run(job: Job) -> Found:
    """Carry the method out."""
    return inverse_probability(job.one_score, job.treated, estimand=job.asked.estimand)


def exploding(weights: Floats, treated: Flags) -> tuple[str, ...]:
    """Return a sentence for each group whose weights make it worth less than a tenth of its people.

    >>> exploding(np.array([1.0, 1, 29.7, *[0.01] * 29]), np.array([True] * 2 + [False] * 30))
    ('The weights of the comparison group explode: it is worth less than a tenth of its people.',)
    """
    found = []
    for name, group in (("treated group", treated), ("comparison group", ~treated)):
        used = weights[group & (weights > 0)]
        worth = effective_size(used)
        if len(used) and worth < THIN * len(used):
            found.append(f"The weights of the {name} explode: it is worth less than a tenth of its people.")
    return tuple(found)
