"""Where few people had the outcome, or few did not: the score method, which keeps its promise with small numbers."""

import numpy.typing as npt

from whatworks.statistics.groups.estimate import Estimate, Group, quantile
from whatworks.statistics.groups.intervals import score_interval, wilson
from whatworks.statistics.groups.ratio import Ratio, odds_ratio, risk_ratio
from whatworks.statistics.groups.two_sample import score_p
from whatworks.statistics.pairs.weights import Matched, effective_size
from whatworks.statistics.regression.g_computation import Sample, known_sample

FEWEST_EVENTS = 10
"""With fewer people on either side of the outcome, in either group, a regression's interval is not to be trusted."""
FEW_EVENTS = (
    "difference of shares in the matched sample, unadjusted, by the pooled z test with the interval that it does not "
    "reject (Mee), since fewer than ten people of a group had the outcome or fewer than ten did not"
)
SE_WORDS = "pooled for the test; people as if independent, weighted comparisons by their effective number"


def has_few_events(outcome: npt.ArrayLike, treated: npt.ArrayLike, matched: Matched) -> bool:
    """Tell whether fewer than ten matched people of a group had the outcome, or fewer than ten did not.

    >>> import numpy as np
    >>> everyone = Matched(np.ones(60), None)
    >>> [has_few_events(np.arange(60) % every == 0, np.arange(60) < 30, everyone) for every in (2, 10)]
    [False, True]
    """
    sample = known_sample(outcome, treated, matched)
    sides = [sample.outcome[group] for group in (sample.treated, ~sample.treated)]
    return any(min(one.sum(), len(one) - one.sum()) < FEWEST_EVENTS for one in sides)


def score_effect(outcome: npt.ArrayLike, treated: npt.ArrayLike, matched: Matched) -> Estimate:
    """Return the difference of two shares in the matched sample by the score test and the interval that inverts it.

    It does not adjust, and takes people as independent, which pairs that are alike make cautious. Weighted comparisons
    count as their effective number (Kish). `se` is the interval's width over 3.92: the usual one is zero where nobody
    had the outcome.

    >>> import numpy as np
    >>> outcome = np.repeat([1, 0, 1, 0], [1, 29, 8, 22])
    >>> found = score_effect(outcome, np.arange(60) < 30, Matched(np.ones(60), None))
    >>> round(found.difference, 4), round(found.p, 4), [round(end, 3) for end in (found.ci_low, found.ci_high)]
    (-0.2333, 0.0114, [-0.418, -0.062])
    """
    (e_1, n_1), (e_2, n_2), sample = _counted(outcome, treated, matched)
    low, high = score_interval(e_1, n_1, e_2, n_2)
    theirs = sample.outcome[~sample.treated]
    return Estimate(
        e_1 / n_1 - e_2 / n_2,
        (high - low) / (2 * quantile(0.975)),
        low,
        high,
        score_p(e_1, n_1, e_2, n_2),
        float("inf"),
        Group(int(sample.treated.sum()), round(e_1), e_1 / n_1, *wilson(e_1, n_1)),
        Group(len(theirs), int(theirs.sum()), e_2 / n_2, *wilson(e_2, n_2)),
        FEW_EVENTS,
        SE_WORDS,
    )


def score_ratios(outcome: npt.ArrayLike, treated: npt.ArrayLike, matched: Matched) -> tuple[Ratio, ...]:
    """Return the ratio of the same two shares and that of their odds (Katz, Woolf); None where one has no bound."""
    (e_1, n_1), (e_2, n_2), _ = _counted(outcome, treated, matched)
    return risk_ratio(e_1, n_1, e_2, n_2), odds_ratio(e_1, n_1, e_2, n_2)


def _counted(
    outcome: npt.ArrayLike, treated: npt.ArrayLike, matched: Matched
) -> tuple[tuple[float, float], tuple[float, float], Sample]:
    """Return events and people of both groups, those of weighted people in effective numbers."""
    sample = known_sample(outcome, treated, matched)
    found = []
    for group in (sample.treated, ~sample.treated):
        size = effective_size(sample.weights[group])
        share = float(sample.weights[group] @ sample.outcome[group] / sample.weights[group].sum())
        found.append((min(size, max(0.0, share * size)), size))
    return found[0], found[1], sample
