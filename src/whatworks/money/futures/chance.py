"""A simulated figure with how far it may be out for want of more paths: its Monte Carlo interval."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

Z = 1.959964
WORST = 0.05
"""The part of the paths that `worst` speaks of."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A share of paths as a proportion, with its 95% Monte Carlo interval (Wilson)."""

    share: float
    low: float
    high: float
    paths: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over paths in pounds, with its 95% Monte Carlo interval."""

    value: float
    low: float
    high: float
    paths: int


def chance(times: int, paths: int) -> Chance:
    """Return the share of paths on which something came to pass.

    >>> found = chance(209, 1000)
    >>> found.share, round(found.low, 3), round(found.high, 3)
    (0.209, 0.185, 0.235)
    """
    share, z2 = times / paths, Z * Z
    middle = (share + z2 / (2 * paths)) / (1 + z2 / paths)
    half = Z * sqrt(share * (1 - share) / paths + z2 / (4 * paths * paths)) / (1 + z2 / paths)
    return Chance(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)), paths)


def mean(pence: npt.NDArray[np.int64]) -> Estimate:
    """Return the mean in pounds of amounts in pence.

    >>> found = mean(np.array([100, 300]))
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (2.0, 0.04, 3.96)
    """
    paths = pence.size
    value = float(pence.mean()) / 100
    half = Z * float(pence.std(ddof=1)) / 100 / sqrt(paths) if paths > 1 else float("inf")
    return Estimate(value, value - half, value + half, paths)


def worst(pence: npt.NDArray[np.int64], part: float = WORST) -> Estimate:
    """Return the expected shortfall in pounds: the mean of the worst `part` of the paths (at least one of them).

    Its standard error is the usual one of a tail mean: sqrt((s2 + (1 - part)(q - mean)^2) / (part n)), where s2 is the
    variance within the tail and q its edge.

    >>> worst(np.arange(0, 10_000, 100)).value
    2.0
    """
    count = max(1, round(part * pence.size))
    tail = np.partition(pence, count - 1)[:count]
    value, edge = float(tail.mean()) / 100, float(tail.max()) / 100
    spread = float(tail.var()) / 10_000 + (1 - part) * (edge - value) ** 2
    half = Z * sqrt(spread / count)
    return Estimate(value, value - half, value + half, pence.size)
