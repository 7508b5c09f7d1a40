"""Subclassification: the range of scores cut into parts, within which people are compared."""

import numpy as np

from whatworks.evaluation.matching.estimand import Estimand
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.matching.methods.strata import stratum_weights
from whatworks.statistics.arrays import Flags, Floats, Ints


def subclasses(score: Floats, treated: Flags, parts: int, estimand: Estimand = "ATT") -> tuple[Ints, int]:
    """Return everybody's part of the range of scores, from zero, and how many parts were joined to a neighbour.

    Parts hold equally many of those whom the effect is about, the last its upper end too (R's quantiles, MatchIt's
    parts). A part without both groups is joined to the next, the last to the one before: where MatchIt moves people
    from neighbours into it one by one, nobody changes places here.

    >>> score, scheme = np.array([0.9, 0.8, 0.5, 0.2, 0.7, 0.4, 0.3, 0.1]), np.arange(8) < 4
    >>> subclasses(score, scheme, 2)
    (array([1, 1, 0, 0, 1, 0, 0, 0]), 0)
    >>> subclasses(score, scheme, 4)
    (array([1, 1, 1, 0, 1, 0, 0, 0]), 2)
    """
    whom = {"ATT": treated, "ATC": ~treated, "ATE": np.ones(len(treated), dtype=np.bool_)}[estimand]
    cuts = np.quantile(score[whom], np.linspace(0, 1, parts + 1))
    codes = np.clip(np.searchsorted(cuts, score, side="right") - 1, 0, parts - 1)
    ours, theirs = (np.bincount(codes[group], minlength=parts) for group in (treated, ~treated))
    number, joined, sizes = np.empty(parts, dtype=np.int64), 0, [0, 0]
    for part in range(parts):
        number[part] = part - joined
        sizes = [sizes[0] + int(ours[part]), sizes[1] + int(theirs[part])]
        if min(sizes) == 0 and part < parts - 1:
            joined += 1
        else:
            last, sizes = min(sizes) == 0, [0, 0]
    if last and number[-1] > 0:
        number[number == number[-1]] -= 1
        joined += 1
    return number[codes], joined


def run(job: Job) -> Found:
    """Carry the method out."""
    codes, joined = subclasses(job.one_score, job.treated, job.asked.subclass, job.asked.estimand)
    found = stratum_weights(codes, job.treated, job.asked.estimand)
    if not joined:
        return found
    left = job.asked.subclass - joined
    said = f"Of {job.asked.subclass} subclasses {joined} had people of one group only and were joined to a neighbour: "
    return Found(found.weights, found.subclass, warnings=(f"{said}{left} are left.",))
