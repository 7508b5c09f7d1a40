"""Describe what happened where no comparison would be fair: numbers for each group, no difference and no verdict."""

import numpy as np

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import GroupResult, Outcome
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.groups.estimate import interval
from whatworks.statistics.groups.intervals import wilson
from whatworks.statistics.pairs.weights import effective_size
from whatworks.statistics.verdict import Wording

FEWEST_REOFFENDERS = 30
"""A figure about reoffenders only is withheld where a group has fewer of them (Justice Data Lab)."""
TREATED_ONLY = (5,)


def descriptive_outcome(analysis: Analysis, spec: OutcomeSpec, why: str | None = None) -> Outcome:
    """Return an outcome without difference, test or verdict, and the reason.

    With `why` (a descriptive paper) both whole groups are described as they are, before any matching.
    """
    everyone = why is not None
    weights = np.ones(analysis.units.size) if everyone else analysis.sample.matched.weights
    treated = analysis.units.treated
    ours = describe(analysis, spec, np.where(treated, weights, 0.0))
    theirs = None
    if spec.measure not in TREATED_ONLY:
        theirs = describe(analysis, spec, np.where(treated, 0.0, weights))
    reason = why or spec.why_descriptive or "It is descriptive."
    return Outcome(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        design="descriptive",
        measure=spec.measure,
        unit=spec.unit,
        window=spec.window,
        primary=analysis.is_primary(spec),
        treated=ours,
        comparison=theirs,
        difference=None,
        ci_low=None,
        ci_high=None,
        p=None,
        smallest_detectable=None,
        n_needed=None,
        verdict=None,
        reason_no_verdict=_capital(reason),
        sentence=_sentence(spec, ours, theirs),
        estimator="none: the groups are described side by side" if theirs else "none: the treated are described",
        se_kind="none",
    )


def describe(analysis: Analysis, spec: OutcomeSpec, weights: Floats) -> GroupResult:
    """Return the weighted mean, share or rate of one group with its 95% interval; no value where nobody is counted."""
    if spec.numerator and spec.denominator:
        return _ratio(analysis.column(spec.numerator), analysis.column(spec.denominator), weights, spec)
    values = analysis.values(spec)
    taken = (weights > 0) & ~np.isnan(values)
    if spec.among:
        taken &= np.nan_to_num(analysis.column(spec.among)) > 0
    n = int(taken.sum())
    if n < (FEWEST_REOFFENDERS if spec.among else 1):
        return GroupResult(n=n, events=None, value=None, ci_low=None, ci_high=None)
    if spec.yes_no:
        return _share(values[taken], weights[taken])
    low, high, mean = _mean(values[taken], weights[taken])
    events = int((analysis.column(spec.ended_by)[taken] == 1).sum()) if spec.ended_by else None
    return GroupResult(n=n, events=events, value=mean, ci_low=low, ci_high=high)


def _share(values: Floats, weights: Floats) -> GroupResult:
    share = float(np.average(values, weights=weights))
    size = effective_size(weights)
    low, high = wilson(share * size, size)
    return GroupResult(n=len(values), events=int(values.sum()), value=share, ci_low=low, ci_high=high)


def _mean(values: Floats, weights: Floats) -> tuple[float | None, float | None, float]:
    mean = float(np.average(values, weights=weights))
    size = effective_size(weights)
    if len(values) < 2 or size <= 1:
        return None, None, mean
    variance = float(np.average((values - mean) ** 2, weights=weights)) * size / (size - 1)
    return (*interval(mean, float(np.sqrt(variance / size)), size - 1), mean)


def _ratio(above: Floats, below: Floats, weights: Floats, spec: OutcomeSpec) -> GroupResult:
    """Return a sum over a sum, with the interval of a ratio of means (linearised)."""
    taken: Flags = (weights > 0) & (np.nan_to_num(below) > 0) & ~np.isnan(above)
    n = int(taken.sum())
    if not n:
        return GroupResult(n=0, events=None, value=None, ci_low=None, ci_high=None)
    w, y, x = weights[taken], above[taken], below[taken]
    value = float((w * y).sum() / (w * x).sum())
    events = int(y.sum()) if spec.kind in ("share", "rate") else None
    if n < 2:
        return GroupResult(n=n, events=events, value=value, ci_low=None, ci_high=None)
    residual = w * (y - value * x)
    se = float(np.sqrt(n / (n - 1) * (residual**2).sum()) / (w * x).sum())
    low, high = interval(value, se, n - 1)
    ends = (max(0.0, low), min(1.0, high)) if spec.kind == "share" else (max(0.0, low), high)
    return GroupResult(n=n, events=events, value=value, ci_low=ends[0], ci_high=ends[1])


def _sentence(spec: OutcomeSpec, ours: GroupResult, theirs: GroupResult | None) -> str:
    if ours.value is None:
        return f"{spec.label}: too few people to say."
    text = f"{spec.label}: {_shown(spec, ours.value)} among the people treated"
    if theirs is not None and theirs.value is not None:
        text += f", {_shown(spec, theirs.value)} among the others. No effect of the scheme can be read from this"
    return text + "."


def _shown(spec: OutcomeSpec, value: float) -> str:
    if spec.kind in ("yes_no", "share"):
        return f"{Wording(spec.label).amount(value)}%"
    return f"{Wording(spec.label, spec.unit, 1.0, spec.digits).amount(value)} {spec.unit}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
