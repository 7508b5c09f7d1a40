"""Which units are among the ten with most beyond chance, and how sure that is: no quiet one gets there by luck."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whatworks.statistics.arrays import Floats
from whatworks.statistics.places.gamma_poisson import gamma_poisson

TOP, DRAWS, SEED = 10, 2_000, 1


@dataclass(frozen=True, slots=True)
class Beyond:
    """Of each unit the number drawn towards all units of its family, with its 95% interval, and the share of draws in
    which it is more than chance gives (`sure`), and in which it is among the ten with most beyond chance (`top`).
    """

    mean: Floats
    low: Floats
    high: Floats
    sure: Floats
    top: Floats


def top_ten(families: Sequence[tuple[Floats, Floats, Floats]], *, draws: int = DRAWS, seed: int = SEED) -> list[Beyond]:
    """Return this of families of units, each with counts, exposure and what chance alone gives.

    Units without any count belong to their family as well. A family needs two units or more and one event; what is
    most is told over all families together.

    >>> counts, people = np.array([60.0, 3, 2, 4, 0, 3, 2, 5, 1, 4, 2, 3]), np.full(12, 1000.0)
    >>> [found] = top_ten([(counts, people, np.full(12, counts.sum() / 12))])
    >>> float(found.top[0]), bool(found.sure[1:].max() < 0.5)
    (1.0, True)
    """
    rng = np.random.default_rng(seed)
    drawn = [gamma_poisson(counts, exposure).draws(draws, rng) * exposure for counts, exposure, _ in families]
    beyond = np.concatenate([own - chance for own, (_, _, chance) in zip(drawn, families, strict=True)], axis=1)
    most = np.argsort(-beyond, axis=1, kind="stable")[:, :TOP]
    places = np.bincount(most[beyond[np.arange(draws)[:, None], most] > 0], minlength=beyond.shape[1]) / draws
    found, start = [], 0
    for own, (_, _, chance) in zip(drawn, families, strict=True):
        low, high = np.quantile(own, [0.025, 0.975], axis=0)
        top = places[start : start + own.shape[1]]
        found.append(Beyond(own.mean(axis=0), low, high, (own > chance).mean(axis=0), top))
        start += own.shape[1]
    return found
