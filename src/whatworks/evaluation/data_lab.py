"""The outcomes as the Justice Data Lab computes them: Welch's t test of the matched groups, one outcome at a time."""

from math import sqrt

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.analysis import Analysis
from whatworks.evaluation.estimate import interval, two_sided_p
from whatworks.evaluation.outcome_spec import OutcomeSpec
from whatworks.evaluation.power import needed_for
from whatworks.evaluation.result import DataLab, GroupResult
from whatworks.evaluation.verdict import SIGNIFICANT
from whatworks.evaluation.weights import effective_size

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KINDS = ("yes_no", "frequency", "days")
ORDER = ("proven_reoffending", "frequency", "days_to_first", "custody_for_reoffending")
"""The Data Lab's outcomes that a partnership's records give, in its order."""


def data_lab(analysis: Analysis) -> tuple[DataLab, ...]:
    """Return the protocol's outcomes that the Data Lab reports: rates, frequencies and the time to the first.

    Of a partnership's outcomes those it has itself, in its order; of a flat file's all of these kinds.
    """
    specs = [spec for spec in analysis.units.specs if spec.kind in KINDS and spec.ended_by is None]
    if analysis.protocol.data.source == "partnership":
        specs = sorted((spec for spec in specs if _stem(spec) in ORDER), key=lambda spec: ORDER.index(_stem(spec)))
    found = (_row(analysis, spec) for spec in specs)
    return tuple(row for row in found if row is not None)


def _stem(spec: OutcomeSpec) -> str:
    return spec.name.removesuffix("_1y").removesuffix("_2y")


def _row(analysis: Analysis, spec: OutcomeSpec) -> DataLab | None:
    values = analysis.values(spec).copy()
    if spec.among:
        values[~(np.nan_to_num(analysis.column(spec.among)) > 0)] = np.nan
    return welch(
        values,
        analysis.units.treated,
        analysis.sample.matched.weights,
        spec,
        verdict=analysis.protocol.scheme.causal and not analysis.overlap_failed and not spec.among,
    )


def welch(
    values: Floats, treated: Flags, weights: Floats, spec: OutcomeSpec, *, verdict: bool = True
) -> DataLab | None:
    """Return one outcome's row; None where a group has fewer than two people whose outcome is known.

    Means are weighted as the matching weighs people, and a weighted group is worth its effective size (Kish); where all
    weigh the same this is Welch's t test as printed. `n_needed` are the treated people with whom a difference as large
    as the one found would be found four times in five; none where it was found.

    >>> spec = OutcomeSpec("reoffended", "Reoffending", "yes_no", "share of people")
    >>> values = np.repeat([1.0, 0.0, 1.0, 0.0], [156, 212, 136, 191])
    >>> row = welch(values, np.repeat([True, False], [368, 327]), np.ones(695), spec)
    >>> round(row.p, 5), row.verdict
    (0.83116, 'more people needed')
    """
    known = (weights > 0) & ~np.isnan(values)
    sides = [known & treated, known & ~treated]
    if min(int(side.sum()) for side in sides) < 2:
        return None
    ours, theirs = (_moments(values[side], weights[side]) for side in sides)
    difference = ours[0] - theirs[0]
    se = sqrt(ours[1] + theirs[1])
    below = ours[1] ** 2 / (ours[2] - 1) + theirs[1] ** 2 / (theirs[2] - 1)
    df = se**4 / below if below else float("inf")
    low, high = interval(difference, se, df)
    p = two_sided_p(difference, se, df)
    told = p <= SIGNIFICANT
    word = "significant reduction" if difference < 0 else "significant increase"
    return DataLab(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        unit=spec.unit,
        among_reoffenders=spec.among is not None,
        treated=_group(values[sides[0]], ours, spec),
        comparison=_group(values[sides[1]], theirs, spec),
        difference=difference,
        ci_low=low,
        ci_high=high,
        p=p,
        n_needed=None if told or difference == 0 else needed_for(abs(difference), se, int(sides[0].sum())),
        verdict=None if not verdict else word if told else "more people needed",
    )


def _moments(values: Floats, weights: Floats) -> tuple[float, float, float]:
    """Return the mean, its variance, and how many people of equal weight the group is worth."""
    mean, size = float(np.average(values, weights=weights)), effective_size(weights)
    return mean, float(np.average((values - mean) ** 2, weights=weights)) / (size - 1), size


def _group(values: Floats, moments: tuple[float, float, float], spec: OutcomeSpec) -> GroupResult:
    mean, variance, size = moments
    low, high = interval(mean, sqrt(variance), size - 1)
    events = int(values.sum()) if spec.kind in ("yes_no", "frequency") else None
    return GroupResult(n=len(values), events=events, value=mean, ci_low=max(0.0, low), ci_high=high)
