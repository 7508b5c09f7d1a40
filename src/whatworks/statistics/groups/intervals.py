"""Put honest intervals around a share and around the difference of two shares."""

from collections.abc import Callable
from math import acos, copysign, cos, pi, sqrt

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import Group, interval, quantile

Ends = tuple[float, float]


def wilson(events: float, n: float, level: float = 0.95) -> Ends:
    """Return Wilson's interval for a share of `events` in `n` people. `n` may be an effective number.

    >>> tuple(round(end, 4) for end in wilson(22, 72))
    (0.2113, 0.4195)
    """
    check_counts(events, n)
    z = quantile(0.5 + level / 2)
    p = events / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return (0.0 if events == 0 else middle - half), (1.0 if events == n else middle + half)


def wald(events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95) -> Ends:
    """Return the textbook interval of a difference of shares: 1.96 unpooled standard errors either way.

    >>> tuple(round(100 * end, 3) for end in wald(156, 368, 136, 327))
    (-6.549, 8.152)
    """
    half = quantile(0.5 + level / 2) * unpooled_se(events_1, n_1, events_2, n_2)
    difference = events_1 / n_1 - events_2 / n_2
    return difference - half, difference + half


def newcombe(events_1: float, n_1: float, events_2: float, n_2: float, level: float = 0.95) -> Ends:
    """Return Newcombe's interval of a difference of shares (his method 10: two Wilson intervals squared and added).

    >>> tuple(round(100 * end, 3) for end in newcombe(156, 368, 136, 327))
    (-6.528, 8.096)
    """
    (low_1, high_1), (low_2, high_2) = wilson(events_1, n_1, level), wilson(events_2, n_2, level)
    p_1, p_2 = events_1 / n_1, events_2 / n_2
    down = sqrt((p_1 - low_1) ** 2 + (high_2 - p_2) ** 2)
    up = sqrt((high_1 - p_1) ** 2 + (p_2 - low_2) ** 2)
    return p_1 - p_2 - down, p_1 - p_2 + up


def score_interval(events_1: float, n_1: float, events_2: float, n_2: float, level: float = 0.95) -> Ends:
    """Return Mee's interval: every difference of shares that the score test does not reject.

    At a difference of zero that test is the pooled z test, so the interval leaves zero out just when the pooled p is
    below 1 - `level`. (Miettinen and Nurminen's interval is the same with a factor of N/(N - 1) on the variance.)

    >>> tuple(round(100 * end, 2) for end in score_interval(48, 216, 66, 216))
    (-16.58, -0.02)
    """
    for events, n in ((events_1, n_1), (events_2, n_2)):
        check_counts(events, n)
    z = quantile(0.5 + level / 2)
    difference = events_1 / n_1 - events_2 / n_2

    def beyond(delta: float) -> float:
        gap = difference - delta
        return gap * gap - z * z * _restricted_variance(events_1, n_1, events_2, n_2, delta)

    # Where nobody, or everybody, has the event the difference itself has no variance, and would be taken for an end.
    apart = 1e-12 if beyond(difference) >= 0 else 0.0
    low = -1.0 if beyond(-1.0) <= 0 or difference == -1 else bisected(beyond, -1.0, difference - apart)
    high = 1.0 if beyond(1.0) <= 0 or difference == 1 else bisected(beyond, difference + apart, 1.0)
    return float(low), float(high)


def bisected(rises: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function changes its sign between two ends, to the last bit; it has to change it once.

    >>> bisected(lambda x: x * x - 2, 0.0, 2.0) ** 2 - 2 < 1e-15
    True
    """
    positive = rises(low) > 0
    while low < (middle := (low + high) / 2) < high:
        if (rises(middle) > 0) == positive:
            low = middle
        else:
            high = middle
    return middle


def unpooled_se(events_1: int, n_1: int, events_2: int, n_2: int) -> float:
    """Return the standard error of a difference of shares at the observed shares.

    >>> round(unpooled_se(156, 368, 136, 327), 6)
    0.037504
    """
    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
    p_1, p_2 = events_1 / n_1, events_2 / n_2
    return sqrt(p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2)


def group_mean(values: npt.NDArray[np.float64], *, yes_no: bool) -> Group:
    """Return what happened to a group: Wilson's interval for a share, Student's for a mean."""
    n, mean = len(values), float(values.mean())
    if yes_no:
        events = int(values.sum())
        return Group(n, events, mean, *wilson(events, n))
    return Group(n, None, mean, *interval(mean, float(values.std(ddof=1)) / np.sqrt(n), n - 1))


def check_counts(events: float, n: float) -> None:
    """Refuse a share that has no people, or more events than people."""
    if not n > 0:
        raise Refused("a share of no people has no meaning", "give the number of people it is a share of")
    if not 0 <= events <= n:
        raise Refused(f"{events:g} of {n:g} is not a share", "count each person once, and no more events than people")


def _restricted_variance(events_1: float, n_1: float, events_2: float, n_2: float, delta: float) -> float:
    """Return the variance of the difference at the likeliest shares that lie exactly `delta` apart.

    The second group's share is the middle root of Miettinen and Nurminen's cubic (Statistics in Medicine 1985, 4: 213).
    """
    people, events = n_1 + n_2, events_1 + events_2
    a2 = ((n_1 + 2 * n_2) * delta - people - events) / people
    a1 = ((n_2 * delta - people - 2 * events_2) * delta + events) / people
    a0 = events_2 * delta * (1 - delta) / people
    q = (a2 / 3) ** 3 - a1 * a2 / 6 + a0 / 2
    size = copysign(sqrt(max(0.0, (a2 / 3) ** 2 - a1 / 3)), q)
    cosine = q / size**3 if size else 0.0
    p = 2 * size * cos((pi + acos(min(1.0, max(-1.0, cosine)))) / 3) - a2 / 3
    p = min(max(p, 0.0, -delta), 1.0, 1.0 - delta)
    return (p + delta) * (1 - p - delta) / n_1 + p * (1 - p) / n_2
