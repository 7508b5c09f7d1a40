"""How far could people whose outcome is not known move the answer? Worst cases, and Lee's bounds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats


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


ASSUMPTION = (
    "This assumes that the scheme could change whether a person's outcome is known in one direction only, the same for "
    "everybody, and speaks of the people whose outcome would be known either way."
)


@dataclass(frozen=True, slots=True)
class LeeBounds:
    """The lowest and highest difference, treated less comparison; `trimmed` is the share of one group left out."""

    low: float
    high: float
    trimmed: float
    sentence: str


def lee_bounds(outcome: npt.ArrayLike, treated: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> LeeBounds:
    """Return Lee's (2009) trimming bounds; `outcome` is missing (NaN) where it is not known.

    The group with more known outcomes loses its highest, or its lowest, until equal shares are known. `weights` are
    those of the matched sample. Refused where everything is known, where the bounds have no work to do.

    >>> found = lee_bounds([1, 1, 0, 0, 1, 0, np.nan, np.nan], [True] * 4 + [False] * 4)
    >>> found.low, found.high, found.trimmed
    (-0.5, 0.5, 0.5)
    """
    values, flags = np.asarray(outcome, dtype=np.float64), np.asarray(treated, dtype=np.bool_)
    worth = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=np.float64)
    known = ~np.isnan(values)
    if known[worth > 0].all():
        raise Refused("every outcome is known", "bounds for outcomes not known are not needed")
    shares = [float(worth[group & known].sum() / worth[group].sum()) for group in (flags, ~flags)]
    if min(shares) == 0:
        raise Refused("nobody's outcome is known in one of the groups", "look at the attrition table")
    ours, theirs = (values[group & known] for group in (flags, ~flags))
    our_worth, their_worth = (worth[group & known] for group in (flags, ~flags))
    more = shares[0] >= shares[1]
    trimmed = 1 - min(shares) / max(shares)
    if more:
        ends = [_trimmed(ours, our_worth, trimmed, top) - np.average(theirs, weights=their_worth) for top in (1, 0)]
    else:
        ends = [np.average(ours, weights=our_worth) - _trimmed(theirs, their_worth, trimmed, top) for top in (0, 1)]
    return LeeBounds(float(ends[0]), float(ends[1]), trimmed, ASSUMPTION)


def _trimmed(values: Floats, worth: Floats, share: float, top: int) -> float:
    """Return the weighted mean without the highest (`top`) or lowest `share`; the one at the edge counts in part."""
    order = np.argsort(-values if top else values, kind="stable")
    left = worth[order].copy()
    gone = share * left.sum()
    before = np.cumsum(left) - left
    left -= np.clip(gone - before, 0, left)
    return float(np.average(values[order], weights=left))
