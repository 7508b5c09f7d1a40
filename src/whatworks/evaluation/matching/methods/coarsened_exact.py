"""Coarsened exact matching: numbers are cut into bins, and people count where both groups stand in the same bins."""

from collections.abc import Mapping, Sequence
from math import isfinite
from numbers import Integral, Real

import numpy as np
import polars as pl

from whatworks.evaluation.matching.estimand import Estimand
from whatworks.evaluation.matching.methods.exact import codes
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.matching.methods.strata import stratum_weights
from whatworks.evaluation.matching.settings import Cut
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.regression.design_matrix import is_factor
from whatworks.statistics.regression.grid import ROUNDING

MOST_BINS = 1_000_000
RULES = ("sturges", "scott", "fd")
A_FEW = 1000


def match_coarsened(
    covariates: pl.DataFrame,
    treated: Flags,
    *,
    cutpoints: Mapping[str, Cut] | Cut = "sturges",
    estimand: Estimand = "ATT",
    strata: Ints | None = None,
) -> Found:
    """Return weights and matched sets of units in the same bins of every numeric column and the same levels of others.

    `strata` are codes that must be equal too.

    `cutpoints` holds for all numeric columns, or by column's name ("sturges" for those not named): a rule for the
    number of equal bins, a number of them, quantiles (`"q5"`), or the points themselves, at which a bin begins.

    >>> people = pl.DataFrame({"age": [18, 24, 25, 61]})
    >>> match_coarsened(people, np.array([True, False, False, False]), cutpoints=[25, 40]).weights.tolist()
    [1.0, 1.0, 0.0, 0.0]
    """
    wanted = dict(cutpoints) if isinstance(cutpoints, Mapping) else {}
    unknown = sorted(set(wanted) - set(covariates.columns))
    if unknown:
        remedy = f"name one of {', '.join(covariates.columns)}"
        raise Refused([Fault("is no covariate", remedy, field="cutpoints", value=name) for name in unknown])
    factors = [name for name in wanted if is_factor(covariates[name]) and wanted[name] != 0]
    if factors:
        remedy = "leave it out of cutpoints, or put its texts into groups first"
        raise Refused([Fault("holds texts, which are not cut", remedy, field=f"cutpoints.{name}") for name in factors])
    everywhere: Cut = "sturges" if isinstance(cutpoints, Mapping) else cutpoints
    coarse = [column if _whole(column) else _bins(column, wanted.get(column.name, everywhere)) for column in covariates]
    further = [] if strata is None else [pl.Series("exact factors", strata)]
    return stratum_weights(codes(pl.DataFrame([*coarse, *further])), treated, estimand)


def run(job: Job) -> Found:
    """Carry the method out."""
    table, asked = job.frame.select(list(job.asked.covariates)), job.asked
    return match_coarsened(table, job.treated, cutpoints=asked.cutpoints, estimand=asked.estimand, strata=job.strata)


def _whole(column: pl.Series) -> bool:
    """Tell whether a column is never cut: text, yes/no, or of two values at most (the first rows show most others)."""
    if is_factor(column) or column.dtype == pl.Boolean:
        return True
    return column.head(A_FEW).drop_nulls().n_unique() <= 2 and column.drop_nulls().n_unique() <= 2


def _bins(column: pl.Series, cut: Cut) -> pl.Series:
    values = column.cast(pl.Float64).to_numpy()
    known = values[~np.isnan(values)]
    edges = _edges(known, column.name, cut) - ROUNDING * float(np.abs(known).max(initial=0.0))
    found = np.searchsorted(edges, values, side="right")
    return pl.Series(column.name, np.where(np.isnan(values), -1, found))


def _edges(values: Floats, name: str, cut: Cut) -> Floats:
    """Return the inner cutpoints: a value equal to one, as decimals are equal, belongs to the bin above it."""
    if isinstance(cut, Sequence | np.ndarray) and not isinstance(cut, str):
        if all(isinstance(point, Real) and isfinite(point) for point in cut):
            return np.sort(np.asarray(cut, dtype=np.float64))
    elif isinstance(cut, str) and cut.startswith("q") and cut[1:].isdigit() and int(cut[1:]) > 1:
        return np.unique(np.quantile(values, np.linspace(0, 1, int(cut[1:]) + 1)[1:-1]))
    elif isinstance(cut, str) and cut in RULES:
        return np.histogram_bin_edges(values, bins=cut)[1:-1]
    elif isinstance(cut, Integral) and not isinstance(cut, bool) and 0 <= cut <= MOST_BINS:
        return np.unique(values) if cut == 0 else np.linspace(values.min(), values.max(), int(cut) + 1)[1:-1]
    remedy = f'give {", ".join(RULES)}, "q5", a number of bins, 0 for none, or a list of cutpoints'
    raise Refused(Fault("says not how to cut", remedy, field=f"cutpoints.{name}", value=str(cut)))
