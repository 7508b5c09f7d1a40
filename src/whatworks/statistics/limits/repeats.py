"""Do the same people come back more often than chance gives? A number against its expectation, never a list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats

DRAWS, SEED = 1_000, 1


@dataclass(frozen=True, slots=True)
class Repeats:
    """People with `k` or more units of which every one dropped out, against chance.

    `people` have that many units; `observed` of them dropped out each time, `expected` would by chance (95% interval by
    drawing people anew); `p` is the exact two-sided one.
    """

    k: int
    people: int
    observed: int
    expected: float
    expected_low: float
    expected_high: float
    p: float


def poisson_binomial(chances: Sequence[float] | Floats) -> Floats:
    """Return the probability of each number of events, from none to all, of independent events with these chances.

    >>> poisson_binomial([0.5, 0.2]).round(4).tolist()
    [0.4, 0.5, 0.1]
    """
    found: Floats = np.ones(1)
    for chance in chances:
        found = np.append(found, 0.0) * (1 - chance) + np.append(0.0, found) * chance
    return found


def exact_p(observed: int, chances: Sequence[float] | Floats) -> float:
    """Return the probability of a number at most as likely as the one observed (two-sided, exact).

    >>> round(exact_p(2, [0.5, 0.2]), 4)
    0.1
    """
    likely = poisson_binomial(chances)
    return float(min(1.0, likely[likely <= likely[observed] * (1 + 1e-9)].sum()))


def repeats(person: Sequence[str], level: Sequence[str], dropped: Sequence[bool], k: int, seed: int = SEED) -> Repeats:
    """Return how many people's units all dropped out; rows are units, each a person's at a level of seriousness.

    A unit drops out by chance as often as those of other people at its level; who is alone at a level has none to be
    held against, and that is refused.

    >>> rows = [("a", 1), ("a", 1), ("b", 1), ("b", 0), ("c", 0), ("c", 0)]
    >>> found = repeats([who for who, _ in rows], ["x"] * 6, [bool(out) for _, out in rows], 2)
    >>> found.people, found.observed, round(found.expected, 4)
    (3, 1, 0.875)
    """
    if k < 2:
        raise Refused("one unit is no repeat", "ask for people with 2 or more")
    who, number = np.unique(np.asarray(person), return_inverse=True)
    levels, kind = np.unique(np.asarray(level), return_inverse=True)
    units = np.zeros((len(who), len(levels)))
    out = np.zeros_like(units)
    np.add.at(units, (number, kind), 1)
    np.add.at(out, (number, kind), np.asarray(dropped, dtype=np.float64))
    counted = np.ones(len(who))
    chances = _chances(units, out, counted, k)
    several = units.sum(axis=1) >= k
    observed = int((several & (out.sum(axis=1) == units.sum(axis=1))).sum())
    rng = np.random.default_rng(seed)
    drawn = [float(_chances(units, out, times, k).sum()) for times in _resampled(rng, len(who))]
    low, high = (float(end) for end in np.quantile(drawn, [0.025, 0.975])) if several.any() else (0.0, 0.0)
    return Repeats(
        k, int(several.sum()), observed, float(chances.sum()), low, high, exact_p(observed, chances[several])
    )


def _chances(units: Floats, out: Floats, times: Floats, k: int) -> Floats:
    """Return each person's chance that all their units drop out, times how often the person stands in the sample."""
    others = (times[:, None] * units).sum(axis=0) - units
    share = np.divide(
        (times[:, None] * out).sum(axis=0) - out,
        others,
        out=np.zeros_like(units),
        where=(others > 0) & (times[:, None] > 0),
    )
    share = np.clip(share, 0.0, 1.0)
    several = units.sum(axis=1) >= k
    alone = several[:, None] & (units > 0) & (others <= 0) & (times[:, None] > 0)
    if (times == 1).all() and alone.any():
        raise Refused("one person has all units of a level", "join levels, or ask for a longer period")
    chance: Floats = times * several * np.prod(np.where(units > 0, share**units, 1.0), axis=1)
    return chance


def _resampled(rng: np.random.Generator, people: int) -> list[Floats]:
    return [np.bincount(rng.integers(0, people, people), minlength=people).astype(np.float64) for _ in range(DRAWS)]
