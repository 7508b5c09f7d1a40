"""The plan of a pilot: comparison areas by the trend before, what it could tell, and when it must stop."""

from dataclasses import dataclass, replace
from math import exp, sqrt

import numpy as np
import polars as pl

from whatworks.places.displacement import FEWEST_BEFORE
from whatworks.places.gangs_terms import Pilot
from whatworks.places.monthly_counts import MonthlyCounts, month_after
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.displacement.controls import (
    ControlCandidate,
    rank_controls,
    trend_doubt,
    trend_variance,
)
from whatworks.statistics.displacement.dispersion import FEWEST_PERIODS, Dispersion, dispersion
from whatworks.statistics.groups.estimate import quantile

BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Look:
    """After so many months: the pilot's change over its comparison areas' at which it stops (1.2: a fifth more)."""

    months: int
    stop_above: float


@dataclass(frozen=True, slots=True)
class PilotArea:
    """A pilot area: its comparison areas, its events a year before, how counts vary, and the least fall it could show.

    `smallest` is a ratio: 0.8 means that a fall of a fifth against the comparison areas would be found in 80 of 100.
    """

    name: str
    comparators: tuple[ControlCandidate, ...]
    before: int
    spread: Dispersion
    smallest: float
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """A pilot's areas, and what still stands in the way of its start."""

    terms: Pilot
    areas: tuple[PilotArea, ...]
    obstacles: tuple[str, ...]
    behind: pl.DataFrame | None = None
    """The incidents behind each area's events before (`unit`, `cell`), where they are a partnership's own."""


def plan_pilot(terms: Pilot, counts: MonthlyCounts) -> PilotPlan:
    """Return the plan; nothing from its first month on is looked at.

    Refused where fewer than 12 months before are known, or an area has no comparison area that moved alike.
    """
    pilots = counts.places_of(terms.pilots, "pilots")
    barred = {*pilots, *counts.places_of(terms.not_control, "not_control")}
    start = min(counts.place_of(terms.first_month), len(counts.months))
    events = counts.of_kinds(terms.kinds).sum(axis=0)[:, : max(0, start)]
    gap = np.flatnonzero(~np.isfinite(events[list(pilots)]).all(axis=0))
    events = events[:, int(gap[-1]) + 1 if gap.size else 0 :]
    if events.shape[1] < max(FEWEST_PERIODS, terms.before):
        problem = f"{events.shape[1]} months before the pilot are known"
        raise Refused(Fault(problem, f"give at least {max(FEWEST_PERIODS, terms.before)}", field="pilot.begins"))
    pool = [
        at
        for at, row in enumerate(events)
        if at not in barred and np.isfinite(row).all() and row.sum() >= FEWEST_BEFORE
    ]
    areas = tuple(_area(terms, counts, events, at, pool) for at in pilots)
    consent, obstacles = terms.consent, []
    if consent.outcome != "given":
        obstacles.append(f"the community's consent is {consent.outcome}: {consent.asked_of}")
    elif consent.on is None:
        obstacles.append("the day on which the community consented is not recorded")
    first = month_after(terms.first_month, -terms.before)
    roles = {counts.names[at]: (at,) for at in pilots}
    behind = counts.behind(terms.kinds, roles, {BEFORE: (first, month_after(terms.first_month, -1))})
    return PilotPlan(terms, areas, tuple(obstacles), behind)


def _area(terms: Pilot, counts: MonthlyCounts, events: np.ndarray, at: int, pool: list[int]) -> PilotArea:
    own = events[at]
    ranked = rank_controls(own, [str(each) for each in pool], events[pool])
    chosen = [each for each in ranked if each.alike][: terms.comparators]
    if not chosen:
        raise Refused(
            Fault("no area moved like it before", "take another area or kind", field="pilots", value=counts.names[at])
        )
    together = events[[int(each.name) for each in chosen]].sum(axis=0)
    spread = dispersion(np.stack([own, *events[[int(each.name) for each in chosen]]]))
    before, theirs = (float(series[-terms.before :].sum()) for series in (own, together))
    if not before:
        raise Refused(
            Fault("has no events before", "take another area or kind", field="pilots", value=counts.names[at])
        )

    varies = trend_variance(ranked)

    def error(months: int) -> float:
        part = months / terms.before
        drift = trend_doubt(own, together, len(chosen), varies, (terms.before, months))
        return sqrt(spread.phi * sum(1 / count for count in (before, before * part, theirs, theirs * part)) + drift)

    looks = range(terms.look_every, terms.months + 1, terms.look_every) or [terms.months]
    height = quantile(1 - 0.05 / len(looks), spread.df)
    smallest = exp(-(quantile(0.975, spread.df) + quantile(0.8, spread.df)) * error(terms.months))
    named = tuple(replace(each, name=counts.names[int(each.name)]) for each in chosen)
    stops = tuple(Look(months, exp(height * error(months))) for months in looks)
    return PilotArea(counts.names[at], named, int(before), spread, smallest, stops)
