"""Is it rising, and where: each area's months against its own past, the time of year allowed for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whatworks.places.incidents import Incidents
from whatworks.records.refusal import Refused
from whatworks.statistics.limits.control_chart import FEWEST_POINTS, ControlChart, against_past
from whatworks.statistics.multiplicity import false_discovery
from whatworks.statistics.places.two_counts import two_counts

YEAR = 12
DRAWS, SEED = 10, 1
STEADY = "no change told"
LEAST_A_MONTH = 1.0
"""Areas with fewer a month in the past have no limits of their own."""


@dataclass(frozen=True)
class AreaTrend:
    """One area: its chart, whether it went `up` or `down` in the recent months, or why that cannot be told.

    `before` and `after` are the last twelve months and the twelve before (None unless every month is known), `q` of
    their exact test with false discoveries held over all areas.
    """

    code: str
    name: str
    verdict: str
    chart: ControlChart | None
    before: int | None
    after: int | None
    q: float | None


@dataclass(frozen=True)
class PlaceTrend:
    """All areas, and all of them together. `seasonal` says whether the time of year is allowed for.

    `by_chance` is how many areas would be told up or down if each went on as before and nothing but chance moved it.
    """

    incidents: Incidents
    kind: str | None
    months: tuple[date, ...]
    left_out: tuple[date, ...]
    recent: int
    seasonal: bool
    by_chance: float
    whole: AreaTrend
    areas: tuple[AreaTrend, ...]

    @property
    def told(self) -> int:
        """How many areas have limits of their own."""
        return sum(area.chart is not None for area in self.areas)


def place_trend(incidents: Incidents, kind: str | None = None, recent: int = 3) -> PlaceTrend:
    """Return each area's trend: up needs a month beyond its own limits, or eight in a row on one side of its middle.

    With two years of months or more the expected is spread over the year as all areas together were in the months
    before the recent ones. Refused is a series of fewer than eight months before them.
    """
    return trend_of(incidents, incidents.counts(kind), kind, recent)


def trend_of(incidents: Incidents, counts: NDArray[np.float64], kind: str | None, recent: int) -> PlaceTrend:
    """Return the same of counts by area and month (not a number: not known)."""
    heard = np.asarray((~np.isnan(counts)).any(axis=0))
    months = tuple(month for month, kept in zip(incidents.months, heard, strict=True) if kept)
    counts = counts[:, heard]
    if len(months) < FEWEST_POINTS + recent:
        problem = f"{len(months)} months are known, too few for limits of their own"
        raise Refused(
            problem, f"a trend needs {FEWEST_POINTS + recent}: {FEWEST_POINTS} before the {recent} asked about"
        )
    known = ~np.isnan(counts).any(axis=1)
    together = counts[known].sum(axis=0)
    season, seasonal = _season(together, months, recent)
    codes, names = incidents.areas.codes, incidents.areas.names
    whole_years = _whole_years(months)
    found = [_area(codes[at], names[at], counts[at], season, recent, whole_years) for at in range(len(codes))]
    tested = [at for at, one in enumerate(found) if one.before is not None and one.after is not None]
    ps = [two_counts(found[at].after or 0, found[at].before or 0).exact for at in tested]
    for at, q in zip(tested, false_discovery(ps), strict=True):
        found[at] = replace(found[at], q=q)
    whole = _area("", "All areas that are known", together, season, recent, whole_years)
    left = tuple(month for month in incidents.months if month not in months)
    by_chance = _by_chance([one.chart for one in found if one.chart], season, recent)
    return PlaceTrend(incidents, kind, months, left, recent, seasonal, by_chance, whole, tuple(found))


def _by_chance(charts: Sequence[ControlChart], season: NDArray[np.float64], recent: int) -> float:
    """Return how many of the areas are told to have moved when their counts are drawn about their past's middle."""
    rng, told = np.random.default_rng(SEED), 0
    for chart in charts:
        for counts in rng.poisson(chart.middle * season, (DRAWS, season.size)):
            if counts[:-recent].any():
                told += _verdict(against_past(counts.tolist(), season.tolist(), recent), recent) != STEADY
    return told / DRAWS


def _season(together: NDArray[np.float64], months: tuple[date, ...], recent: int) -> tuple[NDArray[np.float64], bool]:
    """Return what is expected of each month, one on average: by months of the year where each was seen twice before."""
    past = [month.month for month in months[:-recent]]
    if len(past) < 2 * YEAR or min(past.count(month) for month in range(1, 13)) < 2 or not together.sum():
        return np.ones(len(months)), False
    mean = {month: float(together[[at for at, one in enumerate(past) if one == month]].mean()) for month in set(past)}
    found = np.array([mean[month.month] for month in months])
    return np.maximum(found / found.mean(), 1e-6), True


def _whole_years(months: Sequence[date]) -> bool:
    """Tell whether the last two years have every month: else they are of different seasons."""
    last = months[-2 * YEAR :]
    return len(last) == 2 * YEAR and (last[-1].year - last[0].year) * 12 + last[-1].month - last[0].month < 2 * YEAR


def _area(
    code: str, name: str, counts: NDArray[np.float64], season: NDArray[np.float64], recent: int, years: bool
) -> AreaTrend:
    if np.isnan(counts).any():
        return AreaTrend(code, name, "not known", None, None, None, None)
    after = int(counts[-YEAR:].sum()) if years else None
    before = int(counts[-2 * YEAR : -YEAR].sum()) if years else None
    if counts[:-recent].mean() < LEAST_A_MONTH:
        return AreaTrend(code, name, "too few to tell", None, before, after, None)
    chart = against_past(counts.tolist(), season.tolist(), recent)
    return AreaTrend(code, name, _verdict(chart, recent), chart, before, after, None)


def _verdict(chart: ControlChart, recent: int) -> str:
    signals = chart.signals[-recent:]
    up = "above" in signals or ("run" in signals and chart.values[-1] > chart.middle)
    down = "below" in signals or ("run" in signals and chart.values[-1] < chart.middle)
    return "up" if up and not down else "down" if down and not up else "unsteady" if up else STEADY
