"""Whether near areas are alike (Moran's I, Cliff and Ord 1981), on rows of neighbours that sum to one."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats

FEWEST = 10


@dataclass(frozen=True, slots=True)
class Moran:
    """`i` against the `expected` of values thrown at random over areas; `z` under randomisation, `p` of both tails."""

    i: float
    expected: float
    z: float
    p: float


def morans_i(values: Floats, weights: Any) -> Moran:
    """Return Moran's I of one value an area; `weights` is a sparse matrix whose rows sum to one.

    Refused are values not known, all alike, or of too few areas.

    >>> from scipy.sparse import diags
    >>> ring = diags([1.0, 1.0, 1.0, 1.0], [-1, 1, -11, 11], shape=(12, 12)) / 2
    >>> round(morans_i(np.sin(np.arange(12) * np.pi / 6), ring).i, 3)
    0.866
    """
    from scipy.stats import norm

    x = np.asarray(values, dtype=np.float64)
    if x.size < FEWEST or not np.isfinite(x).all() or np.ptp(x) == 0:
        raise Refused(
            "no pattern can be told from these values", f"give {FEWEST} areas or more, known and not all alike"
        )
    n, z = x.size, x - x.mean()
    i = float(n / weights.sum() * (z @ (weights @ z)) / (z @ z))
    both = weights + weights.T
    s0, s1 = float(weights.sum()), float(both.multiply(both).sum()) / 2
    s2 = float((np.asarray(both.sum(axis=1)).ravel() ** 2).sum())
    expected, b2 = -1 / (n - 1), float((z**4).mean() / (z**2).mean() ** 2)
    a = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    b = b2 * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    variance = (a - b) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    score = (i - expected) / float(np.sqrt(variance))
    return Moran(i, expected, score, float(2 * norm.sf(abs(score))))
