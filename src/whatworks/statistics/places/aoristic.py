"""At what hours of the week events happen, where only two moments are known between which they did (Ratcliffe 2000)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from whatworks.statistics.arrays import Floats

HOURS = 168
"""Hours of a week; Monday from midnight to one is 0."""
_WEEK = timedelta(hours=HOURS)


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Events by hour of the week, each spread evenly over its own span; `weights` sum to the events `placed`.

    `without_start` were left out, and so were the `reversed` ones, whose end lies before their start.
    """

    weights: Floats
    placed: int
    without_start: int
    reversed: int


def aoristic(spans: Sequence[tuple[datetime | None, datetime | None]]) -> WeekHours:
    """Return the hours of events with a start and an end; without an end the start's hour holds the whole event.

    >>> found = aoristic([(datetime(2024, 1, 1, 1), datetime(2024, 1, 1, 2, 30))])
    >>> found.weights[:4].round(4).tolist()
    [0.0, 0.6667, 0.3333, 0.0]
    """
    weights, placed, lost, backward = np.zeros(HOURS), 0, 0, 0
    for start, end in spans:
        if start is None:
            lost += 1
        elif end is not None and end < start:
            backward += 1
        else:
            placed += 1
            _spread(weights, start, end)
    return WeekHours(weights, placed, lost, backward)


def _spread(weights: Floats, start: datetime, end: datetime | None) -> None:
    first = start.weekday() * 24 + start.hour
    if end is None or end == start:
        weights[first] += 1.0
    elif end - start >= _WEEK:
        weights += 1 / HOURS
    else:
        from_hour = start.minute / 60 + start.second / 3600 + start.microsecond / 3.6e9
        length = (end - start).total_seconds() / 3600
        edges = np.arange(int(np.ceil(from_hour + length - 1e-12)) + 1, dtype=np.float64)
        held = np.diff(np.clip(edges, from_hour, from_hour + length)) / length
        np.add.at(weights, (first + np.arange(held.size)) % HOURS, held)
