"""Reads a week of many readers: against each one's own past and the week of the team, and against colleagues."""

from dataclasses import dataclass

import numpy as np

from whatworks.statistics.access.spread import LEAST, Spread, fit_spread
from whatworks.statistics.arrays import Floats, Ints

FEWEST_WEEKS = 8
"""Under so many weeks of a reader's own, or so many colleagues, nothing is tested."""


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """Each reader's count, what is expected of it, and p of so many or more; p is NaN where nothing can be tested."""

    count: Floats
    expected: Floats
    p: Floats
    spread: Spread


def against_past(counts: Floats, team: Ints) -> Volume:
    """Return how the last week's reads of each reader stand to the reader's own past times the week of the team.

    Rows are readers, columns weeks; a week without a read is one away. The week of the team is what colleagues read
    then, over what they usually do. Who reads in fewer than `FEWEST_WEEKS` before, or alone, is not tested.

    >>> rng = np.random.default_rng(1)
    >>> counts = rng.negative_binomial(20, 0.5, (40, 20)).astype(float)
    >>> counts[3, -1] = 90
    >>> found = against_past(counts, np.zeros(40, dtype=int))
    >>> int(np.argmin(found.p)), bool(found.p[3] < 1e-6), round(found.expected[3])
    (3, True, 22)
    """
    present = counts > 0
    usual = np.where(present, counts, 0.0)[:, :-1].sum(axis=1) / np.maximum(present[:, :-1].sum(axis=1), 1)
    same = (team[:, None] == team).astype(np.float64) - np.eye(len(team))
    known = present & (usual > 0)[:, None]
    read, usually, squares = (same @ np.where(known, one, 0.0) for one in (counts, usual[:, None], usual[:, None] ** 2))
    colleagues = usually**2 / np.maximum(squares, LEAST)
    week = (read + 0.5) / (usually + 0.5)
    tested = present[:, -1] & (present[:, :-1].sum(axis=1) >= FEWEST_WEEKS) & (colleagues[:, -1] > 0)
    exposure = np.where(present, week, 0.0)
    spread = fit_spread(counts[tested, :-1], exposure[tested, :-1])
    expected, p = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    for at in np.flatnonzero(tested):
        before, cells = counts[at, :-1].sum(), exposure[at, :-1].sum() / exposure[at, -1]
        expected[at] = before / cells
        heads, all_read = colleagues[at, -1], read[at, -1] + 0.5
        of_team = 1 / all_read + float(spread.inverse_size(np.asarray(all_read / heads))) / heads
        p[at] = spread.tail(counts[at, -1], before, cells, of_team)
    return Volume(counts[:, -1], expected, p, spread)


def against_colleagues(counts: Floats, team: Ints) -> Volume:
    """Return how all reads of each reader stand to those of the team, over the weeks since each one's first.

    >>> rng = np.random.default_rng(1)
    >>> counts = rng.negative_binomial(20, 0.5, (40, 20)).astype(float)
    >>> counts[3] *= 4
    >>> found = against_colleagues(counts, np.zeros(40, dtype=int))
    >>> int(np.argmin(found.p)), bool(found.p[3] < 1e-4)
    (3, True)
    """
    weeks = np.logical_or.accumulate(counts > 0, axis=1).sum(axis=1).astype(np.float64)
    total = counts.sum(axis=1)
    teams = np.unique(team)
    within = (teams[:, None] == team) & (weeks >= FEWEST_WEEKS)
    spread = fit_spread(np.where(within, total, 0.0), np.where(within, weeks, 0.0), linear=False)
    expected, p = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    for own in within:
        if own.sum() > FEWEST_WEEKS:
            for at in np.flatnonzero(own):
                before, cells = total[own].sum() - total[at], weeks[own].sum() / weeks[at] - 1
                expected[at] = before / cells
                p[at] = spread.tail(total[at], before, cells)
    return Volume(total, expected, p, spread)
