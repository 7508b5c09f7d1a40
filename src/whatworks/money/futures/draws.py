"""Draw the counts that chance might bring: Poisson, or gamma-Poisson where counts swing more than by chance alone."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.money.futures.effect import FURTHEST, Effect
from whatworks.money.futures.plan import Plan
from whatworks.statistics.arrays import Floats

Counts = npt.NDArray[np.int64]
CHUNK = 1 << 14
"""Paths drawn at once. Each chunk has its own stream, so the same seed gives the same paths on any number of cores."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Counts of some paths: `baseline` (partner, metric, path); `tests`, `comparison` (partner, period, metric, path).

    `effect` is the true effect on each path. `comparison` is None where the contract has no comparison group.
    """

    effect: Floats
    baseline: Counts
    tests: Counts
    comparison: Counts | None


def streams(seed: int, chunk: int) -> tuple[np.random.Generator, ...]:
    """Return the random streams of one chunk: the effect, the baseline, the tests, the comparison group."""
    whole = np.random.SeedSequence(seed, spawn_key=(chunk,))
    return tuple(np.random.Generator(np.random.PCG64DXSM(one)) for one in whole.spawn(4))


def draw(
    plan: Plan, effect: Effect, seed: int, chunk: int, paths: int, *, compared: bool, scale: Floats | None = None
) -> Drawn:
    """Return the counts of one chunk of paths.

    `scale` (partner) multiplies the effect of each partner, which `break_even` uses to try several at once.
    """
    first, before, after, beside = streams(seed, chunk)
    found = effect.draw(first, paths)
    many, metrics = plan.baseline.shape
    periods = plan.tests.shape[1]
    baseline = np.empty((many, metrics, paths), dtype=np.int64)
    tests = np.empty((many, periods, metrics, paths), dtype=np.int64)
    comparison = np.empty_like(tests) if compared else None
    sure = effect.shape == "fixed"
    for one in range(many):
        over, people = float(plan.overdispersion[one]), plan.people[one]
        for metric, kind in enumerate(plan.kinds):
            base = float(plan.baseline[one, metric])
            baseline[one, metric] = _count(before, kind, base, base, over, people, paths)
            for period in range(periods):
                mean = float(plan.tests[one, period, metric])
                reached = float(plan.reached[one, period]) * (1.0 if scale is None else float(scale[one]))
                moved = _moved(mean, reached, effect.numbers[0] if sure else found)
                tests[one, period, metric] = _count(after, kind, moved, base, over, people, paths)
                if comparison is not None:
                    others = plan.comparison_people[one]
                    level = float(plan.beside[one, period, metric]) * (others / people if people else 1.0)
                    comparison[one, period, metric] = _count(beside, kind, level, base, over, others, paths)
    return Drawn(found, baseline, tests, comparison)


def _moved(mean: float, reached: float, effect: float | Floats) -> float | Floats:
    if isinstance(effect, float):
        return mean * (1.0 - min(effect * reached, FURTHEST))
    moved: Floats = mean * (1.0 - np.minimum(effect * reached, FURTHEST))
    return moved


def _count(
    random: np.random.Generator, kind: str, mean: float | Floats, base: float, over: float, people: int, paths: int
) -> Counts:
    """Return counts of one metric. `base` is the baseline's mean, at which `over` is variance over mean."""
    if kind == "binary":
        return random.binomial(people, np.clip(np.asarray(mean) / people, 0.0, 1.0), paths)
    if over > 1.0:
        shape = base / (over - 1.0)
        mean = random.standard_gamma(shape, paths) * (np.asarray(mean) / shape)
    return random.poisson(mean, paths)
