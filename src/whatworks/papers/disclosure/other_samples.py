"""Decide how finely an analysis done otherwise may be shown: it is of other people, and maybe of few."""

from dataclasses import dataclass, replace

from whatworks.evaluation.result import GroupResult, Kind
from whatworks.papers.disclosure.nested import Count, Nested, below_threshold
from whatworks.papers.disclosure.rounding import SCALES, Scale

Groups = tuple[GroupResult | None, GroupResult | None]
"""The scheme group and the comparison group of one way of doing it; None where the result does not hold them."""


@dataclass(frozen=True, slots=True)
class OtherWay:
    """What may be shown of one way: its people, whether its figures are withheld, and their rounding."""

    treated: Count
    comparison: Count
    withheld: bool
    scale: Scale


def other_way(groups: Groups, kind: Kind, shown: tuple[Nested, Nested], *, keep: bool) -> OtherWay:
    """Return what may be shown of an analysis of these groups, beside the counts already `shown`.

    Figures go where a group is below the threshold: another caliper can leave so few people, or so few with the
    outcome, although the protocol's own choice did not. Where a number of people lies too near another, it is
    withheld, and a difference of shares is rounded to whole points, ends of intervals too: an unadjusted one printed
    more finely would give that number back. The other group's number goes with it, since pairs are as many on both
    sides. `keep` holds the numbers against those that come later.

    >>> near = GroupResult(n=93, events=18, value=18 / 93, ci_low=None, ci_high=None)
    >>> trails = Nested(10), Nested(10)
    >>> _ = [trail.publish(100) for trail in trails]
    >>> found = other_way((near, near), "yes_no", trails, keep=True)
    >>> found.treated, found.withheld, found.scale.end_places
    ('c', False, 0)
    >>> few = near.model_copy(update={"events": 4, "value": 4 / 93})
    >>> other_way((few, near), "yes_no", trails, keep=True).withheld
    True
    """
    minimum = shown[0].minimum
    withheld = any(group is not None and below_threshold(group, kind, minimum) for group in groups)
    sides = list(zip(groups, shown, strict=True))
    if withheld or not all(group is not None and trail.allows(group.n) for group, trail in sides):
        return OtherWay("c", "c", withheld, rounding(kind, coarse=True))
    counts = [trail.publish(group.n, keep=keep) for group, trail in sides if group is not None]
    return OtherWay(counts[0], counts[1], False, rounding(kind, coarse=False))


def rounding(kind: Kind, *, coarse: bool) -> Scale:
    """Return how a kind of outcome is printed; shares to whole points where `coarse`.

    >>> rounding("yes_no", coarse=True).end_places, rounding("frequency", coarse=True).end_places
    (0, 2)
    """
    scale = SCALES[kind]
    return replace(scale, end_places=0) if coarse and scale.factor == 100 else scale
