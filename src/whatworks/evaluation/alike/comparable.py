"""Are the groups alike enough to be compared at all, and do they still differ in what goes with the outcome?"""

from collections.abc import Iterable

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.redrawn import WEAKER
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import BalanceRow, Counts, Outcome, Scores
from whatworks.evaluation.result.whole import NO_OVERLAP
from whatworks.statistics.arrays import Floats
from whatworks.statistics.pairs.balance import chance_sd

FURTHEST = 0.25
"""A covariate further apart than this, in standard deviations, fails whatever is adjusted for afterwards.

Rubin (2001), and What Works Clearinghouse, Standards Handbook 5.0 (2022), chapter II: baseline equivalence.
"""
CHANCE = 2.0
"""It also has to lie beyond so many standard deviations of what chance alone would bring in groups of this size."""
GOES_WITH = 0.1
"""Cohen's (1988) small correlation: from here on a covariate goes with the outcome."""
NO_BALANCE = (
    "Balance fails, so no like-for-like comparison exists to rest a verdict on: the groups differ by more than a "
    "quarter of a standard deviation in something that was recorded. A method that leaves them alike, or a wider pool "
    "of people to compare with, would be needed."
)
STILL_UNLIKE = (
    " That is while the groups still differ in something recorded that goes with this outcome (red band), which "
    "adjustment may not have taken out."
)


def not_comparable(balance: Iterable[BalanceRow], overlap: Scores | None, size: Counts, *, randomised: bool) -> str:
    """Return why the groups cannot be compared, or nothing: overlap or balance fails. A trial's groups always can.

    >>> from whatworks.evaluation.result import Means
    >>> def row(smd):
    ...     means = Means(treated_before=1, comparison_before=0, treated_after=1, comparison_after=0)
    ...     return BalanceRow(covariate="Age", means=means, smd_before=1, smd_after=smd, variance_ratio_after=1,
    ...                       ks_after=0, band="red")
    >>> size = Counts(treated=200, comparison=200, comparison_pool=900, effective_comparison=200)
    >>> not_comparable([row(0.24)], None, size, randomised=False)
    ''
    >>> not_comparable([row(-0.26)], None, size, randomised=False)[:14]
    'Balance fails,'
    """
    if randomised:
        return ""
    if overlap is not None and overlap.failed:
        return NO_OVERLAP
    most = max(FURTHEST, CHANCE * chance_sd(size.treated, size.effective_comparison))
    return NO_BALANCE if any(abs(row.smd_after or 0.0) > most for row in balance) else ""


def weakened(analysis: Analysis, spec: OutcomeSpec, outcome: Outcome, balance: Iterable[BalanceRow]) -> Outcome:
    """Return the outcome, its finding a word weaker where a covariate in the red band goes with it."""
    if outcome.design != "matched" or outcome.verdict is None:
        return outcome
    red = {row.covariate for row in balance if row.band == "red"}
    names = [name for name in analysis.units.covariates.columns if analysis.units.label(name) in red]
    if not any(goes_with(analysis, spec, name) for name in names):
        return outcome
    weaker = WEAKER.get(outcome.verdict, outcome.verdict)
    sentence = outcome.sentence + (STILL_UNLIKE if weaker != outcome.verdict else "")
    return outcome.model_copy(update={"verdict": weaker, "sentence": sentence, "red_goes_with_it": True})


def goes_with(analysis: Analysis, spec: OutcomeSpec, name: str) -> bool:
    """Say whether a covariate, or any of its levels, goes with an outcome among all who could be comparisons."""
    design, values = analysis.sample.design, analysis.values(spec)
    taken = ~analysis.units.treated & ~np.isnan(values)
    columns = [at for at, owner in enumerate(design.covariates) if owner == name]
    return any(abs(correlation(design.matrix[taken, at], values[taken])) >= GOES_WITH for at in columns)


def correlation(one: Floats, other: Floats) -> float:
    """Return Pearson's correlation; zero where either does not vary.

    >>> round(correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 5.0])), 3)
    0.982
    """
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
