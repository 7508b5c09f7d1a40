"""How alike the groups of a match are, a row a covariate: the balance that `summary` prints, and Table 1."""

from itertools import combinations
from typing import Any

import numpy as np
import polars as pl

from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.pairs.balance import Balance, balance, chance_sd, compared_columns, weighted_variance
from whatworks.statistics.pairs.weights import effective_size
from whatworks.statistics.regression.design_matrix import is_factor


def balance_rows(
    table: pl.DataFrame,
    treated: Flags,
    weights: Floats,
    *,
    turned: bool = False,
    pooled: bool = False,
    sampling: Floats | None = None,
) -> list[dict[str, Any]]:
    """Return a row for each column of `table`, or level of a factor: means, differences, shape, a band.

    `turned` is for effects on the comparisons, whose spread is then the unit; `pooled` for those on everybody.
    """
    rows = balance(table, ~treated if turned else treated, weights, pooled=pooled, shape_before=True, sampling=sampling)
    chance = chance_sd(*(effective_size(weights[group]) for group in (treated, ~treated)))
    return [_row(row, turned, chance) for row in rows]


def table_one(table: pl.DataFrame, treated: Flags, weights: Floats, sampling: Floats | None = None) -> pl.DataFrame:
    """Return means (shares, for levels) and standard deviations of both groups, before matching and after.

    People whose value is not known are left out of a number's means; of a factor they are a level.

    >>> people = pl.DataFrame({"age": [20.0, 30.0, 22.0, 28.0, 60.0]})
    >>> flags = np.array([True, True, False, False, False])
    >>> one = table_one(people, flags, np.array([1.0, 1, 1, 1, 0])).row(0, named=True)
    >>> [round(one[name], 2) for name in ("comparison_before", "comparison_before_sd", "comparison_after_sd")]
    [36.67, 20.43, 4.24]
    """
    before = np.ones(len(treated)) if sampling is None else sampling
    rows = []
    for column in table:
        for level, values, known in compared_columns(column):
            row: dict[str, Any] = {"covariate": column.name, "level": level}
            for when, each in (("before", before), ("after", weights)):
                for name, group in (("treated", treated), ("comparison", ~treated)):
                    who = group & (each > 0) if known is None else group & (each > 0) & known
                    row[f"{name}_{when}"], row[f"{name}_{when}_sd"] = _mean_and_sd(values[who], each[who])
            rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def lost_rows(table: pl.DataFrame, lost: Flags, sampling: Floats | None = None) -> list[dict[str, Any]]:
    """Return how those `lost` differ from the others of `table`, a mapping for each covariate or level.

    >>> lost_rows(pl.DataFrame({"age": [20.0, 30.0, 40.0, 50.0]}), np.array([True, True, False, False]))[0]["lost"]
    25.0
    """
    return [
        {
            "covariate": row.covariate,
            "level": row.level,
            "lost": row.treated_before,
            "kept": row.comparison_before,
            "smd": row.smd_before,
        }
        for row in balance(table, lost, sampling=sampling)
    ]


def _mean_and_sd(values: Floats, weights: Floats) -> tuple[float | None, float | None]:
    if not len(values):
        return None, None
    return float(np.average(values, weights=weights)), float(np.sqrt(weighted_variance(values, weights)))


def further_columns(table: pl.DataFrame, *, squares: bool, interactions: bool) -> pl.DataFrame:
    """Return squares of numbers, and products of all pairs of covariates, factors by their levels."""
    found: list[pl.Series] = []
    columns = [column for part in table for column in _numbers(part)]
    if squares:
        found += [pl.Series(f"{name}²", values**2) for name, owner, values in columns if owner == name]
    if interactions:
        found += [
            pl.Series(f"{a} × {b}", first * second)
            for (a, owner, first), (b, other, second) in combinations(columns, 2)
            if owner != other
        ]
    return pl.DataFrame(found)


def _numbers(column: pl.Series) -> list[tuple[str, str, pl.Series]]:
    if not is_factor(column):
        return [(column.name, column.name, column.cast(pl.Float64))]
    text = column.cast(pl.String)
    return [
        (f"{column.name}: {level}", column.name, (text == level).cast(pl.Float64))
        for level in sorted(text.drop_nulls().unique())
    ]


def _row(row: Balance, turned: bool, chance: float) -> dict[str, Any]:
    """Return a row of the table; where the groups changed places, back in their own."""
    before, after = (row.treated_before, row.comparison_before), (row.treated_after, row.comparison_after)
    sign = -1.0 if turned else 1.0
    ratios = [
        ratio if not turned or not ratio else 1 / ratio
        for ratio in (row.variance_ratio_before, row.variance_ratio_after)
    ]
    return {
        "covariate": row.covariate,
        "level": row.level,
        "treated_before": before[turned],
        "comparison_before": before[not turned],
        "smd_before": None if row.smd_before is None else sign * row.smd_before,
        "treated_after": after[turned],
        "comparison_after": after[not turned],
        "smd_after": None if row.smd_after is None else sign * row.smd_after,
        "variance_ratio_before": ratios[0],
        "variance_ratio_after": ratios[1],
        "ks_before": row.ks_before,
        "ks_after": row.ks_after,
        "chance_sd": chance,
        "band": row.band,
    }
