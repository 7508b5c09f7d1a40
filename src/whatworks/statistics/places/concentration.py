"""How far events crowd into few units, and how far they would by chance alone (Bernasco and Steenbeek 2017).

Units are places, people, victims or addresses. Few events over many units are always crowded: 500 thrown at random over
4,835 places leave most places without one. So every figure stands beside the chance line: the same number of events
thrown at random over the same units.
"""

from collections.abc import Sequence
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
    `TOPS` holds, counted in whole units, rounded up. `chance_half` and `chance_gini` are the means of random draws.

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


def concentration(counts: Sequence[int], *, draws: int = DRAWS, seed: int = SEED) -> Concentration:
    """Return how far counts of events by unit crowd, beside what chance alone gives.

    Refused are no units, no events, and counts that are negative, fractional or not known.

    >>> found = concentration([10, 5, 3, 1, 1, 0, 0, 0, 0, 0])
    >>> round(found.gini, 2), round(found.gini_generalised, 2), found.half
    (0.72, 0.72, 0.1)
    """
    x = np.asarray(counts, dtype=np.float64)
    if not x.size or not np.isfinite(x).all() or (x < 0).any() or (x != np.round(x)).any():
        raise Refused("counts must be whole numbers, zero or more", "leave out the units that are not known")
    events = int(x.sum())
    if not events:
        raise Refused("there is no event to concentrate", "ask for another kind, or a longer time")
    ranked = np.sort(x)[::-1]
    held = np.concatenate([[0.0], np.cumsum(ranked)]) / events
    gini = _gini(ranked)
    chance = _chance(x.size, events, draws, seed)
    steps = np.arange(101) / 100 * x.size
    return Concentration(
        int(x.size),
        events,
        gini,
        max(1.0, x.size / events) * (gini - 1) + 1,
        _half(held),
        tuple((top, float(held[ceil(round(top * x.size, 9))])) for top in TOPS),
        float(chance[:, 0].mean()),
        float(chance[:, 1].mean()),
        tuple(float(share) for share in np.interp(steps, np.arange(x.size + 1), held)),
    )


def _gini(ranked: Floats) -> float:
    """Return the Gini index of counts in falling order."""
    n = ranked.size
    return float((n + 1 - 2 * (np.arange(1, n + 1) * ranked).sum() / ranked.sum()) / n)


def _half(held: Floats) -> float:
    """Return the least share of units that holds half of all events."""
    return float(np.searchsorted(held, 0.5 - 1e-12)) / (held.size - 1)


def _chance(units: int, events: int, draws: int, seed: int) -> Floats:
    """Return the share of units that holds half, and Gini, for each random throw of the events."""
    rng = np.random.default_rng(seed)
    found = np.empty((draws, 2))
    for draw in range(draws):
        thrown = np.sort(rng.multinomial(events, np.full(units, 1 / units))).astype(np.float64)[::-1]
        found[draw] = _half(np.concatenate([[0.0], np.cumsum(thrown)]) / events), _gini(thrown)
    return found
