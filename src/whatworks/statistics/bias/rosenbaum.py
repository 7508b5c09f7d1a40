"""How much hidden bias could matched pairs bear? Rosenbaum's bounds."""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Floats
from whatworks.statistics.regression.grid import ROUNDING, to_digits

LARGEST = 1e6
BY_CHANCE = (
    "By a test of the pairs alone, which adjusts for nothing, chance could explain the difference: it takes no hidden "
    "bias to do so."
)


@dataclass(frozen=True, slots=True)
class Gamma:
    """`gamma`: how many times likelier, at most, one of two alike may have been in the scheme before the p-value of the
    difference found could exceed the level; 1 where chance alone explains it. `p` is that without hidden bias."""

    gamma: float
    p: float
    sentence: str


def rosenbaum_gamma(ours: npt.ArrayLike, theirs: npt.ArrayLike, *, level: float = 0.05) -> Gamma:
    """Return Rosenbaum's gamma for pairs, one outcome of each side (1:1 matching without replacement).

    For 0/1 outcomes the test is McNemar's exact one, for others Wilcoxon's signed rank test (normal approximation);
    two-sided p is twice that of the direction found (Rosenbaum 2002, section 4.3).

    >>> ours, theirs = [1] * 12 + [0] * 110, [0] * 12 + [1] * 110
    >>> found = rosenbaum_gamma(ours, theirs)
    >>> round(found.gamma, 2)
    5.04
    """
    first, second = np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 1 or not len(first):
        raise Refused("bounds on hidden bias need pairs", "match one to one, without replacement")
    known = ~np.isnan(first - second)
    rounding = ROUNDING * float(np.abs(np.concatenate([first[known], second[known]])).max(initial=0.0))
    gaps = to_digits((first - second)[known])  # 0.4 - 0.3 and 0.3 - 0.2 are one rank
    gaps = gaps[np.abs(gaps) > rounding]
    if not len(gaps):
        return Gamma(1.0, 1.0, "The pairs do not differ, so there is nothing for hidden bias to explain.")
    yes_no = bool(np.isin(np.concatenate([first, second]), (0.0, 1.0)).all())
    bound = _mcnemar if yes_no else _signed_rank
    p = bound(gaps, 1.0)
    if p > level:
        return Gamma(1.0, p, BY_CHANCE)
    if bound(gaps, LARGEST) <= level:
        gamma = LARGEST
    else:
        from scipy.optimize import brentq

        gamma = float(brentq(lambda g: bound(gaps, g) - level, 1.0, LARGEST, xtol=1e-9))
    return Gamma(gamma, p, _sentence(gamma))


def _mcnemar(gaps: Floats, gamma: float) -> float:
    pairs, most = len(gaps), int(max((gaps > 0).sum(), (gaps < 0).sum()))
    return min(1.0, 2 * float(bdtrc(most - 1, pairs, gamma / (1 + gamma))))


def _signed_rank(gaps: Floats, gamma: float) -> float:
    from scipy.stats import rankdata

    ranks = rankdata(np.abs(gaps))
    found = max(float(ranks[gaps > 0].sum()), float(ranks[gaps < 0].sum()))
    share = gamma / (1 + gamma)
    expected, variance = share * float(ranks.sum()), share * (1 - share) * float((ranks**2).sum())
    return min(1.0, erfc((found - expected) / sqrt(2 * variance)))


def _sentence(gamma: float) -> str:
    if gamma >= LARGEST:
        return "No hidden bias of this kind could explain the difference between the pairs."
    return (
        f"Of two people alike on all that was measured, one would have to have been {gamma:.2f} times as likely as the "
        "other to be in the scheme, for a reason that nearly settles the outcome, before chance could explain the "
        "difference."
    )
