"""Control charts: whether a series moved by more than it always does (Shewhart; Wheeler's XmR; Laney's primed charts).

A signal is a point beyond the limits, or eight points in a row on one side of the middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats

RANGES = 2.66
"""Three standard deviations in mean ranges of two values (3 / 1.128), as the tables of charts print it."""
LEAST_RANGE = 1.128
"""The mean range of two counts that nothing but chance parts, in standard deviations."""
RUN = 8
FEWEST_POINTS = 8


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A series with its middle, limits for each point, and signals: `above`, `below`, `run`, or empty."""

    values: tuple[float, ...]
    middle: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    mean_range: float
    signals: tuple[str, ...]


def xmr(values: Sequence[float]) -> ControlChart:
    """Return the chart of single values: the mean, and three sigmas of the mean moving range either way.

    >>> chart = xmr([39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40])
    >>> round(chart.middle, 4), round(chart.mean_range, 4), round(chart.lower[0], 4), round(chart.upper[0], 4)
    (41.4167, 1.7273, 36.8221, 46.0112)
    """
    x = _series(values)
    return _chart(x, float(x.mean()), np.ones(x.size), x)


def primed(events: Sequence[float], n: Sequence[float], *, shares: bool = True) -> ControlChart:
    """Return Laney's p'-chart of shares, or u'-chart of rates: limits by each point's size and the series' own spread.

    >>> chart = primed([10, 12, 9, 11, 10, 13, 8, 30], [100] * 8)
    >>> chart.signals
    ('', '', '', '', '', '', '', 'above')
    """
    counts, sizes = _series(events), np.asarray(n, dtype=np.float64)
    if (sizes <= 0).any() or (counts < 0).any() or (shares and (counts > sizes).any()):
        raise Refused(
            "a point is not a share or rate of anything", "give for each period its count and how many it is of"
        )
    middle = float(counts.sum() / sizes.sum())
    sigma = np.sqrt(middle * ((1 - middle) if shares else 1.0) / sizes)
    z = (counts / sizes - middle) / np.where(sigma > 0, sigma, 1.0)
    chart = _chart(counts / sizes, middle, sigma, z)
    low = tuple(max(0.0, end) for end in chart.lower)
    high = tuple(min(1.0, end) for end in chart.upper) if shares else chart.upper
    return ControlChart(chart.values, middle, low, high, chart.mean_range, chart.signals)


def _series(values: Sequence[float]) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.size < FEWEST_POINTS or not np.isfinite(found).all():
        problem = (
            f"{found.size} periods are too few for limits of their own" if found.size < FEWEST_POINTS else "has gaps"
        )
        raise Refused(problem, f"give at least {FEWEST_POINTS} periods in a row, each with its number")
    return found


def _chart(values: Floats, middle: float, sigma: Floats, scaled: Floats) -> ControlChart:
    return _limited(values, middle, sigma, float(np.abs(np.diff(scaled)).mean()))


def _limited(values: Floats, middle: float, sigma: Floats, mean_range: float) -> ControlChart:
    half = RANGES * sigma * mean_range
    lower, upper = middle - half, middle + half
    side = np.sign(values - middle)
    signals = []
    for at, value in enumerate(values):
        last = side[max(0, at + 1 - RUN) : at + 1]
        run = len(last) == RUN and side[at] != 0 and bool((last == side[at]).all())
        signals.append("above" if value > upper[at] else "below" if value < lower[at] else "run" if run else "")
    return ControlChart(
        tuple(map(float, values)),
        middle,
        tuple(map(float, lower)),
        tuple(map(float, upper)),
        mean_range,
        tuple(signals),
    )


def against_past(events: Sequence[float], n: Sequence[float], recent: int) -> ControlChart:
    """Return the u'-chart of a series whose middle and limits are those of all but the last `recent` points.

    So a rise does not widen the limits that it is held against; they are never narrower than chance alone makes them.

    >>> against_past([10, 12, 9, 11, 10, 13, 8, 11, 30], [1] * 9, 1).signals[-1]
    'above'
    """
    past = primed(events[:-recent], n[:-recent], shares=False)
    counts, sizes = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    sigma = np.sqrt(past.middle / sizes)
    found = _limited(counts / sizes, past.middle, sigma, max(past.mean_range, LEAST_RANGE))
    return replace(found, lower=tuple(max(0.0, end) for end in found.lower))
