"""Entropy balancing: weigh the comparisons so that their means equal the treated's, as evenly as that allows."""

from collections.abc import Sequence

import numpy as np

from whatworks.evaluation.matching.methods.found import Found, Job, mean_one
from whatworks.evaluation.matching.methods.inverse_probability import exploding
from whatworks.evaluation.matching.refusals import nobody_matched
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.regression.design_check import check_apart

STEPS, NEAR_ENOUGH, NOT_BALANCED = 200, 1e-8, 1e-4


def balance_by_entropy(
    design: Floats,
    treated: Flags,
    *,
    moments: int = 1,
    names: Sequence[str] | None = None,
    sampling: Floats | None = None,
) -> Found:
    """Return weights whose means of the columns of `design` (with `moments=2` of their squares too) are the treated's.

    Of all such weights they are those of least entropy (Hainmueller 2012), found by Newton's method on the dual.
    With `sampling` weights they are averages of the people that these stand for, and the entropy is relative to them.
    Refused where no weights do (a treated mean lies outside what the comparisons span), for weights that do not balance
    give no estimate, and where fewer than two comparisons would count.

    >>> age = np.array([[30.0], [40.0], [20.0], [30.0], [50.0]])
    >>> found = balance_by_entropy(age, np.array([True, True, False, False, False]))
    >>> round(float(np.average(age[2:, 0], weights=found.weights[2:])), 6)
    35.0
    """
    if moments not in (1, 2, 3):
        raise Refused(Fault("is not 1, 2 or 3", "balance means, or squares and cubes too", field="moments"))
    spread = np.where(design.std(axis=0) > 0, design.std(axis=0), 1.0)
    each = None if sampling is None else sampling[treated]
    base = None if sampling is None else sampling[~treated]
    scaled = (design - np.average(design[treated], axis=0, weights=each)) / spread
    powers = np.column_stack([scaled**power for power in range(1, moments + 1)])
    gaps = powers[~treated] - np.average(powers[treated], axis=0, weights=each)
    found = _solve(gaps[:, gaps.std(axis=0) > 1e-9], base)  # who are all alike in a column cannot be moved by weights
    if gaps.shape[1] and float(np.abs(found @ gaps).max()) >= NOT_BALANCED:
        raise _unbalanced(gaps, names)
    if float(1 / (found**2).sum()) < 2:
        raise Refused(
            "entropy balancing puts nearly all the weight on one comparison",
            "balance fewer covariates, or look for comparisons who are more alike",
        )
    weights = np.ones(len(treated))
    weights[~treated] = found if base is None else found / base
    return Found(mean_one(weights, treated))


def run(job: Job) -> Found:
    """Carry the method out."""
    asked, treated, strata = job.asked, job.treated, job.strata
    check_apart(job.design.matrix, job.design.names, treated)
    matrix, rows, names = job.design.matrix, np.arange(len(treated)), list(job.design.names)
    if (
        strata is not None
    ):  # the shares of the exact factors' strata are balanced too, among those that hold both groups
        both = np.intersect1d(strata[treated], strata[~treated])
        rows = np.flatnonzero(np.isin(strata, both))
        shares = (strata[rows][:, None] == both[1:]).astype(np.float64)
        matrix = np.column_stack([job.design.matrix[rows], shares])
        names += [", ".join(asked.exact) or "the exact factors"] * shares.shape[1]
        if not len(rows):
            raise nobody_matched(asked)
    sampling = None if job.sampling is None else job.sampling[rows]
    found = balance_by_entropy(matrix, treated[rows], moments=asked.moments, names=names, sampling=sampling)
    weights = np.zeros(len(treated))
    weights[rows] = found.weights
    return Found(weights, warnings=(*found.warnings, *exploding(weights, treated)))


def _unbalanced(gaps: Floats, names: Sequence[str] | None) -> Refused:
    """Return the refusal where means still differ.

    It names the columns whose treated mean lies beyond every comparison; where each could be met by itself, those whose
    means lie farthest apart before weighing. Where the search stopped says nothing: no weights are near.
    """
    beyond = (gaps.min(axis=0) > NOT_BALANCED) | (gaps.max(axis=0) < -NOT_BALANCED)
    size = np.abs(gaps.mean(axis=0))
    worst = np.argsort(np.where(beyond, -np.inf, -size), kind="stable").tolist()
    worst = [j for j in worst if beyond[j]] or worst
    shown = list(dict.fromkeys(names[j % len(names)].partition(": ")[0] for j in worst))[:3] if names else []
    where = f"; the groups lie too far apart in {', '.join(shown)}" if shown else ""
    return Refused(
        f"no weights were found that make the comparisons' means those of the treated{where}",
        "balance fewer covariates or moments, leave out people in the scheme whom no comparison is like, or match: "
        'method = "nearest" drops them and says so',
    )


def _solve(gaps: Floats, base: Floats | None) -> Floats:
    """Return weights that sum to one and make the weighted means of `gaps` zero, or as near as Newton's steps came."""
    slopes = np.zeros(gaps.shape[1])
    value, weights = _dual(gaps, slopes, base)
    for _ in range(STEPS):
        gradient = weights @ gaps
        if not gaps.shape[1] or float(np.abs(gradient).max()) < NEAR_ENOUGH:
            break
        centred = gaps - gradient
        curvature = centred.T @ (centred * weights[:, None])
        step = np.linalg.lstsq(curvature + 1e-12 * np.eye(len(slopes)), gradient, rcond=None)[0]
        size, progress = 1.0, float(gradient @ step)
        while size > 1e-10:
            tried, moved = _dual(gaps, slopes - size * step, base)
            if tried <= value - 1e-4 * size * progress:
                break
            size /= 2
        else:
            break
        slopes, value, weights = slopes - size * step, tried, moved
    return weights


def _dual(gaps: Floats, slopes: Floats, base: Floats | None) -> tuple[float, Floats]:
    line = gaps @ slopes
    top = float(line.max())
    raw = np.exp(line - top) if base is None else np.exp(line - top) * base
    total = float(raw.sum())
    return top + float(np.log(total)), raw / total
