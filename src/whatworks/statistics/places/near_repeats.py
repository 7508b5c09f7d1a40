"""Whether events come soon and near after one another more often than chance has it (Knox 1964; Ratcliffe 2009).

Bands are half-open and printed as they are: a pair 3 days and 100 m apart lies in "3 days or fewer, 100 m or fewer".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats, Ints

DRAWS, SEED = 999, 1
MOST = 20_000


@dataclass(frozen=True, slots=True)
class NearRepeats:
    """Pairs of events by band of days (rows) and metres (columns): seen, the mean of random draws, and p above it."""

    days: tuple[str, ...]
    metres: tuple[str, ...]
    seen: Ints
    expected: Floats
    p: Floats
    events: int
    draws: int


def near_repeats(
    days: Sequence[float],
    x: Sequence[float],
    y: Sequence[float],
    *,
    day_bands: Sequence[float] = (3, 7, 14, 28),
    metre_bands: Sequence[float] = (100, 200, 400),
    draws: int = DRAWS,
    seed: int = SEED,
) -> NearRepeats:
    """Return the Knox table of events with a day and a place each; days are thrown over the places at random.

    Bands are upper ends, in rising order: each holds what is above the band before and up to its own end.

    >>> found = near_repeats([0, 3, 50], [0, 100, 5000], [0, 0, 0], day_bands=[3, 7], metre_bands=[100], draws=9)
    >>> found.days[0], found.metres[0], found.seen.tolist()
    ('3 days or fewer', '100 m or fewer', [[1], [0]])
    """
    when, places = np.asarray(days, dtype=np.float64), np.column_stack([x, y]).astype(np.float64)
    if when.size < 2 or when.size > MOST or not (np.isfinite(when).all() and np.isfinite(places).all()):
        problem = f"near repeats need from 2 to {MOST:,} events, each with a day and a place"
        raise Refused(problem, "ask for one kind of incident, or a shorter time")
    for bands in (day_bands, metre_bands):
        if not len(bands) or bands[0] < 0 or list(bands) != sorted(set(bands)):
            raise Refused("bands must rise", "give their upper ends, as 3, 7, 14")
    from scipy.spatial import cKDTree

    pairs = cKDTree(places).query_pairs(float(metre_bands[-1]) + 1e-6, output_type="ndarray")
    apart = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    column = np.searchsorted(np.asarray(metre_bands, dtype=np.float64), np.round(apart, 6))
    near = column < len(metre_bands)
    pairs, column = pairs[near], column[near]
    shape = (len(day_bands), len(metre_bands))

    def table(at: Floats) -> Ints:
        row = np.searchsorted(np.asarray(day_bands, dtype=np.float64), np.abs(at[pairs[:, 0]] - at[pairs[:, 1]]))
        soon = row < shape[0]
        return np.bincount(row[soon] * shape[1] + column[soon], minlength=shape[0] * shape[1]).reshape(shape)

    seen, rng = table(when), np.random.default_rng(seed)
    total, above = np.zeros(shape), np.zeros(shape)
    for _ in range(draws):
        drawn = table(rng.permutation(when))
        total += drawn
        above += drawn >= seen
    return NearRepeats(
        _names(day_bands, "days"), _names(metre_bands, "m"), seen, total / draws, (above + 1) / (draws + 1),
        int(when.size), draws,
    )  # fmt: skip


def _names(bands: Sequence[float], unit: str) -> tuple[str, ...]:
    first = f"{bands[0]:g} {unit} or fewer"
    return (first, *(f"over {low:g} to {high:g} {unit}" for low, high in pairwise(bands)))
