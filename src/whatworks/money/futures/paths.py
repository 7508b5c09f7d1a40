"""Walk many possible futures of a contract: draw the counts, settle each path to the penny, keep what was paid."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.draws import CHUNK, draw
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.settled_paths import falls, settled
from whatworks.money.futures.timeline import Pence
from whatworks.records.progress import Progress, silent
from whatworks.statistics.arrays import Floats

Bools = npt.NDArray[np.bool_]
THREADS = min(2, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Paths:
    """What happened on each path: `flows` (partner, flow, path) in pence, `falls` (partner, period, path) of the priced
    demand as proportions, and the true `effect` (path).
    """

    flows: Pence
    falls: Floats
    effect: Floats

    @property
    def number(self) -> int:
        """Return how many paths there are."""
        return self.effect.size


def simulate_paths(
    terms: Terms,
    planned: Plan,
    effect: Effect,
    seed: int,
    paths: int,
    *,
    left: Bools | None = None,
    scale: Floats | None = None,
    progress: Progress = silent,
    step: str = "Simulating paths",
) -> Paths:
    """Return so many paths of a contract for its partners.

    `left` (partner, path) says who uses the break clause. The same seed gives the same paths on any number of cores.
    """
    (found,) = simulate_all_paths(
        (terms,), planned, effect, seed, paths, left=left, scale=scale, progress=progress, step=step
    )
    return found


def simulate_all_paths(
    contracts: Sequence[Terms],
    planned: Plan,
    effect: Effect,
    seed: int,
    paths: int,
    *,
    left: Bools | None = None,
    scale: Floats | None = None,
    progress: Progress = silent,
    step: str = "Simulating paths",
) -> tuple[Paths, ...]:
    """Return the same paths settled under several contracts that measure the same counts."""
    compared = contracts[0].counterfactual.kind == "matched comparison"
    starts = range(0, paths, CHUNK)

    def one(start: int) -> tuple[Paths, ...]:
        size = min(CHUNK, paths - start)
        drawn = draw(planned, effect, seed, start // CHUNK, size, compared=compared, scale=scale)
        gone = None if left is None else left[:, start : start + size]
        return tuple(
            Paths(settled(terms, planned, drawn, gone), falls(terms, planned, drawn), drawn.effect)
            for terms in contracts
        )

    progress(step, 0, paths)
    parts = []
    for done, part in enumerate(_in_order(one, starts)):
        parts.append(part)
        progress(step, min(paths, (done + 1) * CHUNK), paths)
    return tuple(_joined([part[at] for part in parts]) for at in range(len(contracts)))


def _in_order(work: Callable[[int], tuple[Paths, ...]], starts: Sequence[int]) -> Iterator[tuple[Paths, ...]]:
    if len(starts) < 2 or THREADS < 2:
        yield from map(work, starts)
        return
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(work, starts)


def _joined(parts: Sequence[Paths]) -> Paths:
    if len(parts) == 1:
        return parts[0]
    return Paths(
        np.concatenate([part.flows for part in parts], axis=2),
        np.concatenate([part.falls for part in parts], axis=2),
        np.concatenate([part.effect for part in parts]),
    )
