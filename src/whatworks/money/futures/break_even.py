"""The effect at which a partner breaks even: the smallest true fall whose expected discounted cash is not negative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.benefit import Benefits
from whatworks.money.futures.cash import discounted
from whatworks.money.futures.chance import Z
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.paths import simulate_paths
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.timeline import Timeline
from whatworks.records.progress import Progress, silent
from whatworks.statistics.arrays import Floats

GRID = tuple(round(0.05 * step, 2) for step in range(20))
"""Effects tried first, from nothing to a fall of 95%; then the first bracket is halved."""
HALVINGS = 8
ALL = Effect("fixed", (1.0,))
"""An effect of one, which the scale of each partner brings to the effect that is tried."""
Expected = Callable[[Floats], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The smallest effect that pays for itself, as a proportion, with its 95% Monte Carlo interval.

    `effect` is None where even a fall of 95% does not: `best` is then the best expected discounted net cash in pounds
    over the effects tried, always given.
    """

    effect: float | None
    low: float | None
    high: float | None
    best: float
    paths: int


def break_even(
    terms: Terms,
    planned: Plan,
    when: Timeline,
    seed: int,
    paths: int,
    benefits: Benefits | None = None,
    progress: Progress = silent,
) -> tuple[BreakEven, ...]:
    """Return each partner's break-even effect, the same true effect being at work everywhere.

    `benefits` are counted beside the cash where they are given.
    All effects are tried on the same random streams, so that their difference is not luck.
    """
    partners = range(len(planned.names))
    total = len(GRID) + (HALVINGS + 2) * (len(planned.names) if terms.settled == "pooled" else 1)
    tried = 0

    def expected(effects: Floats) -> tuple[Floats, Floats]:
        nonlocal tried
        found = simulate_paths(terms, planned, ALL, seed, paths, scale=effects)
        values = [discounted(found.flows[one], when, one) / 100 for one in partners]
        tried += 1
        progress("Finding the break-even", min(tried, total), total)
        return (
            np.array([value.mean() for value in values]) + (benefits.discounted(effects) if benefits else 0.0),
            np.array([value.std(ddof=1) / np.sqrt(paths) for value in values]),
        )

    means = np.array([expected(np.full(len(planned.names), level))[0] for level in GRID])
    if terms.settled == "pooled":
        alike = [_halved(expected, means, paths, one) for one in partners]
        return tuple(alike[one][one] for one in partners)
    return _halved(expected, means, paths, None)


def _halved(expected: Expected, means: Floats, paths: int, follow: int | None) -> tuple[BreakEven, ...]:
    """Halve each partner's bracket; with `follow`, all partners are set to the effect of that one."""
    reached = means >= 0
    first = np.where(reached.any(axis=0), reached.argmax(axis=0), len(GRID) - 1)
    levels = np.array(GRID)
    low, high = levels[np.maximum(first - 1, 0)], levels[first]
    if follow is not None:
        low, high = np.full_like(low, low[follow]), np.full_like(high, high[follow])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = expected(middle)[0] >= 0
        if follow is not None:
            enough = np.full_like(enough, enough[follow])
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    value, error = expected(high)
    beyond, _ = expected(np.minimum(high + 0.01, 1.0))
    slope = np.maximum((beyond - value) / 0.01, 1e-12)
    half = Z * error / slope
    high = np.maximum(low, high - np.maximum(value, 0.0) / slope)
    found = []
    for one, ever in enumerate(np.any(reached, axis=0).tolist()):
        best = float(means[:, one].max())
        if not ever:
            found.append(BreakEven(None, None, None, best, paths))
            continue
        least, most = max(0.0, float(high[one] - half[one])), min(1.0, float(high[one] + half[one]))
        found.append(BreakEven(float(high[one]), least, most, best, paths))
    return tuple(found)
