"""Exact matching: people count where somebody of the other group has the very same values."""

import numpy as np
import polars as pl

from whatworks.evaluation.matching.estimand import Estimand
from whatworks.evaluation.matching.methods.found import Found, Job
from whatworks.evaluation.matching.methods.strata import stratum_weights
from whatworks.statistics.arrays import Flags, Ints

ROOMY = 16
"""How many numbers a unit may be kept apart in a plain table before they are sorted."""


def match_exact(covariates: pl.DataFrame, treated: Flags, *, estimand: Estimand = "ATT") -> Found:
    """Return weights and matched sets of units that agree in every column of `covariates`.

    >>> import numpy as np
    >>> people = pl.DataFrame({"sex": ["F", "F", "M"], "age": [20, 20, 20]})
    >>> match_exact(people, np.array([True, False, False])).weights.tolist()
    [1.0, 1.0, 0.0]
    """
    return stratum_weights(codes(covariates), treated, estimand)


def run(job: Job) -> Found:
    """Carry the method out."""
    names = dict.fromkeys((*job.asked.covariates, *job.asked.exact))
    return match_exact(job.frame.select(list(names)), job.treated, estimand=job.asked.estimand)


def codes(columns: pl.DataFrame) -> Ints:
    """Return a number for every distinct row, from zero in the order of first appearance; missing values agree.

    >>> codes(pl.DataFrame({"a": ["x", "y", "x"], "b": [1, 1, 1]})).tolist()
    [0, 1, 0]
    """
    if not columns.width:
        return pl.zeros(columns.height, dtype=pl.Int64, eager=True).to_numpy()
    found, size = np.zeros(columns.height, dtype=np.int64), 1
    for column in columns:
        code, levels = _levels(column)
        if size * levels > ROOMY * max(columns.height, 1):
            found, size = _in_order(found, size)
        if size * levels > ROOMY * max(columns.height, 1):
            values, code = np.unique(code, return_inverse=True)
            levels = len(values)
        found, size = found * levels + code, size * levels
    return _in_order(found, size)[0]


def _levels(column: pl.Series) -> tuple[Ints, int]:
    """Return a number for each value of a column, missing ones first, and how many numbers there may be."""
    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int64)
    if column.dtype.is_integer() and column.null_count() < len(column):
        low, high = int(column.min()), int(column.max())  # type: ignore[arg-type]
        if high - low < ROOMY * len(column) and low > -(2**63) and high < 2**63:
            whole = column.cast(pl.Int64).fill_null(low - 1) if column.null_count() else column.cast(pl.Int64)
            return whole.to_numpy() - (low - 1), high - low + 2
    kinds = pl.DataFrame({"value": column}).unique(maintain_order=True).with_row_index("code")
    joined = pl.DataFrame({"value": column}).join(
        kinds, on="value", how="left", nulls_equal=True, maintain_order="left"
    )
    return joined["code"].cast(pl.Int64).to_numpy(), kinds.height


def _in_order(found: Ints, size: int) -> tuple[Ints, int]:
    """Return the numbers replaced by others, from zero in the order of first appearance, and how many there are."""
    if size > ROOMY * max(len(found), 1):
        values, found = np.unique(found, return_inverse=True)
        size = len(values)
    first = np.full(size, -1, dtype=np.int64)
    first[found[::-1]] = np.arange(len(found) - 1, -1, -1)
    present = np.flatnonzero(first >= 0)
    number = np.empty(size, dtype=np.int64)
    number[present[np.argsort(first[present])]] = np.arange(len(present))
    return number[found], len(present)
