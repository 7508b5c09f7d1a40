"""What chance alone gives of flags, of people read by many, and of reads of one's own surname."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import binom, nbinom, poisson

from whatworks.statistics.access.spread import LEAST, fit_spread
from whatworks.statistics.arrays import Floats, Ints


def flags_of_poisson_rule(readers: int, mean: float, ratio: float, level: float = 0.001) -> float:
    """Return how many clean readers a rule "p < level by Poisson" flags, where the variance is `ratio` times the mean.

    >>> [round(flags_of_poisson_rule(1000, 20, ratio)) for ratio in (2, 3)]
    [15, 37]
    """
    least = poisson.isf(level, mean) + 1
    tail = poisson.sf(least - 1, mean) if ratio <= 1 else nbinom.sf(least - 1, mean / (ratio - 1), 1 / ratio)
    return float(readers * tail)


def expected_false(p: Sequence[float], flagged: Sequence[bool], level: float = 0.05) -> float:
    """Return how many flags chance gives in a look of these tests, under false-discovery control at `level`.

    As many as tests times the largest p that was flagged; where none was, `level`: the most that a clean look gives.

    >>> expected_false([0.001, 0.5, 0.4, 0.9], [True, False, False, False]), expected_false([0.5], [False])
    (0.004, 0.05)
    """
    worst = [value for value, flag in zip(p, flagged, strict=True) if flag]
    return len(p) * max(worst) if worst else level


def read_by_many(readers: Ints, records: int) -> Floats:
    """Return p of so many readers or more for each person who was read, where all reads fell on `records` by chance.

    Chance is negative binomial over all records, those that nobody read included: some cases are known to everybody.
    Who was read by one is not tested (NaN): p is that of a person who was read by two at least.

    >>> read_by_many(np.array([1, 1, 2, 9]), 1000).round(5).tolist()
    [nan, nan, 1.0, 0.01573]
    """
    counts = np.concatenate([readers, np.zeros(max(0, records - len(readers)), dtype=np.int64)]).astype(np.float64)
    mean = float(counts.mean())
    spread = fit_spread(counts[None], np.ones((1, len(counts))), linear=False)
    size = 1 / max(float(spread.inverse_size(np.asarray(mean))), LEAST)
    chance = size / (size + mean)
    found: Floats = nbinom.sf(readers - 1, size, chance) / nbinom.sf(1, size, chance)
    return np.where(readers > 1, found, np.nan)


def own_share(own: int, people: int, share: float) -> float:
    """Return p of reading `own` or more of one's surname among so many people, of whom chance gives that `share`.

    >>> round(own_share(3, 50, 0.002), 6)
    0.000146
    """
    return float(binom.sf(own - 1, people, share))
