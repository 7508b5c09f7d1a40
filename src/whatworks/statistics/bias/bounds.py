"""How far could people whose outcome is not known move the answer, whatever became of them?"""

from dataclasses import dataclass

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.intervals import check_counts


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest that a share, or a difference of shares, can be."""

    low: float
    high: float


def share_bounds(share: float, known: float) -> Range:
    """Return the range of the share in everybody, when it is `share` among the `known` proportion of them.

    >>> bounds = share_bounds(0.463, 0.8); round(bounds.low, 4), round(bounds.high, 4)
    (0.3704, 0.5704)
    """
    if not (0 <= share <= 1 and 0 <= known <= 1):
        raise Refused("a share lies between 0 and 1", "write 46.3% as 0.463")
    return Range(share * known, share * known + 1 - known)


def difference_bounds(
    events_treated: float, n_treated: float, unknown_treated: float, comparison: Range | float
) -> Range:
    """Return the range of the difference in shares, over all that may have become of those not known.

    `events_treated` of `n_treated` known people had the outcome and `unknown_treated` more are not known. `comparison`
    is the comparison group's share, or its own range.

    >>> bounds = difference_bounds(30, 80, 20, 0.4); round(bounds.low, 4), round(bounds.high, 4)
    (-0.1, 0.1)
    """
    check_counts(events_treated, n_treated)
    theirs = Range(comparison, comparison) if isinstance(comparison, float | int) else comparison
    everyone = n_treated + unknown_treated
    return Range(events_treated / everyone - theirs.high, (events_treated + unknown_treated) / everyone - theirs.low)


def widen(difference: float, treated: float, comparison: float, known_treated: float, known_comparison: float) -> Range:
    """Return the range of an adjusted difference, when only a proportion of each group's outcomes is known.

    `treated` and `comparison` are the shares estimated among those known and differ by `difference`.

    >>> bounds = widen(0.01, 0.463, 0.453, 0.8, 1.0); round(bounds.low, 4), round(bounds.high, 4)
    (-0.0826, 0.1174)
    """
    ours, theirs = share_bounds(_inside(treated), known_treated), share_bounds(_inside(comparison), known_comparison)
    spare = difference - (treated - comparison)
    return Range(ours.low - theirs.high + spare, ours.high - theirs.low + spare)


def _inside(share: float) -> float:
    return min(1.0, max(0.0, share))
