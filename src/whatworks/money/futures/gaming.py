"""What a partner gains by changing practice rather than crime: fewer counted, or counted as something cheaper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.chance import Estimate, mean
from whatworks.money.futures.paths import simulate_paths
from whatworks.money.futures.plan import Plan
from whatworks.money.futures.pooling import NOTHING
from whatworks.records.progress import Progress, silent

SHIFTS = (0.05, 0.10, 0.20)
"""Parts of a metric's count that practice is taken to move."""


@dataclass(frozen=True, slots=True)
class Practice:
    """The gain in pounds over the contract, of all partners together, when crime has not changed at all.

    `moved_to` is the metric in which the events are counted instead, or None where they are not counted. `gains` has
    one estimate for each part of `SHIFTS`; `by_partner` are the values of the largest. `influenced_by` are those whose
    practice moves the count, as the terms say.
    """

    metric: str
    name: str
    moved_to: str | None
    influenced_by: tuple[str, ...]
    gains: tuple[Estimate, ...]
    by_partner: tuple[float, ...]


def practices(terms: Terms, planned: Plan, seed: int, paths: int, progress: Progress = silent) -> tuple[Practice, ...]:
    """Return what each metric of the contract lets its partners gain by changing practice."""
    before = simulate_paths(terms, planned, NOTHING, seed, paths).flows.sum(axis=1)
    moves = list(_moves(terms, planned))
    found = []
    for done, (source, target) in enumerate(moves):
        progress("Changing practice", done, len(moves))
        gains = [
            simulate_paths(terms, _moved(planned, source, target, part), NOTHING, seed, paths).flows.sum(axis=1)
            - before
            for part in SHIFTS
        ]
        metric = terms.metric[planned.metrics[source]]
        found.append(
            Practice(
                planned.metrics[source],
                metric.name,
                None if target is None else planned.metrics[target],
                (*metric.influenced_by, *([metric.recorded_by] if metric.recorded_by else [])),
                tuple(mean(gain.sum(axis=0)) for gain in gains),
                tuple(float(gain.mean()) / 100 for gain in gains[-1]),
            )
        )
    progress("Changing practice", len(moves), len(moves))
    return tuple(found)


def _moves(terms: Terms, planned: Plan) -> Iterator[tuple[int, int | None]]:
    for source, key in enumerate(planned.metrics):
        if not terms.metric[key].pays:
            continue
        yield source, None
        for target, other in enumerate(planned.metrics):
            if other != key and terms.metric[other].pays and planned.kinds[source] == planned.kinds[target] == "count":
                yield source, target


def _moved(planned: Plan, source: int, target: int | None, part: float) -> Plan:
    tests = np.array(planned.tests)
    moving = tests[:, :, source] * part
    tests[:, :, source] -= moving
    if target is not None:
        tests[:, :, target] += moving
    return replace(planned, tests=tests)
