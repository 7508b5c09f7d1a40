"""Could the study have told? The smallest effect it could detect, and how many people a given effect needs."""

from math import ceil

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import quantile

DETECTABLE = quantile(0.975) + quantile(0.80)
"""2.8016: standard errors between no effect and one found four times in five at p <= 0.05."""


def smallest_detectable(se: float) -> float:
    """Return the smallest effect found four times in five, given the estimator's own standard error.

    >>> round(smallest_detectable(0.0375036), 4)
    0.1051
    """
    return DETECTABLE * se


def detectable_by(low: float, high: float) -> float:
    """Return the same by the ends of an estimate's 95% interval, where it has no standard error of its own.

    >>> round(detectable_by(-0.0735, 0.0735), 4)
    0.1051
    """
    return smallest_detectable((high - low) / (2 * quantile(0.975)))


def needed_per_arm(share_1: float, share_2: float) -> int:
    """Return the people needed in each of two equal groups to tell two shares apart.

    >>> needed_per_arm(0.463, 0.453)
    38964
    """
    _check(share_1, share_2)
    return _whole(DETECTABLE**2 * (share_1 * (1 - share_1) + share_2 * (1 - share_2)) / (share_1 - share_2) ** 2)


def needed_for(effect: float, se: float, treated: int) -> int:
    """Return the treated people needed to find `effect`, when `treated` of them gave the standard error `se`.

    Variances shrink with people, so this is `treated` x (2.8016 se / effect)^2. It serves any outcome.

    >>> needed_for(0.05, 0.0375036, 368)
    1626
    """
    if effect == 0 or not se >= 0:
        raise Refused("no number of people finds an effect of zero", "give the smallest effect worth having")
    return _whole(treated * (DETECTABLE * se / effect) ** 2)


def _check(share_1: float, share_2: float) -> None:
    if not (0 <= share_1 <= 1 and 0 <= share_2 <= 1):
        raise Refused("a share lies between 0 and 1", "write 46.3% as 0.463")
    if share_1 == share_2:
        raise Refused("no number of people tells two equal shares apart", "give the smallest effect worth having")


def _whole(people: float) -> int:
    return max(1, ceil(people - 1e-9))
