"""What a partner gets, in which year, after how much outlay: the spread of its net cash over the simulated paths."""

from dataclasses import dataclass

import numpy as np

from whatworks.money.futures.chance import Estimate, mean, worst
from whatworks.money.futures.timeline import Pence, Timeline

SPREAD = (0.05, 0.25, 0.50, 0.75, 0.95)
"""The quantiles of the fan chart."""


@dataclass(frozen=True, slots=True)
class YearCash:
    """Net cash of one year in pounds (received less repaid and spent), and all of it up to the year's end.

    `net` and `cumulative` hold the quantiles of `SPREAD`.
    """

    label: str
    outlay: float
    mean: Estimate
    net: tuple[float, ...]
    cumulative: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Depth:
    """How far a partner is out of pocket at its deepest, in pounds, and in which year that is.

    `typical` is the median path's, `bad` that of the worst 5%; `years` gives the share of paths by year, as
    proportions. A partner that is never out of pocket counts in no year.
    """

    typical: float
    bad: float
    years: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cash:
    """A partner's cash: by year, in all, discounted, the mean of its worst 5% of paths, and its deepest outlay."""

    years: tuple[YearCash, ...]
    outlay: float
    total: Estimate
    discounted: Estimate
    worst: Estimate
    depth: Depth


def yearly(flows: Pence, when: Timeline, partner: int, left: Pence | None = None, leave_at: float = 0.0) -> Pence:
    """Return net cash in pence by (year, path) from a partner's flows (flow, path).

    `left` is 1 on the paths on which the partner leaves at `leave_at` years; its outlay ends there.
    """
    found = np.zeros((when.years, flows.shape[1]), dtype=np.int64)
    for row, year in enumerate(when.flow_year):
        found[year] += flows[row]
    found -= when.outlay[partner][:, None]
    if left is not None:
        found += when.saved(leave_at)[partner][:, None] * left
    return found


def discounted(flows: Pence, when: Timeline, partner: int, left: Pence | None = None, leave_at: float = 0.0) -> Pence:
    """Return the present value in pence by path, to the first day of the first period, to the nearest penny."""
    value = when.flow_factor @ flows - float(when.outlay[partner] @ when.year_factor)
    if left is not None:
        value = value + float(when.saved(leave_at)[partner] @ when.year_factor) * left
    return np.rint(value).astype(np.int64)


def cash(flows: Pence, when: Timeline, partner: int) -> Cash:
    """Return the spread of a partner's cash from its flows (flow, path) in pence."""
    net = yearly(flows, when, partner)
    running = np.cumsum(net, axis=0)
    years = tuple(
        YearCash(
            label,
            float(when.outlay[partner, year]) / 100,
            mean(net[year]),
            quantiles(net[year]),
            quantiles(running[year]),
        )
        for year, label in enumerate(when.labels)
    )
    return Cash(
        years=years,
        outlay=float(when.outlay[partner].sum()) / 100,
        total=mean(running[-1]),
        discounted=mean(discounted(flows, when, partner)),
        worst=worst(running[-1]),
        depth=depth(flows, when, partner),
    )


def quantiles(pence: Pence) -> tuple[float, ...]:
    """Return the quantiles of `SPREAD` in pounds, each an amount that a path has.

    >>> quantiles(np.arange(0, 10_100, 100))
    (5.0, 25.0, 50.0, 75.0, 95.0)
    """
    places = [int(np.ceil(part * pence.size)) - 1 for part in SPREAD]
    found = np.partition(pence, places)
    return tuple(float(found[place]) / 100 for place in places)


def depth(flows: Pence, when: Timeline, partner: int) -> Depth:
    """Return how deep the partner's cash falls. Spending is even through a year, so it is deepest just before money
    comes in, just after money goes back, or at the end.
    """
    paths = flows.shape[1]
    lowest, year = np.zeros(paths, dtype=np.int64), np.full(paths, -1)
    received = np.zeros(paths, dtype=np.int64)
    for at in sorted({*when.flow_at.tolist(), float(when.years)}):
        spent = when.spent(at)[partner]
        position = received - spent
        here = min(when.years, max(1, int(np.ceil(at - 1e-9)))) - 1
        for row in np.flatnonzero(when.flow_at == at):
            received = received + flows[row]
        for level in (position, received - spent):
            deeper = level < lowest
            year[deeper] = here
            np.minimum(lowest, level, out=lowest)
    places = [int(np.ceil(part * paths)) - 1 for part in (0.05, 0.50)]
    found = np.partition(lowest, places)
    shares = tuple(float((year == one).mean()) for one in range(when.years))
    return Depth(-float(found[places[1]]) / 100, -float(found[places[0]]) / 100, shares)
