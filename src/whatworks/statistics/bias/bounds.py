"""How far could people whose outcome is not known move the answer, whatever became of them?"""

from dataclasses import dataclass

from whatworks.records.refusal import Refused


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
