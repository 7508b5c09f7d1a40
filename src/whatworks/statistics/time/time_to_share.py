"""By which day has a share of all entrants had the event? Read off the curve, its interval off the curve's band."""

from dataclasses import dataclass

import numpy as np

from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import quantile
from whatworks.statistics.time.cumulative_incidence import Incidence


@dataclass(frozen=True, slots=True)
class TimeToShare:
    """Days until a share of all entrants has had the event; None where the curve, or its band, never gets there."""

    days: float | None
    low: float | None
    high: float | None


def log_log_band(found: Incidence, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the lower and upper end of the share on each of its days, on the scale log(-log(1 - share)).

    With one way out these are Kalbfleisch and Prentice's limits of one minus the share. Once all have had the event
    the scale has no value there, and the band stays as it was.

    >>> from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
    >>> low, high = log_log_band(cumulative_incidence([6, 6, 6, 6, 7, 9, 10], [1, 1, 1, 0, 1, 0, 1]))
    >>> [round(float(end), 4) for end in (low[0], high[0])]
    [0.1629, 0.8281]
    """
    left = 1 - found.share
    inside = left > 1e-12
    steps = np.zeros_like(left)
    np.divide(found.se, left * np.log(left, where=inside, out=np.ones_like(left)), out=steps, where=inside)
    half = quantile(0.5 + level / 2) * steps
    low, high = 1 - left ** np.exp(-half), 1 - left ** np.exp(half)
    for end in (low, high):
        end[~inside] = end[inside][-1] if inside.any() else np.nan
    return np.minimum(low, high), np.maximum(low, high)


def time_to_share(found: Incidence, share: float = 0.5, level: float = 0.95) -> TimeToShare:
    """Return the first day by which `share` of all entrants have had the event, and where the band reaches it.

    >>> from whatworks.statistics.time.cumulative_incidence import cumulative_incidence
    >>> freireich = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> time_to_share(cumulative_incidence(freireich, relapsed))
    TimeToShare(days=23.0, low=13.0, high=None)
    """
    low, high = log_log_band(found, level)
    return TimeToShare(*(_first(found.days, curve, share) for curve in (found.share, high, low)))


def _first(days: Floats, curve: Floats, share: float) -> float | None:
    there = np.flatnonzero(curve >= share - 1e-12)
    return float(days[there[0]]) if len(there) else None
