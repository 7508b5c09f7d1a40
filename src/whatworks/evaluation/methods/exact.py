"""Exact matching: people count where somebody of the other group has the very same values."""

import polars as pl

from whatworks.evaluation.estimand import Estimand
from whatworks.evaluation.methods.found import Flags, Found, Ints
from whatworks.evaluation.methods.strata import stratum_weights


def match_exact(covariates: pl.DataFrame, treated: Flags, *, estimand: Estimand = "ATT") -> Found:
    """Return weights and matched sets of units that agree in every column of `covariates`.

    >>> import numpy as np
    >>> people = pl.DataFrame({"sex": ["F", "F", "M"], "age": [20, 20, 20]})
    >>> match_exact(people, np.array([True, False, False])).weights.tolist()
    [1.0, 1.0, 0.0]
    """
    return stratum_weights(codes(covariates), treated, estimand)


def codes(columns: pl.DataFrame) -> Ints:
    """Return a number for every distinct row, from zero in the order of first appearance; missing values agree.

    >>> codes(pl.DataFrame({"a": ["x", "y", "x"], "b": [1, 1, 1]})).tolist()
    [0, 1, 0]
    """
    if not columns.width:
        return pl.zeros(columns.height, dtype=pl.Int64, eager=True).to_numpy()
    kinds = columns.unique(maintain_order=True).with_row_index("whatworks_code")
    joined = columns.join(kinds, on=columns.columns, how="left", nulls_equal=True, maintain_order="left")
    return joined["whatworks_code"].cast(pl.Int64).to_numpy()
