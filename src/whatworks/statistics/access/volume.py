"""Reads a week of many readers: against each one's own past and the week of the team, and against colleagues."""

from dataclasses import dataclass

import numpy as np

from whatworks.statistics.access.spread import LEAST, Spread, fit_spread
from whatworks.statistics.arrays import Flags, Floats, Ints

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
    usual = counts[:, :-1].sum(axis=1, keepdims=True) / np.maximum(present[:, :-1].sum(axis=1, keepdims=True), 1)
    same = (team[:, None] == team).astype(np.float64) - np.eye(len(team))
    known = present & (usual > 0)
    read, usually, squares = (same @ np.where(known, each, 0.0) for each in (counts, usual, usual**2))
    colleagues = usually[:, -1] ** 2 / np.maximum(squares[:, -1], LEAST)
    exposure = np.where(present, (read + 0.5) / (usually + 0.5), 0.0)
    tested = (colleagues > 0) & (present[:, :-1].sum(axis=1) >= FEWEST_WEEKS)
    spread = fit_spread(counts[tested, :-1], exposure[tested, :-1])
    now, heads = read[:, -1] + 0.5, np.maximum(colleagues, 1.0)
    return _last_week(counts, exposure, tested, spread, 1 / now + spread.inverse_size(now / heads) / heads)


def against_own_share(counts: Floats, of: Floats) -> Volume:
    """Return how the last week's `counts` stand to each one's own share `of` all that they read, as of reads at night.

    >>> at_night, read = np.zeros((30, 12)), np.full((30, 12), 20.0)
    >>> at_night[:, 3], at_night[7, -1] = 1, 15
    >>> found = against_own_share(at_night, read)
    >>> int(np.argmin(found.p)), round(float(found.expected[7]), 1)
    (7, 0.1)
    """
    tested = (of[:, :-1] > 0).sum(axis=1) >= FEWEST_WEEKS
    return _last_week(counts, of, tested, fit_spread(counts[tested, :-1], of[tested, :-1]), np.zeros(len(counts)))


def _last_week(counts: Floats, exposure: Floats, tested: Flags, spread: Spread, unsure: Floats) -> Volume:
    expected, p = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    for at in np.flatnonzero(tested & (exposure[:, -1] > 0)):
        before, cells = counts[at, :-1].sum(), exposure[at, :-1].sum() / exposure[at, -1]
        expected[at], p[at] = before / cells, spread.tail(counts[at, -1], before, cells, unsure[at])
    return Volume(counts[:, -1], expected, p, spread)


def against_colleagues(counts: Floats, weeks: Floats, team: Ints) -> Volume:
    """Return how what each one read in so many `weeks` stands to what those of the same team did.

    >>> read = np.random.default_rng(1).negative_binomial(400, 0.5, 40).astype(float)
    >>> read[3] *= 4
    >>> found = against_colleagues(read, np.full(40, 20.0), np.zeros(40, dtype=int))
    >>> int(np.argmin(found.p)), bool(found.p[3] < 1e-4)
    (3, True)
    """
    within = (np.unique(team)[:, None] == team) & (weeks >= FEWEST_WEEKS)
    spread = fit_spread(np.where(within, counts, 0.0), np.where(within, weeks, 0.0), linear=False)
    expected, p = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    for own in within:
        for at in np.flatnonzero(own) if own.sum() > FEWEST_WEEKS else ():
            before, cells = counts[own].sum() - counts[at], weeks[own].sum() / weeks[at] - 1
            expected[at], p[at] = before / cells, spread.tail(counts[at], before, cells)
    return Volume(counts, expected, p, spread)
