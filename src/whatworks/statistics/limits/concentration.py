"""How far events crowd into few units, and how far they would by chance alone (Bernasco and Steenbeek 2017).

Units are places, people, victims or addresses. Few events over many units are always crowded: 500 thrown at random over
4,835 places leave most places without one. So every figure stands beside the chance line: the same number of events
thrown at random over the same units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats

DRAWS, SEED = 200, 1
TOPS = (0.01, 0.05, 0.10)


@dataclass(frozen=True, slots=True)
class Concentration:
    """Shares as proportions. `half` is the least share of units that holds half of all events; `tops` what each of
    `TOPS` holds, counted in whole units, rounded up. `chance_...` are the means of random draws.

    `gini_generalised` is Gini against the least that so few events allow: zero where no unit has two.
    """

    units: int
    events: int
    gini: float
    gini_generalised: float
    half: float
    tops: tuple[tuple[float, float], ...]
    chance_half: float
    chance_gini: float
    curve: tuple[float, ...]
    """Events held by the most crowded 0%, 1% ... 100% of units, as shares."""
    chance_tops: tuple[float, ...] = ()
    chance_curve: tuple[float, ...] = ()


def concentration(
    counts: Sequence[int] | Floats,
    *,
    weights: Mapping[int, int] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Concentration:
    """Return how far counts of events by unit crowd, beside what chance alone gives.

    Where events weigh more or less (harm), `counts` are sums of weights and `weights` says how many events have each.
    Refused are no units, no events, and counts that are negative, fractional or not known.

    >>> found = concentration([10, 5, 3, 1, 1, 0, 0, 0, 0, 0])
    >>> round(found.gini, 2), round(found.gini_generalised, 2), found.half
    (0.72, 0.72, 0.1)
    >>> concentration([7, 0, 0, 0], weights={7: 1}).gini_generalised
    0.0
    """
    x = np.asarray(counts, dtype=np.float64)
    if not x.size or not np.isfinite(x).all() or (x < 0).any() or (x != np.round(x)).any():
        raise Refused("counts must be whole numbers, zero or more", "leave out the units that are not known")
    if not x.sum():
        raise Refused("there is no event to concentrate", "ask for another kind, or a longer time")
    weights = weights or {1: int(x.sum())}
    if sum(weight * many for weight, many in weights.items()) != x.sum():
        raise ValueError("the weights of the events do not add up to those of the units")
    events, at = sum(weights.values()), np.arange(101) / 100 * x.size
    own, tops = _held(x), [ceil(round(top * x.size, 9)) for top in TOPS]
    rng, curve, top_shares = np.random.default_rng(seed), np.zeros(101), np.zeros(len(tops))
    half, gini = np.empty(draws), np.empty(draws)
    for draw in range(draws):
        held = _held(_thrown(rng, x.size, weights))
        half[draw], gini[draw] = _half(held), _gini(held)
        curve += np.interp(at, np.arange(x.size + 1), held) / draws
        top_shares += held[tops] / draws
    return Concentration(
        int(x.size),
        events,
        _gini(own),
        max(1.0, x.size / events) * (_gini(own) - 1) + 1,
        _half(own),
        tuple((top, float(own[place])) for top, place in zip(TOPS, tops, strict=True)),
        float(half.mean()),
        float(gini.mean()),
        tuple(float(share) for share in np.interp(at, np.arange(x.size + 1), own)),
        tuple(map(float, top_shares)),
        tuple(map(float, curve)),
    )


def _held(values: Floats) -> Floats:
    """Return the share of all that the 0, 1, 2 ... most crowded units hold."""
    held: Floats = np.concatenate([[0.0], np.cumsum(np.sort(values)[::-1])]) / values.sum()
    return held


def _gini(held: Floats) -> float:
    """Return the Gini index: by how much the curve lies over the line on which all units hold alike."""
    n = held.size - 1
    return float((2 * held[1:].sum() - n - 1) / n)


def _half(held: Floats) -> float:
    """Return the least share of units that holds half of all events."""
    return float(np.searchsorted(held, 0.5 - 1e-12)) / (held.size - 1)


def _thrown(rng: np.random.Generator, units: int, weights: Mapping[int, int]) -> Floats:
    """Return what each unit holds where each event falls on any of them."""
    even = np.full(units, 1 / units)
    thrown = [float(weight) * rng.multinomial(many, even) for weight, many in sorted(weights.items())]
    return np.asarray(np.sum(thrown, axis=0), dtype=np.float64)
