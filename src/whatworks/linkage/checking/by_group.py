"""Say whose links are wrong or missing more often than others': the judged pairs by group, with intervals.

Where one group's records are joined worse than another's, a scheme whose people belong to the one and whose
comparisons belong to the other looks better or worse for that reason alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.checking.groups import DIFFERENT
from whatworks.linkage.checking.judged_pairs import JudgedPairs, LinkShare, effective_number, wilson_share
from whatworks.linkage.checking.sampling import PairGroups
from whatworks.statistics.groups.intervals import newcombe

MINIMUM = 10
"""Shares that rest on fewer pairs are not shown."""
MARGIN = 0.02
"""Groups are warned of where their shares differ by at least this much, and by more than chance explains."""


@dataclass(frozen=True, slots=True)
class GroupLinks:
    """What is wrong with the links of one group: its joined pairs that are false, its true pairs that are missed.

    A share, or number of judged pairs, is null where it rests on fewer than ten judged pairs.
    """

    characteristic: str
    group: str
    judged: int | None
    false: LinkShare | None
    missed: LinkShare | None


@dataclass(frozen=True, slots=True)
class GroupGap:
    """Two groups, of one characteristic, whose shares of false or missed links differ more than chance explains."""

    characteristic: str
    kind: str
    worst: str
    worst_share: LinkShare
    best: str
    best_share: LinkShare

    @property
    def ratio(self) -> float | None:
        """How many times the share of the best the worst has; null where the best has none."""
        return self.worst_share.share / self.best_share.share if self.best_share.share else None

    def __str__(self) -> str:
        """Return the warning for a person to read.

        >>> worst, best = wilson_share(12, 100), wilson_share(4, 200)
        >>> print(GroupGap("home", "missed", "no fixed home", worst, "fixed home", best))
        Links are missed more often of people of the group "no fixed home" (home): 12.0% (95% interval 7.0 to 19.8) \
against 2.0% (0.8 to 5.0) of "fixed home". Where a scheme's people and their comparisons differ in this, so may their \
figures for that reason alone.
        """
        what = "missed" if self.kind == "missed" else "wrong"
        return (
            f'Links are {what} more often of people of the group "{self.worst}" ({self.characteristic}): '
            f"{_percent(self.worst_share, '95% interval ')} against {_percent(self.best_share)} of "
            f'"{self.best}". Where a scheme\'s people and their comparisons differ in this, so may their figures for '
            "that reason alone."
        )


def _percent(share: LinkShare, named: str = "") -> str:
    return f"{share.share:.1%} ({named}{100 * share.low:.1f} to {100 * share.high:.1f})"


def links_by_group(judged: JudgedPairs, groups: Sequence[PairGroups]) -> tuple[GroupLinks, ...]:
    """Return the share of false links among joined pairs, and of missed links among true pairs, of each group.

    Pairs count by their weight; Wilson's intervals rest on the effective number of judged pairs.
    """
    made = []
    for group in groups:
        for code, name in enumerate(group.values):
            own = judged.chosen(group.code == code)
            if len(own):
                missed_of = own.weight * own.same
                made.append(
                    GroupLinks(
                        group.characteristic,
                        name,
                        len(own) if len(own) >= MINIMUM else None,
                        _share(own.weight[own.joined], 1 - own.same[own.joined]),
                        _share(missed_of[own.same > 0], (~own.joined[own.same > 0]).astype(np.float64)),
                    )
                )
    return tuple(made)


def _share(weight: NDArray[np.float64], events: NDArray[np.float64]) -> LinkShare | None:
    if len(weight) < MINIMUM:
        return None
    n = effective_number(weight)
    return wilson_share(n * float((weight * events).sum()) / float(weight.sum()), n)


def group_gaps(rows: Sequence[GroupLinks]) -> tuple[GroupGap, ...]:
    """Return the widest gap of each characteristic that is at least `MARGIN` and more than chance explains.

    Pairs whose agencies record different values are no group of people, and are not compared with one.
    A gap is more than chance where Newcombe's interval of the difference leaves zero out, at a level that allows for
    the number of pairs of groups looked at (Bonferroni).
    """
    gaps = []
    for characteristic in dict.fromkeys(row.characteristic for row in rows):
        for kind in ("false", "missed"):
            shares = {
                row.group: share
                for row in rows
                if row.characteristic == characteristic
                and row.group != DIFFERENT
                and (share := getattr(row, kind)) is not None
            }
            gaps += _widest(characteristic, kind, shares)
    return tuple(gaps)


def _widest(characteristic: str, kind: str, shares: dict[str, LinkShare]) -> list[GroupGap]:
    gaps = []
    pairs = list(combinations(shares, 2))
    for first, second in pairs:
        best, worst = sorted((first, second), key=lambda name: shares[name].share)
        (k_1, n_1), (k_2, n_2) = _counts(shares[worst]), _counts(shares[best])
        low, _ = newcombe(k_1, n_1, k_2, n_2, 1 - 0.05 / len(pairs))
        if low > 0 and shares[worst].share - shares[best].share >= MARGIN:
            gaps.append(GroupGap(characteristic, kind, worst, shares[worst], best, shares[best]))
    return sorted(gaps, key=lambda gap: gap.best_share.share - gap.worst_share.share)[:1]


def _counts(share: LinkShare) -> tuple[float, float]:
    n = share.n or 0.0
    return share.share * n, n
