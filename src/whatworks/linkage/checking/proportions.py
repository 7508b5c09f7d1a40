"""Put intervals around proportions and their differences; counts may be effective numbers, not whole ones."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class LinkShare:
    """A proportion of links with its interval, and the effective number of pairs behind it where that is one number."""

    share: float
    low: float
    high: float
    n: float | None = None


def wilson_share(events: float, n: float, level: float = 0.95) -> LinkShare:
    """Return a share of `events` in `n` with Wilson's interval (Journal of the American Statistical Association 1927).

    >>> share = wilson_share(22, 72)
    >>> round(share.low, 4), round(share.high, 4)
    (0.2113, 0.4195)
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p = min(max(events / n, 0.0), 1.0)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return LinkShare(p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)), n)


def newcombe_difference(
    events_1: float, n_1: float, events_2: float, n_2: float, level: float = 0.95
) -> tuple[float, float]:
    """Return Newcombe's interval of the first share less the second, from their Wilson intervals (his method 10, 1998).

    >>> low, high = newcombe_difference(156, 368, 136, 327)
    >>> round(100 * low, 3), round(100 * high, 3)
    (-6.528, 8.096)
    """
    first, second = wilson_share(events_1, n_1, level), wilson_share(events_2, n_2, level)
    difference = first.share - second.share
    down = sqrt((first.share - first.low) ** 2 + (second.high - second.share) ** 2)
    up = sqrt((first.high - first.share) ** 2 + (second.share - second.low) ** 2)
    return difference - down, difference + up
