"""A proportion of links with its interval; counts may be effective numbers, not whole ones."""

from dataclasses import dataclass

from whatworks.statistics.groups.intervals import wilson


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
    events = min(max(events, 0.0), n)
    return LinkShare(events / n, *wilson(events, n, level), n)
