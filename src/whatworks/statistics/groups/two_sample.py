"""Compare two groups that chance made, or that somebody else matched: no adjustment, one test, one interval."""

from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import Comparator, Estimate, Group, interval, two_sided_p
from whatworks.statistics.groups.intervals import group_mean, newcombe, score_interval, unpooled_se, wald, wilson

SCORE_TEST = "difference of shares by the pooled z test, with the interval that this test does not reject (Mee)"
WELCH = "difference of means by Welch's t test"


def compare_shares(events_treated: int, n_treated: int, events_comparison: int, n_comparison: int) -> Estimate:
    """Return the difference of two shares; p and interval come from the score test, so they never contradict.

    p is that of the pooled z test, and the interval holds exactly the differences which that test does not reject
    (Mee's interval). `se` is the unpooled standard error at the observed shares, for what the study could have told.

    >>> diamond = compare_shares(156, 368, 136, 327)
    >>> round(100 * diamond.difference, 3), round(diamond.p, 5)
    (0.801, 0.83089)
    """
    counts = events_treated, n_treated, events_comparison, n_comparison
    se = unpooled_se(*counts)
    treated, comparison = events_treated / n_treated, events_comparison / n_comparison
    return Estimate(
        treated - comparison,
        se,
        *score_interval(*counts),
        score_p(*counts),
        float("inf"),
        Group(n_treated, events_treated, treated, *wilson(events_treated, n_treated)),
        Group(n_comparison, events_comparison, comparison, *wilson(events_comparison, n_comparison)),
        SCORE_TEST,
        "pooled for the test and, at each difference tried, for the interval",
    )


def score_p(events_treated: float, n_treated: float, events_comparison: float, n_comparison: float) -> float:
    """Return the p-value of the pooled z test of two shares; people may be effective numbers.

    >>> round(score_p(48, 216, 66, 216), 4)
    0.0494
    """
    pooled = (events_treated + events_comparison) / (n_treated + n_comparison)
    se = sqrt(max(0.0, pooled * (1 - pooled)) * (1 / n_treated + 1 / n_comparison))
    return two_sided_p(events_treated / n_treated - events_comparison / n_comparison, se)


def compare_means(treated: npt.ArrayLike, comparison: npt.ArrayLike) -> Estimate:
    """Return the difference of two means by Welch's t test, which also serves 0/1 values as the Data Lab uses it.

    Raises `Refused` where a group has fewer than two people.

    >>> round(compare_means([1.0, 2.0, 3.0], [2.0, 4.0, 9.0]).p, 4)
    0.2838
    """
    ours, theirs = np.asarray(treated, dtype=np.float64), np.asarray(comparison, dtype=np.float64)
    if min(len(ours), len(theirs)) < 2:
        raise Refused("a group has fewer than two people", "a mean of one has no spread: more people are needed")
    parts = ours.var(ddof=1) / len(ours), theirs.var(ddof=1) / len(theirs)
    se = sqrt(sum(parts))
    below = parts[0] ** 2 / (len(ours) - 1) + parts[1] ** 2 / (len(theirs) - 1)
    df = se**4 / below if below else float("inf")
    difference = float(ours.mean() - theirs.mean())
    return Estimate(
        difference,
        se,
        *interval(difference, se, df),
        two_sided_p(difference, se, df),
        df,
        group_mean(ours, yes_no=False),
        group_mean(theirs, yes_no=False),
        WELCH,
        "unequal variances (Welch)",
    )


def beside_shares(
    events_treated: int, n_treated: int, events_comparison: int, n_comparison: int
) -> tuple[Comparator, ...]:
    """Return the other usual answers for two shares, to be shown beside the named one: they never decide.

    >>> [(other.name, None if other.p is None else round(other.p, 4)) for other in beside_shares(48, 216, 66, 216)]
    [('Wald interval', None), ('Newcombe interval', None), ("Welch's t test", 0.0496), ("Fisher's exact test", 0.0632)]
    """
    counts = events_treated, n_treated, events_comparison, n_comparison
    difference = events_treated / n_treated - events_comparison / n_comparison
    others = [
        Comparator("Wald interval", difference, *wald(*counts), None),
        Comparator("Newcombe interval", difference, *newcombe(*counts), None),
    ]
    if min(n_treated, n_comparison) > 1:
        welch = compare_means(_zeros_ones(events_treated, n_treated), _zeros_ones(events_comparison, n_comparison))
        others.append(Comparator("Welch's t test", difference, welch.ci_low, welch.ci_high, welch.p))
    return (*others, Comparator("Fisher's exact test", difference, None, None, fisher_p(*counts)))


def fisher_p(events_treated: int, n_treated: int, events_comparison: int, n_comparison: int) -> float:
    """Return the two-sided p of Fisher's exact test: the chance of all tables no likelier than the one seen.

    Tables count as equally likely within a share of 1e-7, as R has it. (scipy's own test would load all of its
    distributions, which takes longer than everything else that a verdict does.)

    >>> round(fisher_p(48, 216, 66, 216), 4)
    0.0632
    """
    events, people = events_treated + events_comparison, n_treated + n_comparison
    possible = np.arange(max(0, events - n_comparison), min(events, n_treated) + 1, dtype=np.float64)
    logs = -sum(
        gammaln(1 + part)
        for part in (possible, n_treated - possible, events - possible, n_comparison - events + possible)
    )
    logs -= logs.max()
    chances = np.exp(logs)
    seen = logs[events_treated - int(possible[0])]
    return min(1.0, float(chances[logs <= seen + 1e-7].sum() / chances.sum())) if people else 1.0


def _zeros_ones(events: int, n: int) -> npt.NDArray[np.float64]:
    values = np.zeros(n)
    values[:events] = 1.0
    return values
